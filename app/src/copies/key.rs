//! The keys of the copies: that of the password at sign-in, and that of the one before.

use std::collections::BTreeMap;

use js_sys::Uint8Array;
use xunan_core::ids::AccountId;
use xunan_core::problem::Problem;
use xunan_core::sealing::shadow::salt;
use xunan_core::sealing::{IV_BYTES, KDF_ROUNDS};

use crate::browser::sealing::{SealingKey, random};
use crate::browser::{Binary, Refused};
use crate::store::{CopiesKeys, Store};

/// What the probe encrypts, and what is bound to it. No copy has such a label.
const PROBE: &[u8] = b"xunan-shadow-v1 probe";

/// The key of a password.
///
/// # Errors
/// [`Problem::StorageFailed`] where the browser has no WebCrypto.
pub(super) async fn derive(account: AccountId, password: &str) -> Result<SealingKey, Problem> {
    SealingKey::derive(password, salt(account).as_bytes(), KDF_ROUNDS).await.map_err(refused)
}

/// Whether what encrypts is another key than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    AsBefore,
    Another,
}

/// Takes over the key that sign-in, or a change of the password, has made. When it is another than before, the one before
/// stays to open older copies, and everything is copied again under the new one.
///
/// # Errors
/// A [`Problem`] of browser or storage: then no copies are made, and "Me" says so.
pub(super) async fn take_given(store: &Store) -> Result<Taken, Problem> {
    let Some(given) = store.given_key().await? else { return Ok(Taken::AsBefore) };
    let (keys, copied, taken) = match store.copies_keys().await? {
        Some(before) if opens_probe(&given, &before.probe).await => {
            (before, BTreeMap::new(), Taken::AsBefore)
        }
        before => {
            let probe = probe(&given).await.map_err(refused)?;
            let copied = store.copied().await?.into_iter();
            let copied = copied.map(|(visit, it)| (visit, it.under_another_key())).collect();
            let keys = CopiesKeys { current: given, probe, old: before.map(|before| before.current) };
            (keys, copied, Taken::Another)
        }
    };
    store.save_copies_keys(&keys, &copied).await?;
    Ok(taken)
}

async fn probe(key: &SealingKey) -> Result<Binary, Refused> {
    let iv: [u8; IV_BYTES] = random()?;
    let sealed = key.seal(iv, PROBE, &Uint8Array::from(PROBE)).await?;
    Binary::new(&[iv.as_slice(), &sealed.to_vec()].concat(), "application/octet-stream")
}

async fn opens_probe(key: &SealingKey, probe: &Binary) -> bool {
    let Ok(bytes) = probe.bytes().await else { return false };
    let Some((iv, sealed)) = bytes.split_first_chunk::<IV_BYTES>() else { return false };
    key.open(*iv, PROBE, &Uint8Array::from(sealed)).await.is_ok()
}

pub(super) fn refused(refused: Refused) -> Problem {
    Problem::StorageFailed { cause: refused.name }
}
