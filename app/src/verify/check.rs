//! Checking a file: piece by piece, with pauses, so that the page stays alive however large the package is.

use std::collections::BTreeMap;

use leptos::prelude::*;
use xunan_core::digest::Digest;
use xunan_core::package::{FileName, KeySet, Needs, NotAPackage, Report, Trust, Verification};

use super::es256::RustCrypto;
use super::keys_file::Chosen;
use crate::browser::binary::ObjectUrl;
use crate::browser::http::{Method, Request};
use crate::browser::{Binary, Refused, clock};
use crate::shell::State;

/// Where the server's keys came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum KeysFrom {
    /// A file that somebody chose.
    File(KeySet),
    /// This phone was told them when it was enrolled.
    Enrolment,
    /// This site gave them just now.
    ThisSite,
    /// The package itself.
    Package,
}

/// A package that was checked.
pub(super) struct Checked {
    pub(super) report: Report,
    pub(super) keys: KeysFrom,
    /// Its photos, to look at.
    pub(super) pictures: BTreeMap<Digest, ObjectUrl>,
}

/// Why a file was not checked.
#[derive(Clone, Debug)]
pub(super) enum NotChecked {
    NotAPackage(NotAPackage),
    Unreadable(Refused),
}

/// Checks a file with the `chosen` keys; tells `progress` how much of it has been read, in percent.
pub(super) async fn check(
    file: &Binary,
    chosen: Chosen,
    progress: RwSignal<u32>,
) -> Result<Checked, NotChecked> {
    let (trust, keys) = match chosen {
        Chosen::File(keys) => (Trust::Given(keys.clone()), KeysFrom::File(keys)),
        Chosen::ThisSites => trust().await,
    };
    let length = file.size_bytes();
    let mut verification = Verification::begin(length, trust, RustCrypto);
    let mut pictures = BTreeMap::new();
    let mut rested = clock::now();
    loop {
        match verification.needs() {
            Needs::Bytes(range) => {
                let piece = file.piece(range.start, range.end).map_err(NotChecked::Unreadable)?;
                let bytes = piece.bytes().await.map_err(NotChecked::Unreadable)?;
                let read = verification.take(&bytes).map_err(NotChecked::NotAPackage)?;
                if let Some(FileName::Photo(digest)) = read.map(|read| read.name)
                    && let Ok(address) = Binary::new(&bytes, "image/jpeg").and_then(|jpeg| jpeg.object_url())
                {
                    pictures.insert(digest, address);
                }
            }
            Needs::Time => verification.work(),
            Needs::Nothing => return Ok(Checked { report: verification.finish(), keys, pictures }),
        }
        // Thirty milliseconds of work at a time leave touches unnoticed by nobody.
        if clock::now().since(rested).as_millis() > 30 {
            let percent = verification.bytes_read() * 100 / length.max(1);
            progress.set(u32::try_from(percent).unwrap_or(100));
            clock::sleep_millis(0).await;
            rested = clock::now();
        }
    }
}

/// The keys of this site's server from the best source that there is now.
async fn trust() -> (Trust, KeysFrom) {
    let device = State::find().and_then(|state| state.phone()?.device());
    let enrolled = device.map(|device| device.server_keys).unwrap_or_default();
    if !enrolled.is_empty() {
        let keys = KeySet(enrolled.into_iter().map(|published| published.key).collect());
        return (Trust::Given(keys), KeysFrom::Enrolment);
    }
    match fetched().await {
        Some(keys) => (Trust::Given(keys), KeysFrom::ThisSite),
        None => (Trust::WhateverIsInside, KeysFrom::Package),
    }
}

async fn fetched() -> Option<KeySet> {
    let response = Request::plain(Method::Get, "/.well-known/jwks.json").send().await.ok()?;
    KeySet::parse(&response.good().await.ok()?.text().await.ok()?).ok()
}
