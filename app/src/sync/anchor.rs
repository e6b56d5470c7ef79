//! What time it is: the server's signed word on it, fetched whenever there is a network, and a watch over the wall clock.

use std::cell::Cell;
use std::rc::Rc;

use leptos::task::spawn_local;
use xunan_core::clock::Span;
use xunan_core::evidence::Anchor;
use xunan_core::log::{Nonce, SignedServerTime};
use xunan_core::problem::Problem;
use xunan_core::sync::{AskTime, ToldTime};

use super::engine::Engine;
use crate::browser::http::Request;
use crate::browser::{clock, page, page_clock};

/// Within a page's life the page's clock carries the server's word on, as long as the phone does not sleep.
const RENEW_AFTER_MS: u64 = 10 * 60 * 1000;

/// How often wall and page are compared.
const COMPARE_EVERY_MS: u32 = 20_000;

/// Longer than any phone sleeps.
const ANY_SLEEP: Span = Span::days(3650);

impl Engine {
    /// Fetches a time token when the one at hand is of another page life, or old.
    ///
    /// # Errors
    /// Whatever kept it from coming: the older one goes on to bound, only less closely.
    pub(super) async fn renew_anchor(&self) -> Result<(), Problem> {
        let now = page_clock::now();
        let fresh = self
            .store()
            .anchored()
            .await?
            .is_some_and(|got| got.life == now.life && now.ms.saturating_sub(got.ms) < RENEW_AFTER_MS);
        if fresh {
            return Ok(());
        }
        let nonce = Nonce::from_bytes(clock::random_bytes());
        let ToldTime { token } = Request::post_json("/api/time", &AskTime { nonce })?.json().await?;
        // Whether the signature fits is for whoever verifies the record to say, with keys that this phone cannot vouch
        // for; here it only has to be the answer to this question.
        match SignedServerTime::parse(&token) {
            Ok(said) if said.payload().nonce == nonce => {
                let anchor = Anchor { token, got: page_clock::now() };
                Ok(self.store().save_anchor(anchor, clock::now()).await?)
            }
            _ => Err(Problem::NotOurServer { status: 200 }),
        }
    }

    /// Compares the wall clock with the page's, for as long as the page lives.
    pub(super) fn watch_clocks(&self) {
        let watched = Rc::new(Cell::new(Watched::Throughout));
        let paused = Rc::clone(&watched);
        page::on_shown(move || paused.set(Watched::WithPause));
        let store = self.store();
        spawn_local(async move {
            loop {
                let asleep = match watched.replace(Watched::Throughout) {
                    Watched::Throughout => Span::ZERO,
                    Watched::WithPause => ANY_SLEEP,
                };
                // A full disk is said where something is lost by it; a jump that could not be noted is noted next time.
                let _ = store.compare_clocks(clock::now(), page_clock::now(), asleep).await;
                clock::sleep_millis(COMPARE_EVERY_MS).await;
            }
        });
    }
}

/// Whether the page was on the screen since clocks were last compared: a phone sleeps only when it is not.
#[derive(Clone, Copy)]
enum Watched {
    Throughout,
    WithPause,
}
