//! What somebody can do now with something that goes through steps: which step is the next one, which has to wait, and all
//! others. Pages never work that out for themselves.

use crate::problem::{Problem, StepRefusal};

/// What somebody can do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offers<Offer> {
    /// The step that this person owes: the one filled button.
    pub next: Option<Offer>,
    /// The step that this person would owe, and why it cannot be taken yet.
    pub held: Option<(Offer, StepRefusal)>,
    /// All others, in the order in which they are offered.
    pub others: Vec<Offer>,
}

impl<Offer> Default for Offers<Offer> {
    /// Nothing can be done.
    fn default() -> Self {
        Self { next: None, held: None, others: Vec::new() }
    }
}

impl<Offer: Copy> Offers<Offer> {
    /// All of them, the next one first.
    pub fn all(&self) -> impl Iterator<Item = Offer> + '_ {
        self.next.into_iter().chain(self.others.iter().copied())
    }

    /// Tries each of `candidates`, the most urgent first. What cannot be taken is offered to nobody; of what is owed, the
    /// first one is the next step, or tells what it waits for when nothing that is owed can be taken.
    pub(crate) fn of(
        candidates: Vec<Offer>,
        is_owed: impl Fn(Offer) -> bool,
        tried: impl Fn(Offer) -> Result<(), Problem>,
    ) -> Self {
        let mut offers = Self::default();
        for offer in candidates {
            match tried(offer) {
                Ok(()) if offers.next.is_none() && is_owed(offer) => offers.next = Some(offer),
                Ok(()) => offers.others.push(offer),
                Err(Problem::StepRefused { why }) if offers.held.is_none() && is_owed(offer) => {
                    offers.held = Some((offer, why));
                }
                Err(_) => {}
            }
        }
        if offers.next.is_some() {
            offers.held = None;
        }
        offers
    }
}
