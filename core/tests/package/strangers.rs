//! Packages of a server whose keys are not the ones that were given: unknown is not forged, and damaged is still damaged.

use xunan_core::log::{ContentsStatement, DeviceStatement, SignedStatement};
use xunan_core::package::{FileName, KeySet, Lack, Report, Trust, Whole, verify, write};

use crate::flips::{Remembering, each, places};
use crate::golden::{frozen, two_visits};
use crate::keys::{KeyPair as _, P256, P256Verifier};
use crate::making::{Files, Two, receipt, server_keys, stated, unsent};

/// The keys of a server that has nothing to do with these packages.
fn elsewhere() -> P256 {
    P256::from_name("server elsewhere")
}

fn judged(files: &Files) -> Report {
    judged_bytes(&write(files).unwrap())
}

fn judged_bytes(package: &[u8]) -> Report {
    verify(package, Trust::Given(KeySet(vec![elsewhere().public()])), &P256Verifier).unwrap()
}

#[test]
fn a_package_of_a_server_that_is_not_known_is_told_so_and_not_called_forged() {
    let report = judged_bytes(&two_visits());
    assert_eq!(
        (report.whole, &report.package.lacking[..]),
        (Whole::HoldsButNotAllProven, &[Lack::ServerUnknown][..])
    );
    let told = serde_json::to_string_pretty(&report).unwrap() + "\n";
    let expected = frozen("two_visits.unknown_server.report.json", || told.clone().into_bytes());
    assert_eq!(told, String::from_utf8(expected).unwrap());
    let known = verify(&two_visits(), Trust::Given(server_keys()), &P256Verifier).unwrap();
    assert_eq!(known.whole, Whole::Holds, "with the right keys");
    assert_eq!(known.entries, report.entries, "what of it is told is the same");
}

#[test]
fn what_a_phone_of_an_unknown_server_hands_out_is_told_so_too() {
    let report = judged(&unsent());
    assert_eq!(report.whole, Whole::HoldsButNotAllProven);
    assert_eq!(report.package.lacking, [Lack::ServerUnknown, Lack::NoContents]);
}

#[test]
fn without_any_keys_inside_nothing_of_an_unknown_server_can_be_checked_and_nothing_is_wrong() {
    let mut two = Two::visits();
    two.files.remove(&FileName::ServerKeys);
    let report = judged(&two.files);
    assert_eq!(report.whole, Whole::HoldsButNotAllProven, "{:#?}", report.broken().collect::<Vec<_>>());
    assert!(report.package.lacking.contains(&Lack::ServerUnknown));
    assert!(report.entries.iter().all(|entry| entry.findings.lacking.contains(&Lack::ReceiptUnchecked)));
}

#[test]
fn a_bit_that_flips_is_found_also_in_a_package_of_an_unknown_server() {
    let package = two_visits();
    let keys = KeySet(vec![elsewhere().public()]);
    let es256 = Remembering::new(P256Verifier);
    each(&package, &keys, &es256, places(package.len()).take(500), |place, outcome| {
        let report = outcome.unwrap_or_else(|error| panic!("bit {place}: {error}"));
        assert_eq!(report.whole, Whole::Broken, "bit {place}");
    });
}

/// What a forger does to a package.
type Forging = fn(&mut Two);

#[test]
fn a_package_that_has_anything_of_the_known_server_is_no_strangers() {
    let forgings: [(&str, Forging); 4] = [
        ("one receipt is the known server's", |two| {
            let known = receipt(&two.entries[0], 1, &elsewhere());
            let name = FileName::Receipt(two.entries[0].entry().id);
            two.files.insert(name, known.compact().as_bytes().to_vec());
        }),
        ("the known server's key lies inside", |two| {
            let keys = KeySet(vec![elsewhere().public()]).to_json();
            two.files.insert(FileName::ServerKeys, keys.into_bytes());
        }),
        ("the statement on the contents is the known server's", |two| {
            let text = String::from_utf8(two.files[&FileName::Contents].clone()).unwrap();
            let said = SignedStatement::<ContentsStatement>::parse(&text).unwrap().payload().clone();
            two.files.insert(FileName::Contents, stated(said, &elsewhere()).into_bytes());
        }),
        ("the statement on a phone is the known server's", |two| {
            let name = *two.files.keys().find(|name| matches!(name, FileName::Device(_))).unwrap();
            let text = String::from_utf8(two.files[&name].clone()).unwrap();
            let said = SignedStatement::<DeviceStatement>::parse(&text).unwrap().payload().clone();
            two.files.insert(name, stated(said, &elsewhere()).into_bytes());
        }),
    ];
    for (name, forge) in forgings {
        let mut two = Two::visits();
        forge(&mut two);
        let report = judged(&two.files);
        assert_eq!(report.whole, Whole::Broken, "{name}");
        assert!(report.broken().any(|broken| broken.fault.number() == "B.14"), "{name}");
        assert!(!report.package.lacking.contains(&Lack::ServerUnknown), "{name}");
    }
}
