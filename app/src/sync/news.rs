//! News in: rows page by page, then the packs that they name.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::value::RawValue;
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::ids::EntryId;
use xunan_core::ledger::{Cursor, Row};
use xunan_core::problem::Problem;
use xunan_core::rules::PackRef;
use xunan_core::sync::{Event, More, Pulled};

use super::Sync;
use crate::browser::clock;
use crate::browser::http::{Method, Request};
use crate::store::Contact;
use crate::work::keep_pictures;

/// Rows in one answer: some 200 KB.
const PAGE_ROWS: u32 = 300;

impl Sync {
    /// Pulls one page. What was acknowledged before the pull began is part of its rows, so this phone's own versions
    /// of them go when the last page is here.
    pub(super) async fn pull(self, after: Cursor) -> Result<Event, Problem> {
        let store = self.phone.store();
        let acknowledged: Vec<EntryId> = store.acknowledged_with_own_rows().await?;
        let (cursor, more) = self.pull_page(after).await?;
        if more == More::No {
            store.drop_own_rows(&acknowledged).await?;
            let phone = self.phone;
            // Beside the engine, which goes on: photos for the basement are fetched when there is nothing to send.
            spawn_local(async move { keep_pictures(phone).await });
        }
        Ok(Event::Pulled { cursor, more })
    }

    /// Pulls one page and stores it. After the last page every pack that the rows name is here.
    pub(super) async fn pull_page(self, after: Cursor) -> Result<(Cursor, More), Problem> {
        let store = self.phone.store();
        let path = format!("/api/pull?after={}&limit={PAGE_ROWS}", after.0);
        let pulled: Pulled<Box<RawValue>> = Request::plain(Method::Get, path).json().await?;
        if pulled.cursor < after {
            return Err(Problem::NotOurServer { status: 200 });
        }
        let last = match pulled.more {
            More::Yes => self.phone.contact.get_untracked().and_then(|contact| contact.pulled),
            More::No => Some(clock::now()),
        };
        let mut rows = Vec::with_capacity(pulled.rows.len());
        for text in &pulled.rows {
            // A kind of a later version: that one, once it is here, fetches all rows anew.
            let Ok(row) = serde_json::from_str(text.get()) else { continue };
            if let Row::Pack { pack, .. } = &row {
                self.fetch_pack(pack).await?;
            }
            rows.push((row, text.get()));
        }
        let contact = Contact { server_time: pulled.server_time, device_time: clock::now(), pulled: last };
        store.save_rows(&rows, pulled.cursor, &contact).await?;
        self.phone.contact.set(Some(contact));
        if pulled.more == More::No {
            self.fetch_packs().await?;
        }
        Ok((pulled.cursor, pulled.more))
    }

    /// Fetches whatever pack is named and not here, or no longer what it was.
    async fn fetch_packs(self) -> Result<(), Problem> {
        for pack in self.phone.store().named_packs().await? {
            self.fetch_pack(&pack).await?;
        }
        Ok(())
    }

    /// Fetches a pack by its hash, unless it is here.
    ///
    /// # Errors
    /// [`Problem::NotOurServer`] when what came has another hash; whatever kept it from coming or being stored.
    pub(crate) async fn fetch_pack(self, pack: &PackRef) -> Result<(), Problem> {
        let store = self.phone.store();
        if store.has_pack(pack).await? {
            return Ok(());
        }
        let request = Request::plain(Method::Get, format!("/api/packs/{}", pack.hash.hex()));
        let response = request.send().await?.good().await?;
        let bytes = response.bytes().await?;
        if Digest::of(&bytes) != pack.hash {
            return Err(Problem::NotOurServer { status: response.status });
        }
        let text = String::from_utf8(bytes).map_err(|_| Problem::NotOurServer { status: response.status })?;
        Ok(store.save_pack(pack.hash, &text).await?)
    }

    /// Notes that the server answered, and what its clock said.
    pub(super) async fn note_contact(
        self,
        server_time: Instant,
        pulled: Option<Instant>,
    ) -> Result<(), Problem> {
        let pulled = pulled.or_else(|| self.phone.contact.get_untracked().and_then(|contact| contact.pulled));
        let contact = Contact { server_time, device_time: clock::now(), pulled };
        self.phone.store().save_contact(&contact).await?;
        self.phone.contact.set(Some(contact));
        Ok(())
    }
}
