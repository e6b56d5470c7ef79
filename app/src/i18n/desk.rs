//! The desk: plans, visits received, hazards, the record.

texts! {
    /// The desk: plans, visits received, hazards, the record.
    Desk {
        app_name => "巡安 · 办公端" | "Xun'an · Desk";
        to_field => "去检查端" | "To the inspectors' app";
        inbox => "收到的检查" | "Visits received";
        inbox_tab => "检查" | "Visits";
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
        rows(n: u32) => "{n} 条" | "{n} row" / "{n} rows";
        first_rows(n: u32) => "只列出前 {n} 条，其余请用搜索" | "The first {n}; search for the rest";
        no_visits_title => "还没有收到检查" | "No visits yet";
        no_visits_text => "检查人员签发并上传后，记录会出现在这里。" | "Records appear here once inspectors issue and send them.";
        no_hazards_title => "没有这样的隐患" | "No such hazards";
        no_hazards_text => "换一个筛选条件看看。" | "Try another filter.";

        of_before => "没有网络：下面是断网前读到的，联网后自动再读" |
            "No network: what follows was read before, and is read again when there is one";
        not_read(what: &str, number: &str) => "没有读到：{what}（问题编号 {number}）" | "Not read: {what} (problem {number})";
        own_steps => "本机办的" | "Signed on this computer";
        own_step(verb: &str, says: &str) => "{verb}：{says}" | "{verb}: {says}";
        own_unreadable => "本机办过的读不出来" | "What was signed here cannot be read";

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
        plan_choose => "请选择" | "Choose";
        plan_choose_facility => "请选择要检查的机构" | "Choose the facility";
        plan_choose_inspector => "请选择检查人员" | "Choose an inspector";
        plan_choose_day => "请填日期" | "Give the date";
        plan_day_is_past => "这一天已经过去" | "That day has passed";
        plan_denied(why: &str) => "不能下达：{why}" | "Not possible: {why}";
        plan_no_roster => "辖区内没有执法证有效的检查人员，请管理员先登记。" |
            "The region has no inspector with a valid certificate. Ask the administrator to register one.";
        plan_expires(date: &str) => "执法证 {date} 到期，早于计划的最后一天" | "The certificate expires on {date}, before the last day";
        plan_on_the_way(n: u32) => "{n} 件还没有送达服务器，有网络时自动送出" |
            "{n} entry has not reached the server yet; it is sent when there is a network" /
            "{n} entries have not reached the server yet; they are sent when there is a network";
        plan_refused(n: u32) => "服务器没有收下 {n} 件，请在检查端“待传”里查看原因" |
            "The server did not take {n} entry; the outbox of the inspectors' app says why" /
            "The server did not take {n} entries; the outbox of the inspectors' app says why";
        plan_days(from: &str, until: &str) => "{from} 至 {until}" | "{from} to {until}";
        plan_late => "已过期限" | "Past its days";
        plan_ahead => "未到日期" | "Not yet due";
        col_days => "日期" | "Days";
        col_actions => "操作" | "Actions";
        plan_open => "待执行" | "Open";
        plan_done => "已执行" | "Carried out";
        plan_was_withdrawn => "已撤销" | "Withdrawn";
        no_plans_title => "还没有计划" | "No plans yet";
        no_plans_text => "先选一家机构和两名检查人员。" | "Start with a facility and two inspectors.";

        open_record => "看记录" | "Open the record";
        print => "打印" | "Print";
        package => "证据包" | "Evidence package";
        record_title => "安全检查记录" | "Safety inspection record";
        record_number(id: &str) => "编号 {id}" | "No. {id}";
        record_facility => "被检查单位" | "Facility";
        record_when => "检查时间" | "Time";
        record_from_to(from: &str, to: &str) => "{from} 至 {to}" | "{from} to {to}";
        record_inspectors => "检查人员" | "Inspectors";
        record_inspector(name: &str, number: &str) => "{name}（执法证 {number}）" | "{name} (certificate {number})";
        record_site => "现场负责人" | "Person in charge on site";
        record_checklist => "检查清单" | "Checklist";
        record_edition(title: &str, edition: &str) => "{title}（{edition} 版）" | "{title} (edition {edition})";
        record_results => "检查结果" | "Results";
        record_counts(items: u32, failed: u32, major: u32) =>
            "共 {items} 项，不合格 {failed} 项，其中重大（建议）{major} 项" |
            "{items} item, {failed} failed, {major} of them major (proposed)" /
            "{items} items, {failed} failed, {major} of them major (proposed)";
        record_item => "检查项" | "Item";
        record_answer => "结果" | "Answer";
        record_note => "备注" | "Note";
        record_hazards => "发现的隐患及处理" | "Hazards and measures";
        record_no_hazards => "未发现隐患" | "No hazards found";
        record_free => "清单外的隐患，等级由检查人员提出" | "Outside the list; graded by the inspector";
        record_also => "同一原因的其他检查项" | "Other items with the same cause";
        record_fixed_on_the_spot => "已当场整改" | "Put right on the spot";
        record_dated(date: &str) => "日期 {date}" | "Dated {date}";
        record_ruled(value: &str) => "实测 {value}，检查人员判为不合格" | "Measured {value}; judged a failure by the inspector";
        record_not_needed(reason: &str) => "不需要立即措施：{reason}" | "No immediate measure: {reason}";
        record_disagrees(reason: &str) => "不同意列为重大：{reason}" | "Does not agree that it is major: {reason}";
        record_revisits => "以前隐患的复查" | "Earlier hazards";
        record_photos => "照片" | "Photos";
        record_signatures => "签名" | "Signatures";
        record_refused(reason: &str, witness: &str) => "拒绝签名。理由：{reason}。见证人：{witness}" |
            "Refused to sign. Reason: {reason}. Witness: {witness}";
        record_fire => "火灾隐患综合判定（提示）" | "Comprehensive fire judgement (hint)";
        record_fire_none => "未达到综合判定的数量" | "Not enough elements for a suspicion";
        record_fire_suspected(n: usize, at_least: usize) => "命中要素 {n} 条（达到 {at_least} 条）：疑似重大火灾隐患，建议移送消防救援机构认定" |
            "{n} elements (of {at_least} that are asked for): a suspected major fire hazard; propose transfer to the fire-rescue body";
        record_fire_element(element: &str, clause: &str) => "要素 {element}（{clause}）" | "Element {element} ({clause})";
        record_fire_rules(rules: &str, withdrawn: &str) => "依据 {rules}（{withdrawn} 起已废止，仅供参考）；正式认定由消防救援机构作出" |
            "By {rules} (withdrawn since {withdrawn}, for reference only); the fire-rescue body alone decides";
        record_receipt => "送达与核对" | "Receipt";
        record_position(n: u64) => "总账第 {n} 号" | "Ledger no. {n}";
        record_received(time: &str) => "{time}送达服务器" | "Received {time}";
        record_verified => "服务器的回执签名有效，记录与每张照片的指纹都在其中" |
            "The server's receipt is valid and names the record and every photo";
        record_not_verified => "回执没有核对成功，请不要据此打印" | "The receipt could not be verified: do not rely on this copy";
        record_no_receipt => "还有照片没有送达，暂无回执" | "No receipt yet: photos are still on their way";
        record_no_effect(why: &str) => "已存档，但没有生效：{why}" | "Stored, but without effect: {why}";
        record_clock_doubt => "手机时间与服务器不符，时间仅供参考" | "The phone's clock was off; its times are a hint only";
        record_digest(hash: &str) => "指纹 {hash}" | "Fingerprint {hash}";
        record_entry(id: &str) => "条目 {id}" | "Entry {id}";
        record_other => "这不是检查记录" | "This is no inspection record";
        record_without_pack => "没有这一版清单，检查项只显示编号" | "This edition of the checklist is not here: items show their codes";
        only_failed => "只看不合格" | "Failed only";

        keys_title => "键盘" | "Keyboard";
        keys_move => "上一行、下一行" | "Next and previous row";
        keys_open => "打开" | "Open";
        keys_search => "搜索" | "Search";
        keys_help => "这份说明" | "This help";
        keys_close => "关闭" | "Close";
    }
}
