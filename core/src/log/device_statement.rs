//! The server's word on a device: which key is its own, since when, and until when.

use serde::{Deserialize, Serialize};

use super::PublicKey;
use super::jws::Content;
use super::statement::{SignedStatement, Stated, StatementDraft};
use crate::clock::Instant;
use crate::ids::DeviceId;

/// The JSON that the server signs about a device (`typ` `xunan-device+jws`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceStatement {
    /// Version of this format: 1.
    pub v: u8,
    /// The device.
    pub device: DeviceId,
    /// The public half of its key.
    pub key: PublicKey,
    /// When it was enrolled, by the server's clock.
    pub enrolled: Instant,
    /// When its key was revoked, by the server's clock. What came later is not the device's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Instant>,
    /// When this was said, by the server's clock: a revocation that came later is not in it.
    pub at: Instant,
}

impl DeviceStatement {
    /// The version of this format.
    pub const VERSION: u8 = 1;
}

impl Stated for DeviceStatement {
    const CONTENT: Content = Content::Device;
    const VERSION: u8 = Self::VERSION;

    fn version(&self) -> u8 {
        self.v
    }
}

/// A statement on a device that waits for the server's signature.
pub type DeviceStatementDraft = StatementDraft<DeviceStatement>;

/// A statement on a device with its bytes exactly as signed. Parsed, not yet verified.
pub type SignedDeviceStatement = SignedStatement<DeviceStatement>;
