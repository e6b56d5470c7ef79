//! With whose keys a package is checked: those that were given from outside; or, when it comes from a server that nobody
//! here knows, the keys that it brings along.
//!
//! An unknown server is no forgery: nothing of the package says that it is of a server whose keys are known. As soon as
//! one signature in it, or one key that it brings along, is of a known server, the known keys count alone, and whatever
//! else is signed is [`Fault::ForeignKey`](super::Fault::ForeignKey).

use std::collections::BTreeMap;

use super::verification::Trust;
use super::{FileName, KeySet, Lack};
use crate::log::{
    ContentsStatement, DeviceStatement, Root, SignedEntry, SignedReceipt, SignedServerTime, SignedStatement,
    Statement,
};

/// The keys that count as the server's, and what is missing when they are not known from elsewhere. `inside` are those
/// that the package brings along, `texts` its files.
pub(super) fn keys_for(
    trust: &Trust,
    inside: KeySet,
    texts: &BTreeMap<FileName, String>,
) -> (KeySet, Option<Lack>) {
    match trust {
        Trust::Given(known) => match author(known, &inside, texts) {
            Author::Stranger => (inside, Some(Lack::ServerUnknown)),
            Author::KnownOrNobody => (known.clone(), None),
        },
        Trust::WhateverIsInside if inside.0.is_empty() => (inside, Some(Lack::NoServerKeys)),
        Trust::WhateverIsInside => (inside, Some(Lack::ServerKeysUnconfirmed)),
    }
}

/// Who a package says it is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Author {
    /// A server whose keys are known; or no server has signed anything in it.
    KnownOrNobody,
    /// A server, and none whose keys are known.
    Stranger,
}

fn author(known: &KeySet, inside: &KeySet, texts: &BTreeMap<FileName, String>) -> Author {
    let is_known = |kid: &str| known.key(kid).is_some();
    if known.0.is_empty() || inside.0.iter().any(|key| is_known(&key.thumbprint())) {
        return Author::KnownOrNobody;
    }
    let mut author = Author::KnownOrNobody;
    for kid in texts.iter().filter_map(|(name, text)| signer(*name, text)) {
        if is_known(&kid) {
            return Author::KnownOrNobody;
        }
        author = Author::Stranger;
    }
    author
}

/// What the key is called with which a server signed this file, or the time in it. Nothing is verified here.
fn signer(name: FileName, text: &str) -> Option<String> {
    match name {
        FileName::Contents => kid::<ContentsStatement>(text),
        FileName::Device(_) => kid::<DeviceStatement>(text),
        FileName::Root(_) => kid::<Root>(text),
        FileName::Receipt(_) => SignedReceipt::parse(text).ok().map(|signed| signed.kid().to_owned()),
        FileName::Entry(_) => {
            let entry = SignedEntry::parse(text).ok()?;
            let anchor = entry.entry().time.anchor.as_ref()?;
            SignedServerTime::parse(&anchor.token).ok().map(|signed| signed.kid().to_owned())
        }
        _ => None,
    }
}

fn kid<S: Statement>(text: &str) -> Option<String> {
    SignedStatement::<S>::parse(text).ok().map(|signed| signed.kid().to_owned())
}
