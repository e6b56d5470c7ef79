//! However the texts and photos of a chain arrive, in whatever order, pieces and repetitions, the server ends with
//! the same: every entry once, each with one receipt.

use proptest::prelude::*;
use xunan_core::digest::Digest;
use xunan_core::sync::Outcome;

use crate::support::at;
use crate::support::entries::Writer;
use crate::support::keys::{KeyPair as _, Quick};
use crate::support::memory::Memory;

#[derive(Clone, Debug)]
enum Comes {
    Texts(Vec<prop::sample::Index>),
    Photo(prop::sample::Index),
}

fn comes() -> impl Strategy<Value = Comes> {
    prop_oneof![
        prop::collection::vec(any::<prop::sample::Index>(), 1..5).prop_map(Comes::Texts),
        any::<prop::sample::Index>().prop_map(Comes::Photo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn every_entry_is_in_the_ledger_once_with_one_receipt(
        photos_of in prop::collection::vec(prop::collection::vec(0_u8..4, 0..3), 1..7),
        comes in prop::collection::vec(comes(), 0..30),
    ) {
        const PHOTOS: [&[u8]; 4] = [b"a", b"b", b"c", b"d"];
        let (mut server, mut writer, key) = (Memory::default(), Writer::new(1), Quick::from_name("device"));
        server.enrol(writer.device, writer.actor, key.public());
        let chain: Vec<_> = (1..)
            .zip(&photos_of)
            .map(|(id, photos)| {
                let photos: Vec<&[u8]> = photos.iter().map(|photo| PHOTOS[usize::from(*photo)]).collect();
                writer.write(id, &photos, &key)
            })
            .collect();

        let mut receipts = std::collections::BTreeMap::new();
        let rest = (0..chain.len()).rev().map(|at| (Some(at), None)).chain((0..4).map(|photo| (None, Some(photo))));
        let steps = comes
            .iter()
            .map(|comes| match comes {
                Comes::Texts(which) => (which.iter().map(|index| index.index(chain.len())).collect(), None),
                Comes::Photo(which) => (vec![], Some(which.index(4))),
            })
            // In the end, all that did not come yet comes: the texts last one first.
            .chain(rest.map(|(text, photo)| (text.into_iter().collect::<Vec<_>>(), photo)))
            .chain([((0..chain.len()).collect(), None)]);
        for (seconds, (texts, photo)) in (0..).zip(steps) {
            if let Some(photo) = photo {
                server.photo(Digest::of(PHOTOS[photo]), at(seconds));
            }
            let texts: Vec<&str> = texts.iter().map(|at| chain[*at].compact()).collect();
            let answer = server.push(writer.device, &texts, at(seconds));
            for (text, pushed) in texts.iter().zip(&answer.entries) {
                prop_assert_eq!(pushed.hash, Digest::of(text.as_bytes()));
                match &pushed.outcome {
                    Outcome::Receipted { receipt } => {
                        let first = receipts.entry(pushed.hash).or_insert_with(|| receipt.clone());
                        prop_assert_eq!(first, receipt);
                    }
                    _ => prop_assert!(!receipts.contains_key(&pushed.hash), "a receipt was taken back"),
                }
            }
        }

        prop_assert_eq!(receipts.len(), chain.len());
        prop_assert_eq!(server.heads[&writer.device], writer.head);
        let mut ledger = server.ledger.clone();
        ledger.sort();
        let mut ids: Vec<_> = chain.iter().map(|signed| signed.entry().id).collect();
        ids.sort();
        prop_assert_eq!(ledger, ids);
        prop_assert_eq!(server.effects.len(), chain.len());
    }
}
