//! Between which times a record and its photos came to be: the server's signed times in it are checked, then core bounds.

use std::collections::BTreeMap;

use xunan_core::clock::Instant;
use xunan_core::evidence::{Came, DeviceTime};
use xunan_core::ids::PhotoId;
use xunan_core::log::{SignatureVerdict, SignedEntry, SignedServerTime, TimeBounds};
use xunan_core::problem::Problem;
use xunan_core::visit::VisitRecord;

use crate::sync::Sync;

/// The bounds of a record and of those photos whose capture is told.
#[derive(Clone, Debug)]
pub(super) struct Times {
    /// When the record was signed.
    pub(super) record: TimeBounds,
    /// When each photo was taken.
    pub(super) photos: BTreeMap<PhotoId, TimeBounds>,
}

impl Times {
    /// Works them out. `came`: when the entry's text had come, by a receipt that was verified.
    pub(super) async fn of(
        signed: &SignedEntry,
        record: &VisitRecord,
        came: Option<Came>,
        sync: Sync,
    ) -> Result<Self, Problem> {
        let entry = &signed.entry().time;
        let captures = || {
            let photos = record.content().photos.iter();
            photos.filter_map(|photo| Some((photo.id, &photo.capture.as_deref()?.time)))
        };
        let mut tokens: BTreeMap<&str, Option<Instant>> = BTreeMap::new();
        let times = std::iter::once(entry).chain(captures().map(|(_, time)| time));
        for anchor in times.filter_map(|time| time.anchor.as_ref()) {
            if !tokens.contains_key(anchor.token.as_str()) {
                tokens.insert(&anchor.token, verified(&anchor.token, sync).await?);
            }
        }
        let bounds = |time: &DeviceTime| {
            let token = time.anchor.as_ref().map(|anchor| anchor.token.as_str());
            let anchored = token.and_then(|token| tokens.get(token).copied().flatten());
            TimeBounds::of(time, None, anchored, came)
        };
        let photos = captures().map(|(id, time)| (id, bounds(time))).collect();
        Ok(Self { record: bounds(entry), photos })
    }
}

/// The time in a token that the server signed; `None` for any other text.
async fn verified(token: &str, sync: Sync) -> Result<Option<Instant>, Problem> {
    let Ok(said) = SignedServerTime::parse(token) else { return Ok(None) };
    let verdict = sync.verify_statement(said.kid(), said.signed_bytes(), said.signature()).await?;
    Ok((verdict == SignatureVerdict::Fits).then(|| said.payload().at))
}
