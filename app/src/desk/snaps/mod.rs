//! Citizens' reports 随手拍 at the desk: the office's queue with its clocks, one report, every step of its triage,
//! and its reward.
//!
//! A report is no row: phones do not pull it, so these pages ask the server, and say so when there is no network. Steps are
//! entries of this computer like all others; until the server's card tells of them they are laid over it by core.
//!
//! ```text
//! GET /api/snaps ─────► list ─► GET /api/snaps/{id} ─► Seen ─┬─► facts, photos, story, what may be the same
//!                                                           ▼
//! outbox ─► own steps, by core's Standing::take ───────► Now ─► offers ─► form ─► append(SnapBody::Stepped)
//! ```

mod due;
mod seen;
mod list;
mod rows;
mod take;
mod other;
mod hazard_form;
mod public_form;
mod reward;
mod form;
mod menu;
mod alike;
mod facts;
mod recordings;
mod story;
mod public_photos;
mod show_photo;
mod page;

use xunan_core::access::{Account, Action, Permission, SnapPart, may_do};

pub(super) use list::SnapListPage;
pub(super) use page::SnapPage;
pub(super) use show_photo::ShowPhotoPage;

/// What citizens' reports are to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReportsPart {
    /// Those of the own region are to be triaged.
    Triage,
    /// Those of the own region are to be rewarded.
    Rewards,
    /// They are somebody else's.
    None,
}

impl ReportsPart {
    /// Of an account.
    pub(super) fn of(account: &Account) -> Self {
        let may = |part| {
            let action = Action::StepOnSnap { part, division: &account.region };
            may_do(account, &action) == Permission::Granted
        };
        match (may(SnapPart::Triage), may(SnapPart::Reward)) {
            (true, _) => Self::Triage,
            (_, true) => Self::Rewards,
            _ => Self::None,
        }
    }
}
