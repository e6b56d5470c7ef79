//! What is public near by and not yet put right, shown before somebody reports it once more 可能是同一件: offered, never forced, and
//! folded away, so that the form is what one sees first.
//!
//! Near by is the township of the institution whose code was scanned, as on the plaza: which of its institutions a case is
//! about is told to nobody here either, and a report that no office has made public is in no list.

use xunan_core::facility::Facility;
use xunan_core::region::Level;

use super::page::Lang;
use super::plaza_page::list;
use crate::ledger_store::{PlazaAsked, Progress, PublicCase, StoreResult};
use crate::snaps::Snaps;

/// Cases that are offered, at most: whoever is in front of a hazard reads no list.
const MOST: usize = 3;

/// The newest public cases near an institution that wait to be answered; none where no code was scanned.
pub(super) async fn nearby(snaps: &Snaps, facility: Option<&Facility>) -> StoreResult<Vec<PublicCase>> {
    let Some(facility) = facility else { return Ok(Vec::new()) };
    let asked = PlazaAsked {
        category: None,
        progress: Some(Progress::Open),
        division: Some(facility.division.within(Level::Township)),
        words: String::new(),
        before: None,
        limit: MOST,
    };
    let (found, _) = snaps.plaza(asked).await?;
    Ok(found.cases)
}

/// The cases with what to do when one is the same; nothing when there are none.
pub(super) fn offered(lang: Lang, cases: &[PublicCase]) -> String {
    if cases.is_empty() {
        return String::new();
    }
    format!(
        "<details><summary>{}</summary>\n<p>{}</p>\n{}</details>\n",
        lang.pick("本乡镇正在办的，也许是同一件", "Being dealt with in this township: perhaps the same"),
        lang.pick(
            "是同一件，点开它，说“我也遇到了”，就不用再报告；不是，或者说不准，就在下面报告",
            "If it is the same, open it and say that you met it too; there is nothing to report then. If not, or if you are not sure, report it below"
        ),
        list(lang, cases)
    )
}
