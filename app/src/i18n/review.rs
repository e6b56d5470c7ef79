//! Review, hand over and sign.

texts! {
    /// Review, hand over and sign.
    Review {
        title => "检查签名" | "Review and sign";
        gaps(n: u32) => "还差 {n} 处" | "{n} thing missing" / "{n} things missing";
        photos_first => "先处理还没存好的照片" | "First the photos that are not stored yet";
        gaps_none => "没有缺漏，可以签名" | "Nothing is missing: ready to sign";
        gap_unanswered => "未作答" | "Not answered";
        gap_undecided => "要你判断是否合格" | "Your judgement is needed";
        gap_photo => "缺照片" | "Photo missing";
        gap_title => "没有写是什么隐患" | "The hazard has no title";
        gap_grade => "没有定等级" | "The hazard has no grade";
        gap_measures => "立即措施没有决定" | "Immediate measures undecided";
        gap_responsible => "没有写整改责任人" | "Nobody named to fix it";
        gap_due_missing => "没有定整改期限" | "No deadline";
        gap_due => "期限早于检查日期" | "The deadline lies before the visit";
        gap_revisit => "以前的隐患还没有看" | "An earlier hazard was not looked at";
        gap_second => "没有选同行检查人员" | "No second inspector";
        gap_second_opinion => "缺同行检查人员的意见" | "The second inspector's word is missing";
        gap_site_person => "没有写现场负责人" | "Nobody named on site";
        gap_lead_signature => "缺检查人员签名" | "The lead's signature is missing";
        gap_second_signature => "缺同行检查人员签名" | "The second inspector's signature is missing";
        gap_site_signature => "缺现场负责人签名" | "The site person's signature is missing";
        gap_refusal => "拒签的理由或见证人没有写全" | "The refusal lacks its reason or witness";
        gap_certificate => "执法证已过有效期" | "The certificate has expired";
        go_fill => "去补" | "Fill in";

        answered => "已答" | "Answered";
        begun => "检查时间" | "Begun";
        facility => "被检查单位" | "Institution";
        summary => "检查结果" | "Results";
        passed => "合格" | "Passed";
        failed => "不合格" | "Failed";
        not_applicable => "不适用" | "N/A";
        major => "重大（建议）" | "Major (proposed)";
        photos => "照片" | "Photos";
        hazards => "发现的隐患" | "Hazards found";
        no_hazards => "没有发现隐患" | "No hazards found";
        read_before => "请先看完再签" | "Please read before signing";

        lead => "检查人员" | "Inspector";
        second => "同行检查人员" | "Second inspector";
        site => "现场负责人" | "Person in charge on site";
        witness => "见证人" | "Witness";
        name => "姓名" | "Name";
        post => "职务" | "Post";
        certificate(number: &str) => "执法证 {number}" | "Certificate {number}";
        hand_to(name: &str) => "请把手机交给{name}" | "Please hand the phone to {name}";
        hand_to_site => "请把手机交给现场负责人" | "Please hand the phone to the person in charge";
        hand_back => "签好了，请把手机交还检查人员" | "Signed. Please hand the phone back";
        i_am(name: &str) => "我是{name}" | "I am {name}";
        sign => "签名" | "Sign";
        signed_at(time: &str) => "{time}已签" | "Signed {time}";
        sign_again => "重签" | "Sign again";
        use_signature => "签好了" | "Done signing";
        not_drawn => "笔画太短，请写全名" | "Too short: please write the full name";
        content_changed => "签名后内容改过，需要重新签名。" | "The content changed after signing: please sign again.";
        refuse => "现场负责人拒签" | "The site person refuses to sign";
        refuse_reason => "拒签理由" | "Reason for refusing";
        refuse_witness => "见证人姓名、单位" | "Witness: name and organisation";
        refused => "已记录拒签" | "Refusal noted";
        finish => "完成并签发记录" | "Finish and issue the record";
        finish_title => "签发后不能再改" | "It cannot be changed afterwards";
        finish_text => "记录会用这部手机的密钥签名，放入待传。以后有出入，用新的记录说明。" |
            "The record is signed with this phone's key and put in the outbox. Later corrections are records of their own.";
        finish_go => "签发记录" | "Issue the record";
        finish_stay => "再看看" | "Look again";
        finished => "记录已签发，存在本机" | "The record is issued and kept on this phone";
        finished_text => "有网络时自动上传。收到服务器的回执前，它一直留在待传里。" |
            "It is sent when there is a network and stays in the outbox until the server's receipt is here.";
        to_outbox => "看待传" | "To the outbox";
        record => "检查记录" | "Inspection record";
    }
}
