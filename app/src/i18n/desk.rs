//! The desk: plans, visits received, hazards, the record.

texts! {
    /// The desk: plans, visits received, hazards, the record.
    Desk {
        app_name => "巡安 · 办公端" | "Xun'an · Desk";
        inbox => "收到的检查" | "Visits received";
        hazards => "隐患" | "Hazards";
        facilities => "机构" | "Facilities";
        plans => "计划" | "Plans";
        search_visits => "搜索机构、检查人员" | "Search facility or inspector";
        search_hazards => "搜索隐患、机构" | "Search hazard or facility";
        col_facility => "机构" | "Facility";
        col_inspectors => "检查人员" | "Inspectors";
        col_time => "时间" | "Time";
        col_received => "送达" | "Received";
        col_result => "结果" | "Result";
        col_grade => "等级" | "Grade";
        col_hazard => "隐患" | "Hazard";
        col_due => "期限" | "Deadline";
        col_responsible => "责任人" | "Responsible";
        col_state => "状态" | "State";
        col_notice => "方式" | "Notice";
        col_photos => "照片" | "Photos";
        filter_open => "未销号" | "Open";
        filter_major => "重大" | "Major";
        filter_overdue => "超期" | "Overdue";
        filter_mine => "我的" | "Mine";
        rows(n: u32) => "{n} 条" | "{n} row" / "{n} rows";
        load_more => "再取一些" | "Load more";
        no_visits_title => "还没有收到检查" | "No visits yet";
        no_visits_text => "检查人员签发并上传后，记录会出现在这里。" | "Records appear here once inspectors issue and send them.";
        no_hazards_title => "没有这样的隐患" | "No such hazards";
        no_hazards_text => "换一个筛选条件看看。" | "Try another filter.";

        new_plan => "新建计划" | "New plan";
        make_plan => "下达计划" | "Issue the plan";
        plan_made => "计划已下达" | "The plan is issued";
        withdraw_plan => "撤销计划" | "Withdraw the plan";
        withdraw_title => "撤销这个计划？" | "Withdraw this plan?";
        withdraw_text => "检查人员的手机下次联网时会看到。" | "The inspectors' phones learn of it at their next contact.";
        withdraw_stay => "留着" | "Keep it";
        plan_withdrawn => "计划已撤销" | "The plan is withdrawn";
        plan_facility => "检查哪家机构" | "Which facility";
        plan_lead => "带队检查人员" | "Leading inspector";
        plan_second => "同行检查人员" | "Second inspector";
        plan_notice => "检查方式" | "Notice";
        plan_profile => "检查内容" | "Checklist";
        plan_from => "从哪天起" | "From";
        plan_until => "到哪天止" | "Until";
        plan_purpose => "事由" | "Purpose";
        plan_purpose_hint => "例如：冬季消防专项检查" | "For example: winter fire check";
        plan_same_person => "两名检查人员不能是同一个人" | "The two inspectors must be different people";
        plan_wrong_days => "结束日期早于开始日期" | "The end lies before the start";
        plan_open => "待执行" | "Open";
        plan_done => "已执行" | "Carried out";
        plan_was_withdrawn => "已撤销" | "Withdrawn";
        no_plans_title => "还没有计划" | "No plans yet";
        no_plans_text => "先选一家机构和两名检查人员。" | "Start with a facility and two inspectors.";

        open_record => "看全文" | "Open the record";
        print => "打印" | "Print";
        record_title => "安全检查记录" | "Safety inspection record";
        record_number(id: &str) => "编号 {id}" | "No. {id}";
        record_facility => "被检查单位" | "Facility";
        record_when => "检查时间" | "Time";
        record_from_to(from: &str, to: &str) => "{from} 至 {to}" | "{from} to {to}";
        record_inspectors => "检查人员" | "Inspectors";
        record_site => "现场负责人" | "Person in charge on site";
        record_checklist => "检查清单" | "Checklist";
        record_results => "检查结果" | "Results";
        record_item => "检查项" | "Item";
        record_answer => "结果" | "Answer";
        record_note => "备注" | "Note";
        record_hazards => "发现的隐患及处理" | "Hazards and measures";
        record_no_hazards => "未发现隐患" | "No hazards found";
        record_photos => "照片" | "Photos";
        record_signatures => "签名" | "Signatures";
        record_refused(reason: &str, witness: &str) => "拒绝签名。理由：{reason}。见证人：{witness}" |
            "Refused to sign. Reason: {reason}. Witness: {witness}";
        record_verified => "签名和指纹链核对无误" | "Signature and chain verified";
        record_digest(hash: &str) => "指纹 {hash}" | "Fingerprint {hash}";
        sign_line => "（手写签名）" | "(signature by hand)";
        only_failed => "只看不合格" | "Failed only";
        show_all_items => "全部检查项" | "All items";

        keys_title => "键盘" | "Keyboard";
        keys_move => "上一行、下一行" | "Next and previous row";
        keys_open => "打开" | "Open";
        keys_search => "搜索" | "Search";
        keys_help => "这份说明" | "This help";
        keys_close => "关闭" | "Close";
        next_step => "下一步" | "Next step";
        as_of(time: &str) => "截至 {time}" | "As of {time}";
        refresh => "刷新" | "Refresh";
        sign_out => "退出" | "Sign out";
    }
}
