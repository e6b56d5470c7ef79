//! What inbox and server send each other.

use serde::{Deserialize, Serialize};

use super::message::{Notice, NoticeId};
use crate::clock::Instant;

/// `GET /api/notices?after=…&limit=…`: a page of the own inbox, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InboxPage {
    /// The notices of this page.
    pub notices: Vec<InboxItem>,
    /// Where the next page begins; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
    /// Unread ones of the whole inbox, at most 100.
    pub unread: u32,
}

/// One notice in an inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InboxItem {
    /// Its place in the inbox.
    pub place: u64,
    /// The notice.
    pub notice: Notice,
    /// When it came.
    pub came: Instant,
    /// When it was read; absent while it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<Instant>,
}

/// `POST /api/notices/read`: these were opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadNotices {
    /// Which, at most 500.
    pub notices: Vec<NoticeId>,
}

/// `GET /api/notices/{id}/receipts`: who got a notice, for its sender's office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadReceipt {
    /// The person's name.
    pub name: String,
    /// The organisation.
    pub organisation: String,
    /// Whether it was read.
    pub reading: Reading,
}

/// Whether somebody has read a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Not yet.
    Unread,
    /// Since then.
    Read {
        /// When it was opened.
        at: Instant,
    },
}

/// `POST /api/push-subscriptions`: where a browser takes Web Push messages, as `PushSubscription.toJSON()` says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PushSubscription {
    /// The address at the browser's push service.
    pub endpoint: String,
    /// The browser's public key, P-256, uncompressed, base64url.
    pub p256dh: String,
    /// The browser's secret, 16 bytes, base64url.
    pub auth: String,
}

/// `GET /api/push-key`: the public key of the server, as a browser's push manager wants it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PushKey {
    /// An uncompressed point of P-256, base64url; absent while Web Push is off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// `DELETE /api/push-subscriptions`: which one ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EndedSubscription {
    /// Its address.
    pub endpoint: String,
}
