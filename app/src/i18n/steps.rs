//! Steps of a hazard on a phone: the page, the sheets, and the home of those who put things right.

use super::Texts;

texts! {
    /// Steps of a hazard.
    Steps {
        hazard => "隐患" | "Hazard";
        steps => "可以办的事" | "What you can do";
        photos => "照片" | "Photos";
        owed => "期限和措施" | "Deadlines and measures";
        late => "已逾期" | "Late";
        due_today => "今天到期" | "Due today";
        days_left(days: u32) => "还有 {days} 天" | "{days} day left" / "{days} days left";
        days_late(days: u32) => "逾期 {days} 天" | "{days} day late" / "{days} days late";
        by(date: &str) => "{date}前" | "By {date}";
        of_measure(step: &str, measure: &str) => "{step}：{measure}" | "{step}: {measure}";
        go_on_with(step: &str) => "继续：{step}" | "Go on: {step}";
        not_here => "本机没有这条隐患" | "This hazard is not on this phone";
        not_here_about => "已销号的隐患会离开手机，可在办公电脑上查。" | "A closed hazard leaves the phones; the desk still shows it.";
        origin_visit => "部门检查" | "Found on an inspection";
        origin_round => "机构自查" | "Found by the institution";
        origin_report => "内部报告" | "Reported from inside";
        origin_snap => "市民随手拍" | "Reported by a citizen";
        somebody_inside => "本机构人员（不公开）" | "Somebody inside (not told)";
        recheck => "现场复查" | "Re-check on site";
        outcome_first => "先选复查结果，才能签名" | "Choose the outcome first; then it can be signed";
        done => "已签名存好，有网络时自动上传" | "Signed and stored; it is sent when there is a network";
        sign_for_about => "签收后，请在期限内整改并拍照提交。" | "Having signed for it, put it right in time and submit it with photos.";
        lift_about => "确认已经恢复使用或解除。" | "Confirms that the measure has ended.";
        why_decline => "为什么不归我们办" | "Why it is not ours";
        why_lift => "为什么可以解除" | "Why it can be lifted";
        why_extension => "为什么需要延期" | "Why more time is needed";
        remark => "批注" | "Remark";
        until => "完成日期" | "Date by which it is done";
        after_photos => "整改后照片（至少一张）" | "Photos of how it is now (at least one)";
        same_view => "相机里会叠上整改前的照片，对准同一个位置再拍。" |
            "The camera lays the photo from before over its view: line up the same place.";
        what_was_done => "做了什么" | "What was done";
        plan_about => "重大隐患的治理方案，六项都要写。" | "The treatment plan of a major hazard needs all six parts.";
        plan_goals => "治理的目标和任务" | "Goals and tasks";
        plan_methods => "采取的方法和措施" | "Methods and measures";
        plan_funds => "经费和物资的落实" | "Funds and material";
        plan_people => "负责治理的机构和人员" | "Body and people in charge";
        plan_requirements => "治理的时限和要求" | "Time and requirements";
        plan_emergency => "安全措施和应急预案" | "Safety measures and emergency plan";
        recheck_photos => "现场照片" | "Photos taken here";
        recheck_outcome => "复查结果" | "What the re-check found";
        fixed => "已整改" | "Put right";
        not_fixed => "未整改到位" | "Not put right";
        recheck_note => "说明（未整改到位时必填）" | "Note (needed when it is not put right)";
        second => "第二名复查人" | "Second reviewer";
        second_nobody => "没有" | "Nobody";
        to_do => "要办的隐患" | "Hazards to deal with";
        nothing_to_do => "现在没有等你办的隐患" | "No hazard waits for you now";
        open_hazards => "未销号的隐患" | "Open hazards";
        no_open_hazards => "没有未销号的隐患" | "No open hazards";
        begun => "没做完的" | "Unfinished";
        begun_at(time: &str) => "{time}写到一半" | "Begun {time}";
    }
}

impl Texts {
    /// Steps of a hazard on a phone.
    pub const fn steps(self) -> Steps {
        Steps(self.lang())
    }
}
