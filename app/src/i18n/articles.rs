//! Articles of safety knowledge 安全知识 at the desk: the list, the editor, and what became of each.

use xunan_core::problem::{Problem, StepRefusal};

texts! {
    /// Articles at the desk.
    Articles {
        title => "安全知识" | "Safety knowledge";
        tab => "知识" | "Knowledge";
        only_supervisors => "安全知识文章由监管人员撰写。" | "Articles are written by supervisors.";
        none_title => "还没有文章" | "No article yet";
        none_text => "写好的文章人人都能在“安全知识”里读到。" | "Everybody reads an article under “Safety knowledge” once it is published.";
        list_offline => "没有网络：文章清单在服务器上，联网后自动再读" |
            "No network: the list is on the server, and is read again when there is one";
        col_title => "标题" | "Title";
        col_state => "状态" | "State";
        col_version => "版本" | "Version";
        col_changed => "最近改动" | "Changed";
        is_public => "公开" | "Public";
        is_withdrawn => "已撤下" | "Withdrawn";
        version(number: u32) => "第 {number} 版" | "Version {number}";
        back_to_list => "文章清单" | "Articles";
        back_to_article => "回到这篇文章" | "Back to the article";
        write => "写文章" | "Write an article";
        revise => "修订" | "Revise";
        publish => "发布" | "Publish";
        publish_version => "发布新的一版" | "Publish this version";
        withdraw => "撤下" | "Withdraw";
        why_withdraw => "为什么撤下" | "Why it is withdrawn";
        withdraw_about => "撤下以后谁也读不到，各个版本都留档；修订后可以再发布。" |
            "Nobody reads it then. Every version is kept; revising it publishes it again.";
        read_as_reader => "看公开的页面" | "Open the public page";
        story => "经过" | "Story";
        withdrawn_for(reason: &str) => "撤下：{reason}" | "Withdrawn: {reason}";
        show_version => "看这一版" | "Show this version";
        readers_see => "读者将看到" | "Readers will see";

        editor_about => "人人都能读到，每一版都留档。写法用 Markdown：# 小标题，**加粗**，- 列表，[文字](网址)，![说明](图1)。不要写人名。" |
            "Everybody reads it, and every version is kept. Markdown: # heading, **bold**, - list, [words](address), ![words](图1). Leave names out.";
        field_title => "标题（一行，最多 60 字）" | "Title (one line, at most 60 characters)";
        field_text => "正文（最多 20000 字）" | "Text (at most 20,000 characters)";
        field_section => "属于检查清单的哪一部分（可不选）" | "Section of the checklist (may be left open)";
        no_section => "不属于某一部分" | "None";
        field_types => "写给哪类机构（不选就是全部）" | "For which institutions (for all when none is chosen)";
        pictures => "配图" | "Pictures";
        pictures_about => "最多 10 张，人人都能看到：不要有人脸、姓名、车牌、门牌。检查时拍的照片不要直接用。正文里写 ![说明](图1) 的地方显示第一张。" |
            "At most 10, and everybody sees them: no faces, names, plates or room numbers, and no photo of an inspection as it is. The first one is shown where the text says ![words](图1).";
        add_picture => "加图片" | "Add pictures";
        picture_words => "图上是什么（最多 100 字，读给看不见图的人听）" |
            "What it shows (at most 100 characters, read to whoever does not see it)";
        put_picture => "放进正文" | "Put it into the text";
        remove_picture => "删去这张图" | "Remove this picture";
        pictures_wrong => "最多 10 张图，每张只放一次" | "At most 10 pictures, each of them once";
        picture_failed(why: &str) => "这张图片没有加上：{why}" | "The picture was not added: {why}";
        picture_missing(name: &str) => "正文里写了{name}，但没有这张图" | "The text names {name}, and there is no such picture";
        picture_unsaid(name: &str) => "{name}：写一行说明，最多 100 字" |
            "{name}: say what it shows, in one line of at most 100 characters";
        picture_unused(name: &str) => "正文里还没有{name}：放进正文，或者删去" |
            "{name} is not in the text yet: put it there, or remove it";
        begun_before => "上次没有发布的内容还在" | "What was written before and not published is still here";
        begun_late => "这篇文章后来有了新的一版，下面是之前没有发布的内容；发布前先对照新的一版重写" |
            "The article has a newer version by now. Below is what was written before and not published: start anew from the newer one";
        begin_anew => "舍弃，重新开始" | "Discard it and start anew";
        quiz => "测验" | "Quiz";
        quiz_about => "读完可以测一测，不记名，答案不保存。答对 80% 合格。最多 20 题。" |
            "Readers can try themselves; nothing is kept. 80 % is a pass. At most 20 questions.";
        question(number: usize) => "第 {number} 题" | "Question {number}";
        question_text => "题目" | "What is asked";
        choices => "选项，每行一个，2 至 6 个" | "Answers, one on each line, 2 to 6";
        right_choice => "正确的选项" | "The right answer";
        choose => "请选择" | "Choose";
        why => "为什么（答完后看到）" | "Why (shown with the answer)";
        add_question => "加一题" | "Add a question";
        remove_question => "删去这一题" | "Remove this question";
        title_wrong => "标题要写一行，最多 60 字" | "The title is one line of at most 60 characters";
        text_wrong => "正文要写，最多 20000 字" | "The text must say something, in at most 20,000 characters";
        question_wrong(number: usize) => "第 {number} 题：题目写一行，最多 200 字" |
            "Question {number}: what is asked is one line of at most 200 characters";
        choices_wrong(number: usize) => "第 {number} 题：写 2 至 6 个不同的选项，每个最多 100 字" |
            "Question {number}: 2 to 6 answers that differ, each of at most 100 characters";
        right_wrong(number: usize) => "第 {number} 题：选出正确的选项" | "Question {number}: choose the right answer";
        why_wrong(number: usize) => "第 {number} 题：写明为什么，最多 400 字" |
            "Question {number}: say why, in at most 400 characters";
        too_many_questions => "最多 20 题" | "At most 20 questions";
        no_sections => "检查清单没有读到，不能选所属部分" | "The checklist could not be read; no section can be chosen";

        own_without_effect(verb: &str, why: &str, number: &str) =>
            "“{verb}”没有生效：{why}（问题编号 {number}）。已存档。" |
            "“{verb}” had no effect: {why} (problem {number}). It is kept on record.";
        parcel(title: &str) => "安全知识：{title}" | "Safety knowledge: {title}";
    }
}

impl Articles {
    /// A problem in a sentence: what happened, and what can be done.
    pub fn problem(self, problem: &Problem) -> String {
        let t = super::t(self.0);
        let (zh, en) = match problem {
            Problem::StepRefused { why: StepRefusal::MovedOn | StepRefusal::NotNow } => (
                "别人已经改过或撤下这篇文章，请看最新的一版再改",
                "Somebody else has changed or withdrawn the article. Look at it as it is now, and decide anew",
            ),
            Problem::StepRefused { why: StepRefusal::ReasonMissing } => ("请写明为什么", "Say why"),
            Problem::StepRefused { why: StepRefusal::TooLong } => (
                "文字太长，或者这篇文章已经改过 200 次，请另写一篇",
                "The words are too long, or the article was changed 200 times already: write another one",
            ),
            problem => return t.problem(problem),
        };
        super::problem::said(self.0, zh, en).to_owned()
    }

    /// The same with its number.
    pub fn numbered(self, problem: &Problem) -> String {
        let number = super::t(self.0).words().problem_number(problem.number());
        match self.0 {
            super::Lang::Zh => format!("{}（{number}）", self.problem(problem)),
            super::Lang::En => format!("{} ({number})", self.problem(problem)),
        }
    }
}
