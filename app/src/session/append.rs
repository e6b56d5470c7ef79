//! Giving what was done its place in this device's chain: sign, then write all of it in one transaction.
//!
//! What is signed is a [`Signable`]: here the bodies that every program writes, at the desk also those about citizens' reports.

use leptos::prelude::*;
use xunan_core::access::Account;
use xunan_core::ids::{EntryId, PhotoId, VisitId};
use xunan_core::ledger::{Folded, MemoryView, Row, fold};
use xunan_core::log::{Body, Entry, EntryBody, EntryDraft};
use xunan_core::outbox::Item;
use xunan_core::problem::Problem;
use xunan_core::rules::{FireRules, Pack};

use super::Phone;
use crate::browser::locks::{self, Asking};
use crate::browser::{Binary, clock, page_clock};
use crate::store::{DraftCard, DraftKey, Queued, SealRefused, Sealed, Work};

/// What can be signed as the body of an entry.
pub trait Signable: EntryBody {
    /// What its entry changes of the rows for those who look at this device now. The server says the last word.
    fn effect(&self, entry: &Entry, actor: &Account, view: &MemoryView<'_>) -> Vec<Row>;
}

impl Signable for Body {
    fn effect(&self, entry: &Entry, actor: &Account, view: &MemoryView<'_>) -> Vec<Row> {
        match fold(entry, self, actor, view, clock::now()) {
            Folded::Takes(rows) => rows,
            Folded::Without(_) => Vec::new(),
        }
    }
}

/// The draft that an entry closes.
#[derive(Clone, Debug)]
pub struct Closing {
    /// Its card.
    pub card: DraftCard,
    /// Photos that were taken back: their bytes may go.
    pub dropped: Vec<PhotoId>,
}

/// What is written together with an entry.
#[derive(Clone, Default)]
struct Along {
    draft: Option<(DraftCard, Vec<PhotoId>)>,
    work: Option<(DraftKey, Vec<PhotoId>)>,
    photo: Option<(PhotoId, Binary)>,
}

/// The lock of this device's chain: tabs sign one after the other.
const CHAIN_LOCK: &str = "xunan-chain";

/// How often another tab may be first. With the lock held it never is; without locks once is likely enough.
const TRIES: usize = 5;

impl Phone {
    /// Signs `body` as the next entry of this device's chain and stores it with everything that goes with it: the
    /// outbox item, the closing of its draft, its effect on the rows. After that sending is somebody else's business.
    ///
    /// `packs` and `fire_rules` are the rules that the body names: with them its effect is seen at once.
    ///
    /// # Errors
    /// A [`Problem`] in words: no key, storage full, storage failed. Nothing was written then; the draft is as before.
    pub async fn append(
        self,
        body: &impl Signable,
        title: &str,
        closing: Option<Closing>,
        packs: &[&Pack],
        fire_rules: &[&FireRules],
    ) -> Result<EntryId, Problem> {
        let visit = closing.as_ref().map(|closing| closing.card.visit);
        let draft = closing.map(|closing| (closing.card, closing.dropped));
        self.seal(body, title, visit, Along { draft, ..Along::default() }, packs, fire_rules).await
    }

    /// The same for a piece of work: what was typed and photographed for it goes over into the entry.
    ///
    /// # Errors
    /// As [`Phone::append`]; the piece of work is as before then.
    pub async fn append_work(
        self,
        body: &Body,
        title: &str,
        work: &Work,
        dropped: Vec<PhotoId>,
    ) -> Result<EntryId, Problem> {
        let along = Along { work: Some((work.key(), dropped)), ..Along::default() };
        self.seal(body, title, None, along, &[], &[]).await
    }

    /// As [`Phone::append`], with the bytes of the one photo that `body` is the first to name: entry and photo are
    /// written together, or neither.
    ///
    /// # Errors
    /// As [`Phone::append`].
    pub async fn append_photo(
        self,
        body: &impl Signable,
        title: &str,
        photo: PhotoId,
        jpeg: Binary,
    ) -> Result<EntryId, Problem> {
        let along = Along { photo: Some((photo, jpeg)), ..Along::default() };
        self.seal(body, title, None, along, &[], &[]).await
    }

    async fn seal(
        self,
        body: &impl Signable,
        title: &str,
        visit: Option<VisitId>,
        along: Along,
        packs: &[&Pack],
        fire_rules: &[&FireRules],
    ) -> Result<EntryId, Problem> {
        let store = self.store();
        let Some(device) = self.device() else { return Err(no_key()) };
        let Some(key) = store.signing_key().await? else { return Err(no_key()) };
        let _one_tab_at_a_time = locks::ask(CHAIN_LOCK, Asking::Wait, || ()).await;
        for _ in 0..TRIES {
            let upon = store.chain_end().await?;
            let now = clock::now();
            let id = EntryId::from_parts(now, clock::entropy());
            let time = store.device_time(now, page_clock::now()).await?;
            let entry = EntryDraft::new(upon.head, id, device.device, self.account().id, time, body)?;
            let signed = key.sign(entry.input.as_bytes()).await;
            let entry = entry.sign(signed.map_err(|refused| Problem::StorageFailed { cause: refused.name })?);
            let own_rows = self.rows.with_untracked(|rows| {
                body.effect(entry.entry(), &self.account(), &MemoryView { rows, packs, fire_rules })
            });
            let queued = Queued { device: device.device, visit, item: Item::new(&entry, title.to_owned()) };
            let Along { draft, work, photo } = along.clone();
            match store.seal(&Sealed { entry, upon, queued, draft, work, photo, own_rows }).await {
                Ok(()) => return Ok(id),
                Err(SealRefused::Overtaken) => {}
                Err(SealRefused::Store(failed)) => return Err(failed.into()),
            }
        }
        Err(Problem::StorageFailed { cause: "Overtaken".to_owned() })
    }
}

fn no_key() -> Problem {
    Problem::StorageFailed { cause: "NoKey".to_owned() }
}
