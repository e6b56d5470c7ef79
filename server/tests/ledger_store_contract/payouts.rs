//! By which way payouts left.

use xunan_core::clock::Span;
use xunan_core::digest::Digest;
use xunan_core::ids::{Entropy, EntryId};
use xunan_server::ledger_store::{DeliveryState, LedgerStore, PayoutDelivery, PayoutWay, StoreError, Tables};

use super::rewards::{ordered, paid};
use super::snaps::{card, ids, snap};
use super::{backends, noon};

fn order(number: u128) -> EntryId {
    EntryId::from_parts(noon(), Entropy(number))
}

#[tokio::test]
async fn what_is_ordered_in_a_division_is_listed_until_it_is_over() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let cards = [card(1, "999901001", 1), card(2, "999901", 2), card(3, "999902", 3)];
            for (card, batch) in cards.iter().zip(["A", "B", "A"]) {
                tables.put_snap(&ordered(card, batch))?;
            }
            let listed = |division: &str| tables.ordered(&division.parse().unwrap()).map(|cards| ids(&cards));
            assert_eq!(listed("999901")?, [snap(1), snap(2)]);
            assert_eq!(listed("999901001")?, [snap(1)]);
            assert_eq!(listed("")?, [snap(1), snap(2), snap(3)]);
            tables.put_snap(&paid(&cards[0], 300))?;
            assert_eq!(listed("999901")?, [snap(2)]);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn the_way_of_an_order_is_kept_with_what_came_of_it_and_outlives_the_cards() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let (here, there) = (Digest::of(b"here"), Digest::of(b"there"));
            assert_eq!(tables.payout_way(order(1))?, None);
            tables.put_payout_way(order(1), &PayoutWay::List)?;
            let begun = PayoutDelivery::begun(noon());
            for (number, to) in [(2, here), (3, there), (4, here)] {
                tables.put_payout_way(order(number), &PayoutWay::Sent { to, delivery: begun.clone() })?;
            }
            let given_up = PayoutDelivery {
                state: DeliveryState::GivenUp,
                failures: 9,
                tried: Some((noon().plus(Span::days(3)), "the answer is 503; given up".to_owned())),
                ..begun.clone()
            };
            let way = PayoutWay::Sent { to: here, delivery: given_up.clone() };
            tables.put_payout_way(order(2), &way)?;
            tables.delete_snaps()?;
            assert_eq!(tables.payout_way(order(1))?, Some(PayoutWay::List));
            assert_eq!(tables.payout_way(order(2))?, Some(way));
            assert_eq!(tables.payouts_sent_to(here, 9)?, [(order(4), begun.clone()), (order(2), given_up)]);
            assert_eq!(tables.payouts_sent_to(here, 1)?, [(order(4), begun)]);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}
