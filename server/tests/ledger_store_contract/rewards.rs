//! Rewards: their lists, in line with each report's card; what is paid together; what was paid; and sealed claimants.

use xunan_core::ids::{Entropy, EntryId};
use xunan_core::ledger::SnapCard;
use xunan_core::reward::{Batch, Reward, RewardStage, Yuan};
use xunan_core::sync::SnapKey;
use xunan_server::ledger_store::{LedgerStore, RewardsPaid, SnapList, StoreError, Tables};

use super::snaps::{card, ids, listed, mark, snap};
use super::{backends, noon};

fn yuan(yuan: u32) -> Yuan {
    Yuan::of(yuan).unwrap()
}

fn batch(number: &str) -> Batch {
    number.parse().unwrap()
}

fn approval() -> EntryId {
    EntryId::from_parts(noon(), Entropy(7))
}

/// The same report with its reward at a stage.
fn at(card: &SnapCard, stage: RewardStage) -> SnapCard {
    let mut card = card.clone();
    card.life.reward = Some(Reward { stage, story: Vec::new() });
    card
}

fn proposed(card: &SnapCard) -> SnapCard {
    at(card, RewardStage::Proposed { mark: mark(card.received), amount: yuan(300) })
}

pub(crate) fn ordered(card: &SnapCard, number: &str) -> SnapCard {
    let (mark, amount, approval) = (mark(card.received), yuan(300), approval());
    at(card, RewardStage::Ordered { mark, amount, approval, batch: batch(number) })
}

pub(crate) fn paid(card: &SnapCard, amount: u32) -> SnapCard {
    at(card, RewardStage::Paid { mark: mark(card.received), amount: yuan(amount) })
}

#[tokio::test]
async fn a_reward_is_in_the_lists_of_its_division_and_of_those_above_until_it_is_nobodys_to_do() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let cards = [card(1, "999901001", 3), card(2, "999901", 1), card(3, "999902", 2)];
            cards.iter().try_for_each(|card| tables.put_snap(card))?;
            let list = |division, list, after| listed(tables, division, list, after);
            assert_eq!(list("", SnapList::RewardsOpen, None)?, [], "a report without one is in none of them");
            cards.iter().try_for_each(|card| tables.put_snap(&proposed(card)))?;
            for (division, expected) in [
                ("9999", vec![snap(2), snap(3), snap(1)]),
                ("999901", vec![snap(2), snap(1)]),
                ("999901001", vec![snap(1)]),
                ("999901002", vec![]),
            ] {
                assert_eq!(list(division, SnapList::RewardsOpen, None)?, expected, "{division}");
            }
            let after = Some(SnapKey::of_reward(&proposed(&cards[1])));
            assert_eq!(list("9999", SnapList::RewardsOpen, after)?, [snap(3), snap(1)]);
            tables.put_snap(&paid(&cards[0], 300))?;
            tables.put_snap(&at(&cards[1], RewardStage::NotApproved { mark: mark(noon()) }))?;
            assert_eq!(list("9999", SnapList::RewardsOpen, None)?, [snap(3)]);
            assert_eq!(list("9999", SnapList::RewardsClosed, None)?, [snap(1), snap(2)]);
            assert_eq!(
                list("9999", SnapList::Open, None)?.len(),
                3,
                "the reports themselves are as they were"
            );
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn a_batch_has_what_is_ordered_in_it_and_what_was_paid_is_counted_once() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let cards = [card(1, "999901001", 1), card(2, "999901", 2), card(3, "999902", 3)];
            for (card, number) in cards.iter().zip(["A", "A", "A"]) {
                tables.put_snap(&ordered(card, number))?;
            }
            let in_batch = |division: &str, number: &str| {
                tables.ordered_in(&division.parse().unwrap(), &batch(number)).map(|cards| ids(&cards))
            };
            assert_eq!(
                in_batch("999901", "A")?,
                [snap(1), snap(2)],
                "another county's batch of that number is not it"
            );
            assert_eq!(in_batch("999901", "B")?, []);
            tables.put_snap(&ordered(&cards[1], "B"))?;
            assert_eq!((in_batch("999901", "A")?, in_batch("999901", "B")?), (vec![snap(1)], vec![snap(2)]));
            assert_eq!(tables.rewards_paid()?, RewardsPaid::default());
            for _ in 0..2 {
                tables.put_snap(&paid(&cards[0], 300))?;
                tables.put_snap(&paid(&cards[2], 3000))?;
            }
            assert_eq!(tables.rewards_paid()?, RewardsPaid { rewards: 2, yuan: 3300 });
            assert_eq!(in_batch("999901", "A")?, []);
            tables.delete_snaps()?;
            assert_eq!(tables.rewards_paid()?, RewardsPaid::default(), "they are made again with the cards");
            assert_eq!(in_batch("999901", "B")?, []);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn who_claims_is_kept_by_the_approval_and_outlives_the_cards() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            assert_eq!(tables.sealed_claimant(approval())?, None);
            tables.put_sealed_claimant(approval(), snap(1), b"one")?;
            tables.put_sealed_claimant(approval(), snap(1), b"two")?;
            tables.delete_snaps()?;
            assert_eq!(tables.sealed_claimant(approval())?.as_deref(), Some(&b"two"[..]));
            assert_eq!(tables.claimed_approvals(snap(1))?, [approval()]);
            assert_eq!(tables.claimed_approvals(snap(2))?, []);
            tables.delete_sealed_claimant(approval())?;
            assert_eq!(tables.sealed_claimant(approval())?, None);
            assert_eq!(tables.claimed_approvals(snap(1))?, []);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}
