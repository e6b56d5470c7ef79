//! What institutions do by themselves: rounds, certificates, reports.

use xunan_core::rounds::{CertificateKind, Expiry, RoundKind, Source};

use super::Texts;

texts! {
    /// Own work of institutions.
    Rounds {
        title => "自查与记录" | "Own rounds";
        to_do_today => "今天要做的" | "To do today";
        all_done => "今天该做的都做了" | "Everything for today is done";
        other_rounds => "随时可做的" | "Any time";
        last(time: &str) => "上次 {time}" | "Last {time}";
        never => "还没有做过" | "Never done";
        late_since(date: &str) => "{date}应做" | "Was due {date}";
        due_today => "今天" | "Today";
        due(date: &str) => "{date}前" | "By {date}";
        by => "谁去的" | "Who went";
        note => "做了什么、说明" | "What was done";
        nothing => "全部正常，提交" | "All in order: submit";
        zero_go => "今天没有发现问题，上报" | "Nothing found today: report it";
        zero_about => "零报告也是报告：明确说今天没有发现问题。发现了问题，请用巡查记录。" |
            "A zero report says explicitly that nothing was found. If something was, note it with a patrol.";
        submit_findings(n: u32) => "提交 {n} 个问题" | "Submit {n} finding" / "Submit {n} findings";
        add_finding => "发现问题，添加" | "Add a finding";
        finding(n: u32) => "问题 {n}" | "Finding {n}";
        what => "是什么问题" | "What is wrong";
        place => "在哪里" | "Where";
        grade => "严重程度" | "How serious";
        mending => "怎么处理" | "What becomes of it";
        on_the_spot => "当场整改" | "Put right now";
        by_date => "限期整改" | "By a date";
        until => "整改期限" | "Put right by";
        remove_finding => "删除这个问题" | "Remove this finding";
        photos => "照片" | "Photos";
        sent => "已签名存好，有网络时自动上传" | "Signed and stored; it is sent when there is a network";
        history => "最近的记录" | "The last ones";
        found(n: u32) => "发现 {n} 个问题" | "{n} finding" / "{n} findings";
        found_nothing => "没有发现问题" | "Nothing found";
        title_missing => "请写明是什么问题" | "Say what is wrong";
        by_missing => "请写明谁去的" | "Say who went";
        date_missing => "请选今天或以后的期限" | "Choose today or later";
        no_facility => "本机还没有机构资料，连网后再试" | "The institution is not on this phone yet; try again with a network";
        certificates => "证书和保险" | "Certificates and insurance";
        no_certificates => "还没有登记" | "None noted yet";
        no_certificates_about => "登记后，到期前 60 天、30 天会提醒。" | "Once noted, you are warned 60 and 30 days before the end.";
        add_certificate => "登记一项" | "Note one";
        change_certificate => "修改" | "Change";
        certificate_kind => "种类" | "Kind";
        holder => "持证人或设备" | "Who or what it is for";
        number => "编号" | "Number";
        valid_until => "有效期至（长期有效的不填）" | "Valid until (empty when it does not end)";
        save_certificate => "登记" | "Note it";
        end_certificate => "注销这一项" | "End this one";
        holder_missing => "请写明持证人或设备" | "Say who or what it is for";
        until_date(date: &str) => "{date}到期" | "Until {date}";
        no_end => "长期有效" | "Does not end";
        report => "报告隐患" | "Report a hazard";
        report_about => "只有监管部门知道是谁报告的，本机构看不到。" |
            "Only the supervising office learns who reported; the institution does not.";
        report_more => "补充说明" | "More about it";
        report_go => "提交报告" | "Send the report";
        reported => "谢谢，报告已存好，有网络时自动上传" | "Thank you: it is stored, and sent when there is a network";
        discard => "放弃没做完的" | "Discard what was begun";
        discard_title => "放弃没做完的内容？" | "Discard what was begun?";
        discard_text => "已写的文字和照片会从本机删除，找不回来。" | "Its texts and photos will be deleted from this phone for good.";
    }
}

names! {
    /// Names of own work.
    RoundNames {
        /// A kind of round.
        kind(RoundKind) {
            DailyPatrol => "日巡查" | "Daily patrol";
            NightPatrol => "夜间巡查" | "Night patrol";
            ZeroReport => "零报告" | "Zero report";
            SelfCheck => "月自查" | "Monthly self-check";
            HeadCheck => "负责人带队检查" | "Check led by the head";
            MaintenanceVisit => "维保" | "Maintenance visit";
            Drill => "演练" | "Drill";
            Training => "培训" | "Training";
        }
        /// Where a rhythm comes from.
        source(Source) {
            TenMinistries2026 => "国办函〔2026〕14号" | "State Council Office 2026 no. 14";
            GbT40248 => "GB/T 40248" | "GB/T 40248";
            DailyReports => "日报告、零报告制度" | "Daily reports";
            Order61 => "公安部令第61号" | "Order no. 61";
            Campaign2023 => "专项行动：每季度一次" | "Campaign: once a quarter";
            MaintenanceContract => "打包维保：每月两次" | "Contract: twice a month";
        }
        /// A kind of certificate.
        certificate(CertificateKind) {
            FireOperator => "消防设施操作员证" | "Fire system operator";
            SpecialOperator => "特种作业证" | "Special operation";
            SafetyTraining => "安全管理人员培训" | "Safety training";
            Health => "健康证" | "Health certificate";
            FoodLicence => "食品经营许可证" | "Food licence";
            EquipmentInspection => "特种设备检验" | "Equipment inspection";
            FireAcceptance => "消防验收、备案" | "Fire acceptance";
            LiabilityInsurance => "综合责任保险" | "Liability insurance";
            MaintenanceContract => "维保合同" | "Maintenance contract";
            Other => "其他" | "Other";
        }
        /// How near the end of a certificate is.
        expiry(Expiry) {
            Expired => "已过期" | "Expired";
            Within30 => "30 天内到期" | "Ends within 30 days";
            Within60 => "60 天内到期" | "Ends within 60 days";
        }
    }
}

impl Texts {
    /// Own work of institutions.
    pub const fn rounds(self) -> Rounds {
        Rounds(self.lang())
    }

    /// Names of own work.
    pub const fn round_names(self) -> RoundNames {
        RoundNames(self.lang())
    }
}
