//! The hazard sheet.

texts! {
    /// The hazard sheet.
    Hazard {
        title => "隐患" | "Hazard";
        new_title => "清单外的隐患" | "A hazard outside the list";
        what => "是什么隐患" | "What is the hazard";
        what_hint => "例如：二层走廊堆放杂物" | "For example: boxes in the corridor, 2nd floor";
        place => "部位" | "Place";
        place_hint => "例如：2 号楼 3 层东侧楼梯" | "For example: building 2, 3rd floor, east stairs";
        description => "现场情况" | "What was seen";
        grade => "等级" | "Grade";
        grade_why => "为什么是这个等级" | "Why this grade";
        grade_direct => "条款规定：不合格即列为重大（建议），需第二名检查人员确认" |
            "The rule says: a failure is major (proposed), to be confirmed by a second inspector";
        grade_by_type => "这类机构另有规定" | "A rule of its own for this kind of facility";
        grade_element => "单独出现按一般隐患整改，同时计入综合判定要素" |
            "General by itself; also counts towards the comprehensive judgement";
        grade_general => "清单定为一般隐患" | "The checklist says: general";
        grade_advice => "提示，不作隐患登记" | "Advice: not registered as a hazard";
        may_escalate => "情况复杂时可会商升级为重大" | "May become major after consultation";
        measured(value: &str, limit: &str) => "实测 {value}，标准 {limit}" | "Measured {value}; the rule: {limit}";
        basis => "依据" | "Basis";
        why_dangerous => "为什么危险、怎么改" | "Why it is dangerous and how to fix it";
        measures => "立即措施" | "Immediate measures";
        measures_must => "必须选择" | "Must be decided";
        measures_other => "其他措施" | "Other measures";
        measures_none => "不需要立即措施" | "No immediate measure";
        measures_reason => "为什么不需要" | "Why none is needed";
        measures_reason_hint => "例如：设备已停用断电" | "For example: already out of use and cut off";
        responsible => "整改责任" | "Who fixes it";
        responsible_name => "姓名" | "Name";
        due => "期限" | "Deadline";
        due_on_the_spot => "当场整改" | "On the spot";
        due_by => "限期整改" | "By a date";
        due_date => "整改到哪一天" | "Until which day";
        due_proposed(days: u32) => "建议 {days} 天（设计值，非法定，可改）" |
            "Proposed: {days} day (a default, not law)" / "Proposed: {days} days (a default, not law)";
        due_in_the_past => "期限早于检查日期" | "The deadline lies before the visit";
        photos => "照片" | "Photos";
        refer_to => "建议移送" | "Suggest referral to";
        suspected => "只作疑似判断，正式认定由有关部门作出" |
            "A suspicion only; the formal judgement is the authority's";
        done => "写好了" | "Done";
        take_back => "删除这条隐患" | "Remove this hazard";
        taken_back => "隐患已删除" | "Hazard removed";
        second_title => "同行检查人员的意见" | "The second inspector's word";
        second_agrees => "同意列为重大" | "Agrees: major";
        second_disagrees => "不同意" | "Disagrees";
        second_reason => "理由（两种意见都会记录）" | "Reason (both opinions go on record)";
        nothing_open => "没有隐患" | "No hazards";
        elements_met(n: u32) => "综合判定要素 {n} 条" | "{n} element of the comprehensive judgement" / "{n} elements of the comprehensive judgement";
        legacy_rule => "按已废止的 2017 版规则试算，仅供参考" | "By the withdrawn 2017 rule, for reference only";
    }
}
