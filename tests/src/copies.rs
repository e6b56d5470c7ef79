//! The copies of an account's drafts, opened as `docs/shadow-copies.md` says, with cryptography that is not the
//! product's.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use ring::{aead, pbkdf2};
use serde_json::Value;
use xunan_core::sync::{KeptShadow, KeptShadows, SignedIn};

use crate::http::Http;

/// How long a copy may take to come: a draft is copied twice a minute at most.
const PATIENCE: Duration = Duration::from_secs(120);

/// Somebody who knows login and password.
pub struct Copies {
    http: Http,
    account: String,
    key: aead::LessSafeKey,
}

impl std::fmt::Debug for Copies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Copies").field("account", &self.account).finish_non_exhaustive()
    }
}

impl Copies {
    /// Signs in and derives the key.
    ///
    /// # Panics
    /// When the server does not let this login in.
    pub async fn of(port: u16, login: &str, password: &str) -> Self {
        let http = Http::to_port(port).signed_in(login, password).await;
        let SignedIn { account, .. } = http.get("/api/session").await.json();
        let account = account.id.to_string();
        let mut key = [0; 32];
        let rounds = NonZeroU32::new(600_000).expect("not zero");
        let salt = format!("xunan-shadow-v1:{account}");
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, rounds, salt.as_bytes(), password.as_bytes(), &mut key);
        let key = aead::UnboundKey::new(&aead::AES_256_GCM, &key).expect("32 bytes");
        Self { http, account, key: aead::LessSafeKey::new(key) }
    }

    /// What the server keeps.
    pub async fn kept(&self) -> Vec<KeptShadow> {
        let kept: KeptShadows = self.http.get("/api/shadows").await.json();
        kept.shadows
    }

    /// A copy's content; `None` when this password does not open it.
    ///
    /// # Panics
    /// When it has not the form of the document.
    pub async fn open(&self, copy: &KeptShadow) -> Option<Vec<u8>> {
        let mut bytes =
            self.http.get(&format!("/api/shadows/{}/{}", copy.visit, copy.name)).await.body.to_vec();
        assert_eq!(bytes[0], 1, "the format");
        let version = u64::from_le_bytes(bytes[1..9].try_into().expect("8 bytes"));
        let iv = aead::Nonce::try_assume_unique_for_key(&bytes[9..21]).expect("12 bytes");
        let additional =
            format!("xunan-shadow-v1\n{}\n{}\n{}\n{version}", self.account, copy.visit, copy.name);
        let plain = self.key.open_in_place(iv, aead::Aad::from(additional), &mut bytes[21..]).ok()?;
        Some(plain.to_vec())
    }

    /// The only draft's copy, as JSON; `None` while there is none, or when this password does not open it.
    pub async fn draft(&self) -> Option<Value> {
        let kept = self.kept().await;
        let draft = kept.iter().find(|it| it.name.as_str() == "draft")?;
        serde_json::from_slice(&self.open(draft).await?).ok()
    }

    /// Waits until the only draft's copy, and the names of all copies, are as somebody wants them.
    ///
    /// # Panics
    /// When they are not in time.
    pub async fn draft_becomes(&self, what: &str, wanted: impl Fn(&Value, &[String]) -> bool) -> Value {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let names: Vec<String> = self.kept().await.iter().map(|it| it.name.to_string()).collect();
            if let Some(draft) = self.draft().await
                && wanted(&draft, &names)
            {
                return draft;
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        panic!("no copy with {what}; there are {:?}", self.kept().await);
    }

    /// Waits until there are copies, and each of them opens with this password.
    ///
    /// # Panics
    /// When one does not in time.
    pub async fn all_open(&self) {
        let begun = Instant::now();
        let mut locked = Vec::new();
        while begun.elapsed() < PATIENCE {
            let kept = self.kept().await;
            locked.clear();
            for copy in &kept {
                if self.open(copy).await.is_none() {
                    locked.push(copy.name.to_string());
                }
            }
            if !kept.is_empty() && locked.is_empty() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        panic!("these do not open: {locked:?}");
    }

    /// Waits until nothing is kept any more.
    ///
    /// # Panics
    /// When something still is after a while.
    pub async fn gone(&self) {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if self.kept().await.is_empty() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        panic!("still there: {:?}", self.kept().await);
    }
}

/// How many copies have a name that begins so.
pub fn named(names: &[String], prefix: &str) -> usize {
    names.iter().filter(|name| name.starts_with(prefix)).count()
}
