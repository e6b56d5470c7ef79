//! What can be found out about a package, an entry or a photo: proven, only claimed, missing for a proof, broken. Each
//! has a number that people quote; the words are in `words`.

use serde::Serialize;

use super::FileName;
use crate::clock::{Instant, Span};
use crate::digest::Digest;
use crate::evidence::{CameraWay, FileClaims, Position};
use crate::ids::{AccountId, DeviceId, EntryId};
use crate::problem::Problem;

/// What has been shown, and would be found out if it were otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "proven", rename_all = "snake_case")]
pub enum Proof {
    /// The entry is exactly as the device's key signed it.
    Signed {
        /// The device.
        device: DeviceId,
    },
    /// The server vouches that this key is the device's.
    DeviceVouched {
        /// Since when, by the server's clock.
        enrolled: Instant,
    },
    /// The server had the entry with all its photos, and gave it a place in its ledger.
    Received {
        /// When, by the server's clock: it was written earlier.
        at: Instant,
        /// The place.
        position: u64,
    },
    /// The server vouches for the place in the device's chain.
    ChainPlace {
        /// The place, from 1.
        seq: u64,
    },
    /// It follows this entry of the package directly.
    Follows {
        /// The entry before.
        entry: EntryId,
    },
    /// The grades come out the same when they are worked out anew with the rules in the package.
    Regraded {
        /// The hash of the rules.
        rules: Digest,
    },
    /// It happened in this span of time, by the server's signatures alone.
    Between {
        /// Not before.
        from: Option<Instant>,
        /// Not after.
        to: Option<Instant>,
    },
    /// The receipt is in the server's log of all receipts, under a root that the server signed.
    InLog {
        /// How many receipts were under the root.
        size: u64,
        /// When it was signed, by the server's clock.
        at: Instant,
    },
    /// The photo's bytes are those whose hash was signed.
    PhotoUnchanged,
    /// The receipt names the photo: the server held it then.
    PhotoReceived,
    /// Nothing that the server put into the package has been taken out of it.
    Complete {
        /// When the package was made, by the server's clock.
        at: Instant,
    },
}

/// What somebody said and nobody can check from the package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "claimed", rename_all = "snake_case")]
pub enum Claim {
    /// What the device's clock showed. Its owner can set it.
    DeviceClock {
        /// The time that it showed.
        at: Instant,
    },
    /// The clock showed a later time than that at which the server had the entry.
    ClockAhead {
        /// By how much.
        by: Span,
    },
    /// The clock showed a time before the device's last contact.
    ClockBehind {
        /// By how much.
        by: Span,
    },
    /// Whose account it was. The signature proves the device, not the hand that held it.
    Actor {
        /// The account.
        account: AccountId,
    },
    /// The place in the device's chain, by the device alone.
    ChainPlace {
        /// The place, from 1.
        seq: u64,
    },
    /// When the photo was taken, by the device's clock.
    PhotoTaken {
        /// The time.
        at: Instant,
    },
    /// How the photo came into the app.
    CameraWay {
        /// The way.
        way: CameraWay,
    },
    /// Where it was taken, by the phone.
    Position {
        /// The place, and what speaks against it.
        position: Box<Position>,
    },
    /// What the picture file said of itself.
    File {
        /// All of it.
        claims: FileClaims,
    },
    /// The device's clock was put forward or back shortly before.
    ClockJumped {
        /// By how much; positive when it was put forward.
        by: Span,
    },
}

/// What is missing, so that something stays unproven. Nothing of it is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "lacking", rename_all = "snake_case")]
pub enum Lack {
    /// The server's keys came inside the package, and nobody gave any from outside.
    ServerKeysUnconfirmed,
    /// Signed by a server whose keys are not known here. It was checked with the keys that came inside the package, if any.
    ServerUnknown,
    /// There are no keys of a server, neither inside nor from outside.
    NoServerKeys,
    /// The server does not say what was in the package: entries may have been taken out.
    NoContents,
    /// The entry has no receipt: the server may never have seen it.
    NoReceipt,
    /// The receipt could not be checked: there is no key of a server.
    ReceiptUnchecked,
    /// Nothing shows that the receipt is in the server's log of all receipts: the server may have told others otherwise.
    NotInLog,
    /// The device's key came inside the package, and no server vouches for it.
    DeviceNotVouched,
    /// The photo's bytes are not in the package.
    PhotoAbsent,
    /// The rules by which the record was graded are not in the package.
    RulesAbsent {
        /// Their hash.
        rules: Digest,
    },
    /// The rules are in the package, but of a format that this program does not know.
    RulesUnknown {
        /// Their hash.
        rules: Digest,
    },
    /// An entry of a kind that this program does not know: its content was not looked into.
    UnknownKind {
        /// The kind.
        kind: String,
    },
    /// The server has it, and says that it takes no effect.
    WithoutEffect {
        /// Why.
        problem: Problem,
    },
    /// Entries of the same device before this one are not in the package, though earlier ones are.
    Gap {
        /// The first place that is missing.
        from: u64,
        /// The last.
        to: u64,
    },
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    // How the files lie in the package.
    /// The bytes before the file are not those that belong there.
    Header {
        /// What the file is called there, if it is another name.
        #[serde(skip_serializing_if = "Option::is_none")]
        called: Option<FileName>,
    },
    /// The checksum is not that of the file's bytes.
    Checksum,
    /// The file's record in the directory is not the one that belongs there.
    Record,
    /// The end of the package is not the one that belongs there, or something follows it.
    End,
    /// The package is cut off, or cannot be read further, in or after this file.
    CutOff,
    /// The file stands where it does not belong, or twice.
    OutOfOrder,
    /// The file is larger than such a file can be, and was not read.
    TooLarge,
    /// A file that every package has is missing.
    FileMissing,

    // What is in a file.
    /// The text is none that we ever wrote.
    OtherText,
    /// The file cannot be read as what its name says.
    Unreadable {
        /// Why.
        detail: String,
    },
    /// The file says of itself that it belongs to something else: it was put here under another name.
    OtherName {
        /// What it says it is.
        says: String,
    },
    /// The bytes do not have the hash that the name and whatever was signed promise.
    OtherBytes {
        /// The hash that they have.
        found: Digest,
    },
    /// Nothing in the package has to do with this file.
    Stray,
    /// Signed with a key that is none of the server's.
    ForeignKey {
        /// What the key is called.
        kid: String,
    },
    /// The signature does not fit: this was changed, or somebody else signed it.
    BadSignature,

    // What an entry says and what is said of it.
    /// The package has no key to check the entry's signature with.
    NoDeviceKey,
    /// Two files of the package give the device different keys.
    TwoDeviceKeys,
    /// The device's key was revoked before the server had the entry, or the server never had it.
    Revoked {
        /// When.
        at: Instant,
    },
    /// The receipt is from before the device was enrolled.
    BeforeEnrolment,
    /// The receipt is about another entry, or another content of this one.
    OtherReceipt,
    /// The receipt does not name every photo.
    ReceiptLacksPhotos,
    /// The receipt gives the entry a place in the ledger that another one has.
    PlaceTaken {
        /// The other entry.
        by: EntryId,
    },
    /// The entry before it in the device's chain is another one than it names.
    OtherPredecessor {
        /// The entry that stands before it in the package.
        entry: EntryId,
    },
    /// Another entry has the same place in the device's chain.
    Forked {
        /// The other entry.
        with: EntryId,
    },
    /// The content of the entry does not make sense, or its grades come out otherwise.
    Content {
        /// What is wrong.
        problem: Problem,
    },
    /// The proof does not lead from the receipt to the root.
    ProofFails,
    /// The root that the proof leads to is not in the package.
    RootMissing {
        /// How many receipts are under it.
        size: u64,
    },
    /// The server's time in the entry is not signed by the server.
    ForgedTime,
    /// The server put this entry into the package, and it is not here.
    Removed,
    /// The server did not put this entry into the package.
    Added,
}

/// Something wrong, and the file that it is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// The file; `None` for the end of the package, which belongs to no file.
    pub file: Option<FileName>,
    /// What is wrong with it.
    #[serde(flatten)]
    pub fault: Fault,
}

impl Broken {
    /// A fault in a file.
    pub(super) const fn of(file: FileName, fault: Fault) -> Self {
        Self { file: Some(file), fault }
    }
}

impl Proof {
    /// The number that people quote.
    pub const fn number(&self) -> &'static str {
        match self {
            Self::Signed { .. } => "P.1",
            Self::DeviceVouched { .. } => "P.2",
            Self::Received { .. } => "P.3",
            Self::ChainPlace { .. } => "P.4",
            Self::Follows { .. } => "P.5",
            Self::Regraded { .. } => "P.6",
            Self::PhotoUnchanged => "P.7",
            Self::PhotoReceived => "P.8",
            Self::Complete { .. } => "P.9",
            Self::Between { .. } => "P.10",
            Self::InLog { .. } => "P.11",
        }
    }
}

impl Claim {
    /// The number that people quote.
    pub const fn number(&self) -> &'static str {
        match self {
            Self::DeviceClock { .. } => "C.1",
            Self::ClockAhead { .. } => "C.2",
            Self::ClockBehind { .. } => "C.3",
            Self::Actor { .. } => "C.4",
            Self::ChainPlace { .. } => "C.5",
            Self::PhotoTaken { .. } => "C.6",
            Self::CameraWay { .. } => "C.7",
            Self::Position { .. } => "C.8",
            Self::File { .. } => "C.9",
            Self::ClockJumped { .. } => "C.10",
        }
    }
}

impl Lack {
    /// The number that people quote.
    pub const fn number(&self) -> &'static str {
        match self {
            Self::ServerKeysUnconfirmed => "L.1",
            Self::NoServerKeys => "L.2",
            Self::NoContents => "L.3",
            Self::NoReceipt => "L.4",
            Self::DeviceNotVouched => "L.5",
            Self::PhotoAbsent => "L.6",
            Self::RulesAbsent { .. } => "L.7",
            Self::RulesUnknown { .. } => "L.8",
            Self::UnknownKind { .. } => "L.9",
            Self::WithoutEffect { .. } => "L.10",
            Self::Gap { .. } => "L.11",
            Self::ReceiptUnchecked => "L.12",
            Self::NotInLog => "L.13",
            Self::ServerUnknown => "L.14",
        }
    }
}

impl Fault {
    /// The number that people quote.
    pub const fn number(&self) -> &'static str {
        match self {
            Self::Header { .. } => "B.1",
            Self::Checksum => "B.2",
            Self::Record => "B.3",
            Self::End => "B.4",
            Self::CutOff => "B.5",
            Self::OutOfOrder => "B.6",
            Self::TooLarge => "B.7",
            Self::FileMissing => "B.8",
            Self::OtherText => "B.9",
            Self::Unreadable { .. } => "B.10",
            Self::OtherName { .. } => "B.11",
            Self::OtherBytes { .. } => "B.12",
            Self::Stray => "B.13",
            Self::ForeignKey { .. } => "B.14",
            Self::BadSignature => "B.15",
            Self::NoDeviceKey => "B.16",
            Self::TwoDeviceKeys => "B.17",
            Self::Revoked { .. } => "B.18",
            Self::BeforeEnrolment => "B.19",
            Self::OtherReceipt => "B.20",
            Self::ReceiptLacksPhotos => "B.21",
            Self::PlaceTaken { .. } => "B.22",
            Self::OtherPredecessor { .. } => "B.23",
            Self::Forked { .. } => "B.24",
            Self::Content { .. } => "B.25",
            Self::Removed => "B.26",
            Self::Added => "B.27",
            Self::ProofFails => "B.28",
            Self::RootMissing { .. } => "B.29",
            Self::ForgedTime => "B.30",
        }
    }
}
