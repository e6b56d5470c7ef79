//! How far one photo is.

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::ids::PhotoId;
use crate::problem::Problem;

/// How far one photo is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoDelivery {
    /// The photo.
    pub id: PhotoId,
    /// The hash of its stored bytes.
    pub digest: Digest,
    /// Their number.
    pub size_bytes: u64,
    /// How far it is.
    pub state: PhotoState,
}

/// How far a photo is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoState {
    /// Not begun.
    Waiting,
    /// Part of it has arrived.
    Partly {
        /// Where the server keeps the upload.
        upload: String,
        /// Bytes that arrived.
        sent_bytes: u64,
    },
    /// The server has it.
    Arrived,
    /// A person must look at it.
    Refused {
        /// Why.
        problem: Problem,
    },
}

impl PhotoDelivery {
    /// Bytes that have yet to arrive.
    pub const fn bytes_left(&self) -> u64 {
        match &self.state {
            PhotoState::Waiting | PhotoState::Refused { .. } => self.size_bytes,
            PhotoState::Partly { sent_bytes, .. } => self.size_bytes.saturating_sub(*sent_bytes),
            PhotoState::Arrived => 0,
        }
    }
}
