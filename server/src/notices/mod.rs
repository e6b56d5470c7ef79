//! Who is told what: notices into inboxes, and to the endpoints that an operator added, in the transaction of what they
//! tell of.
//!
//! ```text
//! intake: a row changes ──tell──┐
//! daily: deadlines ──remind─────┴─► core: whom, what ─► notices, inbox, deliveries ─► connectors::Dispatcher
//! ```
//!
//! Core decides who gets what. A notice has the same id whenever it is made, so that nothing is told twice, whatever is
//! repeated: a push, a sweep, a day.

mod reminders;

use xunan_core::access::{Account, Sight};
use xunan_core::clock::Instant;
use xunan_core::ids::AccountId;
use xunan_core::ledger::{Row, SnapCard};
use xunan_core::notice::{Addressed, Egress, Whom, of_change, recipients};

pub use reminders::Reminders;

use crate::connectors::Reaches;
use crate::ledger_store::{
    Endpoint, EndpointState, Matter, Novelty, StoreError, StoreResult, StoredNotice, Tables,
};

/// Whether a change of this row can be told of at all: the former row is read for those alone.
pub(crate) const fn is_told(row: &Row) -> bool {
    matches!(row, Row::Hazard(_) | Row::Plan(_))
}

/// Tells of one changed row.
///
/// # Errors
/// When the store failed; the unit of work must fail with it.
pub(crate) fn tell(
    tables: &dyn Tables,
    before: Option<&Row>,
    after: &Row,
    actor: &Account,
    now: Instant,
) -> StoreResult<()> {
    let notices = of_change(before, after, actor).map_err(|_| StoreError::damaged("a hazard's life"))?;
    notices.iter().try_for_each(|addressed| post(tables, addressed, Told::Row(after), now))
}

/// What notices tell of.
#[derive(Clone, Copy)]
pub(crate) enum Told<'a> {
    /// A row of the ledger.
    Row(&'a Row),
    /// A citizen's report.
    Snap(&'a SnapCard),
}

impl Told<'_> {
    fn matter(self) -> Matter {
        match self {
            Self::Row(row) => Matter::Row(row.key()),
            Self::Snap(card) => Matter::Snap(card.id()),
        }
    }

    fn seen_by(self, account: &Account) -> Sight {
        match self {
            Self::Row(row) => row.seen_by(account),
            Self::Snap(card) => card.seen_by(account),
        }
    }
}

/// Puts one notice where it belongs, unless it is there.
pub(crate) fn post(
    tables: &dyn Tables,
    addressed: &Addressed,
    told: Told<'_>,
    now: Instant,
) -> StoreResult<()> {
    let Addressed { notice, to, sender, .. } = addressed;
    let (notice, about) = (notice.clone(), told.matter());
    let stored = StoredNotice { notice, about, sender: sender.clone(), made: now };
    if tables.insert_notice(&stored)? == Novelty::Known {
        return Ok(());
    }
    let notice = &stored.notice;
    let named: Vec<AccountId> = to
        .iter()
        .filter_map(|whom| match whom {
            Whom::Account(id) => Some(*id),
            _ => None,
        })
        .collect();
    let accounts = tables.accounts_near(&notice.division, notice.about.facility(), &named)?;
    let told = recipients(addressed, |account| told.seen_by(account), &accounts);
    for account in &told {
        tables.insert_into_inbox(*account, notice.id)?;
    }
    for endpoint in tables.endpoints()? {
        if endpoint.state == EndpointState::On && endpoint.region.contains(&notice.division) {
            hand_over(tables, &endpoint, addressed, &told, now)?;
        }
    }
    Ok(())
}

/// Has a notice delivered to an endpoint: once to a program, or to each person who is reached by it.
fn hand_over(
    tables: &dyn Tables,
    endpoint: &Endpoint,
    addressed: &Addressed,
    told: &[AccountId],
    now: Instant,
) -> StoreResult<()> {
    let id = addressed.notice.id;
    match endpoint.setting.reaches() {
        Reaches::Program => match addressed.notice.egress() {
            Egress::Allowed => tables.insert_delivery_of(endpoint.id, id, None, now),
            Egress::Inside => Ok(()),
        },
        Reaches::Payer => Ok(()),
        // What people get says that something is to do, and not what: it may leave whatever it is about.
        reaches => told.iter().try_for_each(|account| {
            let reached = match reaches {
                Reaches::Contacts(kind) => tables.contact(*account, kind)?.is_some(),
                _ => !tables.push_subscriptions(*account)?.is_empty(),
            };
            if reached { tables.insert_delivery_of(endpoint.id, id, Some(*account), now) } else { Ok(()) }
        }),
    }
}
