//! Citizens' reports 随手拍 at the desk: the queue, one report, and what an office does with it.

use xunan_core::problem::{Problem, StepRefusal};
use xunan_core::snap::{
    Alike, Category, DeadlineOf, NotAcceptedReason, Offer, RecordingKind, Satisfaction, SnapState, StepKind,
};

use super::Texts;

names! {
    /// Names of what citizens' reports consist of.
    SnapNames {
        /// What a report is about.
        category(Category) {
            WayOut => "通道、安全出口堵塞或锁闭" | "Way out blocked or locked";
            FireEquipment => "消防设施损坏或缺失" | "Fire equipment broken or missing";
            Electricity => "用电" | "Electricity";
            Gas => "燃气" | "Gas";
            EBike => "电动自行车停放、充电" | "E-bikes parked or charged";
            Building => "房屋、墙体、围栏" | "Building, wall or railing";
            Lift => "电梯等设备" | "Lift or other equipment";
            Food => "食品" | "Food";
            Care => "照护与人身安全" | "Care and personal safety";
            Other => "其他" | "Something else";
        }
        /// What was recorded.
        recording(RecordingKind) {
            Voice => "语音" | "Voice note";
            Video => "短视频" | "Video";
        }
        /// Where a report stands.
        state(SnapState) {
            Received => "待受理" | "To accept";
            Accepted => "办理中" | "Being dealt with";
            NotAccepted => "不予受理" | "Not accepted";
            Transferred => "已转办" | "Transferred";
            Duplicate => "已并案" | "Duplicate";
            Hazard => "已转为隐患" | "Turned into a hazard";
            DealtWith => "待答复" | "To answer";
            Answered => "已答复" | "Answered";
        }
        /// What a line of the story tells of.
        step(StepKind) {
            Received => "收到" | "Received";
            Accepted => "受理" | "Accepted";
            NotAccepted => "不予受理" | "Not accepted";
            Transferred => "转办" | "Transferred";
            Duplicate => "并案" | "Joined with another";
            TurnedIntoHazard => "转为隐患" | "Turned into a hazard";
            DealtWith => "办结" | "Dealt with";
            Answered => "答复" | "Answered";
            Rated => "市民评价" | "Rated by the reporter";
            NotFixed => "市民反映没有解决，重新办理" | "Reopened: the reporter says it is not fixed";
            Published => "公开到广场" | "Published";
            ShowedPhoto => "公开照片" | "Photo made public";
            Withdrawn => "从广场撤下" | "Withdrawn from the public";
        }
        /// The verb of a step.
        offer(Offer) {
            Accept => "受理" | "Accept";
            NotAccept => "不予受理" | "Do not accept";
            Transfer => "转办" | "Transfer";
            Duplicate => "并案" | "Mark as a duplicate";
            TurnIntoHazard => "转为隐患" | "Turn into a hazard";
            DealWith => "办结" | "Deal with";
            Answer => "答复" | "Answer";
            Publish => "公开到广场" | "Publish";
            Withdraw => "从广场撤下" | "Withdraw from the public";
            Reward => "奖励" | "Reward";
        }
        /// Why a report is not accepted.
        reason(NotAcceptedReason) {
            AcceptedAlready => "同一事项已经受理" | "The same matter was accepted already";
            NoObjectOrFacts => "没有明确的对象或者具体事实" | "It names no object, or no facts that can be checked";
            NotCompetent => "不属于本机关职责" | "This office is not competent";
            NoHazard => "不构成安全隐患" | "It is no safety hazard";
            Other => "其他原因（要写明）" | "Another reason, to be said";
        }
        /// What the reporter thinks of the answer.
        satisfaction(Satisfaction) {
            Satisfied => "满意" | "Satisfied";
            Neutral => "一般" | "So-so";
            Dissatisfied => "不满意" | "Not satisfied";
        }
        /// What is due.
        due(DeadlineOf) {
            Accept => "决定是否受理" | "Accept or not";
            Answer => "答复" | "Answer";
        }
    }
}

texts! {
    /// Citizens' reports at the desk.
    Snaps {
        title => "随手拍" | "Citizens' reports";
        tab => "随手拍" | "Snaps";
        list_open => "待办" | "Open";
        list_closed => "已了结" | "Closed";
        lists => "看哪些" | "Which ones";
        none_open_title => "没有待办的随手拍" | "No open reports";
        poster => "打印随手拍海报" | "Print the reporting poster";
        trainings => "培训记录" | "Training records";
        none_open_text => "市民从海报上的二维码进来报告，会出现在这里。" | "What citizens report by the code on the poster appears here.";
        none_closed_title => "还没有了结的随手拍" | "Nothing was closed yet";
        none_closed_text => "答复过、并案和不予受理的会列在这里。" | "What was answered, joined or not accepted is listed here.";
        only_supervisors => "随手拍由监管人员办理，奖励由奖励专员发放。" | "Citizens' reports are for supervisors, and rewards for reward officers.";
        list_offline => "没有网络：随手拍的清单在服务器上，联网后自动再读" |
            "No network: the list is on the server, and is read again when there is one";
        col_what => "内容" | "What";
        col_place => "地点" | "Where";
        col_received => "收到" | "Received";
        col_due => "时限" | "Due";
        col_state => "状态" | "State";
        due_by(what: &str, day: &str) => "{what}：{day}前" | "{what}: by {day}";
        nothing_due => "没有待办时限" | "Nothing is due";
        due_later => "这一步送达后显示新的时限" | "Shown once what was signed here has arrived";

        back_to_report => "回到这件随手拍" | "Back to the report";
        back_to_list => "随手拍清单" | "Citizens' reports";
        number => "编号" | "Number";
        category => "类别" | "About";
        facility => "机构（市民所选）" | "Institution, as the reporter chose";
        address => "地点（市民所写）" | "Where, in the reporter's words";
        position => "位置" | "Position";
        position_measured(point: &str, metres: u32) => "{point}，手机定位，误差约 {metres} 米" | "{point}, measured by the phone, to within some {metres} m";
        position_of_photo(point: &str) => "{point}，照片里记录的，误差不明" | "{point}, as a photo says; accuracy not known";
        position_by_hand(point: &str) => "{point}，市民在图上指定" | "{point}, set on the map by the reporter";
        seen => "看到的日期" | "Seen on";
        received => "收到时间" | "Received";
        words => "市民所写" | "In the reporter's words";
        no_words => "只有照片，没有文字" | "Photos alone, no words";
        no_words_but_recorded => "没有写，是录下来的" | "Recorded, not written";
        recording_heard_by(length: &str) => "时长 {length}。只有受理的监管人员能听能看，隐患的办理人和其他人都不能。请不要外放，不要转给别人" |
            "{length} long. For the supervisors who triage it alone, and nobody who puts the matter right. Do not play it aloud or pass it on";
        recording_forgotten(length: &str) => "时长 {length}。报告人已经让它永久删除，或者密钥丢了，谁也听不到了" |
            "{length} long. Its reporter had it destroyed, or its key is lost: nobody can play it any more";
        recording_of_triage(length: &str) => "时长 {length}。只有受理的监管人员能听能看" |
            "{length} long. For the supervisors who triage it alone";
        recording_fails => "放不出来：没有网络，或者这个浏览器不支持这种格式，请换 Chrome、Edge 或 Firefox" |
            "It does not play: there is no network, or this browser does not know its kind. Try Chrome, Edge or Firefox";
        photos => "照片" | "Photos";
        shown_by_reporter(when: &str) => "报告人 {when} 又拍的" | "Taken by the reporter, {when}";
        no_photos => "没有照片" | "No photos";
        /// Before “照片 1”, “, photo 1”.
        photo => "市民" | "Citizen's report";
        story => "办理经过" | "Story";
        reporter => "市民" | "The reporter";
        transferred_to(department: &str) => "转给{department}" | "To {department}";
        same_as(number: &str) => "与 {number} 并案" | "Joined with {number}";
        rated(word: &str) => "评价：{word}" | "Rated: {word}";
        open_hazard => "看转成的隐患" | "Open the hazard";
        hazard_comes => "隐患正在送来，稍后可以打开" | "The hazard is on its way; it can be opened soon";
        next_step => "可以办的" | "What can be done";
        not_yet(verb: &str, why: &str) => "{verb}：{why}" | "{verb}: {why}";
        nothing_to_do => "现在没有您要办的" | "Nothing is yours to do now";

        alike => "可能是同一件事" | "May be the same matter";
        alike_text => "只是提示，请看过两边的照片和文字再决定。" | "A hint only: look at both before you decide.";
        alike_none => "没有发现相似的" | "Nothing like it was found";
        alike_facility => "同一机构" | "same institution";
        alike_near(metres: u32) => "相距约 {metres} 米" | "some {metres} m apart";
        alike_category => "同一类别" | "same category";
        alike_photo(differ: u32) => "照片相似（128 处里有 {differ} 处不同）" | "alike photos ({differ} of 128 marks differ)";

        own_without_effect(verb: &str, why: &str, number: &str) =>
            "“{verb}”没有生效：{why}（问题编号 {number}）。已存档，不用再办。" |
            "“{verb}” had no effect: {why} (problem {number}). It is kept on record; nothing more is needed.";

        parcel(number: &str) => "随手拍 {number}" | "Citizen's report {number}";
        told => "这里写的，市民凭链接能看到。请不要写人名、电话。" |
            "The reporter reads this by the link. Leave names and numbers out.";
        why_not => "为什么不予受理" | "Why it is not accepted";
        words_if_other => "对市民的说明（选“其他原因”时必填）" | "Words for the reporter (needed for another reason)";
        to_department => "转给哪个部门" | "To which department";
        why_transfer => "转办说明" | "Why it is transferred";
        what_was_done => "怎么办的" | "What was done";
        answer_words => "答复" | "The answer";
        publishing => "公开到广场" | "Publish";
        is_public => "已公开" | "Public";
        public_about => "人人都能看到。用本单位的话写，不要照抄市民的话；不写人名、电话、门牌和房间。市民的话和原照片不会公开；照片遮好以后可以另外公开。" |
            "Everybody reads it. Use the office's words, not the reporter's; no names, numbers or rooms. The reporter's words and photos are not made public; photos can be shown afterwards, once covered.";
        public_photos => "给居民看的照片" | "Photos that residents see";
        public_photos_about => "市民的照片不会直接公开：先遮住人脸、车牌和房号，再公开遮好的一张，最多 4 张。撤下这件时照片一起撤下。" |
            "A reporter's photo is never shown as it is: cover faces, plates and room numbers first, and show that picture; up to four. Withdrawing the case takes them along.";
        is_shown => "居民看得到" | "Residents see it";
        shown_later => "已签名，送达后居民才看得到" | "Signed; residents see it once it has arrived";
        cover_and_show => "遮好并公开" | "Cover and show";
        cover_anew => "重新遮" | "Cover it anew";
        not_public_title => "这张照片现在不能公开" | "This photo cannot be shown now";
        not_public_text => "先把这件公开到广场；每件最多公开 4 张照片。" | "Publish the case first; each shows up to four photos.";
        public_title => "标题（一行，最多 60 字）" | "Title (one line, at most 60 characters)";
        public_place => "大致地点（乡镇或街道名）" | "Roughly where (name of the township)";
        public_words => "情况（可不填）" | "More about it (may be empty)";
        public_result => "办理结果（写给居民的话）" | "What came of it, for residents";
        public_title_wrong => "标题要写一行，最多 60 字" | "The title is one line of at most 60 characters";
        public_place_wrong => "大致地点写乡镇或街道名，最多 20 字，不带数字" |
            "The place is the name of a township: at most 20 characters, and no digits";
        public_too_long => "文字最多 1000 字" | "At most 1000 characters";
        choose_category => "请选择类别" | "Choose what it is about";
        residents_see => "居民将看到" | "Residents will see";
        why_withdraw => "为什么撤下" | "Why it is withdrawn";
        which_one => "与哪一件是同一件事" | "Which one is the same matter";
        another_one => "另一件，填编号" | "Another one, by its number";
        its_number => "另一件的编号或网页地址" | "Its number, or the address of its page";
        its_number_help => "编号像 20261129-8RM0XK，在清单和市民的页面上都有" | "Such as 20261129-8RM0XK: it stands in the list and on the reporter's page";
        not_a_number => "这不是编号，也不是随手拍的网页地址" | "This is neither a number nor the address of a report";
        number_not_found => "没有这个编号，请核对，或填网页地址" |
            "No report has that number. Check it, or give the address of its page";
        choose_facility => "请选择机构" | "Choose the institution";
        choose_reason => "请选择不予受理的原因" | "Choose why it is not accepted";
        choose_department => "请选择部门" | "Choose the department";
        choose_which => "请选择与哪一件并案" | "Choose which one it is the same as";
        choose_grade => "请选择等级" | "Choose the grade";
        choose_day => "请填整改期限" | "Give the day by which it is to be put right";
        choose => "请选择" | "Choose";
        find_facility => "搜索机构名称、地址" | "Search name or address";
        which_facility => "机构" | "Institution";
        hazard_title => "隐患（用本单位的话写，不要照抄市民的话）" | "The hazard, in the office's words, not the reporter's";
        hazard_place => "在机构的哪里（可不填）" | "Where in the institution (may be empty)";
        hazard_due => "整改期限" | "To be put right by";
        hazard_about => "隐患会进入交办流程，机构能看到。市民的话和照片不会带过去。" |
            "The hazard goes into the loop, and the institution sees it. The reporter's words and photos do not go along.";
    }
}

impl Snaps {
    /// Why a step of a report has no effect: what happened, and what can be done.
    pub fn refusal(self, why: StepRefusal) -> &'static str {
        let t = super::t(self.0);
        let (zh, en) = match why {
            StepRefusal::MovedOn | StepRefusal::NotNow => (
                "这件已经走到别的一步，可能有人先办了，请看最新情况",
                "It has moved on; perhaps somebody else was first. Look at it as it is now",
            ),
            StepRefusal::ReasonMissing => ("有必填的文字没有写", "Words are missing that are needed"),
            StepRefusal::NotPutRight => {
                ("转成的隐患销号以后才能办结", "Only once the hazard is off the open list")
            }
            StepRefusal::NotADuplicate => (
                "只能与另一件待办或已答复的随手拍并案",
                "Only another report that is open or answered can stand for it",
            ),
            StepRefusal::MinorsNotPublic => {
                ("儿童福利、未成年人保护机构的不公开", "What was seen at homes of minors is not made public")
            }
            StepRefusal::TooLong => ("文字最多 2000 字", "At most 2000 characters"),
            other => return t.hazard_loop().refusal(other),
        };
        super::problem::said(self.0, zh, en)
    }

    /// What to tell people about a problem with a report. The number is shown beside it, not in it.
    pub fn problem(self, problem: &Problem) -> String {
        match problem {
            Problem::StepRefused { why } => self.refusal(*why).to_owned(),
            problem => super::t(self.0).problem(problem),
        }
    }

    /// The same with its number.
    pub fn numbered(self, problem: &Problem) -> String {
        let number = super::t(self.0).words().problem_number(problem.number());
        match self.0 {
            super::Lang::Zh => format!("{}（{number}）", self.problem(problem)),
            super::Lang::En => format!("{} ({number})", self.problem(problem)),
        }
    }

    /// What speaks for two reports being of one matter.
    pub fn why_alike(self, why: Alike) -> String {
        match why {
            Alike::Facility => self.alike_facility().to_owned(),
            Alike::Near(metres) => self.alike_near(metres.0),
            Alike::Category => self.alike_category().to_owned(),
            Alike::Photo(differ) => self.alike_photo(differ),
        }
    }
}

impl Texts {
    /// Citizens' reports at the desk.
    pub const fn snaps(self) -> Snaps {
        Snaps(self.lang())
    }

    /// Names of what citizens' reports consist of.
    pub const fn snap_name(self) -> SnapNames {
        SnapNames(self.lang())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Lang, t};
    use super::*;
    use xunan_core::place::Metres;

    #[test]
    fn a_refusal_speaks_of_reports_and_bears_its_number() {
        let refused = Problem::StepRefused { why: StepRefusal::NotNow };
        let told = t(Lang::Zh).snaps().numbered(&refused);
        assert!(told.contains("有人先办了") && told.ends_with("（问题编号 422.9）"), "{told}");
        for why in StepRefusal::ALL {
            assert!(!t(Lang::En).snaps().refusal(*why).is_empty());
        }
        let [moved_on, not_put_right] = [StepRefusal::MovedOn, StepRefusal::NotPutRight];
        assert!(!t(Lang::Zh).snaps().refusal(moved_on).contains("隐患"));
        assert!(t(Lang::Zh).snaps().refusal(not_put_right).contains("销号"));
    }

    #[test]
    fn reasons_for_a_suggestion_are_words() {
        let zh = t(Lang::Zh).snaps();
        let told = [Alike::Facility, Alike::Near(Metres(12)), Alike::Category, Alike::Photo(3)];
        let told = told.map(|why| zh.why_alike(why)).join("；");
        assert_eq!(told, "同一机构；相距约 12 米；同一类别；照片相似（128 处里有 3 处不同）");
    }
}
