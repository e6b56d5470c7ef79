//! Words that every page uses.

texts! {
    /// Verbs, yes and no, and the controls' own words.
    Words {
        app_name => "巡安" | "Xun'an";
        app_about => "民政服务机构安全检查" | "Safety inspection of civil-affairs institutions";
        back => "返回" | "Back";
        close => "关闭" | "Close";
        understood => "知道了" | "Got it";
        cancel => "不了" | "Not now";
        undo => "撤销" | "Undo";
        retry => "再试一次" | "Try again";
        edit => "修改" | "Change";
        remove => "删除" | "Remove";
        details => "详情" | "Details";
        search => "搜索" | "Search";
        all => "全部" | "All";
        more => "更多" | "More";
        /// Beside a field's label.
        must => "必填" | "Required";
        none => "无" | "None";
        unknown => "未登记" | "Not registered";
        loading => "正在读取…" | "Loading…";
        skip_to_content => "跳到正文" | "Skip to content";
        count_of(done: u32, of: u32) => "{done}/{of}" | "{done}/{of}";
        progress(done: u32, of: u32) => "已完成 {done}，共 {of}" | "{done} of {of} done";
        /// The answers: short, they stand on three buttons side by side.
        pass => "合格" | "Pass";
        fail => "不合格" | "Fail";
        not_applicable => "不适用" | "N/A";
        answer_group => "检查结果" | "Answer";
        increase => "加一" | "One more";
        decrease => "减一" | "One less";
        saving => "正在保存…" | "Saving…";
        /// After a tick mark: it is on disk.
        saved_at(time: &str) => "已存 {time}" | "Saved {time}";
        not_saved => "没有存上" | "Not saved";
        /// After a grade that a second inspector has not confirmed.
        proposed => "（建议）" | " (proposed)";
        notifications => "提示" | "Notices";
        sections => "检查部分" | "Sections";
        left(n: u32) => "剩 {n}" | "{n} left";
        section_done => "完成" | "done";
        problem_number(number: &str) => "问题编号 {number}" | "Problem {number}";
        sign_here => "请在此手写签名" | "Sign here";
        clear_signature => "重签" | "Start over";
        signature_of(name: &str) => "{name}的签名" | "Signature of {name}";
        photo_number(n: u32) => "照片 {n}" | "Photo {n}";
        remove_photo(n: u32) => "删除照片 {n}" | "Remove photo {n}";
        add_photo => "拍照" | "Take photo";
        photo_storing => "正在存…" | "Storing…";
        photo_failed => "没有存上" | "Not stored";
        photo_sent => "已送达" | "Arrived";
        history => "经过" | "History";
    }
}
