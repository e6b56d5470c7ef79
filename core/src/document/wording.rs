//! The words of documents, by whose law an office acts. Chinese only: what is served on an institution is in Chinese.

use crate::department::Department;
use crate::facility::FacilityType;
use crate::letterhead::OfficeKind;

pub(super) const NOTHING_FOUND: &str = "未发现安全隐患。";
pub(super) const PASSED: &str = "合格";
pub(super) const FAILED: &str = "不合格";
pub(super) const NOT_APPLICABLE: &str = "不适用";

/// The words around an order.
pub(super) struct OrderWords {
    pub(super) found: &'static str,
    pub(super) basis: &'static str,
    pub(super) ordered: &'static str,
    pub(super) otherwise: &'static str,
}

/// An order's words. Civil affairs acts against old people's homes by a law of its own, which orders correction first and
/// closure for rectification when that was in vain (老年人权益保障法 45(4)); against others by 安全生产法 65.
pub(super) const fn order(office: OfficeKind, institution: FacilityType) -> OrderWords {
    match (office, institution) {
        (OfficeKind::CivilAffairs, FacilityType::ElderlyCare) => OrderWords {
            found: "经检查，你单位存在下列可能危及人身健康和生命财产安全的问题：",
            basis: "《中华人民共和国老年人权益保障法》第四十五条第一款第四项",
            ordered: "现责令你单位按下列期限改正：",
            otherwise: "整改期间，你单位应当采取措施，确保服务对象和工作人员的安全。逾期不改正的，依法责令停业整顿。",
        },
        (OfficeKind::CivilAffairs | OfficeKind::EmergencyManagement, _) => OrderWords {
            found: "经查，你单位存在下列问题：",
            basis: "《中华人民共和国安全生产法》第六十五条第一款",
            ordered: "现责令你单位按下列期限整改完毕，达到有关法律法规规章和标准规定的要求：",
            otherwise: "整改期间，你单位应当采取措施，确保安全。逾期不整改或者整改不合格的，依法予以处理；由此造成事故的，依法追究有关人员的责任。",
        },
        (OfficeKind::Generic, _) => OrderWords {
            found: "经检查，你单位存在下列问题：",
            basis: "有关法律、法规、规章的规定（见各项依据）",
            ordered: "现责令你单位按下列期限整改：",
            otherwise: "逾期不整改或者整改不符合要求的，依法处理。",
        },
    }
}

/// On what an immediate measure stands, unless the office says otherwise.
pub(super) const fn measures_basis(office: OfficeKind, _: FacilityType) -> &'static str {
    match office {
        OfficeKind::CivilAffairs | OfficeKind::EmergencyManagement => {
            "《中华人民共和国安全生产法》第六十五条第一款第三项"
        }
        OfficeKind::Generic => "有关法律、法规、规章的规定",
    }
}

/// On what a coercive measure stands, unless the office says otherwise.
pub(super) const fn coercive_basis(office: OfficeKind) -> &'static str {
    match office {
        OfficeKind::CivilAffairs | OfficeKind::EmergencyManagement => {
            "《中华人民共和国安全生产法》第七十条第一款"
        }
        OfficeKind::Generic => "",
    }
}

/// A failed requirement.
pub(super) fn not_met(requirement: &str) -> String {
    format!("不符合“{}”的要求", requirement.trim_end_matches('。'))
}

/// A place in a legal text. Laws and regulations have articles 条; standards are cited by the number alone.
pub(super) fn clause(title: &str, clause: &str) -> String {
    let in_articles = ["法", "条例", "规定", "办法"].iter().any(|end| title.ends_with(end));
    let title = if title.contains('《') { title.to_owned() } else { format!("《{title}》") };
    let numbered = clause.starts_with(|first: char| first.is_ascii_digit());
    match (clause.is_empty(), in_articles && numbered) {
        (true, _) => title,
        (false, true) => format!("{title}第{clause}条"),
        (false, false) => format!("{title}{clause}"),
    }
}

/// The name of a department, for those that are named by kind alone.
pub(super) const fn department(department: Department) -> &'static str {
    match department {
        Department::CivilAffairs => "民政",
        Department::FireRescue => "消防救援",
        Department::Housing => "住房城乡建设",
        Department::MarketRegulation => "市场监管",
        Department::Health => "卫生健康",
        Department::EmergencyManagement => "应急管理",
        Department::PublicSecurity => "公安",
        Department::UrbanManagement => "城市管理（燃气）",
        Department::NaturalResources => "自然资源",
        Department::WaterResources => "水利",
        Department::DevelopmentReform => "发展改革",
        Department::Finance => "财政",
    }
}
