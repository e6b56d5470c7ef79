//! What rounds, certificates and reports change.

use xunan_core::access::{Account, Sight};
use xunan_core::clock::Span;
use xunan_core::hazard::{Command, HazardState, Step, StepKind};
use xunan_core::ids::{CertificateId, Entropy, HazardId};
use xunan_core::ledger::{HazardCard, Origin, RoundsCard, Row};
use xunan_core::log::Body;
use xunan_core::problem::{Problem, StepRefusal};
use xunan_core::rounds::{
    Certificate, CertificateKind, CertificateStanding, Expiry, Finding, Found, InternalReport, Mending,
    Round, RoundKind,
};
use xunan_core::rules::Grade;
use xunan_core::visit::Due;

use super::support::{
    Ledger, date, entry_id, everybody, facility_id, finding, firm, institution, morning, photo, round,
    round_id, staff,
};

fn done(round: Round) -> Body {
    Body::RoundDone(Box::new(round))
}

fn hazards(rows: &[Row]) -> Vec<&HazardCard> {
    rows.iter()
        .filter_map(|row| match row {
            Row::Hazard(card) => Some(&**card),
            _ => None,
        })
        .collect()
}

fn findings(findings: Vec<Finding>) -> Found {
    Found::Findings(findings)
}

#[test]
fn a_round_without_findings_adds_its_line_and_nothing_else() {
    let mut ledger = Ledger::new();
    let rows = ledger.take(1, &done(round(1, RoundKind::DailyPatrol, Found::Nothing)), &institution());
    assert_eq!(rows.unwrap().len(), 1);
    let card = ledger.0.rounds(facility_id(1), RoundKind::DailyPatrol).unwrap();
    let [line] = &card.lines.read().unwrap()[..] else { panic!("one line") };
    assert_eq!((line.round, line.entry, line.findings), (round_id(1), entry_id(1), 0));
    assert_eq!(line.by, "样例乙");
}

#[test]
fn a_clock_that_runs_ahead_puts_no_round_off_and_no_hazard_into_the_future() {
    let (mut ledger, next_year) = (Ledger::new(), morning().plus(Span::days(400)));
    let found = findings(vec![finding(Mending::By(next_year.date()), &[1])]);
    let ahead = Round { at: next_year, ..round(1, RoundKind::DailyPatrol, found) };
    let rows = ledger.take(1, &done(ahead), &institution()).unwrap();
    let card = ledger.0.rounds(facility_id(1), RoundKind::DailyPatrol).unwrap();
    let [line] = &card.lines.read().unwrap()[..] else { panic!("one line") };
    assert_eq!(line.at, line.received);
    assert_eq!(hazards(&rows)[0].found, line.received);
}

#[test]
fn each_finding_becomes_a_hazard_and_stands_where_it_has_come_to() {
    let by = Mending::By(date("2026-11-29"));
    let spot = Mending::OnTheSpot;
    let major = |mending, photos: &[u128]| Finding { grade: Grade::Major, ..finding(mending, photos) };
    for (name, finding, state, due, lines) in [
        ("to be put right", finding(by, &[1]), HazardState::Found, Due::By(date("2026-11-29")), 1),
        ("put right, with a photo", finding(spot, &[1]), HazardState::Submitted, Due::OnTheSpot, 2),
        ("put right, and not shown", finding(spot, &[]), HazardState::Found, Due::OnTheSpot, 1),
        ("major: its plan comes first", major(spot, &[1]), HazardState::Found, Due::OnTheSpot, 1),
    ] {
        let mut ledger = Ledger::new();
        let body = done(round(1, RoundKind::SelfCheck, findings(vec![finding])));
        let rows = ledger.take(1, &body, &institution()).unwrap();
        let [hazard] = hazards(&rows)[..] else { panic!("{name}: one hazard") };
        assert_eq!((hazard.state, hazard.due), (state, due), "{name}");
        assert_eq!(hazard.origin, Origin::OwnRound(entry_id(1)), "{name}");
        assert_eq!(hazard.id, HazardId::of_finding(round_id(1), 0), "{name}");
        let story = hazard.standing().unwrap().life.story;
        assert_eq!(story.len(), lines, "{name}");
        assert_eq!(story[0].mark.name, "样例甲", "{name}");
    }
}

#[test]
fn what_is_no_round_has_no_effect() {
    let patrol = |found| round(1, RoundKind::DailyPatrol, found);
    let one = || finding(Mending::OnTheSpot, &[]);
    for (name, wrong) in [
        ("nobody named", Round { by: " ".to_owned(), ..patrol(Found::Nothing) }),
        ("findings that are none", patrol(findings(Vec::new()))),
        ("a zero report with a finding", round(1, RoundKind::ZeroReport, findings(vec![one()]))),
        ("no title", patrol(findings(vec![Finding { title: String::new(), ..one() }]))),
        ("advice", patrol(findings(vec![Finding { grade: Grade::Advice, ..one() }]))),
        ("due yesterday", patrol(findings(vec![finding(Mending::By(date("2026-11-21")), &[])]))),
        ("51 findings", patrol(findings(vec![one(); 51]))),
        ("a note of 2001 characters", Round { note: "长".repeat(2001), ..patrol(Found::Nothing) }),
    ] {
        let refused = Ledger::new().take(1, &done(wrong), &institution());
        assert!(matches!(refused, Err(Problem::RecordInconsistent { .. })), "{name}: {refused:?}");
    }
    let mut ledger = Ledger::new();
    let body = done(patrol(Found::Nothing));
    ledger.take(1, &body, &institution()).unwrap();
    assert!(ledger.take(2, &body, &institution()).is_err(), "the same round again");
}

#[test]
fn only_whose_work_it_is_does_it() {
    let patrol = done(round(1, RoundKind::DailyPatrol, Found::Nothing));
    let maintenance = done(round(1, RoundKind::MaintenanceVisit, Found::Nothing));
    for (name, account) in everybody() {
        let may = |body: &Body| match Ledger::new().take(1, body, &account) {
            Ok(_) => true,
            Err(problem) => {
                assert_eq!(problem, Problem::NotAllowed, "{name}");
                false
            }
        };
        let did = [may(&patrol), may(&maintenance), may(&report()), may(&certificate(None))];
        let expected = match name {
            "institution" => [true, false, false, true],
            "firm" => [false, true, false, false],
            "staff" => [false, false, true, false],
            _ => [false; 4],
        };
        assert_eq!(did, expected, "{name}");
    }
}

#[test]
fn a_phone_that_brings_a_month_at_once_leaves_the_last_forty_the_newest_first() {
    let mut ledger = Ledger::new();
    for number in (1..=50).rev() {
        let at = morning().plus(Span::days(i64::try_from(number).unwrap()));
        let round = Round { at, ..round(number, RoundKind::DailyPatrol, Found::Nothing) };
        ledger.take(number, &done(round), &institution()).unwrap();
    }
    let card = ledger.0.rounds(facility_id(1), RoundKind::DailyPatrol).unwrap();
    let lines = card.lines.read().unwrap();
    let rounds: Vec<_> = lines.iter().map(|line| line.round).collect();
    let expected: Vec<_> = (11..=50).rev().map(round_id).collect();
    assert_eq!(rounds, expected);
    assert_eq!(lines.len(), RoundsCard::MAX_LINES);
}

fn report() -> Body {
    Body::ReportMade(Box::new(InternalReport {
        hazard: HazardId::from_parts(morning(), Entropy(9)),
        facility: facility_id(1),
        title: "应急灯不亮".to_owned(),
        place: "三层".to_owned(),
        description: String::new(),
        photos: vec![photo(3)],
    }))
}

#[test]
fn a_report_becomes_a_hazard_that_does_not_say_who_reported_it() {
    let mut ledger = Ledger::new();
    let rows = ledger.take(1, &report(), &staff()).unwrap();
    let [Row::Hazard(card)] = &rows[..] else { panic!("one hazard") };
    assert_eq!((card.origin, card.state), (Origin::Report, HazardState::Found));
    assert_eq!(card.due, Due::By(date("2026-11-29")));
    let json = serde_json::to_string(&rows).unwrap();
    for secret in [staff().name, staff().organisation, staff().id.to_string()] {
        assert!(!json.contains(&secret), "{secret} stands in {json}");
    }
    let sees = |account: &Account| rows[0].seen_by(account) == Sight::Visible;
    assert!(
        sees(&institution()) && sees(&staff()),
        "the institution puts it right, and whoever reported follows it"
    );
    assert!(!sees(&firm()), "the firm has nothing to do with it yet");
    assert!(ledger.take(2, &report(), &staff()).is_err(), "the same hazard again");
}

#[test]
fn a_reported_hazard_goes_through_the_loop_like_any_other() {
    let mut ledger = Ledger::new();
    ledger.take(1, &report(), &staff()).unwrap();
    let hazard = HazardId::from_parts(morning(), Entropy(9));
    let step = |command| Body::HazardStep(Box::new(Step { hazard, command }));
    let bare = step(Command::Submit { note: String::new(), photos: Vec::new() });
    let refused = Problem::StepRefused { why: StepRefusal::AfterPhotosMissing };
    assert_eq!(ledger.take(2, &bare, &institution()), Err(refused));
    let shown = step(Command::Submit { note: "已换灯".to_owned(), photos: vec![photo(4)] });
    ledger.take(3, &shown, &institution()).unwrap();
    let life = ledger.0.hazard(hazard).unwrap().standing().unwrap().life;
    let told: Vec<StepKind> = life.story.iter().map(|line| line.kind).collect();
    assert_eq!(told, [StepKind::Found, StepKind::Submitted]);
    assert!(!life.story[0].mark.is_named());
}

fn line(valid_until: Option<&str>) -> Certificate {
    Certificate {
        id: CertificateId::from_parts(morning(), Entropy(1)),
        facility: facility_id(1),
        kind: CertificateKind::FireOperator,
        holder: "样例丙".to_owned(),
        number: "XF-1".to_owned(),
        valid_until: valid_until.map(date),
        standing: CertificateStanding::InForce,
    }
}

fn certificate(valid_until: Option<&str>) -> Body {
    Body::CertificateNoted(Box::new(line(valid_until)))
}

#[test]
fn a_certificate_is_noted_renewed_and_ended_by_its_id() {
    let mut ledger = Ledger::new();
    ledger.take(1, &certificate(Some("2026-12-01")), &institution()).unwrap();
    ledger.take(2, &certificate(Some("2028-12-01")), &institution()).unwrap();
    let [card] = ledger.0.certificates_of(facility_id(1))[..] else { panic!("one line") };
    assert_eq!(card.certificate.read().unwrap().valid_until, Some(date("2028-12-01")));
    let nobody = Certificate { holder: " ".to_owned(), ..line(None) };
    let refused = ledger.take(3, &Body::CertificateNoted(Box::new(nobody)), &institution());
    assert!(matches!(refused, Err(Problem::RecordInconsistent { .. })), "{refused:?}");
}

#[test]
fn the_end_of_a_certificate_is_warned_of_at_60_30_and_0_days() {
    let today = date("2026-11-22");
    for (until, expected) in [
        (None, None),
        (Some("2027-01-22"), None),
        (Some("2027-01-21"), Some(Expiry::Within60)),
        (Some("2026-12-23"), Some(Expiry::Within60)),
        (Some("2026-12-22"), Some(Expiry::Within30)),
        (Some("2026-11-22"), Some(Expiry::Within30)),
        (Some("2026-11-21"), Some(Expiry::Expired)),
    ] {
        assert_eq!(line(until).expiry(today), expected, "{until:?}");
        let ended = Certificate { standing: CertificateStanding::Ended, ..line(until) };
        assert_eq!(ended.expiry(today), None, "{until:?}, ended");
    }
}
