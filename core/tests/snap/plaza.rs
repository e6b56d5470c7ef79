//! What is public of a report, from when until when, and with what: as an office wrote it, and as the report stands.

use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::evidence::Shape;
use xunan_core::facility::FacilityType;
use xunan_core::log::SnapBody;
use xunan_core::problem::StepRefusal as Refusal;
use xunan_core::region::Level;
use xunan_core::snap::{
    Command, Life, MayPublish, PublicCard, PublicNotice, PublicPhoto, PublicPlace, PublicTitle, PublicWords,
    Publishing, Report, SnapPlace, SnapState, Step, StepKind,
};

use super::support::{
    Became, Ledger, citizens, entry_id, facility_id, new_hazard, notice, photo, public_photo, report,
    snap_id, supervisor, words,
};

/// From acceptance on, each step in its order, and what is then public: **p** public, **r** with its result, `-` nothing.
const LIVES: [(&str, &[&str], &str); 9] = [
    ("nothing is public by itself", &["accept", "deal with", "answer", "rate"], "----"),
    ("published at once", &["accept", "publish", "deal with", "answer"], "-ppp"),
    ("published with its result", &["accept", "deal with", "answer", "publish", "rate"], "---rr"),
    (
        "the result of before is gone when it is opened again",
        &["accept", "deal with", "answer", "publish", "not fixed", "deal with", "answer", "publish"],
        "---rpppr",
    ),
    ("withdrawn, and published again", &["accept", "publish", "withdraw", "publish"], "-p-p"),
    ("joined with another", &["accept", "publish", "duplicate"], "-p-"),
    ("transferred after its acceptance", &["accept", "transfer", "publish", "deal with"], "--pp"),
    ("transferred while it is public", &["accept", "publish", "transfer", "withdraw"], "-pp-"),
    ("transferred at once, and then dealt with", &["transfer", "deal with", "publish"], "--p"),
];

fn public(ledger: &Ledger) -> Option<PublicCard> {
    let card = ledger.card();
    PublicCard::of(card.id(), card.division(), &card.life)
}

fn take(ledger: &mut Ledger, step: &str) -> Became {
    let actor = if matches!(step, "rate" | "not fixed") { citizens() } else { supervisor() };
    let command = ledger.command(step);
    ledger.take(&actor, command)
}

#[test]
fn what_is_public_follows_from_what_the_office_published_and_how_the_report_stands() {
    for (name, steps, expected) in LIVES {
        let mut ledger = Ledger::received();
        let mut seen = String::new();
        for step in steps {
            let became = take(&mut ledger, step);
            assert!(matches!(became, Became::Done(_)), "{name}: {step}: {became:?}");
            seen.push(match public(&ledger) {
                None => '-',
                Some(card) if card.notice.result.is_empty() => 'p',
                Some(_) => 'r',
            });
        }
        assert_eq!(seen, expected, "{name}");
    }
}

#[test]
fn a_card_tells_what_the_office_wrote_and_kinds_and_days_of_steps() {
    let mut ledger = Ledger::empty();
    let at = |day: &str| Some(format!("{day}T02:00:00.000Z").parse::<Instant>().unwrap());
    ledger.fold(&citizens(), &SnapBody::Reported(Box::new(report(1))), at("2026-11-20")).unwrap();
    for (step, day) in [
        ("accept", "2026-11-23"),
        ("deal with", "2026-11-30"),
        ("answer", "2026-12-01"),
        ("publish", "2026-12-02"),
        ("rate", "2026-12-03"),
    ] {
        let command = ledger.command(step);
        let actor = if step == "rate" { citizens() } else { supervisor() };
        let body = SnapBody::Stepped(Box::new(Step { snap: snap_id(1), command }));
        ledger.fold(&actor, &body, at(day)).unwrap();
    }
    let card = public(&ledger).unwrap();
    assert_eq!(card.notice, notice("已更换为推闩式门锁"));
    assert_eq!((card.state, card.days), (SnapState::Answered, Some(11)));
    assert_eq!(card.division.level(), Level::Township);
    let steps: Vec<(StepKind, String)> = card.steps.iter().map(|it| (it.what, it.on.to_string())).collect();
    let expected = [
        (StepKind::Received, "2026-11-20"),
        (StepKind::Accepted, "2026-11-23"),
        (StepKind::DealtWith, "2026-11-30"),
        (StepKind::Answered, "2026-12-01"),
    ];
    assert_eq!(steps, expected.map(|(what, on)| (what, on.to_owned())));
    let json = serde_json::to_string(&card).unwrap();
    assert_eq!(serde_json::from_str::<PublicCard>(&json).unwrap(), card);
    // Of the report only its number, whose last part opens nothing.
    for hidden in [
        "三楼安全出口锁着",
        "样例养老院",
        "已到现场核实",
        "人员2",
        "单位2",
        &snap_id(1).to_string(),
        &facility_id(1).to_string(),
        "photo",
    ] {
        assert!(!json.contains(hidden), "{hidden} in {json}");
    }
}

#[test]
fn coarse_words_are_covered_for_everybody_and_stay_in_the_ledger_as_they_were_written() {
    let mut ledger = Ledger::standing_at(SnapState::Answered);
    let said = |text: &str| PublicNotice {
        title: PublicTitle::of(&format!("门上写着{text}")).unwrap(),
        words: PublicWords::of(&format!("{text}，已擦除")).unwrap(),
        ..notice(&format!("写{text}的人已道歉"))
    };
    let command = Command::Publish { after: ledger.standing_entry(), notice: said("王八蛋") };
    assert_eq!(ledger.take(&supervisor(), command), Became::Done(SnapState::Answered));
    let card = public(&ledger).unwrap();
    assert_eq!(card.notice, said("***"));
    assert_eq!(ledger.card().life.publication.as_ref().unwrap().notice, said("王八蛋"));
    let json = serde_json::to_string(&card).unwrap();
    assert_eq!(serde_json::from_str::<PublicCard>(&json).unwrap(), card);
}

#[test]
fn a_notice_that_says_too_little_or_speaks_of_what_was_before_is_refused() {
    let publish = |after, result: &str| Command::Publish { after, notice: notice(result) };
    for state in [SnapState::Accepted, SnapState::Hazard, SnapState::DealtWith, SnapState::Answered] {
        let mut ledger = Ledger::standing_at(state);
        let (now, is_answered) = (ledger.standing_entry(), state == SnapState::Answered);
        let right = if is_answered { "已更换" } else { "" };
        let (wrong, why) =
            if is_answered { ("", Refusal::ReasonMissing) } else { ("已更换", Refusal::NotNow) };
        for (command, expected) in [
            (publish(entry_id(9_999), right), Refusal::MovedOn),
            (publish(now, wrong), why),
            (Command::Withdraw { publication: now, words: "误发".to_owned() }, Refusal::NotNow),
        ] {
            assert_eq!(ledger.take(&supervisor(), command), Became::Refused(expected), "{state:?}");
        }
        assert_eq!(ledger.take(&supervisor(), publish(now, right)), Became::Done(state));
        let publication = ledger.card().life.publication.as_ref().unwrap().mark.entry;
        for (publication, words, expected) in [
            (now, "误发", Refusal::MovedOn),
            (publication, " ", Refusal::ReasonMissing),
            (publication, &*"字".repeat(2001), Refusal::TooLong),
        ] {
            let command = Command::Withdraw { publication, words: words.to_owned() };
            assert_eq!(ledger.take(&supervisor(), command), Became::Refused(expected), "{state:?}");
        }
        // Published anew in the meantime: whoever withdraws has seen another text.
        assert_eq!(take(&mut ledger, "publish"), Became::Done(state));
        let late = Command::Withdraw { publication, words: "误发".to_owned() };
        assert_eq!(ledger.take(&supervisor(), late), Became::Refused(Refusal::MovedOn));
        assert_eq!(take(&mut ledger, "withdraw"), Became::Done(state));
        assert_eq!(public(&ledger), None);
    }
    let mut transferred = Ledger::standing_at(SnapState::Transferred);
    assert_eq!(take(&mut transferred, "publish"), Became::Refused(Refusal::NotNow), "nobody accepted it");
}

/// What is shown, by the photos of which it was made.
fn shown(ledger: &Ledger) -> Vec<Digest> {
    let life = &ledger.card().life;
    let photos: Vec<_> = life.publication.iter().flat_map(|it| &it.photos).collect();
    let pictures = public(ledger).map(|card| card.pictures).unwrap_or_default();
    let digests: Vec<Digest> = pictures.iter().map(|it| it.digest).collect();
    assert_eq!(digests, photos.iter().map(|it| it.digest).collect::<Vec<_>>());
    digests
}

/// Report 1 with six photos, published.
fn published_with_photos(kind: FacilityType) -> Ledger {
    let mut ledger = Ledger::at(kind);
    ledger.report(Report { photos: (1..7).map(|number| photo(number, 0)).collect(), ..report(1) }).unwrap();
    for step in ["accept", "publish"] {
        take(&mut ledger, step);
    }
    ledger
}

#[test]
fn a_picture_is_shown_from_when_an_office_shows_it_until_it_withdraws_the_case() {
    let mut ledger = published_with_photos(FacilityType::ElderlyCare);
    let of = |number: usize| public_photo(&photo(number as u128, 0));
    let show = |ledger: &mut Ledger, photo: PublicPhoto| {
        let publication = ledger.publication();
        ledger.take(&supervisor(), Command::ShowPhoto { publication, photo })
    };
    assert_eq!(shown(&ledger), []);
    for number in 1..=PublicPhoto::MOST {
        assert_eq!(show(&mut ledger, of(number)), Became::Done(SnapState::Accepted));
    }
    let all: Vec<Digest> = (1..=PublicPhoto::MOST).map(|number| of(number).digest).collect();
    assert_eq!(shown(&ledger), all);
    assert_eq!(show(&mut ledger, of(5)), Became::Unseen, "one more than there may be");
    // Covered better: in the place of what was shown.
    let better = PublicPhoto { digest: Digest::of(b"better"), ..of(2) };
    assert_eq!(show(&mut ledger, better.clone()), Became::Done(SnapState::Accepted));
    assert_eq!(shown(&ledger), [all[0], all[2], all[3], better.digest]);
    take(&mut ledger, "publish");
    assert_eq!(shown(&ledger).len(), 4, "other words, and the same matter");
    take(&mut ledger, "withdraw");
    take(&mut ledger, "publish");
    assert_eq!(shown(&ledger), []);
}

#[test]
fn what_is_no_picture_of_this_report_or_covers_nothing_where_it_says_so_is_not_shown() {
    let mut ledger = published_with_photos(FacilityType::ElderlyCare);
    let (publication, right) = (ledger.publication(), public_photo(&photo(1, 0)));
    for (why, photo) in [
        ("another report's photo", public_photo(&photo(40, 0))),
        ("other bytes", PublicPhoto { source: Digest::of(b"other"), ..right.clone() }),
        ("the photo itself", PublicPhoto { digest: right.source, ..right.clone() }),
        ("too large", PublicPhoto { width_px: 1281, ..right.clone() }),
        (
            "a shape outside",
            PublicPhoto { shapes: vec![Shape::Box { from: (0, 0), to: (1001, 9) }], ..right.clone() },
        ),
    ] {
        let command = Command::ShowPhoto { publication, photo };
        assert_eq!(ledger.take(&supervisor(), command), Became::Unseen, "{why}");
    }
    let late = Command::ShowPhoto { publication: entry_id(9_999), photo: right.clone() };
    assert_eq!(ledger.take(&supervisor(), late), Became::Refused(Refusal::MovedOn));
    assert_eq!(shown(&ledger), []);
    let uncovered = PublicPhoto { shapes: Vec::new(), ..right };
    let command = Command::ShowPhoto { publication, photo: uncovered };
    assert_eq!(ledger.take(&supervisor(), command), Became::Done(SnapState::Accepted), "nobody is in it");
}

#[test]
fn what_was_seen_at_a_home_of_minors_is_not_public() {
    for kind in FacilityType::ALL {
        let of_minors = matches!(kind, FacilityType::ChildWelfare | FacilityType::MinorProtection);
        let mut ledger = Ledger::received_at(kind);
        take(&mut ledger, "accept");
        let expected = if of_minors {
            Became::Refused(Refusal::MinorsNotPublic)
        } else {
            Became::Done(SnapState::Accepted)
        };
        assert_eq!(take(&mut ledger, "publish"), expected, "{kind:?}");
        let [default, allowed] = [Publishing::NotOfMinors, Publishing::OfAll]
            .map(|terms| MayPublish::of([Some(FacilityType::Cemetery), Some(kind)], terms));
        assert_eq!(default == MayPublish::NotOfMinors, of_minors, "{kind:?}");
        assert_eq!(allowed, MayPublish::Yes, "{kind:?}");
    }
    assert_eq!(MayPublish::of([None], Publishing::NotOfMinors), MayPublish::NotOfMinors);
    assert_eq!(MayPublish::of([], Publishing::NotOfMinors), MayPublish::Yes);
}

#[test]
fn what_turns_out_to_be_at_a_home_of_minors_is_public_no_longer() {
    let mut ledger = Ledger::at(FacilityType::ChildWelfare);
    let place = SnapPlace { facility: None, address: words("样例路"), position: None };
    ledger.report(Report { place, ..report(1) }).unwrap();
    for (step, is_public) in [("accept", false), ("publish", true), ("turn into hazard", false)] {
        assert!(matches!(take(&mut ledger, step), Became::Done(_)), "{step}");
        assert_eq!(public(&ledger).is_some(), is_public, "{step}");
    }
    assert_eq!(new_hazard().facility, facility_id(1));
    assert_eq!(take(&mut ledger, "publish"), Became::Refused(Refusal::MinorsNotPublic));
}

#[test]
fn words_for_everybody_are_bounded_masked_and_coarse() {
    for (text, expected) in [
        (" 安全出口上锁 ", Some("安全出口上锁")),
        ("请打 13800000000", Some("请打 ***********")),
        ("", None),
        ("两\n行", None),
        (&*"字".repeat(61), None),
    ] {
        let title = PublicTitle::of(text);
        assert_eq!(title.as_ref().ok().map(PublicTitle::as_str), expected, "{text}");
    }
    for (text, is_place) in [
        ("青石镇", true),
        ("三里屯街道", true),
        ("青石镇演示街12号", false),
        ("三楼３０５", false),
        ("36.45678,115.98000", false),
        ("13800000000", false),
        ("", false),
        (&*"镇".repeat(21), false),
    ] {
        assert_eq!(PublicPlace::of(text).is_ok(), is_place, "{text}");
    }
    assert!(PublicWords::of(&"字".repeat(1001)).is_err());
    // What a form would not have written, no entry brings in.
    let good = serde_json::to_value(notice("已更换")).unwrap();
    assert!(serde_json::from_value::<PublicNotice>(good.clone()).is_ok());
    for (member, text) in [
        ("title", "请打 13800000000"),
        ("title", ""),
        ("title", " 空格"),
        ("place", "青石镇 12 号"),
        ("words", "电话 0635-8230000"),
        ("result", "13800000000"),
    ] {
        let mut bad = good.clone();
        bad[member] = text.into();
        assert!(serde_json::from_value::<PublicNotice>(bad).is_err(), "{member} {text}");
    }
}

#[test]
fn a_step_of_a_later_version_is_told_as_such_and_a_life_of_an_earlier_one_is_read() {
    let ledger = Ledger::standing_at(SnapState::Accepted);
    let step = Step { snap: snap_id(1), command: ledger.command("publish") };
    let mut later = serde_json::to_value(step).unwrap();
    later["do"] = "publish_louder".into();
    assert!(serde_json::from_value::<Step>(later).is_err(), "kept without effect, as malformed");
    let life = serde_json::to_value(&ledger.card().life).unwrap();
    assert_eq!(life.get("publication"), None, "what is not public is written as ever");
    assert_eq!(serde_json::from_value::<Life>(life).unwrap(), ledger.card().life);
}
