//! A visit's record with its checklist: from this phone when it signed the visit, from the server otherwise.

use xunan_core::ids::VisitId;
use xunan_core::log::{Body, SignedEntry};
use xunan_core::problem::Problem;
use xunan_core::rules::Pack;
use xunan_core::sync::KeptEntry;
use xunan_core::visit::VisitRecord;

use crate::browser::http::{Method, Request};
use crate::session::Phone;
use crate::sync::Sync;

/// A record and the checklist by whose words it is told.
pub(super) struct SignedVisit {
    pub(super) record: VisitRecord,
    pub(super) pack: Pack,
}

impl SignedVisit {
    /// Reads it.
    ///
    /// # Errors
    /// [`Problem::NotFound`] when nobody here knows of the visit; whatever kept it from being fetched.
    pub(super) async fn read(visit: VisitId, phone: Phone, sync: Sync) -> Result<Self, Problem> {
        use leptos::prelude::WithUntracked as _;
        let entry = phone.rows.with_untracked(|rows| rows.visit(visit).map(|card| card.entry));
        let entry = entry.ok_or(Problem::NotFound)?;
        let text = match phone.store().entry(entry).await? {
            Some(text) => text,
            None => {
                let kept: KeptEntry =
                    Request::plain(Method::Get, format!("/api/entries/{entry}")).json().await?;
                kept.entry
            }
        };
        let signed = SignedEntry::parse(&text).map_err(|_| Problem::Damaged)?;
        let Body::VisitSigned(record) = Body::of(signed.entry())? else { return Err(Problem::NotFound) };
        let named = &record.content().pack;
        if phone.store().pack(named).await?.is_none() {
            sync.fetch_pack(named).await?;
        }
        let pack = phone.store().pack(named).await?.ok_or(Problem::UnknownPack { hash: named.hash })?;
        Ok(Self { record: *record, pack })
    }
}
