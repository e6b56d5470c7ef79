//! The loop of a hazard at the desk: the list, one hazard's story, and what is filled in at each step.

use xunan_core::hazard::Offer;

use super::Texts;

names! {
    /// Names at the desk of what can be done with a hazard.
    DeskSteps {
        /// The verb of a step.
        offer(Offer) {
            Assign => "交办" | "Assign";
            SignFor => "签收" | "Sign for it";
            Decline => "退回交办" | "Decline";
            Plan => "填治理方案" | "Treatment plan";
            Submit => "提交整改" | "Submit as put right";
            SendBack => "退回整改" | "Send back";
            Recheck => "复查" | "Re-check";
            Close => "销号" | "Close it";
            AskExtension => "申请延期" | "Ask for more time";
            AnswerExtension => "答复延期" | "Answer the wish for more time";
            Escalate => "升级为重大" | "Escalate to major";
            List => "挂牌督办" | "List for supervision";
            Delist => "摘牌" | "Delist";
            OrderMeasure => "责令立即措施" | "Order a measure";
            CarryOut => "登记措施已落实" | "Measure carried out";
            AskLift => "申请解除措施" | "Ask to lift the measure";
            AnswerLift => "答复解除措施" | "Answer the wish to lift it";
            Lift => "解除措施" | "Lift the measure";
            Transfer => "移送" | "Transfer";
            ReceiveTransfer => "登记移送签收" | "Receive the transfer";
            ReturnTransfer => "退回或办结移送" | "Return the transfer";
            NotEstablished => "认定不成立" | "Not established";
            Duplicate => "认定重复" | "Mark as a duplicate";
            Reopen => "重新打开" | "Reopen";
            Remark => "批注" | "Remark";
        }
    }
}

texts! {
    /// The hazards of the desk.
    DeskLoop {
        scope_mine => "待我办" | "Mine to do";
        scope_open => "全部未销号" | "All open";
        scope_all => "含已销号" | "Closed ones too";
        filter_listed => "挂牌督办" | "Listed";
        filter_state => "状态" | "State";
        filter_grade => "等级" | "Grade";
        filter_place => "地区" | "Place";
        filter_unit => "责任单位" | "Unit";
        sort_by => "排序" | "Order";
        sort_due => "先到期的在前" | "Due first";
        sort_found => "新发现的在前" | "Newest first";
        sort_grade => "重大的在前" | "Major first";
        any => "不限" | "Any";
        state_count(state: &str, n: u64) => "{state}（{n}）" | "{state} ({n})";
        from_server => "来自总账，含已销号的" | "From the ledger, closed ones too";
        from_here => "没有网络：只列出这台电脑上的未销号隐患" | "Offline: only the open ones that this computer holds";
        more => "再列一些" | "List more";
        save_view => "保存这个视图" | "Save this view";
        view_name => "视图名称" | "Name of the view";
        remove_view(name: &str) => "删除视图“{name}”" | "Remove the view “{name}”";
        saved_views => "我的视图" | "My views";
        col_unit => "责任单位" | "Unit";
        col_select => "选择" | "Select";
        select(title: &str) => "选择：{title}" | "Select: {title}";
        nothing_mine => "没有待办" | "Nothing to do";
        nothing_mine_text => "需要交办、复查、销号或答复的隐患会出现在这里。" |
            "Hazards to assign, re-check, close or answer appear here.";
        selected(n: u32) => "已选 {n} 条" | "{n} selected" / "{n} selected";
        clear_selection => "取消选择" | "Clear";
        batch_title(verb: &str, n: u32) => "{verb}：{n} 条" | "{verb}: {n}";
        batch_each => "每条各记一笔；不能办的会说明原因，不影响其他。" |
            "Each gets an entry of its own. One that cannot be done says why and holds up no other.";
        batch_done(n: u32) => "已办 {n} 条" | "{n} done" / "{n} done";
        batch_refused(n: u32) => "{n} 条没有办成" | "{n} was not done" / "{n} were not done";

        back_to_list => "隐患清单" | "Hazards";
        story => "隐患经过" | "Story";
        next_step => "下一步" | "Next step";
        other_steps => "其他可办的" | "Other steps";
        not_yet(verb: &str, why: &str) => "{verb}：{why}" | "{verb}: {why}";
        not_yours(who: &str) => "现在由{who}办理" | "It is {who} who acts now";
        turn_unit => "责任单位" | "the unit";
        turn_department => "接收移送的部门" | "the department";
        turn_supervisor => "监管部门" | "the supervisor";
        deadlines => "期限" | "Deadlines";
        deadline(what: &str, by: &str) => "{what}：{by} 前" | "{what}: by {by}";
        late => "已超期" | "Overdue";
        before_photos => "整改前" | "Before";
        after_photos => "整改后" | "After";
        no_after_photos => "还没有整改后的照片" | "No photos of how it looks now yet";
        photo_of(what: &str, n: u32) => "{what}照片 {n}" | "{what}, photo {n}";
        basis => "依据" | "Clause";
        origin => "来源" | "Found by";
        origin_visit => "部门检查" | "A visit";
        origin_own => "机构自查" | "The institution's own round";
        origin_report => "内部报告" | "A report from inside";
        origin_snap => "市民随手拍" | "A citizen's report";
        found_at => "发现时间" | "Found";
        assigned_to => "责任单位" | "Unit";
        supporting => "配合单位" | "Supporting";
        person => "责任人" | "Person";
        measure => "整改措施" | "What is to be done";
        immediate => "立即措施" | "Immediate measures";
        measure_ordered => "已责令" | "ordered";
        measure_carried_out => "已落实" | "carried out";
        measure_lift_asked => "申请解除" | "lifting asked for";
        measure_consented => "同意解除" | "lifting consented";
        measure_lifted => "已解除" | "lifted";
        treatment => "治理方案" | "Treatment plan";
        listing => "挂牌" | "Listed";
        wish_until(date: &str) => "申请延期到 {date}" | "Wants until {date}";
        open_visit => "看检查记录" | "Open the record";
        step_signed(verb: &str) => "已签名：{verb}" | "Signed: {verb}";

        primary_unit => "主责单位" | "Responsible unit";
        unit_kind => "单位类别" | "Kind of unit";
        supporting_units => "配合单位（可多选）" | "Supporting units";
        proposed => "建议" | "proposed";
        due => "整改期限" | "To be put right by";
        reason => "原因" | "Reason";
        note => "说明" | "Note";
        answer => "答复" | "Answer";
        grant => "同意" | "Consent";
        deny => "不同意" | "Refuse";
        outcome => "复查结果" | "What the re-check found";
        fixed_by_photos => "已整改（看照片复查）" | "Put right (by the photos)";
        fixed_on_site => "已整改（现场复查，附照片）" | "Put right (on site, with photos)";
        not_fixed => "未整改到位" | "Not put right";
        major_on_site => "重大隐患要到现场复查：请用手机端到现场办理，或安排一次检查。这里只能登记未整改到位。" |
            "A major hazard is re-checked on site, with the phone, or by a visit. Here only “not put right” can be noted.";
        level => "挂牌级别" | "Level";
        which_measure => "哪项措施" | "Which measure";
        to_department => "移送给" | "To which department";
        number => "对方文号（可不填）" | "Its number there";
        transfer_outcome => "办理结果" | "Outcome";
        handled => "已办结，附照片" | "Dealt with, with photos";
        not_competent => "不属本部门职责，退回" | "Not competent, returned";
        reply => "办理情况或退回原因" | "What was done, or why not";
        same_as => "与哪条重复" | "Which one stands for it";
        no_other => "这家机构没有另一条未销号隐患" | "The institution has no other open hazard";
        until => "延到哪天" | "Until";
        pick_photos => "添加照片" | "Add photos";
        photo_problem => "照片没有存上" | "The photo was not stored";
        goals => "治理的目标和任务" | "Goals and tasks";
        methods => "采取的方法和措施" | "Methods and measures";
        funds => "经费和物资的落实" | "Funds and material";
        people => "负责治理的机构和人员" | "Who is in charge";
        requirements => "治理的时限和要求" | "Time and requirements";
        emergency => "安全措施和应急预案" | "Safety measures and emergency plan";

        keys_select => "选中这一行" | "Select this row";
        keys_assign => "交办" | "Assign";
    }
}

impl Texts {
    /// The hazards of the desk.
    pub const fn desk_loop(self) -> DeskLoop {
        DeskLoop(self.lang())
    }

    /// Names of states and steps at the desk.
    pub const fn desk_steps(self) -> DeskSteps {
        DeskSteps(self.lang())
    }
}
