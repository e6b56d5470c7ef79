//! The grounds of a decision, as an office writes them.

use xunan_core::clock::Span;
use xunan_core::document::{Drafting, Grounds, GroundsPart, HoldsFrom, Issue};
use xunan_core::letterhead::OfficeKind;
use xunan_core::problem::{DocumentRefusal, Problem};

use super::{document_id, home, letterhead, officers};
use crate::support::{date, minute};

fn decision(grounds: Grounds) -> Issue {
    let (office, facility) = (letterhead(OfficeKind::CivilAffairs), home());
    let drafting =
        Drafting { id: document_id(1), office: &office, facility: &facility, on: date("2026-11-22") };
    drafting.coercive_decision(None, officers(), grounds)
}

#[test]
fn what_is_missing_of_the_grounds_is_named_and_keeps_the_decision_from_being_issued() {
    use GroundsPart::{Basis, Facts, Measures};
    let basis = Grounds::coercive_basis(OfficeKind::CivilAffairs);
    let table: [(&str, &str, &str, &[GroundsPart]); 7] = [
        ("拒不停止使用", basis, "停止供电", &[]),
        ("", basis, "停止供电", &[Facts]),
        ("拒不停止使用", "  ", "停止供电", &[Basis]),
        ("拒不停止使用", basis, "\n \n", &[Measures]),
        (" \n", "", "停止供电", &[Facts, Basis]),
        ("拒不停止使用", "", "", &[Basis, Measures]),
        ("", "", "", &[Facts, Basis, Measures]),
    ];
    for (facts, basis, measures, missing) in table {
        let grounds = Grounds::written(Vec::new(), facts, basis, measures, minute(60));
        assert_eq!(grounds.missing(), missing, "{facts:?} {basis:?} {measures:?}");
        let expected = match missing {
            [] => Ok(()),
            _ => Err(Problem::DocumentRefused { why: DocumentRefusal::GroundsMissing }),
        };
        assert_eq!(decision(grounds).check(), expected);
    }
}

#[test]
fn each_line_that_says_something_is_a_fact_or_a_measure() {
    let grounds = Grounds::written(Vec::new(), " 一事实 \n\n二事实\r\n", " 依据 ", "一措施", minute(60));
    assert_eq!(grounds.facts, ["一事实", "二事实"]);
    assert_eq!(
        (grounds.basis.as_str(), grounds.measures.as_slice()),
        ("依据", ["一措施".to_owned()].as_slice())
    );
}

#[test]
fn nobody_is_coerced_but_by_a_law_that_is_named_and_told_a_day_before() {
    for office in [OfficeKind::CivilAffairs, OfficeKind::EmergencyManagement] {
        assert!(Grounds::coercive_basis(office).contains("安全生产法"));
    }
    assert_eq!(Grounds::coercive_basis(OfficeKind::Generic), "");
    assert_eq!(HoldsFrom::default(), HoldsFrom::AfterNotice);
    assert_eq!(HoldsFrom::AfterNotice.begins(minute(0)), minute(0).plus(Span::minutes(24 * 60)));
    assert_eq!(HoldsFrom::AtOnce.begins(minute(0)), minute(0));
}
