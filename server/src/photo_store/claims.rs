//! One request at a time writes to an upload, and the newest one wins: when a phone loses its network and comes
//! back, its old request may still hang on the server, and must not keep the new one out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedMutexGuard, watch};

use super::UploadKey;

/// The uploads that requests are working on.
#[derive(Clone, Default)]
pub struct Claims {
    open: Arc<Mutex<HashMap<UploadKey, Arc<Turn>>>>,
}

struct Turn {
    /// How many requests have claimed the upload.
    newest: watch::Sender<u64>,
    working: Arc<tokio::sync::Mutex<()>>,
}

/// The right to work on an upload, until a newer request asks for it.
pub struct Claim {
    claims: Claims,
    key: UploadKey,
    mine: u64,
    newest: watch::Receiver<u64>,
    working: Option<OwnedMutexGuard<()>>,
}

impl Claims {
    /// Asks whoever works on the upload to stop, and waits until that is so.
    pub async fn claim(&self, key: UploadKey) -> Claim {
        let (mine, newest, working) = {
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            let turn = open
                .entry(key)
                .or_insert_with(|| Arc::new(Turn { newest: watch::Sender::new(0), working: Arc::default() }));
            let mut mine = 0;
            turn.newest.send_modify(|count| {
                *count += 1;
                mine = *count;
            });
            (mine, turn.newest.subscribe(), Arc::clone(&turn.working))
        };
        let working = Some(working.lock_owned().await);
        Claim { claims: self.clone(), key, mine, newest, working }
    }
}

impl Claim {
    /// Resolves when a newer request has asked for the upload.
    pub async fn superseded(&mut self) {
        let mine = self.mine;
        // The sender lives as long as anybody waits on it, so an error cannot happen; it would mean "stop" as well.
        let _ = self.newest.wait_for(|newest| *newest > mine).await;
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        let mut open = self.claims.open.lock().unwrap_or_else(PoisonError::into_inner);
        self.working = None;
        if *self.newest.borrow() == self.mine {
            open.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use xunan_core::clock::Instant;
    use xunan_core::digest::Digest;
    use xunan_core::ids::{AccountId, Entropy};

    #[tokio::test]
    async fn a_newer_request_stops_the_older_and_the_last_leaves_nothing_behind() {
        let claims = Claims::default();
        let account = AccountId::from_parts(Instant::from_unix_millis(0), Entropy(1));
        let key = UploadKey { account, digest: Digest::of(b"photo") };
        let mut first = claims.claim(key).await;
        let second = tokio::spawn({
            let claims = claims.clone();
            async move { claims.claim(key).await }
        });
        first.superseded().await;
        assert!(!second.is_finished());
        drop(first);
        drop(second.await.unwrap());
        assert!(claims.open.lock().unwrap().is_empty());
    }
}
