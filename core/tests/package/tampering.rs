//! What people could do to a package on purpose, with all the skill in the world and without the keys.

use xunan_core::ids::{Entropy, EntryId};
use xunan_core::log::{Receipt, ReceiptDraft};
use xunan_core::package::{Fault, FileName, Lack, NotAPackage, Report, Trust, Whole, verify, write};

use crate::keys::{KeyPair as _, P256, P256Verifier};
use crate::making::{
    Files, PICTURES, Phone, Two, add_entries, contents, minute, receipt, receipt_at, registered, server,
    server_keys, stated,
};

fn judged(files: &Files) -> Report {
    verify(&write(files).unwrap(), Trust::Given(server_keys()), &P256Verifier).unwrap()
}

fn text(files: &mut Files, name: FileName, text: &str) {
    files.insert(name, text.as_bytes().to_vec());
}

fn entry(two: &Two, at: usize) -> EntryId {
    two.entries[at].entry().id
}

/// The report names this file with a fault of this number.
fn check(name: &str, files: &Files, file: FileName, number: &str) {
    let report = judged(files);
    assert_eq!(report.whole, Whole::Broken, "{name}");
    let found: Vec<_> = report.broken().map(|broken| (broken.file, broken.fault.number())).collect();
    assert!(found.contains(&(Some(file), number)), "{name}: {found:?}");
}

/// Changes a whole package, and says which file is to be named with which fault.
type Tampering = fn(&mut Two) -> (FileName, &'static str);

#[test]
fn what_is_taken_out_exchanged_or_put_in_is_named() {
    let tamperings: [(&str, Tampering); 17] = [
        ("an entry is taken out", |two| {
            let id = entry(two, 2);
            two.files.remove(&FileName::Entry(id));
            (FileName::Entry(id), "B.26")
        }),
        ("an entry is taken out with all that belongs to it", |two| {
            let id = entry(two, 0);
            for name in [FileName::Entry(id), FileName::Receipt(id), FileName::Proof(id)] {
                two.files.remove(&name);
            }
            (FileName::Entry(id), "B.26")
        }),
        ("an entry stands twice, under another name", |two| {
            let other = EntryId::from_parts(minute(0), Entropy(99));
            let compact = two.entries[0].compact().to_owned();
            text(&mut two.files, FileName::Entry(other), &compact);
            (FileName::Entry(other), "B.11")
        }),
        ("two entries have exchanged their names", |two| {
            let (first, second) = (FileName::Entry(entry(two, 0)), FileName::Entry(entry(two, 1)));
            let (one, other) = (two.files[&first].clone(), two.files[&second].clone());
            two.files.extend([(first, other), (second, one)]);
            (first, "B.11")
        }),
        ("a receipt of another entry", |two| {
            let other = two.files[&FileName::Receipt(entry(two, 1))].clone();
            let name = FileName::Receipt(entry(two, 0));
            two.files.insert(name, other);
            (name, "B.20")
        }),
        ("two photos are exchanged", |two| {
            let [one, other] = [0, 1].map(|at| FileName::Photo(two.entries[1].entry().photos[at].digest));
            let (first, second) = (two.files[&one].clone(), two.files[&other].clone());
            two.files.extend([(one, second), (other, first)]);
            (other, "B.12")
        }),
        ("a photo that no entry names", |two| {
            let name = FileName::Photo(xunan_core::digest::Digest::of(b"another"));
            two.files.insert(name, b"another".to_vec());
            (name, "B.13")
        }),
        ("a photo is another one", |two| {
            let name = FileName::Photo(two.entries[2].entry().photos[0].digest);
            two.files.insert(name, PICTURES[6].to_vec());
            (name, "B.12")
        }),
        ("an entry that the server did not put in", |two| {
            let added =
                Phone { head: two.entries[1].head(), ..Phone::new(1) }.write(55, minute(100), &registered());
            add_entries(&mut two.files, std::slice::from_ref(&added));
            (FileName::Entry(added.entry().id), "B.27")
        }),
        ("another entry for the same place in the chain", |two| {
            let fork =
                Phone { head: two.entries[0].head(), ..Phone::new(1) }.write(56, minute(100), &registered());
            add_entries(&mut two.files, std::slice::from_ref(&fork));
            (FileName::Entry(fork.entry().id), "B.24")
        }),
        ("an entry that follows another one than it names", |two| {
            let mut elsewhere = Phone::new(1);
            elsewhere.write(57, minute(2), &registered());
            elsewhere.write(58, minute(3), &registered());
            let lost = elsewhere.write(59, minute(4), &registered());
            add_entries(&mut two.files, std::slice::from_ref(&lost));
            (FileName::Entry(lost.entry().id), "B.23")
        }),
        ("an entry signed with a foreign key", |two| {
            let forged =
                Phone { key: P256::from_name("thief"), ..Phone::new(1) }.write(11, minute(0), &registered());
            let id = forged.entry().id;
            assert_eq!(id, entry(two, 0));
            add_entries(&mut two.files, &[forged]);
            (FileName::Entry(id), "B.15")
        }),
        ("a receipt that somebody else made", |two| {
            let forged = receipt(&two.entries[0], 1, &P256::from_name("thief"));
            let name = FileName::Receipt(entry(two, 0));
            text(&mut two.files, name, forged.compact());
            (name, "B.14")
        }),
        ("a receipt under the server's name with another signature", |two| {
            let genuine = receipt(&two.entries[0], 1, &server());
            let mut payload: Receipt = genuine.payload().clone();
            payload.received = minute(1);
            let draft = ReceiptDraft::new(payload, &server().public());
            let forged = draft.sign(genuine.signature());
            let name = FileName::Receipt(entry(two, 0));
            text(&mut two.files, name, forged.compact());
            (name, "B.15")
        }),
        ("a proof of another receipt", |two| {
            let other = two.files[&FileName::Proof(entry(two, 1))].clone();
            let name = FileName::Proof(entry(two, 0));
            two.files.insert(name, other);
            (name, "B.28")
        }),
        ("rules that were changed", |two| {
            let name = *two.files.keys().find(|name| matches!(name, FileName::Rules(_))).unwrap();
            two.files.get_mut(&name).unwrap().push(b' ');
            (name, "B.12")
        }),
        ("the text that explains the package", |two| {
            text(&mut two.files, FileName::Readme, "All is well.");
            (FileName::Readme, "B.9")
        }),
    ];
    for (name, tamper) in tamperings {
        let mut two = Two::visits();
        let (file, number) = tamper(&mut two);
        check(name, &two.files, file, number);
    }
}

/// A package of two entries of one phone whose statement says that its key was revoked at minute 300.
fn revoked(received: Option<i64>) -> (Files, EntryId) {
    let mut two = Two::visits();
    let mut phone = Phone::new(4);
    let late = phone.write(60, minute(90), &registered());
    add_entries(&mut two.files, std::slice::from_ref(&late));
    let statement = stated(phone.statement(Some(minute(300))), &server());
    text(&mut two.files, FileName::Device(phone.id), &statement);
    if let Some(received) = received {
        let receipt = receipt_at(&late, 4, minute(received), &server());
        text(&mut two.files, FileName::Receipt(late.entry().id), receipt.compact());
    }
    let mut entries = two.entries.clone();
    entries.push(late.clone());
    text(&mut two.files, FileName::Contents, &stated(contents(&entries), &server()));
    (two.files, late.entry().id)
}

#[test]
fn a_revoked_key_counts_for_what_the_server_had_before() {
    let (after, id) = revoked(Some(301));
    check("received after the revocation", &after, FileName::Entry(id), "B.18");
    let (never, id) = revoked(None);
    check("never received: its clock could have been set back", &never, FileName::Entry(id), "B.18");
    let (before, _) = revoked(Some(299));
    assert_ne!(judged(&before).whole, Whole::Broken, "{:#?}", judged(&before).broken().collect::<Vec<_>>());
    let (enrolled_later, id) = revoked(Some(-60 * 48));
    check("received before the phone was enrolled", &enrolled_later, FileName::Receipt(id), "B.19");
}

#[test]
fn two_receipts_for_one_place_in_the_ledger_are_both_named() {
    let mut two = Two::visits();
    let same = receipt(&two.entries[1], 1, &server());
    let (first, second) = (entry(&two, 0), entry(&two, 1));
    text(&mut two.files, FileName::Receipt(second), same.compact());
    check("the first", &two.files, FileName::Receipt(first), "B.22");
    check("the second", &two.files, FileName::Receipt(second), "B.22");
}

#[test]
fn without_the_servers_word_on_the_contents_a_package_is_not_called_whole() {
    let mut two = Two::visits();
    two.files.remove(&FileName::Contents);
    let report = judged(&two.files);
    assert_eq!(report.whole, Whole::HoldsButNotAllProven);
    assert_eq!(report.package.lacking, [Lack::NoContents]);
}

#[test]
fn a_gap_in_the_chain_is_told() {
    let mut phone = Phone::new(1);
    let written = [61, 62, 63].map(|id| phone.write(id, minute(0), &registered()));
    let mut two = Two::visits();
    two.files.remove(&FileName::Contents);
    for id in two.entries.iter().map(|signed| signed.entry().id) {
        for name in [FileName::Entry(id), FileName::Receipt(id), FileName::Proof(id)] {
            two.files.remove(&name);
        }
    }
    add_entries(&mut two.files, &[written[0].clone(), written[2].clone()]);
    let report = judged(&two.files);
    assert_eq!(report.entries[1].findings.lacking.last(), Some(&Lack::Gap { from: 2, to: 2 }));
}

#[test]
fn the_order_of_files_and_what_lies_between_them_is_fixed() {
    let whole = write(&Two::visits().files).unwrap();
    let judged = |bytes: &[u8]| verify(bytes, Trust::Given(server_keys()), &P256Verifier);
    for (name, bytes) in [
        ("a byte behind", [&whole[..], b"\n"].concat()),
        ("a byte before", [b"\n", &whole[..]].concat()),
        ("cut off in the directory", whole[..whole.len() - 100].to_vec()),
        ("cut off in a photo", whole[..whole.len() / 2].to_vec()),
        ("a package behind a package", [&whole[..], &whole[..]].concat()),
    ] {
        match judged(&bytes) {
            Ok(report) => assert_eq!(report.whole, Whole::Broken, "{name}"),
            Err(error) => assert_eq!(name, "a byte before", "{error}"),
        }
    }
    for end in (0..whole.len()).step_by(397) {
        let cut = judged(&whole[..end]);
        assert!(cut.is_err() || cut.is_ok_and(|report| report.whole == Whole::Broken), "{end}");
    }
    assert_eq!(judged(b"").unwrap_err(), NotAPackage::NotAZip);
    assert_eq!(judged(b"<html>").unwrap_err(), NotAPackage::NotAZip);
    assert_eq!(judged(b"PK\x03\x04 of another make").unwrap_err(), NotAPackage::OtherZip);
}

#[test]
fn a_file_is_not_read_when_it_is_larger_than_such_a_file_can_be() {
    let files = Files::from([(FileName::Readme, vec![b' '; 70_000])]);
    assert!(write(&files).is_err());
    // The same by hand: sizes of four gigabytes are only words.
    let mut bytes = write(&Files::from([(FileName::Readme, Vec::new())])).unwrap();
    bytes[18..26].fill(0xff);
    let report = verify(&bytes, Trust::WhateverIsInside, &P256Verifier).unwrap();
    assert!(report.broken().any(|broken| matches!(broken.fault, Fault::TooLarge | Fault::Header { .. })));
}
