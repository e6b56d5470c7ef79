//! What a copy of a photo for the public changes: the photo's one public copy is this one now.

use super::fold::{RecordPhoto, View, inconsistent, permit};
use super::paper::PublicCopyCard;
use super::row::Row;
use crate::access::{Account, Action};
use crate::evidence::{NotAPublicCopy, PublicCopy};
use crate::ids::EntryId;
use crate::json::Late;
use crate::problem::Problem;

/// Whoever may make it may see the record as well: both ask for the region.
pub(super) fn fold(
    entry: EntryId,
    copy: &PublicCopy,
    actor: &Account,
    view: &impl View,
) -> Result<Vec<Row>, Problem> {
    let wrong = |why: NotAPublicCopy| inconsistent(&why.to_string());
    let visit = view.visit(copy.visit).ok_or_else(|| inconsistent("there is no such visit"))?;
    permit(actor, &Action::MakePublicCopy { division: &visit.division })?;
    copy.check().map_err(wrong)?;
    match view.record_photo(&visit, copy.photo) {
        RecordPhoto::Named(photo) => copy.check_source(&photo).map_err(wrong)?,
        RecordPhoto::NotNamed => return Err(inconsistent("the record names no such photo")),
        RecordPhoto::NotHeld => {}
    }
    Ok(vec![Row::PublicCopy(Late::of(&PublicCopyCard {
        photo: copy.photo,
        facility: visit.facility,
        division: visit.division,
        entry,
        digest: copy.digest,
    }))])
}
