//! The numbered catalogue of everything that can go wrong between a phone and the server.
//!
//! A problem is a code with typed details. Whoever shows it translates the *code*; no sentence travels. The
//! number (`409.2`) is for people who ask for help: HTTP status, a dot, and a running number that is never
//! given twice.

use serde::Serialize;

use crate::digest::Digest;
use crate::ids::{DeviceId, EntryId};

mod refusals;
mod document;
mod step;
mod password;
mod told;

pub use document::DocumentRefusal;
pub use password::PasswordRefusal;
pub use step::StepRefusal;
pub(crate) use step::{must_be_short, must_say, refuse};

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Problem {
    // Found by the phone itself, before or instead of an answer. No HTTP status: their numbers begin with 0.
    /// No connection: nothing answered.
    Unreachable,
    /// Something answered, but not our server: a captive portal, a proxy's page.
    NotOurServer {
        /// The HTTP status it answered with.
        status: u16,
    },
    /// The phone's storage is full.
    QuotaFull,
    /// The phone's storage failed.
    StorageFailed {
        /// The browser's name of the error.
        cause: String,
    },
    /// A photo could not be prepared.
    PhotoUnusable {
        /// The photo worker's code.
        cause: String,
    },
    /// What is stored on the phone no longer has the hash under which it was stored.
    Damaged,
    /// A receipt does not verify with a key of the server, or does not name every hash. It counts for nothing.
    ReceiptNotTrusted,
    /// The phone no longer has the photo's bytes.
    PhotoLost,

    // Asked wrongly.
    /// Not JSON, or not UTF-8.
    NotJson,
    /// JSON of another shape than asked for.
    Malformed {
        /// What was expected where.
        detail: String,
    },
    /// Not a compact JWS with the header that our entries have.
    NotAnEntry {
        /// What is wrong with it.
        detail: String,
    },
    /// The same upload request cannot be understood (tus headers).
    BadUpload {
        /// The header that is missing or wrong.
        detail: String,
    },

    // Who asks.
    /// Nobody is signed in, or the sign-in has expired.
    NotSignedIn,
    /// Login or password is wrong.
    BadLogin,
    /// This account may not do that.
    NotAllowed,
    /// This account is locked.
    AccountLocked,
    /// The device was never enrolled for this account.
    DeviceUnknown {
        /// Which device.
        device: DeviceId,
    },
    /// The device's key was revoked.
    DeviceRevoked {
        /// Which device.
        device: DeviceId,
    },
    /// The password that was given is not the one of the account that is signed in.
    WrongPassword,
    /// There is no such thing, or none that this account may see.
    NotFound,

    // Clashes.
    /// The id is taken by other bytes; nothing was overwritten.
    SameIdOtherBytes {
        /// The entry's id.
        entry: EntryId,
    },
    /// Entries before this one are missing; it is kept and waits for them.
    ChainGap {
        /// The highest sequence number without a gap that the server has; 0 for none.
        have_seq: u64,
    },
    /// Another entry already has this place in the device's chain.
    ChainForked {
        /// The place.
        seq: u64,
    },
    /// The upload is at another byte than the request says.
    WrongOffset {
        /// Where it is, in bytes.
        offset: u64,
    },

    // Too much.
    /// More bytes than allowed.
    TooLarge {
        /// The limit in bytes.
        limit_bytes: u64,
    },
    /// The bytes are not a photo of a kind that is stored.
    NotAPhoto,
    /// The bytes do not have the promised digest.
    WrongDigest {
        /// The digest that was promised.
        promised: Digest,
    },

    /// The signature does not fit the device's key.
    BadSignature,

    // Authentic, but without effect.
    /// The person whom the entry names was not enrolled on the device that signed it.
    ActorNotEnrolled,
    /// The rule pack is not known here.
    UnknownPack {
        /// The pack's content hash.
        hash: Digest,
    },
    /// The checklist has no such item.
    UnknownItem {
        /// The item's name.
        item: String,
    },
    /// The grade recomputed by the server differs.
    GradeMismatch {
        /// The item whose grade differs.
        item: String,
    },
    /// The record lacks what a signed record must have.
    RecordIncomplete {
        /// How many gaps.
        gaps: u32,
    },
    /// The record contradicts itself or refers to what does not exist.
    RecordInconsistent {
        /// What contradicts what.
        detail: String,
    },
    /// A step of a hazard's loop that its guard refuses.
    StepRefused {
        /// Why.
        why: StepRefusal,
    },
    /// A document that may not be issued as it is.
    DocumentRefused {
        /// Why.
        why: DocumentRefusal,
    },
    /// A text that cannot be a password.
    PasswordRefused {
        /// Why.
        why: PasswordRefusal,
    },
    /// This machine has no font with Chinese characters, so no PDF can be made; the print page works all the same.
    NoFont,
    /// A kind of entry that this server does not know; kept for a later one.
    UnknownKind {
        /// The kind.
        kind: String,
    },

    // Later, perhaps.
    /// Too many attempts.
    TooMany {
        /// When to come back, in seconds.
        retry_after_seconds: u32,
    },
    /// The server failed.
    Internal,
    /// The server cannot answer now.
    Unavailable,
    /// The server's disk is full.
    ServerFull,
    /// A code that this version does not know.
    Unknown,
}

/// What can be done about a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Trying again by itself may help.
    Retry,
    /// Somebody must sign in; then it goes on.
    SignIn,
    /// A person must look at it; trying again changes nothing. The thing stays where it is.
    Person,
}

/// What a problem is about, when a whole request was answered with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concerns {
    /// Whoever sends, or the way to the server: every other request would fare alike.
    Sender,
    /// What was sent: other things may fare better.
    Thing,
}

impl Problem {
    /// The number that people quote.
    pub const fn number(&self) -> &'static str {
        match self {
            Self::Unreachable => "0.1",
            Self::NotOurServer { .. } => "0.2",
            Self::QuotaFull => "0.3",
            Self::StorageFailed { .. } => "0.4",
            Self::PhotoUnusable { .. } => "0.5",
            Self::Damaged => "0.6",
            Self::ReceiptNotTrusted => "0.7",
            Self::PhotoLost => "0.8",
            Self::Unknown => "0.9",
            Self::NotJson => "400.1",
            Self::Malformed { .. } => "400.2",
            Self::NotAnEntry { .. } => "400.3",
            Self::BadUpload { .. } => "400.4",
            Self::NotSignedIn => "401.1",
            Self::BadLogin => "401.2",
            Self::NotAllowed => "403.1",
            Self::AccountLocked => "403.2",
            Self::DeviceUnknown { .. } => "403.3",
            Self::DeviceRevoked { .. } => "403.4",
            Self::WrongPassword => "403.5",
            Self::NotFound => "404.1",
            Self::SameIdOtherBytes { .. } => "409.1",
            Self::ChainGap { .. } => "409.2",
            Self::ChainForked { .. } => "409.3",
            Self::WrongOffset { .. } => "409.4",
            Self::TooLarge { .. } => "413.1",
            Self::NotAPhoto => "415.1",
            Self::WrongDigest { .. } => "460.1",
            Self::BadSignature => "422.1",
            Self::UnknownPack { .. } => "422.2",
            Self::UnknownItem { .. } => "422.3",
            Self::GradeMismatch { .. } => "422.4",
            Self::RecordIncomplete { .. } => "422.5",
            Self::RecordInconsistent { .. } => "422.6",
            Self::UnknownKind { .. } => "422.7",
            Self::ActorNotEnrolled => "422.8",
            Self::StepRefused { .. } => "422.9",
            Self::DocumentRefused { .. } => "422.10",
            Self::PasswordRefused { .. } => "422.11",
            Self::TooMany { .. } => "429.1",
            Self::Internal => "500.1",
            Self::Unavailable => "503.1",
            Self::NoFont => "503.2",
            Self::ServerFull => "507.1",
        }
    }

    /// The HTTP status that goes with it; `None` for those that the phone finds itself.
    pub fn status(&self) -> Option<u16> {
        let (status, _) = self.number().split_once('.')?;
        status.parse().ok().filter(|status| *status != 0)
    }

    /// What a phone may conclude from a status without a readable problem.
    pub fn from_status(status: u16) -> Self {
        match status {
            401 => Self::NotSignedIn,
            // 403 and 404 are not here: our server gives a problem with them, and what stands between us and it
            // (a captive portal, a firewall) does not. Believing those would refuse what only has to wait.
            408 | 502 | 503 | 504 => Self::Unavailable,
            413 => Self::TooLarge { limit_bytes: 0 },
            429 => Self::TooMany { retry_after_seconds: 60 },
            507 => Self::ServerFull,
            500..=599 => Self::Internal,
            _ => Self::NotOurServer { status },
        }
    }

    /// What can be done about it.
    pub const fn remedy(&self) -> Remedy {
        match self {
            Self::NotSignedIn | Self::BadLogin => Remedy::SignIn,
            Self::Unreachable
            | Self::NotOurServer { .. }
            | Self::ReceiptNotTrusted
            | Self::ChainGap { .. }
            | Self::WrongOffset { .. }
            | Self::WrongDigest { .. }
            | Self::TooMany { .. }
            | Self::Internal
            | Self::Unavailable
            | Self::ServerFull
            | Self::Unknown => Remedy::Retry,
            _ => Remedy::Person,
        }
    }

    /// What it is about, when a whole request was answered with it. A 500 is about the thing: it may be the one
    /// request that makes the server fail, and must not keep the others back.
    pub const fn concerns(&self) -> Concerns {
        match self {
            Self::Unreachable
            | Self::NotOurServer { .. }
            | Self::NotSignedIn
            | Self::BadLogin
            | Self::AccountLocked
            | Self::DeviceUnknown { .. }
            | Self::DeviceRevoked { .. }
            | Self::TooMany { .. }
            | Self::Unavailable
            | Self::ServerFull => Concerns::Sender,
            _ => Concerns::Thing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_survives_the_wire_and_unknown_codes_and_members_are_borne() {
        let problem = Problem::ChainGap { have_seq: 7 };
        let json = serde_json::to_string(&problem).unwrap();
        assert_eq!(json, r#"{"code":"chain_gap","have_seq":7}"#);
        assert_eq!(serde_json::from_str::<Problem>(&json).unwrap(), problem);
        let newer = r#"{"code":"chain_gap","have_seq":7,"title":"x","status":409}"#;
        assert_eq!(serde_json::from_str::<Problem>(newer).unwrap(), problem);
        assert_eq!(serde_json::from_str::<Problem>(r#"{"code":"of_tomorrow"}"#).unwrap(), Problem::Unknown);
    }

    #[test]
    fn every_code_is_read_as_it_is_told() {
        // That each is read back as it was is seen in the golden catalogue; here, that none is forgotten.
        let read = include_str!("problem/told.rs");
        for name in names() {
            let code = name.chars().fold(String::new(), |code, letter| match letter {
                'A'..='Z' if code.is_empty() => letter.to_lowercase().to_string(),
                'A'..='Z' => format!("{code}_{}", letter.to_ascii_lowercase()),
                _ => format!("{code}{letter}"),
            });
            let spellings =
                [format!("\"{code}\" => Problem::{name}"), format!("(\"{code}\", Problem::{name})")];
            assert!(name == "Unknown" || spellings.iter().any(|it| read.contains(it)), "{code}");
        }
        let lacking = serde_json::from_str::<Problem>(r#"{"code":"chain_gap"}"#).unwrap_err();
        assert!(lacking.to_string().contains("have_seq"), "{lacking}");
    }

    /// Read from the source, so that no list of all problems can be forgotten.
    fn number_function() -> &'static str {
        let (_, function) = include_str!("problem.rs").split_once("pub const fn number").unwrap();
        function.split_once("/// The HTTP status").unwrap().0
    }

    fn names() -> impl Iterator<Item = &'static str> {
        let after = number_function().split("Self::").skip(1);
        after.map(|rest| rest.split(|letter: char| !letter.is_alphanumeric()).next().unwrap())
    }

    #[test]
    fn no_number_is_given_twice() {
        let numbers: Vec<&str> = number_function().split('"').skip(1).step_by(2).collect();
        assert!(numbers.len() > 30);
        for (at, number) in numbers.iter().enumerate() {
            assert!(!numbers[..at].contains(number), "{number}");
            let (status, running) = number.split_once('.').unwrap();
            assert!(status == "0" || (400..600).contains(&status.parse::<u16>().unwrap()), "{number}");
            assert!(running.parse::<u16>().unwrap() > 0, "{number}");
        }
    }

    #[test]
    fn the_status_stands_in_the_number() {
        assert_eq!(Problem::NotFound.status(), Some(404));
        assert_eq!(Problem::Unreachable.status(), None);
        assert_eq!(Problem::from_status(502).remedy(), Remedy::Retry);
        assert_eq!(Problem::from_status(200), Problem::NotOurServer { status: 200 });
    }

    #[test]
    fn what_stands_between_phone_and_server_can_refuse_nothing_for_good() {
        for status in (100..600).filter(|status| *status != 413) {
            assert_ne!(Problem::from_status(status).remedy(), Remedy::Person, "{status}");
        }
    }
}
