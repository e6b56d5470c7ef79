//! Today: what next, is it safe to go offline, what is not sent yet.

texts! {
    /// Today's page.
    Today {
        title => "今天" | "Today";
        drafts => "没做完的检查" | "Unfinished visits";
        plans => "派给我的计划" | "Plans for me";
        later_plans => "以后的计划" | "Later plans";
        revisits => "回头看" | "To look at again";
        draft => "草稿" | "Draft";
        go_on => "继续" | "Go on";
        start => "开始检查" | "Start the visit";
        start_without_plan => "不按计划，直接检查一家机构" | "Inspect a facility without a plan";
        answered(done: u32, of: u32) => "已答 {done}/{of}" | "{done}/{of} answered";
        due_today => "今天到期" | "Due today";
        due_by(date: &str) => "{date}前" | "By {date}";
        overdue_since(date: &str) => "{date}已到期" | "Was due {date}";
        with_colleague(name: &str) => "与{name}同行" | "With {name}";
        open_hazards(n: u32) => "{n} 项未销号" | "{n} hazard open" / "{n} hazards open";
        waiting(n: u32) => "待传 {n} 件" | "{n} item waits to be sent" / "{n} items wait to be sent";
        next_try(time: &str) => "{time} 再试" | "next try {time}";
        sending_now => "正在上传" | "sending now";
        nothing_waiting => "都已送达，本机没有待传的内容" | "Everything has arrived; nothing waits here";
        needs_you(n: u32) => "{n} 件需要你处理" | "{n} item needs you" / "{n} items need you";
        empty_title => "今天没有安排" | "Nothing planned today";
        empty_text => "可以从“机构”里选一家，直接开始检查。" | "Choose a facility and start a visit of your own.";
        choose_facility => "选一家机构" | "Choose a facility";
        discard => "放弃这次检查" | "Discard this visit";
        discard_title => "放弃这次检查？" | "Discard this visit?";
        discard_text(answered: u32, photos: u32) => "已答的 {answered} 项和 {photos} 张照片会从本机删除，找不回来。" |
            "{answered} answers and {photos} photos will be deleted from this phone for good.";
        discard_go => "删除草稿" | "Delete the draft";
        discard_stay => "留着" | "Keep it";
    }
}
