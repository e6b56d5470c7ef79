//! Facilities: the list and the card.

texts! {
    /// The list of facilities and one facility's card.
    FacilityTexts {
        title => "机构" | "Facilities";
        search => "搜索名称、地址" | "Search name or address";
        none_found => "没有找到这样的机构" | "No such facility";
        none_title => "还没有机构" | "No facilities yet";
        none_text => "连上网络后，本辖区的机构会自动出现在这里。" | "Facilities of your region appear here once there is a network.";
        all_types => "全部类型" | "All types";
        facility_type => "类型" | "Type";
        address => "地址" | "Address";
        telephone => "电话" | "Telephone";
        credit_code => "统一社会信用代码" | "Credit code";
        division => "所在地" | "Division";
        beds => "床位" | "Beds";
        parties => "六方责任" | "Responsible parties";
        open_hazards => "以前的未销号隐患" | "Open hazards from before";
        no_open_hazards => "没有未销号的隐患" | "No open hazards";
        found_on(date: &str) => "{date}发现" | "Found {date}";
        due_on(date: &str) => "{date}前整改" | "To be fixed by {date}";
        overdue(days: i64) => "超期 {days} 天" | "{days} day overdue" / "{days} days overdue";
        visits => "以前的检查" | "Earlier visits";
        no_visits => "还没有检查记录" | "No visits on record";
        start => "开始检查" | "Start a visit";
        go_on => "继续未完的检查" | "Go on with the open visit";
        hazard_count(n: u32) => "{n} 项隐患" | "{n} hazard" / "{n} hazards";
        call => "拨打" | "Call";
        choose_profile => "检查内容" | "Which checklist";
        choose_notice => "检查方式" | "How it is announced";
        choose_second => "同行检查人员" | "Second inspector";
        choose_second_later => "签名前再选" | "Choose before signing";
        begin => "进入检查" | "Begin the walk";
        two_needed => "检查须由两名以上持证人员进行（安全生产法第六十七条）" |
            "Two certified inspectors are needed (Work Safety Law, art. 67)";
        items_to_walk(n: u32) => "共 {n} 项" | "{n} item" / "{n} items";
        preflight => "出发前看一眼" | "Before you start";
        preflight_good => "好" | "Good";
        preflight_careful => "留意" | "Note";
        preflight_bad => "不够" | "Short";
        preflight_needs(photos: u64, mb: u64) => "这次检查最多约 {photos} 张照片、{mb} MB。" |
            "This visit takes at most some {photos} photos and {mb} MB. ";
        preflight_trying => "正在试写，看放不放得下…" | "Trying by a real write whether it fits…";
        preflight_fits => "试写过，放得下。" | "A real write of that size went well.";
        preflight_fits_at_least(mb: u64) => "试写了 {mb} MB，放得下；更多的没有试。" | "A real write of {mb} MB went well; more was not tried.";
        preflight_full => "放不下。请先上传或导出待传的内容，或腾出空间；文字仍能存。" |
            "It does not fit. Send or export what waits first, or free some space; text still fits.";
        preflight_unknown => "没能试出来；至少留了存文字的空间。" | "The trial did not end in time; at least text has its reserve.";
        preflight_installed => "已放到桌面" | "On the home screen";
        preflight_not_installed => "还没有放到桌面；放上去，系统更不容易清理数据。" |
            "Not on the home screen; there the system is less likely to clear its data. ";
        certificate_expired(date: &str) => "你的执法证已于 {date} 到期，可以填写，但不能签名。" |
            "Your certificate expired on {date}: you can fill in, but not sign.";
    }
}
