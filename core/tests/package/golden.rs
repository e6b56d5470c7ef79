//! Frozen packages, each with the report that it gets. Files are added, never edited: what was handed out has to be
//! read in twenty years.
//!
//! `UPDATE_GOLDEN=1 cargo test -p xunan-core --test package` writes files that are missing; it never overwrites one.

use xunan_core::package::{Report, Trust, Whole, verify, write};

use crate::keys::P256Verifier;
use crate::making::{Files, Two, doctored, server_keys, unsent};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/packages");

/// The frozen bytes; written first when they are missing and that was asked for.
pub(crate) fn frozen(name: &str, bytes: impl FnOnce() -> Vec<u8>) -> Vec<u8> {
    let path = format!("{FOLDER}/{name}");
    if std::env::var_os("UPDATE_GOLDEN").is_some() && !std::path::Path::new(&path).exists() {
        std::fs::write(&path, bytes()).unwrap();
    }
    std::fs::read(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub(crate) fn two_visits() -> Vec<u8> {
    frozen("two_visits.zip", || write(&Two::visits().files).unwrap())
}

fn check(name: &str, files: &Files, trust: Trust, whole: Whole) {
    let anew = write(files).unwrap();
    let package = frozen(&format!("{name}.zip"), || anew.clone());
    assert_eq!(package, anew, "{name}: the same facts make another package");
    let report: Report = verify(&package, trust, &P256Verifier).unwrap();
    let told = serde_json::to_string_pretty(&report).unwrap() + "\n";
    let expected = frozen(&format!("{name}.report.json"), || told.clone().into_bytes());
    assert_eq!(told, String::from_utf8(expected).unwrap(), "{name}");
    assert_eq!(report.whole, whole, "{name}");
}

#[test]
fn packages_of_version_1_are_read_judged_and_written_as_they_were() {
    let keys = || Trust::Given(server_keys());
    check("two_visits", &Two::visits().files, keys(), Whole::Holds);
    check("unsent", &unsent(), Trust::WhateverIsInside, Whole::HoldsButNotAllProven);
    check("doctored", &doctored(), keys(), Whole::Broken);
    let keys = frozen("server-keys.json", || server_keys().to_json().into_bytes());
    assert_eq!(String::from_utf8(keys).unwrap(), server_keys().to_json());
}

#[test]
fn keys_that_came_with_the_package_prove_nothing_by_themselves() {
    let report = verify(&two_visits(), Trust::WhateverIsInside, &P256Verifier).unwrap();
    assert_eq!(report.whole, Whole::HoldsButNotAllProven);
}
