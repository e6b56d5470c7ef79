//! The steps that send, as a part of the program that is fetched when there is something to send: a first visit only
//! pulls.

use std::future::Future;
use std::pin::Pin;

use leptos::wasm_split::{SplitLoaderError, wasm_split};
use xunan_core::ids::EntryId;
use xunan_core::log::SignedReceipt;
use xunan_core::problem::Problem;
use xunan_core::sync::{Event, Upload};

use super::Sync;

/// One step of sending.
pub(super) enum Outgoing {
    Push(Vec<EntryId>),
    Photo(Upload),
    AskForReceipt(EntryId),
    CheckReceipt(Box<SignedReceipt>),
}

/// Does one step.
type Sending = fn(Sync, Outgoing) -> Pin<Box<dyn Future<Output = Result<Event, Problem>>>>;

impl Sync {
    /// Does a step of sending. The part that does it comes with the shell; where it did not, the network is missing.
    pub(super) async fn send(self, step: Outgoing) -> Result<Event, Problem> {
        match sending_part().await {
            Ok(send) => send(self, step).await,
            Err(_) => Err(Problem::Unreachable),
        }
    }

    async fn send_now(self, step: Outgoing) -> Result<Event, Problem> {
        match step {
            Outgoing::Push(entries) => self.push(&entries).await,
            Outgoing::Photo(upload) => self.upload(&upload).await,
            Outgoing::AskForReceipt(entry) => self.fetch_receipt(entry).await,
            Outgoing::CheckReceipt(receipt) => self.check_receipt(&receipt).await,
        }
    }
}

/// Pushing, uploading, receipts.
#[wasm_split(sending, wasm_split_path = leptos::wasm_split, fallible)]
fn sending_part() -> Result<Sending, SplitLoaderError> {
    Ok(|sync, step| Box::pin(sync.send_now(step)))
}
