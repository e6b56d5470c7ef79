//! What a phone sends next, and what it believes.

use std::collections::BTreeMap;

use xunan_core::clock::{Instant, Span};
use xunan_core::digest::Digest;
use xunan_core::ids::EntryId;
use xunan_core::ledger::Cursor;
use xunan_core::log::{SignatureVerdict, SignedEntry};
use xunan_core::outbox::{Delivery, Item, Jitter, PhotoState, RetrySchedule};
use xunan_core::problem::Problem;
use xunan_core::sync::{
    DeviceHead, DeviceSession, Event, More, Outcome, Push, PushAnswer, PushedEntry, Step, Turn, Upload, Which,
};

use crate::support::at;
use crate::support::entries::Writer;
use crate::support::keys::{KeyPair as _, Quick};
use crate::support::memory::Memory;

/// A phone with some entries, and a server that knows it. Time stands still unless a test moves it.
struct Bench {
    session: DeviceSession,
    entries: Vec<SignedEntry>,
    server: Memory,
    now: Instant,
}

impl Bench {
    /// One entry for each list of photos.
    fn new(photos: &[&[&[u8]]]) -> Self {
        let (mut server, mut writer, key) = (Memory::default(), Writer::new(1), Quick::from_name("device"));
        server.enrol(writer.device, writer.actor, key.public());
        let entries: Vec<_> = (1..).zip(photos).map(|(id, photos)| writer.write(id, photos, &key)).collect();
        let items = entries.iter().map(|signed| Item::new(signed, String::new()));
        Self { session: DeviceSession::new(items, Cursor(0)), entries, server, now: at(100) }
    }

    fn turn(&mut self, event: Event) -> Turn {
        self.session.turn(event, self.now, Jitter::NONE)
    }

    fn step(&mut self, event: Event) -> Step {
        self.turn(event).step
    }

    fn id(&self, at: usize) -> EntryId {
        self.entries[at].entry().id
    }

    fn delivery(&self, at: usize) -> &Delivery {
        self.item(at).delivery()
    }

    fn item(&self, at: usize) -> &Item {
        self.session.items().find(|item| item.entry() == self.id(at)).unwrap()
    }

    /// What the server answers to a push of these entries.
    fn answer(&mut self, entries: &[EntryId]) -> Event {
        let text =
            |id: &EntryId| self.entries.iter().find(|signed| signed.entry().id == *id).unwrap().compact();
        let texts: Vec<&str> = entries.iter().map(text).collect();
        Event::PushAnswered(self.server.push(Writer::new(1).device, &texts, at(100)))
    }

    /// An answer that nothing but a test would give.
    fn answer_with(&self, outcomes: &[(usize, Outcome)]) -> Event {
        let entries = outcomes
            .iter()
            .map(|(at, outcome)| PushedEntry { hash: self.entries[*at].hash(), outcome: outcome.clone() })
            .collect();
        let head = DeviceHead { seq: 0, hash: None };
        Event::PushAnswered(PushAnswer { entries, head, server_time: at(100) })
    }

    /// Does what the steps say on a server without faults until nothing is to be done, and names them.
    fn go_on(&mut self, mut step: Step) -> Vec<String> {
        let mut done = Vec::new();
        loop {
            done.push(name(&step));
            let event = match step {
                Step::Push { entries } => self.answer(&entries),
                Step::Upload(upload) => {
                    self.server.photo(upload.digest, at(100));
                    Event::Uploaded { digest: upload.digest }
                }
                Step::FetchReceipt { entry } => match self.server.receipt(entry) {
                    Some(receipt) => Event::ReceiptFetched(receipt),
                    None => Event::Failed(Problem::NotFound),
                },
                Step::CheckReceipt { .. } => Event::ReceiptChecked(SignatureVerdict::Fits),
                Step::Pull { after } => Event::Pulled { cursor: after, more: More::No },
                Step::SignIn | Step::Wait { .. } | Step::Done | Step::Continue => return done,
            };
            step = self.step(event);
        }
    }
}

fn name(step: &Step) -> String {
    match step {
        Step::Push { entries } => format!("push {}", entries.len()),
        Step::Upload(upload) => format!("upload {}", upload.size_bytes),
        Step::FetchReceipt { .. } => "fetch".to_owned(),
        Step::CheckReceipt { .. } => "check".to_owned(),
        Step::Pull { .. } => "pull".to_owned(),
        Step::SignIn => "sign in".to_owned(),
        Step::Wait { .. } => "wait".to_owned(),
        Step::Done => "done".to_owned(),
        Step::Continue => "continue".to_owned(),
    }
}

fn pushed(step: &Step) -> &[EntryId] {
    let Step::Push { entries } = step else { panic!("{step:?}") };
    entries
}

fn uploading(step: &Step) -> &Upload {
    let Step::Upload(upload) = step else { panic!("{step:?}") };
    upload
}

fn waiting(step: &Step) -> Instant {
    let Step::Wait { until } = step else { panic!("{step:?}") };
    *until
}

/// Seconds from the bench's beginning that a wait lasts, without jitter to the second.
fn wait_seconds(step: &Step) -> i64 {
    (waiting(step).since(at(100)).as_millis() + 500) / 1000
}

#[test]
fn texts_go_before_news_and_news_before_photos() {
    let mut bench = Bench::new(&[&[b"a", b"bb"], &[], &[b"ccc"]]);
    let first = bench.step(Event::Online);
    assert_eq!(pushed(&first), [bench.id(0), bench.id(1), bench.id(2)]);
    let done = bench.go_on(first);
    let expected =
        "push 3, check, pull, upload 1, upload 2, upload 3, fetch, check, pull, fetch, check, pull, done";
    assert_eq!(done.join(", "), expected);
    for at in 0..3 {
        assert!(matches!(bench.delivery(at), Delivery::Acknowledged { .. }));
    }
    assert_eq!(bench.server.ledger.len(), 3);
}

#[test]
fn what_changes_is_to_be_saved_before_the_next_step() {
    let mut bench = Bench::new(&[&[b"a"]]);
    let saved = |turn: &Turn| turn.save.iter().map(|item| item.delivery().clone()).collect::<Vec<_>>();
    let turn = bench.turn(Event::Online);
    assert_eq!(saved(&turn), [Delivery::Sending { attempts: 0 }]);
    let answer = bench.answer(pushed(&turn.step));
    let turn = bench.turn(answer);
    assert_eq!(saved(&turn), []);
    bench.step(Event::Pulled { cursor: Cursor(1), more: More::No });
    let digest = Digest::of(b"a");
    let turn = bench.turn(Event::UploadProgress { digest, upload: "u".to_owned(), sent_bytes: 0 });
    assert_eq!(turn.save[0].photos()[0].state, PhotoState::Partly { upload: "u".to_owned(), sent_bytes: 0 });
    assert_eq!(name(&turn.step), "continue");
    bench.server.photo(digest, at(100));
    let turn = bench.turn(Event::Uploaded { digest });
    assert_eq!(turn.save[0].photos()[0].state, PhotoState::Arrived);
    let receipt = bench.server.receipt(bench.id(0)).unwrap();
    assert!(
        bench.turn(Event::ReceiptFetched(receipt)).save.is_empty(),
        "a receipt that is not checked changes nothing"
    );
    let turn = bench.turn(Event::ReceiptChecked(SignatureVerdict::Fits));
    assert!(matches!(&saved(&turn)[..], [Delivery::Acknowledged { .. }]));
}

#[test]
fn an_entry_that_is_signed_while_something_is_under_way_goes_next() {
    let mut bench = Bench::new(&[&[b"a", b"bb"], &[]]);
    let later = bench.item(1).clone();
    bench.session = DeviceSession::new([bench.item(0).clone()], Cursor(0));
    let push = bench.step(Event::Online);
    let answer = bench.answer(pushed(&push));
    bench.step(answer);
    let upload = bench.step(Event::Pulled { cursor: Cursor(0), more: More::No });
    let digest = uploading(&upload).digest;
    assert_eq!(name(&bench.step(Event::Added(Box::new(later)))), "continue");
    let next = bench.step(Event::Uploaded { digest });
    assert_eq!(pushed(&next), [bench.id(1)]);
}

#[test]
fn an_answer_is_believed_only_about_the_entry_whose_hash_it_echoes() {
    let mut bench = Bench::new(&[&[], &[]]);
    bench.step(Event::Online);
    // The first is not mentioned; the second's receipt is about the first.
    let about_first = {
        let ids = [bench.id(0)];
        let Event::PushAnswered(answer) = bench.answer(&ids) else { unreachable!() };
        answer.entries[0].outcome.clone()
    };
    let answer = bench.answer_with(&[(1, about_first)]);
    bench.step(answer);
    assert_eq!(*bench.delivery(0).problem().unwrap(), Problem::NotOurServer { status: 200 });
    assert_eq!(*bench.delivery(1).problem().unwrap(), Problem::ReceiptNotTrusted);
}

#[test]
fn a_receipt_whose_signature_does_not_fit_counts_for_nothing() {
    let mut bench = Bench::new(&[&[]]);
    let push = bench.step(Event::Online);
    let answer = bench.answer(pushed(&push));
    assert_eq!(name(&bench.step(answer)), "check");
    bench.step(Event::ReceiptChecked(SignatureVerdict::DoesNotFit));
    let Delivery::RetryAt { at: next, attempts: 1, problem: Problem::ReceiptNotTrusted } = bench.delivery(0)
    else {
        panic!("{:?}", bench.delivery(0))
    };
    bench.now = *next;
    bench.step(Event::Pulled { cursor: Cursor(0), more: More::No });
    let step = bench.step(Event::Woke);
    assert_eq!(bench.go_on(step).join(", "), "continue");
}

#[test]
fn an_answer_that_comes_when_nobody_waits_for_it_changes_nothing() {
    let mut bench = Bench::new(&[&[b"a"]]);
    let push = bench.step(Event::Online);
    let answer = bench.answer(pushed(&push));
    bench.step(Event::Failed(Problem::Unreachable));
    let before = bench.item(0).clone();
    let digest = Digest::of(b"a");
    let mistaken = bench.answer_with(&[(0, Outcome::Refused { problem: Problem::BadSignature })]);
    for late in [
        answer,
        mistaken,
        Event::Uploaded { digest },
        Event::UploadProgress { digest, upload: "u".to_owned(), sent_bytes: 1 },
        Event::ReceiptFetched(String::new()),
        Event::ReceiptChecked(SignatureVerdict::Fits),
        Event::Pulled { cursor: Cursor(9), more: More::Yes },
        Event::Failed(Problem::BadSignature),
    ] {
        let turn = bench.turn(late);
        assert!(turn.save.is_empty());
        assert_eq!(name(&turn.step), "wait");
    }
    assert_eq!(*bench.item(0), before);
}

#[test]
fn without_a_connection_everything_waits_and_coming_online_tries_at_once() {
    let mut bench = Bench::new(&[&[], &[b"a"]]);
    assert_eq!(name(&bench.step(Event::Online)), "push 2");
    let step = bench.step(Event::Failed(Problem::Unreachable));
    assert_eq!(wait_seconds(&step), 5);
    for at in 0..2 {
        assert!(matches!(
            bench.delivery(at),
            Delivery::RetryAt { problem: Problem::Unreachable, attempts: 1, .. }
        ));
    }
    assert_eq!(name(&bench.step(Event::Woke)), "wait");
    // Half as much at once: perhaps the way is too bad for more.
    assert_eq!(name(&bench.step(Event::Online)), "push 1");
}

#[test]
fn the_waits_of_a_lost_connection_follow_the_schedule() {
    let mut bench = Bench::new(&[&[]]);
    let mut step = bench.step(Event::Online);
    let mut waited = Vec::new();
    for _ in 0..7 {
        step = loop {
            match step {
                Step::Wait { .. } => break step,
                _ => step = bench.step(Event::Failed(Problem::Unreachable)),
            }
        };
        waited.push((waiting(&step).since(bench.now).as_millis() + 500) / 1000);
        bench.now = waiting(&step);
        step = bench.step(Event::Woke);
    }
    assert_eq!(waited, [5, 15, 60, 300, 900, 1800, 1800]);
}

#[test]
fn a_server_that_asks_for_patience_gets_it_even_when_the_network_comes_back() {
    let mut bench = Bench::new(&[&[]]);
    bench.step(Event::Online);
    let step = bench.step(Event::Failed(Problem::TooMany { retry_after_seconds: 120 }));
    assert!((120..=145).contains(&wait_seconds(&step)), "{step:?}");
    let step = bench.step(Event::Online);
    assert_eq!(name(&step), "pull", "news may be asked for, the item waits");
    assert!(matches!(bench.delivery(0), Delivery::RetryAt { problem: Problem::TooMany { .. }, .. }));
}

#[test]
fn one_entry_that_makes_the_server_fail_is_found_and_the_others_go_on() {
    let mut bench = Bench::new(&[&[], &[], &[], &[], &[], &[], &[]]);
    let poison = bench.id(4);
    let mut step = bench.step(Event::Online);
    let mut requests = 0;
    while bench
        .session
        .items()
        .any(|item| matches!(item.delivery(), Delivery::Waiting | Delivery::Sending { .. }))
    {
        requests += 1;
        assert!(requests < 60);
        let event = match &step {
            Step::Push { entries } if entries.contains(&poison) => Event::Failed(Problem::Internal),
            Step::Push { entries } => {
                let entries = entries.clone();
                bench.answer(&entries)
            }
            Step::CheckReceipt { .. } => Event::ReceiptChecked(SignatureVerdict::Fits),
            Step::Pull { after } => Event::Pulled { cursor: *after, more: More::No },
            other => panic!("{other:?}"),
        };
        step = bench.step(event);
    }
    assert!(matches!(bench.delivery(4), Delivery::RetryAt { problem: Problem::Internal, .. }));
    for at in 0..4 {
        assert!(matches!(bench.delivery(at), Delivery::Acknowledged { .. }));
    }
    // Those behind it are on the server's disk, and wait for it there.
    for at in 5..7 {
        assert_eq!(*bench.delivery(at).problem().unwrap(), Problem::ChainGap { have_seq: 4 });
        assert!(bench.server.entries.contains_key(&bench.id(at)));
    }
}

#[test]
fn a_refused_entry_stays_with_its_reason_and_blocks_nothing() {
    let mut bench = Bench::new(&[&[], &[b"a"]]);
    let push = bench.step(Event::Online);
    let Event::PushAnswered(mut answer) = bench.answer(pushed(&push)) else { unreachable!() };
    let problem = Problem::SameIdOtherBytes { entry: bench.id(0) };
    answer.entries[0].outcome = Outcome::Refused { problem: problem.clone() };
    let step = bench.step(Event::PushAnswered(answer));
    assert_eq!(*bench.delivery(0), Delivery::Refused { problem });
    assert_eq!(bench.go_on(step).join(", "), "pull, upload 1, fetch, check, pull, done");
    assert!(matches!(bench.delivery(1), Delivery::Acknowledged { .. }));
    // A person may try it again, it alone.
    let step = bench.step(Event::TryNow(Which::One(bench.id(0))));
    assert_eq!(pushed(&step), [bench.id(0)]);
    bench.go_on(step);
    assert!(matches!(bench.delivery(0), Delivery::Acknowledged { .. }));
}

#[test]
fn an_expired_sign_in_stops_sending_once_and_one_sign_in_drains_all() {
    let mut bench = Bench::new(&[&[], &[b"a"], &[]]);
    bench.step(Event::Online);
    let step = bench.step(Event::Failed(Problem::NotSignedIn));
    assert_eq!(name(&step), "sign in");
    for at in 0..3 {
        assert_eq!(*bench.delivery(at), Delivery::NeedsSignIn);
    }
    bench.now = bench.now.plus(Span::days(10));
    assert_eq!(name(&bench.step(Event::Woke)), "sign in");
    let step = bench.step(Event::SignedIn);
    bench.go_on(step);
    assert_eq!(bench.session.summary().waiting, 0);
}

#[test]
fn a_locked_account_refuses_all_and_the_next_sign_in_tries_all_again() {
    let mut bench = Bench::new(&[&[], &[]]);
    bench.step(Event::Online);
    let step = bench.step(Event::Failed(Problem::AccountLocked));
    assert_eq!(name(&step), "done");
    assert_eq!(bench.session.summary().refused, 2);
    let step = bench.step(Event::SignedIn);
    bench.go_on(step);
    assert_eq!(bench.session.summary().waiting, 0);
}

/// A bench whose texts have arrived, and the first upload.
fn uploads(photos: &[&[&[u8]]]) -> (Bench, Step) {
    let mut bench = Bench::new(photos);
    let push = bench.step(Event::Online);
    let answer = bench.answer(pushed(&push));
    bench.step(answer);
    let upload = bench.step(Event::Pulled { cursor: Cursor(0), more: More::No });
    (bench, upload)
}

#[test]
fn a_refused_photo_blocks_neither_the_other_photos_nor_the_other_items() {
    let (mut bench, upload) = uploads(&[&[b"a", b"bb"], &[b"ccc"]]);
    assert_eq!(name(&upload), "upload 1");
    let step = bench.step(Event::Failed(Problem::NotAPhoto));
    assert_eq!(bench.go_on(step).join(", "), "upload 2, upload 3, fetch, check, pull, done");
    assert_eq!(*bench.delivery(0), Delivery::Refused { problem: Problem::NotAPhoto });
    assert_eq!(bench.item(0).photos()[1].state, PhotoState::Arrived);
    assert!(matches!(bench.delivery(1), Delivery::Acknowledged { .. }));
    let step = bench.step(Event::TryNow(Which::All));
    bench.go_on(step);
    assert!(matches!(bench.delivery(0), Delivery::Acknowledged { .. }));
}

#[test]
fn a_photo_that_fails_is_tried_again_after_the_others() {
    let (mut bench, _) = uploads(&[&[b"a", b"bb"], &[b"ccc"]]);
    let second = bench.step(Event::Failed(Problem::Internal));
    assert_eq!(name(&second), "upload 2");
    bench.server.photo(Digest::of(b"bb"), at(100));
    let third = bench.step(Event::Uploaded { digest: Digest::of(b"bb") });
    assert_eq!(name(&third), "upload 3", "the other item goes on while the first one waits");
    assert!(matches!(bench.delivery(0), Delivery::RetryAt { problem: Problem::Internal, .. }));
    let Delivery::RetryAt { at: next, .. } = bench.delivery(0).clone() else { unreachable!() };
    bench.server.photo(Digest::of(b"ccc"), at(100));
    bench.now = next;
    let first_again = bench.step(Event::Uploaded { digest: Digest::of(b"ccc") });
    bench.go_on(first_again);
    assert_eq!(bench.session.summary().waiting, 0);
}

#[test]
fn an_upload_goes_on_where_it_broke_off() {
    let (mut bench, upload) = uploads(&[&[b"abcdef"]]);
    assert_eq!(uploading(&upload).resume, None);
    let digest = uploading(&upload).digest;
    bench.step(Event::UploadProgress { digest, upload: "u".to_owned(), sent_bytes: 3 });
    let step = bench.step(Event::Failed(Problem::Unreachable));
    bench.now = waiting(&step);
    // The app was closed meanwhile: only what was saved is known.
    bench.session = DeviceSession::new(bench.session.items().cloned().collect::<Vec<_>>(), Cursor(0));
    let push = bench.step(Event::Online);
    let answer = bench.answer(pushed(&push));
    bench.step(answer);
    let upload = bench.step(Event::Pulled { cursor: Cursor(0), more: More::No });
    assert_eq!(uploading(&upload).resume, Some("u".to_owned()));
    assert_eq!(bench.session.summary().bytes_left, bench.item(0).entry_bytes() + 3);
}

#[test]
fn an_upload_begins_anew_when_the_server_has_forgotten_it_or_got_other_bytes() {
    for problem in [Problem::NotFound, Problem::WrongDigest { promised: Digest::of(b"a") }] {
        let (mut bench, _) = uploads(&[&[b"a"]]);
        let digest = Digest::of(b"a");
        bench.step(Event::UploadProgress { digest, upload: "u".to_owned(), sent_bytes: 0 });
        let step = bench.step(Event::Failed(problem));
        assert_eq!(bench.item(0).photos()[0].state, PhotoState::Waiting);
        bench.now = waiting(&step);
        let upload = bench.step(Event::Woke);
        assert_eq!(uploading(&upload).resume, None);
    }
    let (mut bench, _) = uploads(&[&[b"abc"]]);
    let digest = Digest::of(b"abc");
    bench.step(Event::UploadProgress { digest, upload: "u".to_owned(), sent_bytes: 2 });
    bench.step(Event::Failed(Problem::WrongOffset { offset: 1 }));
    assert_eq!(bench.item(0).photos()[0].state, PhotoState::Partly { upload: "u".to_owned(), sent_bytes: 1 });
}

#[test]
fn the_same_bytes_go_once_for_all_photos_that_have_them() {
    let (mut bench, upload) = uploads(&[&[b"a", b"a"], &[b"a"]]);
    let done = bench.go_on(upload).join(", ");
    assert_eq!(done, "upload 1, fetch, check, pull, fetch, check, pull, done");
    assert_eq!(bench.session.summary().waiting, 0);
}

#[test]
fn photos_that_the_server_has_already_are_not_sent() {
    let mut bench = Bench::new(&[&[b"a", b"bb"]]);
    bench.server.photo(Digest::of(b"a"), at(1));
    let step = bench.step(Event::Online);
    assert_eq!(bench.go_on(step).join(", "), "push 1, pull, upload 2, fetch, check, pull, done");
}

#[test]
fn receipts_that_could_not_be_checked_are_asked_for_again_and_no_photo_goes_twice() {
    let mut bench = Bench::new(&[&[b"a"], &[b"a"]]);
    bench.server.photo(Digest::of(b"a"), at(1));
    let push = bench.step(Event::Online);
    let answer = bench.answer(pushed(&push));
    assert_eq!(name(&bench.step(answer)), "check");
    let step = bench.step(Event::Failed(Problem::Unreachable));
    bench.now = waiting(&step);
    let step = bench.step(Event::Woke);
    assert_eq!(bench.go_on(step).join(", "), "push 2, check, check, pull, done");
}

#[test]
fn a_server_that_lost_what_it_had_gets_the_texts_again_the_acknowledged_ones_too() {
    let mut bench = Bench::new(&[&[], &[], &[]]);
    let third = bench.item(2).clone();
    bench.session = DeviceSession::new([bench.item(0).clone(), bench.item(1).clone()], Cursor(0));
    let backup = bench.server.clone();
    let step = bench.step(Event::Online);
    bench.go_on(step);
    // The server is put back to a backup from before.
    bench.server = backup;
    let step = bench.step(Event::Added(Box::new(third)));
    assert_eq!(bench.go_on(step).join(", "), "push 1, push 3, check, pull, done");
    assert_eq!(bench.server.ledger.len(), 3);
    assert_eq!(bench.session.summary().waiting, 0);
}

#[test]
fn an_acknowledged_entry_that_fails_when_it_is_sent_again_does_not_spin() {
    let mut bench = Bench::new(&[&[], &[]]);
    let second = bench.item(1).clone();
    bench.session = DeviceSession::new([bench.item(0).clone()], Cursor(0));
    let step = bench.step(Event::Online);
    bench.go_on(step);
    bench.server = Memory { entries: BTreeMap::new(), heads: BTreeMap::new(), ..bench.server.clone() };
    let mut step = bench.step(Event::Added(Box::new(second)));
    for _ in 0..10 {
        step = match &step {
            Step::Push { entries } if entries.contains(&bench.id(0)) => {
                bench.step(Event::Failed(Problem::Internal))
            }
            Step::Push { entries } => {
                let entries = entries.clone();
                let answer = bench.answer(&entries);
                bench.step(answer)
            }
            Step::Pull { after } => bench.step(Event::Pulled { cursor: *after, more: More::No }),
            _ => break,
        };
    }
    assert_eq!(name(&step), "wait");
    assert_eq!(*bench.delivery(1).problem().unwrap(), Problem::ChainGap { have_seq: 0 });
}

#[test]
fn an_entry_behind_one_that_cannot_be_sent_waits_its_time_without_asking_in_a_circle() {
    let mut bench = Bench::new(&[&[], &[]]);
    bench.step(Event::Online);
    let answer = bench.answer_with(&[
        (0, Outcome::Refused { problem: Problem::BadSignature }),
        (1, Outcome::AwaitingEarlier { have_seq: 0 }),
    ]);
    assert_eq!(name(&bench.step(answer)), "pull");
    let step = bench.step(Event::Pulled { cursor: Cursor(0), more: More::No });
    assert_eq!(wait_seconds(&step), 5);
    assert_eq!(*bench.delivery(1).problem().unwrap(), Problem::ChainGap { have_seq: 0 });
}

#[test]
fn news_goes_on_while_there_is_more_and_its_failure_is_nobody_elses() {
    let mut bench = Bench::new(&[]);
    assert!(matches!(bench.step(Event::Online), Step::Pull { after: Cursor(0) }));
    let step = bench.step(Event::Pulled { cursor: Cursor(7), more: More::Yes });
    assert!(matches!(step, Step::Pull { after: Cursor(7) }));
    let step = bench.step(Event::Failed(Problem::Internal));
    assert_eq!(wait_seconds(&step), 5);
    assert!(matches!(bench.step(Event::Refresh), Step::Pull { after: Cursor(7) }));
    assert_eq!(name(&bench.step(Event::Failed(Problem::NotAllowed))), "done");
    assert!(matches!(bench.step(Event::Refresh), Step::Pull { after: Cursor(7) }));
    assert_eq!(name(&bench.step(Event::Pulled { cursor: Cursor(8), more: More::No })), "done");
    assert_eq!(name(&bench.step(Event::Woke)), "done");
}

#[test]
fn a_clock_that_was_set_back_by_years_keeps_nothing_waiting() {
    let mut bench = Bench::new(&[&[]]);
    bench.step(Event::Online);
    bench.step(Event::Failed(Problem::Unreachable));
    bench.now = bench.now.plus(Span::days(-3 * 365));
    assert_eq!(name(&bench.step(Event::Woke)), "push 1");
}

#[test]
fn a_push_is_bounded_by_entries_and_bytes() {
    let photos: Vec<&[&[u8]]> = vec![&[]; Push::MAX_ENTRIES + 5];
    let mut bench = Bench::new(&photos);
    assert_eq!(name(&bench.step(Event::Online)), format!("push {}", Push::MAX_ENTRIES));
    // Many photos make long entries: some 130 bytes each.
    let many: Vec<&[u8]> = vec![b"a"; 1000];
    let mut bench = Bench::new(&[&many, &many, &many]);
    let step = bench.step(Event::Online);
    assert!(bench.item(0).entry_bytes() > 128 * 1024);
    assert_eq!(pushed(&step), [bench.id(0)]);
    assert_eq!(bench.go_on(step)[..3].join(", "), "push 1, push 1, push 1");
}

#[test]
fn no_wait_is_longer_than_the_longest() {
    let mut bench = Bench::new(&[&[]]);
    bench.step(Event::Online);
    let step = bench.step(Event::Failed(Problem::TooMany { retry_after_seconds: u32::MAX }));
    assert!(waiting(&step).since(bench.now) <= RetrySchedule::LONGEST);
}
