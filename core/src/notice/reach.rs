//! Whom a notice reaches: which accounts stand behind an address, and what may leave the product at all.

use std::collections::BTreeSet;

use super::message::{About, Addressed, Notice, PlanNews, What, Whom};
use crate::access::{Account, Role, Sight};
use crate::ids::AccountId;
use crate::region::DivisionCode;

/// Whether a notice may be handed to another program: once it is there, nobody here decides who sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Egress {
    /// It may.
    Allowed,
    /// It stays in the inboxes of those whom it is for.
    Inside,
}

impl Notice {
    /// Whether it may be handed to another program. Of plans only what the visited side is told anyway: a plan that is
    /// secret, or told on arrival, is known to those who carry it out and to their office. Of citizens' reports nothing: what
    /// was reported where is its office's alone.
    pub const fn egress(&self) -> Egress {
        match (&self.about, &self.what) {
            (About::Hazard { .. }, _) | (_, What::Plan { news: PlanNews::Announced, .. }) => Egress::Allowed,
            (About::Plan { .. } | About::Snap { .. }, _) => Egress::Inside,
        }
    }
}

/// The accounts that get a notice, in the order of their ids: each that is addressed, may see what it is about, as `seen_by`
/// says, and did not do it himself. `accounts` are all that may be meant; others among them do no harm.
pub fn recipients(
    addressed: &Addressed,
    seen_by: impl Fn(&Account) -> Sight,
    accounts: &[Account],
) -> Vec<AccountId> {
    let meant: BTreeSet<AccountId> =
        addressed.to.iter().flat_map(|whom| meant(whom, accounts)).map(|account| account.id).collect();
    accounts
        .iter()
        .filter(|account| seen_by(account) == Sight::Visible && Some(account.id) != addressed.but)
        .map(|account| account.id)
        .filter(|id| meant.contains(id))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

/// The accounts that an address means.
fn meant<'a>(whom: &Whom, accounts: &'a [Account]) -> Vec<&'a Account> {
    let all = |means: &dyn Fn(&Account) -> bool| accounts.iter().filter(|it| means(it)).collect();
    match whom {
        Whom::Account(id) => all(&|account| account.id == *id),
        Whom::Institution(id) => {
            all(&|account| matches!(account.role, Role::Institution { facility } if facility == *id))
        }
        Whom::Firm(id) => all(
            &|account| matches!(&account.role, Role::Maintenance { facilities } if facilities.contains(id)),
        ),
        Whom::Department(which, division) => {
            let competent = |account: &Account| matches!(account.role, Role::Department { department } if department == *which);
            nearest(division, 0, all(&competent))
        }
        Whom::Office { division, above } => {
            nearest(division, *above, all(&|account| matches!(account.role, Role::Supervisor)))
        }
    }
}

/// Of those whose region holds the division, the ones of the nearest region, or of the one so many above it; where there
/// are not so many, of the highest.
fn nearest<'a>(division: &DivisionCode, above: u8, accounts: Vec<&'a Account>) -> Vec<&'a Account> {
    let holding: Vec<&Account> =
        accounts.into_iter().filter(|account| account.region.contains(division)).collect();
    let regions: BTreeSet<&DivisionCode> = holding.iter().map(|account| &account.region).collect();
    // Regions that hold the same division lie inside each other: the longest code is the nearest.
    let wanted = regions.iter().rev().nth(usize::from(above)).or(regions.first()).copied();
    holding.iter().filter(|account| Some(&account.region) == wanted).copied().collect()
}
