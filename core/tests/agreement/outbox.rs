//! What waits to be sent.

use proptest::prelude::*;
use xunan_core::clock::{Instant, Span};
use xunan_core::digest::Digest;
use xunan_core::log::SignedReceipt;
use xunan_core::outbox::{
    Command, CommandRefused, Delivery, Due, Item, OnList, PhotoState, RetrySchedule, Summary,
};
use xunan_core::problem::{Problem, Remedy};

use crate::support::at;
use crate::support::entries::Writer;
use crate::support::keys::{KeyPair as _, Quick};
use crate::support::memory::Memory;

fn item() -> Item {
    Item::new(
        &Writer::new(1).write(1, &[b"a", b"b", b"a"], &Quick::from_name("device")),
        "某敬老院".to_owned(),
    )
}

/// A receipt of the server for what `item()` is about, or for something else.
fn receipt(entry: u64, photos: &[&[u8]]) -> Box<SignedReceipt> {
    let mut server = Memory::default();
    let (mut writer, key) = (Writer::new(1), Quick::from_name("device"));
    server.enrol(writer.device, writer.actor, key.public());
    let signed = writer.write(entry, photos, &key);
    for photo in photos {
        server.photo(Digest::of(photo), at(1));
    }
    server.push(writer.device, &[signed.compact()], at(1));
    Box::new(SignedReceipt::parse(&server.receipt(signed.entry().id).unwrap()).unwrap())
}

fn own_receipt() -> Box<SignedReceipt> {
    receipt(1, &[b"a", b"b", b"a"])
}

#[test]
fn what_becomes_of_an_item_follows_from_what_can_be_done_about_the_problem() {
    let check = |problem: Problem, expected: Delivery| {
        let failed =
            item().apply(Command::Send).unwrap().apply(Command::Fail { problem, next_try: at(5) }).unwrap();
        assert_eq!(*failed.delivery(), expected);
    };
    for problem in [
        Problem::Unreachable,
        Problem::NotOurServer { status: 200 },
        Problem::Internal,
        Problem::Unavailable,
        Problem::ServerFull,
        Problem::TooMany { retry_after_seconds: 3 },
        Problem::ReceiptNotTrusted,
        Problem::ChainGap { have_seq: 0 },
        Problem::Unknown,
    ] {
        check(problem.clone(), Delivery::RetryAt { at: at(5), attempts: 1, problem });
    }
    check(Problem::NotSignedIn, Delivery::NeedsSignIn);
    for problem in [
        Problem::NotAllowed,
        Problem::BadSignature,
        Problem::DeviceRevoked { device: Writer::new(1).device },
        Problem::SameIdOtherBytes { entry: item().entry() },
        Problem::TooLarge { limit_bytes: 1 },
    ] {
        check(problem.clone(), Delivery::Refused { problem });
    }
}

#[test]
fn failures_in_a_row_are_counted_until_a_person_tries() {
    let fail = |item: Item| {
        let sending = item.apply(Command::Send).unwrap();
        sending.apply(Command::Fail { problem: Problem::Internal, next_try: at(5) }).unwrap()
    };
    let failed = fail(fail(fail(item())));
    assert_eq!(failed.delivery().attempts(), 3);
    assert_eq!(fail(failed.apply(Command::Release).unwrap()).delivery().attempts(), 1);
}

#[test]
fn only_a_receipt_that_names_every_hash_acknowledges_and_it_does_so_for_good() {
    for wrong in [receipt(2, &[b"a", b"b", b"a"]), receipt(1, &[b"a"]), receipt(1, &[])] {
        let refused = item().apply(Command::Acknowledge { receipt: wrong, at: at(9) }).unwrap_err();
        assert!(matches!(refused, CommandRefused::ReceiptNotWhole(_)));
        assert_eq!(refused.into_item(), item());
    }
    let acknowledged = item().apply(Command::Acknowledge { receipt: own_receipt(), at: at(9) }).unwrap();
    let Delivery::Acknowledged { at: when, without_effect: None, .. } = acknowledged.delivery() else {
        panic!("{acknowledged:?}")
    };
    assert_eq!(*when, at(9));
    assert!(acknowledged.photos().iter().all(|photo| photo.state == PhotoState::Arrived));
    for command in [
        Command::Send,
        Command::Release,
        Command::Fail { problem: Problem::BadSignature, next_try: at(10) },
        Command::Photo { digest: Digest::of(b"a"), state: PhotoState::Waiting },
        Command::Acknowledge { receipt: own_receipt(), at: at(11) },
    ] {
        let refused = acknowledged.clone().apply(command).unwrap_err();
        assert!(matches!(refused, CommandRefused::Acknowledged(_)));
        assert_eq!(refused.into_item(), acknowledged);
    }
}

#[test]
fn a_photo_command_is_for_every_photo_with_those_bytes_and_for_no_other_item() {
    let arrived =
        item().apply(Command::Photo { digest: Digest::of(b"a"), state: PhotoState::Arrived }).unwrap();
    let states: Vec<&PhotoState> = arrived.photos().iter().map(|photo| &photo.state).collect();
    assert_eq!(states, [&PhotoState::Arrived, &PhotoState::Waiting, &PhotoState::Arrived]);
    let other = Command::Photo { digest: Digest::of(b"z"), state: PhotoState::Arrived };
    assert!(matches!(item().apply(other), Err(CommandRefused::OtherPhoto(..))));
}

#[test]
fn an_acknowledged_item_may_leave_the_list_after_thirty_days_and_no_other_item_ever() {
    let day = |days: i64| at(9).plus(Span::days(days));
    let acknowledged = item().apply(Command::Acknowledge { receipt: own_receipt(), at: at(9) }).unwrap();
    assert_eq!(acknowledged.on_list(day(30)), OnList::Stays);
    assert_eq!(acknowledged.on_list(day(30).plus(Span::millis(1))), OnList::MayGo);
    assert_eq!(acknowledged.on_list(day(-400)), OnList::Stays);
    assert_eq!(item().on_list(day(100_000)), OnList::Stays);
}

#[test]
fn an_item_is_due_when_its_time_has_come_or_the_clock_was_set_back() {
    let due = |now: Instant| {
        let sending = item().apply(Command::Send).unwrap();
        let failed = sending.apply(Command::Fail { problem: Problem::Internal, next_try: at(1000) }).unwrap();
        failed.delivery().due(now)
    };
    assert_eq!(due(at(999)), Due::At(at(1000)));
    assert_eq!(due(at(1000)), Due::Now);
    assert_eq!(due(at(1000).plus(Span::millis(-RetrySchedule::LONGEST.as_millis()))), Due::At(at(1000)));
    assert_eq!(due(at(1000).plus(Span::days(-365))), Due::Now);
}

#[test]
fn a_stored_item_is_read_back_and_its_words_on_disk_stay_as_they_are() {
    let sending = item().apply(Command::Send).unwrap();
    let partly = PhotoState::Partly { upload: "/api/photos/uploads/1".to_owned(), sent_bytes: 1 };
    let partly = sending.apply(Command::Photo { digest: Digest::of(b"b"), state: partly }).unwrap();
    let refused = PhotoState::Refused { problem: Problem::NotAPhoto };
    let refused = partly.apply(Command::Photo { digest: Digest::of(b"a"), state: refused }).unwrap();
    let failed = refused.apply(Command::Fail { problem: Problem::Internal, next_try: at(5) }).unwrap();
    let json = serde_json::to_string(&failed).unwrap();
    assert_eq!(serde_json::from_str::<Item>(&json).unwrap(), failed);
    for words in [
        r#""delivery":{"retry_at":{"at":"2026-09-21T14:13:25.000Z","attempts":1,"problem":{"code":"internal"}}}"#,
        r#""state":{"partly":{"upload":"/api/photos/uploads/1","sent_bytes":1}}"#,
        r#""state":{"refused":{"problem":{"code":"not_a_photo"}}}"#,
    ] {
        assert!(json.contains(words), "{words}\n{json}");
    }
}

#[test]
fn the_summary_counts_what_waits_and_leaves_out_what_arrived() {
    let acknowledged = item().apply(Command::Acknowledge { receipt: own_receipt(), at: at(9) }).unwrap();
    let fail = |problem| item().apply(Command::Fail { problem, next_try: at(70) }).unwrap();
    let items = [
        acknowledged,
        item().apply(Command::Photo { digest: Digest::of(b"a"), state: PhotoState::Arrived }).unwrap(),
        fail(Problem::Internal),
        fail(Problem::NotSignedIn),
        fail(Problem::NotAPhoto),
    ];
    let summary = Summary::of(&items);
    let texts = 4 * item().entry_bytes();
    let expected = Summary {
        waiting: 4,
        refused: 1,
        need_sign_in: 1,
        oldest: Some(at(0)),
        next_try: Some(at(70)),
        bytes_left: texts + 1 + 3 + 3 + 3,
    };
    assert_eq!(summary, expected);
    assert_eq!(summary.oldest_age(at(90)), Some(Span::seconds(90)));
    assert_eq!(summary.oldest_age(at(-90)), Some(Span::ZERO));
    let three_days = 3 * 86_400;
    assert_eq!(summary.urged(at(three_days)), None);
    assert_eq!(summary.urged(at(three_days + 1)), Some(Span::seconds(three_days + 1)));
    assert_eq!(Summary::of([]), Summary::default());
}

fn any_command() -> impl Strategy<Value = Command> {
    let problem = prop_oneof![
        Just(Problem::Unreachable),
        Just(Problem::NotSignedIn),
        Just(Problem::NotAllowed),
        Just(Problem::Internal),
        Just(Problem::Unknown)
    ];
    let state = prop_oneof![
        Just(PhotoState::Waiting),
        Just(PhotoState::Arrived),
        (0_u64..9).prop_map(|sent_bytes| PhotoState::Partly { upload: "u".to_owned(), sent_bytes }),
        Just(PhotoState::Refused { problem: Problem::NotAPhoto }),
    ];
    prop_oneof![
        5 => Just(Command::Send),
        5 => (problem, 0_i64..9).prop_map(|(problem, next)| Command::Fail { problem, next_try: at(next) }),
        3 => Just(Command::Release),
        5 => (prop_oneof![Just(b"a"), Just(b"b"), Just(b"z")], state)
            .prop_map(|(bytes, state)| Command::Photo { digest: Digest::of(bytes), state }),
        1 => Just(Command::Acknowledge { receipt: receipt(2, &[]), at: at(3) }),
        1 => Just(Command::Acknowledge { receipt: own_receipt(), at: at(3) }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_sequence_of_commands_loses_an_item_or_moves_an_acknowledged_one(
        commands in prop::collection::vec(any_command(), 0..40),
    ) {
        let mut item = item();
        for command in commands {
            let before = item.clone();
            let fails_for_good =
                matches!(&command, Command::Fail { problem, .. } if problem.remedy() == Remedy::Person);
            item = item.apply(command).unwrap_or_else(CommandRefused::into_item);
            prop_assert_eq!((item.entry(), item.hash(), item.seq()), (before.entry(), before.hash(), before.seq()));
            prop_assert_eq!(item.photos().len(), before.photos().len());
            match before.delivery() {
                Delivery::Acknowledged { .. } => prop_assert_eq!(&item, &before),
                _ if fails_for_good => {
                    let refused = matches!(item.delivery(), Delivery::Refused { .. });
                    prop_assert!(refused);
                }
                _ => {}
            }
        }
    }
}
