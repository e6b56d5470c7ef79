//! Photos, whose they are, and the uses of the same and of similar ones.

use xunan_core::clock::Span;
use xunan_core::digest::Digest;
use xunan_core::evidence::Likeness;
use xunan_core::ids::{Entropy, EntryId, FacilityId, HazardId, PhotoId, VisitId};
use xunan_core::ledger::{PhotoSubject, PhotoUse};
use xunan_server::ledger_store::{LedgerStore, StoreError, StoredPhoto, Tables};

use super::{account, backends, noon};

#[tokio::test]
async fn a_photo_keeps_its_first_uploader_and_is_unclaimed_until_an_entry_names_it() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let digest = Digest::of(b"photo");
            for number in [1, 2] {
                tables.insert_account(&account(number), noon())?;
                let uploader = account(number).account.id;
                tables.insert_photo(&StoredPhoto { digest, size_bytes: 5, uploader }, noon())?;
            }
            assert_eq!(tables.photo(&digest)?.unwrap().uploader, account(1).account.id);
            assert_eq!(tables.unclaimed_photos(noon())?, []);
            assert_eq!(tables.unclaimed_photos(noon().plus(Span::days(1)))?, [digest]);
            tables.delete_photo(&digest)?;
            assert_eq!(tables.photo(&digest)?, None);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

/// A photo of a hazard of its own, that looks like `likeness`.
fn photo_use(number: u128, likeness: [u8; 16]) -> PhotoUse {
    PhotoUse {
        photo: PhotoId::from_parts(noon(), Entropy(number)),
        entry: EntryId::from_parts(noon(), Entropy(number)),
        visit: Some(VisitId::from_parts(noon(), Entropy(number))),
        facility: FacilityId::from_parts(noon(), Entropy(1)),
        subject: PhotoSubject::Hazard(HazardId::from_parts(noon(), Entropy(number))),
        taken: noon(),
        original: Digest::of(&number.to_be_bytes()),
        stored: Digest::of(&[]),
        likeness: Likeness::from_bytes(likeness),
    }
}

#[tokio::test]
async fn uses_of_the_same_file_and_of_near_pictures_are_found_nearest_first() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let mut near = [0; 16];
        near[15] = 0b111;
        let first = photo_use(1, [0; 16]);
        let (alike, other) = (photo_use(2, near), photo_use(3, [0x55; 16]));
        let same_file = PhotoUse { original: first.original, ..photo_use(4, [0xff; 16]) };
        let uses = [first.clone(), alike.clone(), other, same_file.clone()];
        let found = store
            .write(move |tables| {
                for used in &uses {
                    tables.insert_photo_use(used)?;
                    // Told twice, kept once.
                    tables.insert_photo_use(used)?;
                }
                let all = tables.photo_uses_like(&uses, 10)?;
                let one = tables.photo_uses_like(&uses[..1], 1)?;
                Ok::<_, StoreError>((all, one))
            })
            .await
            .unwrap();
        let (all, one) = found;
        assert_eq!(all[0], [same_file.clone(), alike]);
        assert_eq!(all[1], std::slice::from_ref(&first));
        assert!(all[2].is_empty());
        assert_eq!(all[3], [first]);
        assert_eq!(one, [[same_file]]);
    }
}
