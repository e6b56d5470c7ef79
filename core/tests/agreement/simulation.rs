//! Worlds by the thousand, each from a seed: phones write, crash, lose their sign-in and their clocks; the network
//! loses, repeats, delays and damages; the server refuses and dies. Then the weather clears, and everything must be
//! where it belongs, without anybody's help.
//!
//! A failure prints its seed. `SEED=123 cargo test -p xunan-core --test agreement simulation` runs that world alone,
//! `SEEDS=100000` as many.

use std::collections::BTreeSet;

use xunan_core::log::{Coverage, SignatureVerdict, SignedReceipt};
use xunan_core::outbox::Delivery;
use xunan_core::sync::Stage;

use crate::support::keys::{KeyPair as _, QuickVerifier};
use crate::support::memory::Memory;
use crate::world::{Chance, Phone, Server, Weather};

#[test]
fn whatever_happens_everything_arrives_once_and_nothing_is_missing() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let seeds = match number("SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("SEEDS").unwrap_or(10_000),
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for first in 0..workers {
            let seeds = seeds.clone().skip(first).step_by(workers);
            scope.spawn(move || {
                for seed in seeds {
                    let world = std::panic::catch_unwind(|| live(seed));
                    assert!(world.is_ok(), "the world of seed {seed}");
                }
            });
        }
    });
}

fn live(seed: u64) {
    let mut chance = Chance::from_seed(seed);
    let weather = Weather::of(&mut chance);
    let mut server = Server::new(weather);
    let mut phones: Vec<Phone> =
        (0..=chance.below(2)).map(|number| Phone::new(number, &mut server)).collect();
    let mut copies = Vec::new();
    let mut forks = false;
    let mut written = 0;

    for _ in 0..chance.below(160) {
        let which = usize::try_from(chance.below(phones.len() as u64)).unwrap();
        let phone = &mut phones[which];
        match chance.below(100) {
            0..10 if phone.disk.log.len() < 6 => {
                written += 1;
                phone.write(written, &server, &mut chance);
            }
            10..12 => phone.crash(),
            12..14 => phone.nudge(&server, &mut chance),
            14 => phone.set_clock(&mut chance),
            15 if seed.is_multiple_of(4) => copies.push((which, phone.disk.clone())),
            16 if seed.is_multiple_of(4) => {
                if let Some((of, copy)) = copies.pop() {
                    phones[of].put_back(copy);
                    forks = true;
                }
            }
            _ => phone.act(&mut server, &mut chance),
        }
        let seconds = i64::try_from(chance.below(20)).unwrap();
        server.pass(seconds, &mut chance);
    }

    // The weather clears. Nobody presses a button any more.
    server.weather = Weather::FAIR;
    for phone in &mut phones {
        for step in 0.. {
            phone.act(&mut server, &mut chance);
            if phone.rests() {
                break;
            }
            assert!(step < 500, "it never comes to rest");
        }
    }
    check(&phones, &server, forks);
}

fn check(phones: &[Phone], server: &Server, forks: bool) {
    let memory = &server.committed;
    for phone in phones {
        assert_eq!(phone.disk.items.len(), phone.disk.log.len(), "an item is gone");
        for (id, signed) in &phone.disk.log {
            let item = &phone.disk.items[id];
            assert_eq!(memory.entries[id].0.compact(), signed.compact(), "the server has other bytes");
            let complete = signed.entry().photo_digests().into_iter().all(Server::stores);
            match item.delivery() {
                Delivery::Acknowledged { receipt, .. } => {
                    assert!(complete, "a receipt for what is not there");
                    let receipt = SignedReceipt::parse(receipt).unwrap();
                    assert_eq!(
                        receipt.verify(&Memory::key().public(), &QuickVerifier),
                        SignatureVerdict::Fits
                    );
                    assert_eq!(item.covered_by(&receipt), Coverage::Whole);
                    assert!(forks || receipt.receipt().without_effect().is_none());
                }
                Delivery::Refused { .. } => {
                    assert!(!complete, "refused without a reason: {item:?}");
                    assert!(matches!(memory.entries[id].1, Stage::AwaitingPhotos { .. }));
                }
                other => panic!("came to rest in {other:?}"),
            }
        }
        if !forks {
            assert_eq!(
                memory.heads.get(&phone.disk.writer.device).copied().unwrap_or_default(),
                phone.disk.writer.head
            );
        }
    }
    let in_ledger = memory.entries.iter().filter(|(_, (_, stage))| matches!(stage, Stage::InLedger { .. }));
    let in_ledger: BTreeSet<_> = in_ledger.map(|(id, _)| *id).collect();
    assert_eq!(memory.ledger.len(), in_ledger.len(), "an entry is in the ledger twice");
    assert_eq!(memory.ledger.iter().copied().collect::<BTreeSet<_>>(), in_ledger);
    let effects: BTreeSet<_> = memory.effects.iter().copied().collect();
    assert_eq!(effects.len(), memory.effects.len(), "an entry took effect twice");
    assert!(if forks { effects.is_subset(&in_ledger) } else { effects == in_ledger });
}
