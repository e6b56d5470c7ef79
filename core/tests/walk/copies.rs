//! A draft's copy: its frozen bytes, and the draft that a second phone makes of it.
//!
//! `UPDATE_GOLDEN=1 cargo test` writes a file that is missing; it never overwrites one.

use std::collections::BTreeSet;

use serde::Serialize;
use serde::de::DeserializeOwned;
use xunan_core::copies::{Copied, DraftCopy, Standing};
use xunan_core::digest::Digest;
use xunan_core::ids::{DeviceId, Entropy, PhotoId, VisitId};
use xunan_core::visit::{Edit, PhotoOf};

use super::support::{Walk, minute, photo, photo_id};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/v1");

/// A walk with photos, one of them taken back.
fn walked() -> Walk {
    let mut walk = Walk::found();
    walk.edit(Edit::AddPhoto(photo(21, PhotoOf::Visit)));
    walk.edit(Edit::AddPhoto(photo(22, PhotoOf::Visit)));
    walk.edit(Edit::RemovePhoto(photo_id(22)));
    walk
}

fn copy() -> DraftCopy {
    let device = DeviceId::from_parts(minute(0), Entropy(9));
    DraftCopy::of(&walked().draft, 3, Some(device), minute(30))
}

fn check<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(name: &str, value: &T) {
    let path = format!("{FOLDER}/{name}");
    if std::env::var_os("UPDATE_GOLDEN").is_some() && !std::path::Path::new(&path).exists() {
        std::fs::write(&path, serde_json::to_string(value).unwrap()).unwrap();
    }
    let frozen = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(serde_json::from_str::<T>(&frozen).unwrap(), *value, "{name}");
    assert_eq!(serde_json::to_string(value).unwrap(), frozen, "{name}: it would be written otherwise");
}

#[test]
fn copies_of_version_1_are_read_and_written_as_they_were() {
    check("draft_copy.json", &copy());
    let photos = BTreeSet::from([photo_id(21)]);
    let mut copied = Copied::taken_over(Digest::of(b"copy"), 3, photos);
    copied.named.insert(photo_id(22));
    copied.attempts = vec![Digest::of(b"another")];
    (copied.draft, copied.card, copied.at) = (Some(minute(30)), Some(minute(29)), Some(minute(31)));
    check("copied.json", &copied);
    copied.standing = Standing::Overtaken { theirs: Digest::of(b"theirs") };
    check("copied_overtaken.json", &copied);
}

#[test]
fn a_draft_comes_back_as_it_was_when_every_picture_does() {
    let walk = walked();
    let all: BTreeSet<PhotoId> = copy().photos.into_iter().collect();
    let visit = walk.draft.head().visit;
    assert_eq!(copy().restored(visit, &all), Some((walk.draft, 0)));
    let other = VisitId::from_parts(minute(0), Entropy(99));
    assert_eq!(copy().restored(other, &all), None, "the draft of another visit");
}

#[test]
fn a_photo_that_did_not_come_is_not_in_the_draft_and_is_counted_when_it_stood() {
    let walk = walked();
    let visit = walk.draft.head().visit;
    let all: BTreeSet<PhotoId> = copy().photos.into_iter().collect();
    for (lost, missing) in [(21, 1), (22, 0)] {
        let mut here = all.clone();
        here.remove(&photo_id(lost));
        let (draft, counted) = copy().restored(visit, &here).unwrap();
        assert_eq!(counted, missing, "{lost}");
        assert_eq!(draft.photo(photo_id(lost)), None);
        assert_eq!(draft.photos().count(), walk.draft.photos().count() - 1);
    }
}
