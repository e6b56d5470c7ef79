//! Frozen bytes: entries, receipts, messages and stored items of version 1, as phones and servers have written them.
//! Files are added, never edited: a phone that was in a drawer for a year still speaks them.
//!
//! `UPDATE_GOLDEN=1 cargo test -p xunan-core --test agreement golden` writes files that are missing; it never
//! overwrites one.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use xunan_core::clock::{Date, Instant, Span};
use xunan_core::digest::Digest;
use xunan_core::evidence::{DeviceTime, PublicCopy, Shape};
use xunan_core::facility::Facility;
use xunan_core::ids::{AccountId, DeviceId, EntryId, FacilityId, PhotoId, PlanId};
use xunan_core::log::tree::leaf_hash;
use xunan_core::log::{
    Attachment, Body, ChainHead, ClockDoubt, Effect, Entry, EntryDraft, Nonce, PublicKey, Receipt,
    ReceiptDraft, Root, ServerTime, SignatureVerdict, SignedEntry, SignedReceipt, SignedStatement, Statement,
    StatementDraft, verify_chain,
};
use xunan_core::outbox::{Command, Item, PhotoState};
use xunan_core::plan::{NoticeMode, Plan};
use xunan_core::problem::{PasswordRefusal, Problem, StepRefusal};
use xunan_core::rules::Profile;
use xunan_core::sync::{
    DeviceHead, EnrolDevice, Enrolled, Outcome, Push, PushAnswer, PushedEntry, ServerKey,
};

use crate::support::entries::entry_jws;
use crate::support::entropy;
use crate::support::keys::{KeyPair as _, P256, P256Verifier};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/v1");

/// The frozen text; written first when it is missing and that was asked for.
pub(super) fn frozen(name: &str, text: impl FnOnce() -> String) -> String {
    let path = format!("{FOLDER}/{name}");
    if std::env::var_os("UPDATE_GOLDEN").is_some() && !std::path::Path::new(&path).exists() {
        std::fs::write(&path, text()).unwrap();
    }
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A chain of one entry a minute, each frozen as its JWS and as its payload: read, verified, and written as it was. `draft`
/// makes the entry of a body, `fits` compares what was read with it. The ids of entries follow from `numbers`.
pub(super) fn frozen_chain<B>(
    numbers: u64,
    bodies: Vec<(String, B)>,
    draft: impl Fn(ChainHead, EntryId, DeviceTime, &B) -> EntryDraft,
    fits: impl Fn(&SignedEntry, &B, &str),
) {
    let mut head = ChainHead::default();
    let mut read = Vec::new();
    for (number, (name, body)) in (0..).zip(bodies) {
        let at = time("2026-11-22T01:00:00Z").plus(Span::minutes(number));
        let id = EntryId::from_parts(at, entropy(numbers + u64::try_from(number).unwrap()));
        let draft = draft(head, id, DeviceTime::unbounded(at), &body);
        let signature = device_key().sign(draft.input.as_bytes());
        let anew = draft.sign(signature);
        head = anew.head();
        let compact = frozen(&name, || anew.compact().to_owned());
        let payload = frozen(&name.replace(".jws", ".json"), || serde_json::to_string(anew.entry()).unwrap());
        let signed = SignedEntry::parse(&compact).unwrap();
        assert_eq!(serde_json::to_string(signed.entry()).unwrap(), payload, "{name}: written otherwise");
        assert_eq!(entry_jws(signed.entry(), &device_key()), compact, "{name}");
        assert_eq!(anew.compact(), compact, "{name}: the same facts make other bytes");
        fits(&signed, &body, &name);
        read.push(signed);
    }
    let key = device_key().public();
    let head = verify_chain(ChainHead::default(), &read, &key, &P256Verifier).unwrap();
    assert_eq!(head.seq, u64::try_from(read.len()).unwrap());
}

pub(super) fn time(text: &str) -> Instant {
    text.parse().unwrap()
}

pub(super) fn device_key() -> P256 {
    P256::from_name("golden device")
}

fn server_key() -> P256 {
    P256::from_name("golden server")
}

pub(super) fn device() -> DeviceId {
    DeviceId::from_parts(time("2026-11-20T00:00:00Z"), entropy(1))
}

pub(super) fn actor() -> AccountId {
    AccountId::from_parts(time("2026-11-19T00:00:00Z"), entropy(2))
}

fn plan() -> Plan {
    Plan {
        id: PlanId::from_parts(time("2026-11-20T00:00:00Z"), entropy(3)),
        facility: FacilityId::from_parts(time("2026-11-20T00:00:00Z"), entropy(4)),
        office: "371526".parse().unwrap(),
        inspectors: [actor(), AccountId::from_parts(time("2026-11-19T00:00:00Z"), entropy(5))],
        notice: NoticeMode::Secret,
        profile: Profile::Standard,
        from: Date::new(2026, 11, 21).unwrap(),
        until: Date::new(2026, 11, 27).unwrap(),
        purpose: "冬季消防检查".to_owned(),
    }
}

const FACILITY: &str = r#"{"id":"01KAFMSM00VECTVECTVECTVECT","name":"样例县幸福养老院","facility_type":"elderly_care","division":"371526001","address":"样例路1号","credit_code":"11371525004442025C","telephone":"0635-0000000","beds":120,"parties":[{"party":"head","name":"样例甲","post":"院长"}]}"#;

/// One entry of each kind, in one chain.
const ENTRIES: [&str; 6] = [
    "entry_1_facility_registered.jws",
    "entry_2_plan_made.jws",
    "entry_3_visit_signed.jws",
    "entry_4_visit_refused.jws",
    "entry_5_plan_withdrawn.jws",
    "entry_6_kind_of_a_later_version.jws",
];

fn bodies() -> [Body; 5] {
    let record = |json: &str| Body::VisitSigned(serde_json::from_str(json).unwrap());
    [
        Body::FacilityRegistered(serde_json::from_str::<Facility>(FACILITY).unwrap()),
        Body::PlanMade(plan()),
        record(include_str!("../golden/v1/visit_signed.json")),
        record(include_str!("../golden/v1/visit_refused.json")),
        Body::PlanWithdrawn { plan: plan().id, reason: "重复".to_owned() },
    ]
}

/// Writes the chain anew. Signatures are deterministic (RFC 6979), so its bytes are always the same.
fn chain() -> Vec<SignedEntry> {
    let mut head = ChainHead::default();
    let mut chain = Vec::new();
    let first = time("2026-11-22T01:00:00Z");
    for (number, body) in (0..).zip(bodies()) {
        let at = first.plus(Span::minutes(number * 60));
        let time = match number {
            0 => DeviceTime::unbounded(at),
            _ => DeviceTime {
                not_before: Some(first),
                server_ahead: Some(Span::millis(-1500)),
                ..DeviceTime::unbounded(at)
            },
        };
        let id = EntryId::from_parts(at, entropy(100 + u64::try_from(number).unwrap()));
        let draft = EntryDraft::new(head, id, device(), actor(), time, &body).unwrap();
        let signature = device_key().sign(draft.input.as_bytes());
        chain.push(draft.sign(signature));
        head = chain[chain.len() - 1].head();
    }
    let mut later: Entry = chain[4].entry().clone();
    later.id = EntryId::from_parts(first, entropy(200));
    (later.seq, later.prev) = (head.seq + 1, head.hash);
    later.kind = "hazard.verified".to_owned();
    later.body = RawValue::from_string(r#"{"hazard":"of tomorrow","new":[1,2.50,null]}"#.to_owned()).unwrap();
    chain.push(SignedEntry::parse(&entry_jws(&later, &device_key())).unwrap());
    chain
}

#[test]
fn entries_of_version_1_are_read_verified_and_written_as_they_were() {
    let anew = chain();
    let key: PublicKey = serde_json::from_str(&frozen("device_key.json", || {
        serde_json::to_string(&device_key().public()).unwrap()
    }))
    .unwrap();
    let mut read = Vec::new();
    for (name, anew) in ENTRIES.iter().zip(&anew) {
        let compact = frozen(name, || anew.compact().to_owned());
        let payload = frozen(&name.replace(".jws", ".json"), || serde_json::to_string(anew.entry()).unwrap());
        let signed = SignedEntry::parse(&compact).unwrap();
        assert_eq!(signed.compact(), compact, "{name}");
        assert_eq!(
            serde_json::to_string(signed.entry()).unwrap(),
            payload,
            "{name}: it would be written otherwise"
        );
        assert_eq!(entry_jws(signed.entry(), &device_key()), compact, "{name}");
        assert_eq!(anew.compact(), compact, "{name}: the same facts make other bytes");
        read.push(signed);
    }
    let head = verify_chain(ChainHead::default(), &read, &key, &P256Verifier).unwrap();
    assert_eq!(head.seq, 6);
    for (signed, body) in read.iter().zip(bodies()) {
        assert_eq!(Body::of(signed.entry()).unwrap(), body);
    }
    assert_eq!(
        Body::of(read[5].entry()),
        Err(Problem::UnknownKind { kind: "hazard.verified".to_owned() }),
        "an entry of a later version is authentic, only unread"
    );
    let photos: Vec<Attachment> = bodies()[2].attachments();
    assert!(!photos.is_empty());
    assert_eq!(read[2].entry().photos, photos);
}

/// A kind that came later, behind the chain of the others.
#[test]
fn a_copy_for_the_public_is_read_verified_and_written_as_it_was() {
    let photo = &bodies()[2].attachments()[0];
    let Body::VisitSigned(record) = &bodies()[2] else { panic!("the third is a visit") };
    let body = Body::PhotoRedacted(Box::new(PublicCopy {
        visit: record.content().visit,
        photo: photo.id,
        source: photo.digest,
        id: PhotoId::from_parts(time("2026-11-23T01:00:00Z"), entropy(300)),
        digest: Digest::of(b"public"),
        size_bytes: 123_456,
        width_px: 1280,
        height_px: 960,
        shapes: vec![
            Shape::Box { from: (0, 825), to: (1000, 1000) },
            Shape::Brush { points: vec![(120, 340), (160, 340), (160, 400)], width: 45 },
        ],
        reason: "公布整改情况".to_owned(),
    }));
    let last = chain()[5].head();
    let at = time("2026-11-23T01:00:00Z");
    let id = EntryId::from_parts(at, entropy(201));
    let draft = EntryDraft::new(last, id, device(), actor(), DeviceTime::unbounded(at), &body).unwrap();
    let signature = device_key().sign(draft.input.as_bytes());
    let anew = draft.sign(signature);
    let compact = frozen("entry_7_photo_redacted.jws", || anew.compact().to_owned());
    let payload = frozen("entry_7_photo_redacted.json", || serde_json::to_string(anew.entry()).unwrap());
    let read = SignedEntry::parse(&compact).unwrap();
    assert_eq!(anew.compact(), compact, "the same facts make other bytes");
    assert_eq!(serde_json::to_string(read.entry()).unwrap(), payload, "it would be written otherwise");
    assert_eq!(read.verify(&device_key().public(), &P256Verifier), SignatureVerdict::Fits);
    assert_eq!(Body::of(read.entry()).unwrap(), body);
    // What is not known is passed over, and an empty reason is left out.
    let mut later: serde_json::Value = serde_json::from_str(read.entry().body.get()).unwrap();
    later["of_tomorrow"] = 1.into();
    later.as_object_mut().unwrap().remove("reason");
    let without: PublicCopy = serde_json::from_value(later).unwrap();
    assert_eq!(without.reason, "");
    assert!(!serde_json::to_string(&without).unwrap().contains("reason"));
}

fn receipt(signed: &SignedEntry, position: u64, clock: Option<ClockDoubt>, effect: Effect) -> SignedReceipt {
    let entry = signed.entry();
    let receipt = Receipt {
        v: Receipt::VERSION,
        entry: entry.id,
        hash: signed.hash(),
        device: entry.device,
        seq: entry.seq,
        position,
        received: time("2026-11-22T09:30:00.250Z"),
        came: None,
        page: None,
        photos: entry.photo_digests(),
        clock,
        effect,
    };
    let draft = ReceiptDraft::new(receipt, &server_key().public());
    let signature = server_key().sign(draft.input.as_bytes());
    draft.sign(signature)
}

#[test]
fn receipts_of_version_1_are_read_verified_and_written_as_they_were() {
    let chain = chain();
    let ahead = ClockDoubt::Ahead { by: Span::days(1095) };
    let without = Effect::None { problem: Problem::UnknownKind { kind: "hazard.verified".to_owned() } };
    let receipts = [
        ("receipt_1_taken.jws", receipt(&chain[0], 1, None, Effect::Taken)),
        ("receipt_3_taken_with_photos.jws", receipt(&chain[2], 7, Some(ahead), Effect::Taken)),
        ("receipt_6_without_effect.jws", receipt(&chain[5], 8, None, without)),
    ];
    let key: ServerKey = serde_json::from_str(&frozen("server_key.json", || {
        serde_json::to_string(&ServerKey::new(server_key().public())).unwrap()
    }))
    .unwrap();
    assert_eq!(key.kid, key.key.thumbprint());
    for (name, anew) in receipts {
        let compact = frozen(name, || anew.compact().to_owned());
        let payload =
            frozen(&name.replace(".jws", ".json"), || serde_json::to_string(anew.receipt()).unwrap());
        let read = SignedReceipt::parse(&compact).unwrap();
        assert_eq!((read.kid(), read.compact()), (key.kid.as_str(), compact.as_str()), "{name}");
        assert_eq!(read.verify(&key.key, &P256Verifier), SignatureVerdict::Fits, "{name}");
        assert_eq!(
            serde_json::to_string(read.receipt()).unwrap(),
            payload,
            "{name}: it would be written otherwise"
        );
        assert_eq!(anew.compact(), compact, "{name}: the same facts make other bytes");
    }
}

fn check_statement<T: Statement + Clone + PartialEq + Debug>(name: &str, payload: &T) {
    let draft = StatementDraft::new(payload.clone(), &server_key().public());
    let signature = server_key().sign(draft.input.as_bytes());
    let anew = draft.sign(signature);
    let compact = frozen(name, || anew.compact().to_owned());
    let read = SignedStatement::<T>::parse(&compact).unwrap();
    assert_eq!(read.payload(), payload, "{name}");
    assert_eq!(read.verify(&server_key().public(), &P256Verifier), SignatureVerdict::Fits, "{name}");
    assert_eq!(anew.compact(), compact, "{name}: the same facts make other bytes");
    let json = frozen(&name.replace(".jws", ".json"), || serde_json::to_string(payload).unwrap());
    assert_eq!(serde_json::to_string(read.payload()).unwrap(), json, "{name}: it would be written otherwise");
}

#[test]
fn roots_and_times_of_version_1_are_read_verified_and_written_as_they_were() {
    let leaf = leaf_hash(receipt(&chain()[0], 1, None, Effect::Taken).compact().as_bytes());
    let at = time("2026-11-22T16:00:00.004Z");
    check_statement("root_1.jws", &Root { v: Root::VERSION, size: 1, root: leaf, at });
    let nonce = Nonce::from_bytes(*b"sixteen bytes, q");
    check_statement("time_1.jws", &ServerTime { v: ServerTime::VERSION, nonce, at });
}

/// What is frozen is read, is what it was, and is written as it was.
fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(name: &str, value: &T) {
    let text = frozen(name, || serde_json::to_string_pretty(value).unwrap() + "\n");
    let read: T = serde_json::from_str(&text).unwrap();
    assert_eq!(read, *value, "{name}");
    assert_eq!(serde_json::to_string_pretty(&read).unwrap() + "\n", text, "{name}");
}

#[test]
fn messages_of_version_1_are_read_and_written_as_they_were() {
    let chain = chain();
    let server_time = time("2026-11-22T09:30:00.250Z");
    check(
        "sync_push.json",
        &Push { device: device(), entries: vec![chain[0].compact().to_owned()], page: None },
    );
    let outcomes = [
        Outcome::Receipted { receipt: receipt(&chain[0], 1, None, Effect::Taken).compact().to_owned() },
        Outcome::AwaitingPhotos { missing: chain[2].entry().photo_digests() },
        Outcome::AwaitingEarlier { have_seq: 3 },
        Outcome::Refused { problem: Problem::SameIdOtherBytes { entry: chain[4].entry().id } },
    ];
    let entries = chain
        .iter()
        .zip(outcomes)
        .map(|(signed, outcome)| PushedEntry { hash: signed.hash(), outcome })
        .collect();
    let head = DeviceHead { seq: 3, hash: Some(chain[2].hash()) };
    check("sync_push_answer.json", &PushAnswer { entries, head, server_time });
    let enrol = EnrolDevice {
        device: device(),
        name: "Chrome · Android".to_owned(),
        public_key: device_key().public(),
    };
    check("sync_enrol.json", &enrol);
    let server_keys = vec![ServerKey::new(server_key().public())];
    check("sync_enrolled.json", &Enrolled { device: device(), server_keys, server_time });
}

#[test]
fn items_of_version_1_are_read_and_written_as_they_were() {
    let chain = chain();
    let item = |at: usize| Item::new(&chain[at], "样例县幸福养老院".to_owned());
    let next_try = time("2026-11-22T10:00:00Z");
    let fail = |problem: Problem| item(2).apply(Command::Fail { problem, next_try }).unwrap();
    let photo = |state: PhotoState| {
        let digest = chain[2].entry().photos[0].digest;
        item(2).apply(Command::Photo { digest, state }).unwrap()
    };
    let receipt = |at: usize, effect: Effect| Command::Acknowledge {
        receipt: Box::new(receipt(&chain[at], 1, None, effect)),
        at: next_try,
    };
    let without = Effect::None { problem: Problem::ChainForked { seq: 3 } };
    let items = [
        item(0),
        item(0).apply(Command::Send).unwrap(),
        fail(Problem::TooMany { retry_after_seconds: 30 }),
        fail(Problem::NotSignedIn),
        fail(Problem::NotAllowed),
        photo(PhotoState::Partly { upload: "/api/photos/uploads/1".to_owned(), sent_bytes: 65_536 }),
        photo(PhotoState::Arrived),
        photo(PhotoState::Refused { problem: Problem::NotAPhoto }),
        item(0).apply(receipt(0, Effect::Taken)).unwrap(),
        item(2).apply(receipt(2, without)).unwrap(),
    ];
    check("outbox_items.json", &items.to_vec());
}

#[test]
fn problems_keep_their_codes_numbers_and_details() {
    let digest = Digest::of(b"photo");
    let text = || "detail".to_owned();
    let problems = [
        Problem::Unreachable,
        Problem::NotOurServer { status: 200 },
        Problem::QuotaFull,
        Problem::StorageFailed { cause: text() },
        Problem::PhotoUnusable { cause: text() },
        Problem::Damaged,
        Problem::ReceiptNotTrusted,
        Problem::PhotoLost,
        Problem::NotJson,
        Problem::Malformed { detail: text() },
        Problem::NotAnEntry { detail: text() },
        Problem::BadUpload { detail: text() },
        Problem::NotSignedIn,
        Problem::BadLogin,
        Problem::NotAllowed,
        Problem::AccountLocked,
        Problem::DeviceUnknown { device: device() },
        Problem::DeviceRevoked { device: device() },
        Problem::NotFound,
        Problem::SameIdOtherBytes { entry: chain()[0].entry().id },
        Problem::ChainGap { have_seq: 3 },
        Problem::ChainForked { seq: 4 },
        Problem::WrongOffset { offset: 65_536 },
        Problem::TooLarge { limit_bytes: 1_048_576 },
        Problem::NotAPhoto,
        Problem::WrongDigest { promised: digest },
        Problem::BadSignature,
        Problem::ActorNotEnrolled,
        Problem::UnknownPack { hash: digest },
        Problem::UnknownItem { item: text() },
        Problem::GradeMismatch { item: text() },
        Problem::RecordIncomplete { gaps: 2 },
        Problem::RecordInconsistent { detail: text() },
        Problem::UnknownKind { kind: text() },
        Problem::TooMany { retry_after_seconds: 30 },
        Problem::Internal,
        Problem::Unavailable,
        Problem::ServerFull,
        Problem::Unknown,
    ];
    let catalogue: Vec<(String, Problem)> =
        problems.into_iter().map(|problem| (problem.number().to_owned(), problem)).collect();
    check("problems.json", &catalogue);
    // Numbers that were given later have a file of their own, since none is ever edited.
    let of_step = |why: &StepRefusal| Problem::StepRefused { why: *why };
    let numbered = |why: &[StepRefusal]| -> Vec<(String, Problem)> {
        why.iter().map(of_step).map(|problem| (problem.number().to_owned(), problem)).collect()
    };
    let behind = |last| StepRefusal::ALL.iter().position(|it| *it == last).unwrap() + 1;
    let (before_rewards, of_rewards) = StepRefusal::ALL.split_at(behind(StepRefusal::MinorsNotPublic));
    let (refused, of_plaza) = before_rewards.split_at(behind(StepRefusal::TooLong));
    check("problems_2.json", &numbered(refused));
    let refused = PasswordRefusal::ALL.iter().map(|why| Problem::PasswordRefused { why: *why });
    let of_passwords: Vec<(String, Problem)> = std::iter::once(Problem::WrongPassword)
        .chain(refused)
        .map(|problem| (problem.number().to_owned(), problem))
        .collect();
    check("problems_3.json", &of_passwords);
    check("problems_4.json", &numbered(of_plaza));
    check("problems_5.json", &numbered(of_rewards));
}
