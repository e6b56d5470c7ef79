//! No bit of a package is without meaning: whichever flips, the report names the file that it lies in.

use std::ops::Range;

use xunan_core::package::{FileName, Whole};

use crate::flips::{FLIPS, Remembering, each, places, told, with};
use crate::golden::{frozen, two_visits};
use crate::keys::P256Verifier;
use crate::making::{Two, server_keys};
use xunan_core::digest::Digest;

/// Which bytes of the package are about which file: its header, its bytes, its record. `None`: the end.
fn owners(package: &[u8]) -> Vec<(Range<usize>, Option<FileName>)> {
    let (mut owners, mut at) = (Vec::new(), 0);
    let files = Two::visits().files;
    for (name, content) in &files {
        let end = at + 30 + name.to_string().len() + content.len();
        owners.push((at..end, Some(*name)));
        at = end;
    }
    for name in files.keys() {
        let end = at + 46 + name.to_string().len();
        owners.push((at..end, Some(*name)));
        at = end;
    }
    assert_eq!(at + 22, package.len());
    owners.push((at..package.len(), None));
    owners
}

#[test]
fn ten_thousand_flipped_bits_are_each_found_and_named() {
    let package = two_visits();
    let places: Vec<usize> = places(package.len()).collect();
    // In two halves at once: it takes a minute, and the outcomes are put together in their order.
    let (first, second) = places.split_at(FLIPS / 2);
    let told = std::thread::scope(|scope| {
        let first = scope.spawn(|| flip_and_look(&package, first));
        let second = flip_and_look(&package, second);
        [first.join().unwrap(), second].concat()
    });
    assert_eq!(told.len(), FLIPS);
    let all = told.iter().fold(Digest::of(b""), |all, told| with(all, told));
    let expected = frozen("two_visits.flips.sha256", || format!("{}\n", all.hex()).into_bytes());
    assert_eq!(
        format!("{}\n", all.hex()),
        String::from_utf8(expected).unwrap(),
        "other verdicts than before"
    );
}

/// What the report says of each bit that flips: that the file in which it lies is broken.
fn flip_and_look(package: &[u8], places: &[usize]) -> Vec<String> {
    let owners = owners(package);
    let mut all = Vec::new();
    let es256 = Remembering::new(P256Verifier);
    each(package, &server_keys(), &es256, places.iter().copied(), |place, outcome| {
        all.push(told(&outcome));
        let owner = owners.iter().find(|(bytes, _)| bytes.contains(&(place / 8))).unwrap().1;
        let report = outcome.unwrap_or_else(|error| panic!("bit {place} of {owner:?}: {error}"));
        assert_eq!(report.whole, Whole::Broken, "bit {place} of {owner:?}");
        assert!(
            report.broken_files().any(|file| file == owner),
            "bit {place} lies in {owner:?}, and the report names {:?}",
            report.broken().collect::<Vec<_>>()
        );
    });
    all
}
