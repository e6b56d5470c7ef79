//! A record as the server keeps it: fetched, read by core, its receipt checked. Nothing of it is stored here.

use xunan_core::digest::Digest;
use xunan_core::ids::EntryId;
use xunan_core::log::{Body, Coverage, Receipt, SignatureVerdict, SignedEntry, SignedReceipt};
use xunan_core::problem::Problem;
use xunan_core::rules::{FireRules, Item, ItemId, Measure, Pack};
use xunan_core::sync::{KeptEntry, ReusedPhoto};
use xunan_core::visit::VisitRecord;

use super::times::Times;
use crate::browser::http::{Method, Request};
use crate::i18n::texts;
use crate::session::Phone;
use crate::sync::Sync;

/// A visit's record with everything that its page needs.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// The entry.
    pub entry: EntryId,
    /// The hash of its bytes as signed.
    pub hash: Digest,
    /// The record in it.
    pub record: VisitRecord,
    /// The checklist of the record's own edition; without it items show their codes.
    pub pack: Option<Pack>,
    /// The rule set by which the fire elements were counted.
    pub fire_rules: Option<FireRules>,
    /// What the server says of it.
    pub receipt: Trust,
    /// Between which times it and its photos came to be.
    pub times: Times,
    /// Photos of it that are used elsewhere too, or why that is not known. The record can be read without.
    pub reused: Result<Vec<ReusedPhoto>, Problem>,
}

/// What the server says of an entry, as far as it can be believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// Its receipt names the record and every photo, and is signed by the server's key.
    Verified(Box<Receipt>),
    /// There is a receipt, but it does not fit.
    DoesNotFit,
    /// There is none yet.
    None,
}

impl Kept {
    /// Fetches the record of an entry.
    ///
    /// # Errors
    /// The server's [`Problem`], or [`Problem::Malformed`] when what it keeps is no record of a visit.
    pub(super) async fn fetch(entry: EntryId, phone: Phone, sync: Sync) -> Result<Self, Problem> {
        let kept: KeptEntry = Request::plain(Method::Get, format!("/api/entries/{entry}")).json().await?;
        let malformed = |error: xunan_core::log::NotAJws| Problem::Malformed { detail: error.to_string() };
        let signed = SignedEntry::parse(&kept.entry).map_err(malformed)?;
        let Body::VisitSigned(record) = Body::of(signed.entry())? else {
            return Err(Problem::Malformed { detail: texts().desk().record_other().to_owned() });
        };
        let receipt = match &kept.receipt {
            Some(compact) => check(&SignedReceipt::parse(compact).map_err(malformed)?, &signed, sync).await?,
            None => Trust::None,
        };
        let store = phone.store();
        let named = &record.content().pack;
        // A record can be read without its checklist; where it cannot be fetched, codes stand in for the words.
        let pack = match sync.fetch_pack(named).await {
            Ok(()) => store.pack(named).await.ok().flatten(),
            Err(_) => None,
        };
        let fire_rules = match record.fire() {
            Some(fire) if sync.fetch_pack(&fire.rules).await.is_ok() => {
                store.fire_rules(&fire.rules).await.ok().flatten()
            }
            _ => None,
        };
        let came = match &receipt {
            Trust::Verified(receipt) => Some(receipt.came()),
            Trust::DoesNotFit | Trust::None => None,
        };
        let times = Times::of(&signed, &record, came, sync).await?;
        let reused = Request::plain(Method::Get, format!("/api/entries/{entry}/reuse")).json().await;
        let hash = signed.hash();
        Ok(Self { entry, hash, record: *record, pack, fire_rules, receipt, times, reused })
    }

    /// An item of the checklist, when its edition is here.
    pub(super) fn item(&self, id: &ItemId) -> Option<&Item> {
        self.pack.as_ref().and_then(|pack| pack.item(id.as_str()))
    }

    /// What people read for an item: its words, or its code.
    pub(super) fn item_text(&self, id: &ItemId) -> String {
        self.item(id).map_or_else(|| id.to_string(), |item| texts().lang().of(&item.text).to_owned())
    }

    /// The words for a measure, in the record's own edition.
    pub(super) fn measure(&self, measure: Measure) -> String {
        let own = self.pack.as_ref().and_then(|pack| pack.words().measures.get(&measure));
        own.map_or(texts().name().measure(measure), |text| texts().lang().of(text)).to_owned()
    }
}

async fn check(receipt: &SignedReceipt, entry: &SignedEntry, sync: Sync) -> Result<Trust, Problem> {
    let said = receipt.receipt();
    let photos = entry.entry().photo_digests();
    if said.covers(entry.entry().id, entry.hash(), &photos) != Coverage::Whole {
        return Ok(Trust::DoesNotFit);
    }
    Ok(match sync.verify_receipt(receipt).await? {
        SignatureVerdict::Fits => Trust::Verified(Box::new(said.clone())),
        _ => Trust::DoesNotFit,
    })
}
