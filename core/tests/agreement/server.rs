//! What the server stores and answers.

use xunan_core::clock::Span;
use xunan_core::digest::Digest;
use xunan_core::log::{ClockDoubt, Effect, SignedEntry, SignedReceipt};
use xunan_core::problem::Problem;
use xunan_core::sync::{
    Arrival, DeviceHead, Outcome, PushAnswer, ServerSession, ServerStore as _, Stage, Standing, gap,
};

use crate::support::at;
use crate::support::entries::{Writer, account, entry_jws};
use crate::support::keys::{KeyPair as _, Quick, QuickVerifier};
use crate::support::memory::Memory;

/// A server that knows device 1 of person 1.
fn server() -> (Memory, Writer, Quick) {
    let mut server = Memory::default();
    let (writer, key) = (Writer::new(1), Quick::from_name("device"));
    server.enrol(writer.device, writer.actor, key.public());
    (server, writer, key)
}

fn push(server: &mut Memory, entries: &[&SignedEntry]) -> PushAnswer {
    let texts: Vec<&str> = entries.iter().map(|signed| signed.compact()).collect();
    server.push(Writer::new(1).device, &texts, at(60))
}

fn outcome(answer: &PushAnswer) -> &Outcome {
    let [only] = &answer.entries[..] else { panic!("{answer:?}") };
    &only.outcome
}

fn refusal(answer: &PushAnswer) -> &Problem {
    let Outcome::Refused { problem } = outcome(answer) else { panic!("{answer:?}") };
    problem
}

fn receipt(outcome: &Outcome) -> SignedReceipt {
    let Outcome::Receipted { receipt } = outcome else { panic!("{outcome:?}") };
    SignedReceipt::parse(receipt).unwrap()
}

#[test]
fn a_complete_entry_gets_a_receipt_that_names_every_hash() {
    let (mut server, mut writer, key) = server();
    server.photo(Digest::of(b"a"), at(1));
    server.photo(Digest::of(b"b"), at(1));
    let signed = writer.write(1, &[b"a", b"b", b"a"], &key);
    let answer = push(&mut server, &[&signed]);
    assert_eq!(answer.entries[0].hash, signed.hash());
    assert_eq!(answer.head, DeviceHead { seq: 1, hash: Some(signed.hash()) });
    assert_eq!(answer.server_time, at(60));
    let receipt = receipt(outcome(&answer));
    let said = receipt.receipt();
    assert_eq!(
        (said.entry, said.hash, said.device, said.seq),
        (signed.entry().id, signed.hash(), writer.device, 1)
    );
    assert_eq!((said.position, said.received, said.clock, &said.effect), (1, at(60), None, &Effect::Taken));
    assert_eq!(said.photos, [Digest::of(b"a"), Digest::of(b"b")]);
    assert_eq!(server.effects, [signed.entry().id]);
}

#[test]
fn the_same_bytes_get_the_same_receipt_for_ever_even_from_a_device_that_was_revoked_since() {
    let (mut server, mut writer, key) = server();
    let signed = writer.write(1, &[], &key);
    let first = push(&mut server, &[&signed]);
    let twice = push(&mut server, &[&signed, &signed]);
    assert_eq!(twice.entries, [first.entries[0].clone(), first.entries[0].clone()]);
    server.devices.get_mut(&writer.device).unwrap().standing = Standing::Revoked;
    assert_eq!(push(&mut server, &[&signed]).entries, first.entries);
    assert_eq!(server.ledger.len(), 1);
}

#[test]
fn an_entry_waits_for_its_photos_and_holds_up_no_other() {
    let (mut server, mut writer, key) = server();
    let with_photos = writer.write(1, &[b"a", b"b"], &key);
    let without = writer.write(2, &[], &key);
    let answer = push(&mut server, &[&with_photos, &without]);
    let missing = vec![Digest::of(b"a"), Digest::of(b"b")];
    assert_eq!(answer.entries[0].outcome, Outcome::AwaitingPhotos { missing });
    assert_eq!(receipt(&answer.entries[1].outcome).receipt().position, 1);
    assert_eq!(answer.head.seq, 2);

    assert_eq!(server.photo(Digest::of(b"b"), at(70)), []);
    assert_eq!(
        *outcome(&push(&mut server, &[&with_photos])),
        Outcome::AwaitingPhotos { missing: vec![Digest::of(b"a")] }
    );
    assert_eq!(server.photo(Digest::of(b"z"), at(71)), []);
    assert_eq!(server.photo(Digest::of(b"a"), at(72)), [with_photos.entry().id]);
    assert_eq!(server.photo(Digest::of(b"a"), at(73)), []);
    let answer = push(&mut server, &[&with_photos]);
    let receipt = receipt(outcome(&answer));
    assert_eq!((receipt.receipt().position, receipt.receipt().received), (2, at(72)));
}

#[test]
fn one_photo_completes_every_entry_that_waits_for_it() {
    let (mut server, mut writer, key) = server();
    let entries = [
        writer.write(1, &[b"a"], &key),
        writer.write(2, &[b"a"], &key),
        writer.write(3, &[b"a", b"b"], &key),
    ];
    push(&mut server, &[&entries[0], &entries[1], &entries[2]]);
    let mut completed = server.photo(Digest::of(b"a"), at(70));
    completed.sort();
    let mut expected = [entries[0].entry().id, entries[1].entry().id];
    expected.sort();
    assert_eq!(completed, expected);
}

#[test]
fn what_comes_too_early_is_kept_and_released_by_what_was_missing() {
    let (mut server, mut writer, key) = server();
    let [one, two, three] = [1, 2, 3].map(|id| writer.write(id, &[], &key));
    let answer = push(&mut server, &[&three]);
    assert_eq!(*outcome(&answer), Outcome::AwaitingEarlier { have_seq: 0 });
    assert_eq!(answer.head, DeviceHead { seq: 0, hash: None });
    let answer = push(&mut server, &[&two, &one]);
    // In the same message, what is answered for the second is what became of it after the first.
    assert_eq!(receipt(&answer.entries[0].outcome).receipt().position, 2);
    assert_eq!(receipt(&answer.entries[1].outcome).receipt().position, 1);
    assert_eq!(receipt(outcome(&push(&mut server, &[&three]))).receipt().position, 3);
    assert_eq!(server.effects, [one.entry().id, two.entry().id, three.entry().id]);
}

#[test]
fn the_same_id_with_other_bytes_is_refused_and_nothing_is_overwritten() {
    let (mut server, mut writer, key) = server();
    let before = writer.clone();
    let signed = writer.write(1, &[], &key);
    push(&mut server, &[&signed]);
    let other = before.clone().write(1, &[b"x"], &key);
    assert_ne!(other.hash(), signed.hash());
    assert_eq!(
        *refusal(&push(&mut server, &[&other])),
        Problem::SameIdOtherBytes { entry: signed.entry().id }
    );
    // The id of somebody else's entry is just as taken.
    let mut colleague = Writer::new(2);
    server.enrol(colleague.device, colleague.actor, key.public());
    let stolen = colleague.write(1, &[], &key);
    assert_eq!(
        *refusal(&push(&mut server, &[&stolen])),
        Problem::SameIdOtherBytes { entry: signed.entry().id }
    );
    assert_eq!(server.entries.len(), 1);
    assert_eq!(server.entries[&signed.entry().id].0.compact(), signed.compact());
}

#[test]
fn what_is_not_authentic_is_not_stored_and_the_others_of_the_message_are() {
    let (mut server, mut writer, key) = server();
    let good = writer.write(1, &[], &key);
    let forged = Writer::new(1).write(2, &[], &Quick::from_name("thief"));
    let unknown = Writer::new(3).write(3, &[], &key);
    let mut revoked = Writer::new(2);
    server.enrol(revoked.device, revoked.actor, key.public());
    server.devices.get_mut(&revoked.device).unwrap().standing = Standing::Revoked;
    let revoked = revoked.write(4, &[], &key);
    let damaged = format!("{}A", good.compact());
    let huge = "A".repeat(SignedEntry::MAX_BYTES + 1);
    let texts = [
        forged.compact(),
        unknown.compact(),
        revoked.compact(),
        &damaged,
        "",
        "{}",
        &huge,
        "\u{0}é",
        good.compact(),
    ];
    let answer = server.push(writer.device, &texts, at(60));
    for (pushed, text) in answer.entries.iter().zip(texts) {
        assert_eq!(pushed.hash, Digest::of(text.as_bytes()));
    }
    let problems: Vec<String> = answer
        .entries
        .iter()
        .map(|pushed| match &pushed.outcome {
            Outcome::Refused { problem } => problem.number().to_owned(),
            other => format!("{other:?}").split(' ').next().unwrap().to_owned(),
        })
        .collect();
    let expected = ["422.1", "403.3", "403.4", "400.3", "400.3", "400.3", "413.1", "400.3", "Receipted"];
    assert_eq!(problems, expected);
    assert_eq!(server.entries.len(), 1);
}

#[test]
fn a_refused_entry_does_not_block_those_behind_it_from_being_kept() {
    let (mut server, mut writer, key) = server();
    let lost = writer.write(1, &[], &key);
    let behind = writer.write(2, &[], &key);
    let damaged = format!("{}A", lost.compact());
    let answer = server.push(writer.device, &[damaged.as_str(), behind.compact()], at(60));
    assert_eq!(answer.entries[1].outcome, Outcome::AwaitingEarlier { have_seq: 0 });
    assert_eq!(server.entries[&behind.entry().id].1, Stage::Held);
}

#[test]
fn a_fork_is_kept_without_effect_and_blocks_nothing() {
    let (mut server, mut writer, key) = server();
    let one = writer.write(1, &[], &key);
    let mut copy = writer.clone();
    let (two, three) = (writer.write(2, &[], &key), writer.write(3, &[], &key));
    let (other_two, other_three, other_four) =
        (copy.write(12, &[], &key), copy.write(13, &[], &key), copy.write(14, &[], &key));
    push(&mut server, &[&one, &two]);
    // The last one first: it waits, since it could belong to either branch.
    assert_eq!(*outcome(&push(&mut server, &[&other_four])), Outcome::AwaitingEarlier { have_seq: 2 });
    for forked in [&other_two, &other_three, &other_four] {
        let problem = Problem::ChainForked { seq: forked.entry().seq };
        let effect = receipt(outcome(&push(&mut server, &[forked]))).receipt().effect.clone();
        assert_eq!(effect, Effect::None { problem });
    }
    assert_eq!(receipt(outcome(&push(&mut server, &[&three]))).receipt().effect, Effect::Taken);
    assert_eq!(server.effects, [one.entry().id, two.entry().id, three.entry().id]);
    assert_eq!(server.ledger.len(), 6);
}

#[test]
fn a_phone_put_back_to_an_old_copy_gets_a_receipt_for_all_that_it_writes_then() {
    let (mut server, mut writer, key) = server();
    let mut put_back = writer.clone();
    let former: Vec<_> = (1..=2).map(|id| writer.write(id, &[], &key)).collect();
    push(&mut server, &former.iter().collect::<Vec<_>>());
    for id in 11..16 {
        let signed = put_back.write(id, &[], &key);
        receipt(outcome(&push(&mut server, &[&signed])));
    }
    assert_eq!(server.ledger.len(), 7);
}

#[test]
fn a_device_whose_gap_never_closes_cannot_fill_the_server() {
    let (mut server, mut writer, key) = server();
    let entries: Vec<_> = (1..=103).map(|id| writer.write(id, &[], &key)).collect();
    for signed in &entries[1..=100] {
        assert_eq!(*outcome(&push(&mut server, &[signed])), Outcome::AwaitingEarlier { have_seq: 0 });
    }
    let too_many = Problem::TooMany { retry_after_seconds: 600 };
    assert_eq!(*refusal(&push(&mut server, &[&entries[101]])), too_many);
    push(&mut server, &[&entries[0]]);
    assert_eq!(receipt(outcome(&push(&mut server, &[&entries[101]]))).receipt().position, 102);
}

#[test]
fn a_gap_that_never_closes_is_given_up_by_an_administrator() {
    let (mut server, mut writer, key) = server();
    let entries: Vec<_> = (1..=6).map(|id| writer.write(id, &[], &key)).collect();
    push(&mut server, &[&entries[0], &entries[3], &entries[5]]);
    let give_up =
        |server: &mut Memory| ServerSession::new(server, at(60)).give_up_gap(Writer::new(1).device).unwrap();
    let (device, head) = (Writer::new(1).device, entries[0].head());
    assert_eq!(gap(head, &server.held(device).unwrap()), Some(2..=3));
    assert_eq!(gap(head, &[]), None);
    assert_eq!(give_up(&mut server), Some(2..=3));
    assert_eq!(receipt(outcome(&push(&mut server, &[&entries[3]]))).receipt().effect, Effect::Taken);
    assert_eq!(give_up(&mut server), Some(5..=5));
    assert_eq!(give_up(&mut server), None);
    assert_eq!(receipt(outcome(&push(&mut server, &[&entries[5]]))).receipt().effect, Effect::Taken);
    // What comes after all is kept.
    let effect = receipt(outcome(&push(&mut server, &[&entries[1]]))).receipt().effect.clone();
    assert_eq!(effect, Effect::None { problem: Problem::ChainForked { seq: 2 } });
}

#[test]
fn of_two_held_at_one_place_the_one_that_goes_on_takes_it() {
    let (mut server, mut writer, key) = server();
    let one = writer.write(1, &[], &key);
    let mut copy = Writer::new(1);
    copy.write(11, &[], &key);
    let (stray, two) = (copy.write(12, &[], &key), writer.write(2, &[], &key));
    push(&mut server, &[&stray, &two]);
    push(&mut server, &[&one]);
    assert_eq!(receipt(outcome(&push(&mut server, &[&two]))).receipt().effect, Effect::Taken);
    let effect = receipt(outcome(&push(&mut server, &[&stray]))).receipt().effect.clone();
    assert_eq!(effect, Effect::None { problem: Problem::ChainForked { seq: 2 } });
}

#[test]
fn a_colleagues_entry_from_a_shared_phone_counts_and_a_strangers_is_kept_without_effect() {
    let (mut server, mut writer, key) = server();
    server.actors.insert((writer.device, account(2)));
    let mut colleague = Writer { actor: account(2), ..writer.clone() };
    let by_colleague = colleague.write(1, &[], &key);
    assert_eq!(receipt(outcome(&push(&mut server, &[&by_colleague]))).receipt().effect, Effect::Taken);
    writer.head = colleague.head;
    let mut stranger = Writer { actor: account(3), ..writer };
    let by_stranger = stranger.write(2, &[], &key);
    let effect = receipt(outcome(&push(&mut server, &[&by_stranger]))).receipt().effect.clone();
    assert_eq!(effect, Effect::None { problem: Problem::ActorNotEnrolled });
    // The chain goes on behind it.
    writer = Writer { actor: account(1), ..stranger };
    assert_eq!(
        receipt(outcome(&push(&mut server, &[&writer.write(3, &[], &key)]))).receipt().effect,
        Effect::Taken
    );
}

#[test]
fn a_clock_three_years_off_is_flagged_and_keeps_nothing_out() {
    let three_years = Span::days(3 * 365);
    for (by, expected) in [
        (three_years, Some(ClockDoubt::Ahead { by: Span::millis(three_years.as_millis() - 60_000) })),
        (
            Span::millis(-three_years.as_millis()),
            Some(ClockDoubt::Behind { by: Span::millis(three_years.as_millis() - 60_000) }),
        ),
        (Span::ZERO, None),
    ] {
        let (mut server, writer, key) = server();
        let mut entry = writer.draft(1, &[]);
        entry.time.at = at(0).plus(by);
        let answer = server.push(writer.device, &[entry_jws(&entry, &key)], at(60));
        let said = receipt(outcome(&answer)).receipt().clone();
        assert_eq!((said.clock, said.effect), (expected, Effect::Taken));
    }
}

#[test]
fn a_key_that_was_exchanged_between_verifying_and_storing_proves_nothing() {
    let (mut server, mut writer, key) = server();
    let signed = writer.write(1, &[], &key);
    let arrival = Arrival::read(signed.compact()).verify(&key.public(), &QuickVerifier);
    server.devices.get_mut(&writer.device).unwrap().key = Quick::from_name("new").public();
    let answer = ServerSession::new(&mut server, at(60)).push(writer.device, &[arrival], None).unwrap();
    assert_eq!(*refusal(&answer), Problem::BadSignature);
}
