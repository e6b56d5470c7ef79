//! A problem as it is told in JSON. Written by hand and flat: one reader for all codes, where a derived one would be a
//! reader per code in every phone's download.

use serde::de::{Deserialize, Deserializer, Error};

use super::{DocumentRefusal, PasswordRefusal, Problem, StepRefusal};
use crate::digest::Digest;
use crate::ids::{DeviceId, EntryId};

/// Every member that any code has.
#[derive(serde::Deserialize)]
struct Told {
    code: String,
    status: Option<u16>,
    cause: Option<String>,
    detail: Option<String>,
    device: Option<DeviceId>,
    entry: Option<EntryId>,
    have_seq: Option<u64>,
    seq: Option<u64>,
    offset: Option<u64>,
    limit_bytes: Option<u64>,
    promised: Option<Digest>,
    hash: Option<Digest>,
    item: Option<String>,
    gaps: Option<u32>,
    kind: Option<String>,
    why: Option<String>,
    retry_after_seconds: Option<u32>,
}

impl<'de> Deserialize<'de> for Problem {
    /// Members that a code does not have are borne; a code that is not known is [`Problem::Unknown`].
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Told::deserialize(deserializer)?.problem().map_err(D::Error::missing_field)
    }
}

/// The codes without members.
static PLAIN: &[(&str, Problem)] = &[
    ("unreachable", Problem::Unreachable),
    ("quota_full", Problem::QuotaFull),
    ("damaged", Problem::Damaged),
    ("receipt_not_trusted", Problem::ReceiptNotTrusted),
    ("photo_lost", Problem::PhotoLost),
    ("not_json", Problem::NotJson),
    ("not_signed_in", Problem::NotSignedIn),
    ("bad_login", Problem::BadLogin),
    ("not_allowed", Problem::NotAllowed),
    ("account_locked", Problem::AccountLocked),
    ("wrong_password", Problem::WrongPassword),
    ("not_found", Problem::NotFound),
    ("not_a_photo", Problem::NotAPhoto),
    ("bad_signature", Problem::BadSignature),
    ("actor_not_enrolled", Problem::ActorNotEnrolled),
    ("no_font", Problem::NoFont),
    ("internal", Problem::Internal),
    ("unavailable", Problem::Unavailable),
    ("server_full", Problem::ServerFull),
];

impl Told {
    /// The problem, or the name of the member that it lacks.
    fn problem(self) -> Result<Problem, &'static str> {
        if let Some((_, problem)) = PLAIN.iter().find(|(code, _)| *code == self.code) {
            return Ok(problem.clone());
        }
        Ok(match self.code.as_str() {
            "not_our_server" => Problem::NotOurServer { status: self.status.ok_or("status")? },
            "storage_failed" => Problem::StorageFailed { cause: self.cause.ok_or("cause")? },
            "photo_unusable" => Problem::PhotoUnusable { cause: self.cause.ok_or("cause")? },
            "malformed" => Problem::Malformed { detail: self.detail.ok_or("detail")? },
            "not_an_entry" => Problem::NotAnEntry { detail: self.detail.ok_or("detail")? },
            "bad_upload" => Problem::BadUpload { detail: self.detail.ok_or("detail")? },
            "device_unknown" => Problem::DeviceUnknown { device: self.device.ok_or("device")? },
            "device_revoked" => Problem::DeviceRevoked { device: self.device.ok_or("device")? },
            "same_id_other_bytes" => Problem::SameIdOtherBytes { entry: self.entry.ok_or("entry")? },
            "chain_gap" => Problem::ChainGap { have_seq: self.have_seq.ok_or("have_seq")? },
            "chain_forked" => Problem::ChainForked { seq: self.seq.ok_or("seq")? },
            "wrong_offset" => Problem::WrongOffset { offset: self.offset.ok_or("offset")? },
            "too_large" => Problem::TooLarge { limit_bytes: self.limit_bytes.ok_or("limit_bytes")? },
            "wrong_digest" => Problem::WrongDigest { promised: self.promised.ok_or("promised")? },
            "unknown_pack" => Problem::UnknownPack { hash: self.hash.ok_or("hash")? },
            "unknown_item" => Problem::UnknownItem { item: self.item.ok_or("item")? },
            "grade_mismatch" => Problem::GradeMismatch { item: self.item.ok_or("item")? },
            "record_incomplete" => Problem::RecordIncomplete { gaps: self.gaps.ok_or("gaps")? },
            "record_inconsistent" => Problem::RecordInconsistent { detail: self.detail.ok_or("detail")? },
            "step_refused" => Problem::StepRefused { why: StepRefusal::of_code(&self.why.ok_or("why")?) },
            "document_refused" => Problem::DocumentRefused { why: self.why.ok_or("why").map(document)? },
            "password_refused" => Problem::PasswordRefused { why: self.why.ok_or("why").map(password)? },
            "unknown_kind" => Problem::UnknownKind { kind: self.kind.ok_or("kind")? },
            "too_many" => Problem::TooMany {
                retry_after_seconds: self.retry_after_seconds.ok_or("retry_after_seconds")?,
            },
            _ => Problem::Unknown,
        })
    }
}

fn password(why: String) -> PasswordRefusal {
    PasswordRefusal::of_code(&why)
}

fn document(why: String) -> DocumentRefusal {
    DocumentRefusal::of_code(&why)
}
