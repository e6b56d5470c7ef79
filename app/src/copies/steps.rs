//! The copier's steps: each asks the server once, and answers with what came back.

use std::collections::BTreeSet;

use js_sys::Uint8Array;
use leptos::prelude::Update as _;
use xunan_core::copies::{CopyEvent, CopyStep, DraftCopy, Replaces, elsewhere};
use xunan_core::ids::{PhotoId, VisitId};
use xunan_core::ledger::{Row, RowKind};
use xunan_core::problem::Problem;
use xunan_core::sealing::shadow::{ShadowLabel, ShadowOf};
use xunan_core::sync::{KeptShadow, KeptShadows, ShadowOutcome};

use super::copying::Copying;
use super::envelope::{self, Fetched};
use super::seen::{Card, OnServer};
use crate::browser::Binary;
use crate::browser::http::{Method, Request};
use crate::browser::sealing::SealingKey;
use crate::store::DraftCard;

/// Of everything but drafts there is one version.
const ONLY: u64 = 1;

impl Copying {
    pub(super) async fn perform(&self, step: CopyStep) -> Result<CopyEvent, Problem> {
        match step {
            CopyStep::List => self.list().await,
            CopyStep::Card { visit } => self.send_card(visit).await,
            CopyStep::Draft { visit, version, replaces } => self.send_draft(visit, version, replaces).await,
            CopyStep::Photo { visit, photo } => self.send_photo(visit, photo).await,
            CopyStep::Forget { visit } => {
                let request = Request::plain(Method::Delete, format!("/api/shadows/{visit}"));
                request.send().await?.good().await.map(|_| CopyEvent::Forgotten)
            }
            CopyStep::Wait { .. } | CopyStep::Rest | CopyStep::Continue => Ok(CopyEvent::Woke),
        }
    }

    pub(super) fn label(&self, visit: VisitId, of: ShadowOf, version: u64) -> ShadowLabel {
        ShadowLabel { account: self.store().account(), visit, of, version }
    }

    fn key_now(&self) -> Result<SealingKey, Problem> {
        self.key().ok_or_else(|| Problem::StorageFailed { cause: "NoKey".to_owned() })
    }

    async fn list(&self) -> Result<CopyEvent, Problem> {
        let kept: KeptShadows = Request::plain(Method::Get, "/api/shadows").json().await?;
        self.show_elsewhere(&kept.shadows).await?;
        Ok(CopyEvent::Listed(kept.shadows))
    }

    /// Shows the drafts of other phones, with their lines as far as they open.
    async fn show_elsewhere(&self, kept: &[KeptShadow]) -> Result<(), Problem> {
        let store = self.store();
        let mut here: BTreeSet<VisitId> = store.copied().await?.into_keys().collect();
        here.extend(store.drafts().await?.iter().map(|card| card.visit));
        // The server lets copies go a while after the record came.
        here.extend(store.rows(RowKind::Visit).await?.iter().filter_map(|row| match row {
            Row::Visit(visit) => visit.get().map(|visit| visit.id),
            _ => None,
        }));
        let mut shown = Vec::new();
        for draft in elsewhere(kept, &here) {
            let known = draft.card.and_then(|card| self.cards().borrow().get(&card).cloned());
            let card = match known {
                Some(card) => card,
                None => self.fetch_card(draft.visit).await?,
            };
            if let (Some(digest), Card::Open(_)) = (draft.card, &card) {
                self.cards().borrow_mut().insert(digest, card.clone());
            }
            shown.push(OnServer { visit: draft.visit, changed: draft.changed, card });
        }
        self.seen().update(|seen| seen.elsewhere = shown);
        Ok(())
    }

    async fn fetch_card(&self, visit: VisitId) -> Result<Card, Problem> {
        let fetched = envelope::fetch(&self.keys(), self.label(visit, ShadowOf::Card, ONLY)).await;
        // A line of a form that this version does not know keeps nothing else from being copied.
        if let Err(Problem::NotOurServer { .. }) = fetched {
            return Ok(Card::Missing);
        }
        Ok(match fetched? {
            Fetched::Locked => Card::Locked,
            Fetched::Gone => Card::Missing,
            // One of a later version that this one cannot read.
            Fetched::Plain { plain, .. } => serde_json::from_slice::<DraftCard>(&plain.to_vec())
                .map_or(Card::Missing, |card| Card::Open(Box::new(card))),
        })
    }

    async fn send_card(&self, visit: VisitId) -> Result<CopyEvent, Problem> {
        let card = self.card_here(visit).await?;
        let label = self.label(visit, ShadowOf::Card, ONLY);
        let sealed = envelope::seal(&self.key_now()?, label, &json(&card)?).await?;
        let outcome = envelope::send(label, &sealed, None).await?;
        Ok(CopyEvent::CardAnswered { touched: card.touched, outcome })
    }

    async fn send_draft(
        &self,
        visit: VisitId,
        version: u64,
        replaces: Replaces,
    ) -> Result<CopyEvent, Problem> {
        // The card first: parts that are newer than it are sent again.
        let card = self.card_here(visit).await?;
        let draft = self.store().load_draft(visit).await?.ok_or_else(gone)?;
        let device = self.sync().phone().device().map(|device| device.device);
        let copy = DraftCopy::of(&draft, version, device, card.touched);
        let label = self.label(visit, ShadowOf::Draft, version);
        let sealed = envelope::seal(&self.key_now()?, label, &json(&copy)?).await?;
        self.leaving(sealed.digest).await?;
        let outcome = envelope::send(label, &sealed, Some(replaces)).await?;
        let photos = copy.photos.into_iter().collect();
        Ok(CopyEvent::DraftAnswered { touched: card.touched, photos, outcome })
    }

    /// A picture, after its small one: where the picture is, the small one is too.
    async fn send_photo(&self, visit: VisitId, photo: PhotoId) -> Result<CopyEvent, Problem> {
        let store = self.store();
        let picture = store.photo(photo).await?.ok_or(Problem::PhotoLost)?;
        if let Some(small) = store.thumbnail(photo).await? {
            match self.send_picture(visit, ShadowOf::Thumbnail(photo), &small).await? {
                ShadowOutcome::Stored { .. } => {}
                outcome => return Ok(CopyEvent::PhotoAnswered { outcome }),
            }
        }
        let outcome = self.send_picture(visit, ShadowOf::Photo(photo), &picture).await?;
        Ok(CopyEvent::PhotoAnswered { outcome })
    }

    async fn send_picture(
        &self,
        visit: VisitId,
        of: ShadowOf,
        picture: &Binary,
    ) -> Result<ShadowOutcome, Problem> {
        let buffer = picture.buffer().await.map_err(|_| Problem::PhotoLost)?;
        let label = self.label(visit, of, ONLY);
        let sealed = envelope::seal(&self.key_now()?, label, &Uint8Array::new(&buffer)).await?;
        envelope::send(label, &sealed, None).await
    }

    async fn card_here(&self, visit: VisitId) -> Result<DraftCard, Problem> {
        self.store().draft_card(visit).await?.ok_or_else(gone)
    }
}

/// The draft was discarded a moment ago: the next list of drafts says so.
fn gone() -> Problem {
    Problem::StorageFailed { cause: "DraftGone".to_owned() }
}

fn json(content: &impl serde::Serialize) -> Result<Uint8Array, Problem> {
    let json =
        serde_json::to_vec(content).map_err(|error| Problem::Malformed { detail: error.to_string() })?;
    Ok(Uint8Array::from(json.as_slice()))
}
