//! The walk: items, answers, filters, notes, hazards outside the list.

texts! {
    /// The walk.
    Walk {
        title => "检查" | "The walk";
        unanswered => "未答" | "Open";
        failed => "不合格" | "Failed";
        with_photo => "有照片" | "With photos";
        show_all => "全部" | "All";
        search => "搜索检查项" | "Search items";
        none_found => "没有符合的检查项" | "No item fits";
        all_answered => "这里都答完了" | "All answered here";
        all_answered_everywhere => "全部答完，可以检查签名了" | "All answered: ready for review";
        basis => "依据" | "Basis";
        why => "为什么" | "Why";
        how_to_fix => "怎么改" | "How to fix";
        clause(title: &str, clause: &str) => "《{title}》{clause}" | "{title}, {clause}";
        local_rule => "地方做法" | "Local practice";
        note => "备注" | "Note";
        add_note => "写备注" | "Add a note";
        note_hint => "看到了什么，在哪里" | "What was seen, and where";
        too_long(limit: u32) => "最多 {limit} 字" | "At most {limit} characters";
        take_photo => "拍照" | "Photo";
        photo_missing => "还缺照片" | "Photo missing";
        clear_answer => "取消作答" | "Clear the answer";
        answer_cleared => "已取消作答" | "Answer cleared";
        next_open => "下一未答项" | "Next open item";
        item_number(n: u32) => "第 {n} 项" | "Item {n}";
        value => "实测值" | "Measured value";
        date_of_last => "最近一次日期" | "Date of the last one";
        date_valid_until => "有效期至" | "Valid until";
        must_at_most(value: &str) => "不超过 {value}" | "At most {value}";
        must_at_least(value: &str) => "不少于 {value}" | "At least {value}";
        must_below(value: &str) => "低于 {value}" | "Below {value}";
        must_above(value: &str) => "高于 {value}" | "Above {value}";
        must_be(value: &str) => "应为 {value}" | "Must be {value}";
        must_between(low: &str, high: &str) => "{low} 至 {high}" | "{low} to {high}";
        must_within_days(n: u32) => "{n} 天以内" | "Within {n} day" / "Within {n} days";
        must_not_be_expired => "没有过期" | "Not expired";
        threshold_not_set => "本地没有定标准，请你判断是否合格" | "No local threshold: your judgement decides";
        judge_pass => "我判为合格" | "I judge: pass";
        judge_fail => "我判为不合格" | "I judge: fail";
        value_passes => "按标准合格" | "Passes by the rule";
        value_fails => "按标准不合格" | "Fails by the rule";
        /// Why an answer does not settle an item.
        undecided_other_type => "这一项不适用于此类机构" | "Not for this kind of facility";
        undecided_other_kind => "这一项要填的不是这种答案" | "This item asks for another kind of answer";
        undecided_value_missing => "请填实测值或日期" | "Enter the value or the date";
        undecided_impossible => "这个单位不可能是这个数，请再看一眼" | "This unit cannot have that value; please look again";
        undecided_date_to_come => "日期在检查之后，请再看一眼" | "The date lies after the visit; please look again";
        not_a_number => "请填数字" | "Digits, please";
        too_many_decimals => "最多三位小数" | "Three decimals at most";
        number_too_large => "数字太大" | "The number is too large";
        not_a_date => "请填日期，如 2026-11-22" | "A date, such as 2026-11-22";
        no_record => "没有记录，判不合格" | "No record: fail";
        add_hazard => "清单外的隐患" | "A hazard outside the list";
        /// On a button beside two filters: short.
        review => "检查签名" | "Review";
        leave => "暂停，回到今天" | "Pause, back to today";
        sections_of(n: u32) => "{n} 部分" | "{n} section" / "{n} sections";
        passed_count(n: u32) => "合格 {n}" | "{n} passed";
        failed_count(n: u32) => "不合格 {n}" | "{n} failed";
        photo_count(n: u32) => "照片 {n}" | "{n} photo" / "{n} photos";
        not_saved_text => "刚才的修改没有存上，请不要离开这一页。" | "The last change is not saved. Please stay on this page.";
        change_profile => "换检查内容" | "Change the checklist";
        profile_kept => "已答的都保留，不在新清单里的先收起来。" |
            "All answers are kept; those outside the new list are put aside.";
        revisit_title => "回头看以前的隐患" | "Earlier hazards";
        revisit_note => "现在看到的情况" | "What is seen now";
        covered_by(name: &str) => "与“{name}”是同一原因，只登记一次" | "Same cause as “{name}”: registered once";
        second_opinion_due => "须由同行检查人员确认" | "Needs the second inspector's word";
    }
}
