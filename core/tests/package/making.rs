//! Packages made from fixed keys and times: always the same bytes.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use xunan_core::clock::{Instant, Span};
use xunan_core::digest::Digest;
use xunan_core::evidence::{Anchor, DeviceTime, PageTime};
use xunan_core::ids::{AccountId, DeviceId, Entropy, EntryId, FacilityId, LifeId};
use xunan_core::log::tree::{Subtree, leaf_hash};
use xunan_core::log::tree_proof::InclusionProof;
use xunan_core::log::{
    Body, ChainHead, ContentsStatement, DeviceStatement, Effect, EntryDraft, Nonce, Receipt, ReceiptDraft,
    Root, ServerTime, SignedEntry, SignedReceipt, Statement, StatementDraft, tree,
};
use xunan_core::package::{FileName, KeySet, README, device_key_json, rules_of};
use xunan_core::visit::VisitRecord;

use crate::keys::{KeyPair as _, P256};

/// The files of a package by their names.
pub(crate) type Files = BTreeMap<FileName, Vec<u8>>;

pub(crate) const PICTURES: [&[u8]; 7] = [
    include_bytes!("pictures/1.jpg"),
    include_bytes!("pictures/2.jpg"),
    include_bytes!("pictures/3.jpg"),
    include_bytes!("pictures/4.jpg"),
    include_bytes!("pictures/5.jpg"),
    include_bytes!("pictures/6.jpg"),
    include_bytes!("pictures/7.jpg"),
];

const RULES: [&[u8]; 2] =
    [include_bytes!("../golden/v1/visit_pack.json"), include_bytes!("../golden/v1/visit_fire.json")];

pub(crate) fn minute(minute: i64) -> Instant {
    "2026-11-22T01:00:00Z".parse::<Instant>().unwrap().plus(Span::minutes(minute))
}

pub(crate) fn server() -> P256 {
    P256::from_name("package server")
}

pub(crate) fn server_keys() -> KeySet {
    KeySet(vec![server().public()])
}

/// A signed statement of `key`.
pub(crate) fn stated<S: Statement>(payload: S, key: &P256) -> String {
    let draft = StatementDraft::new(payload, &key.public());
    let signature = key.sign(draft.input.as_bytes());
    draft.sign(signature).compact().to_owned()
}

/// One device with its key and its chain.
pub(crate) struct Phone {
    pub(crate) id: DeviceId,
    pub(crate) key: P256,
    pub(crate) head: ChainHead,
}

impl Phone {
    pub(crate) fn new(number: u128) -> Self {
        let key = P256::from_name(&format!("package phone {number}"));
        Self { id: DeviceId::from_parts(minute(0), Entropy(number)), key, head: ChainHead::default() }
    }

    pub(crate) fn write(&mut self, id: u128, at: Instant, body: &Body) -> SignedEntry {
        let page = |ms| PageTime { life: LifeId::from_parts(minute(0), Entropy(9)), ms };
        let nonce = Nonce::from_bytes([7; 16]);
        let token = stated(ServerTime { v: 1, nonce, at: minute(-5) }, &server());
        let time = DeviceTime {
            not_before: Some(minute(-5)),
            page: Some(page(600_000)),
            anchor: Some(Anchor { token, got: page(1_000) }),
            ..DeviceTime::unbounded(at)
        };
        let id = EntryId::from_parts(at, Entropy(id));
        let actor = AccountId::from_parts(minute(0), Entropy(1));
        let draft = EntryDraft::new(self.head, id, self.id, actor, time, body).unwrap();
        let signature = self.key.sign(draft.input.as_bytes());
        let signed = draft.sign(signature);
        self.head = signed.head();
        signed
    }

    pub(crate) fn statement(&self, revoked: Option<Instant>) -> DeviceStatement {
        let enrolled = minute(-60 * 24);
        DeviceStatement { v: 1, device: self.id, key: self.key.public(), enrolled, revoked, at: minute(700) }
    }
}

pub(crate) fn registered() -> Body {
    let card = json!({
        "id": FacilityId::from_parts(minute(0), Entropy(1)), "name": "样例养老院", "facility_type": "elderly_care",
        "division": "999901001", "address": "样例路1号", "beds": 80, "parties": [],
    });
    Body::FacilityRegistered(serde_json::from_value(card).unwrap())
}

/// A golden record whose photos are `pictures`, signed anew.
pub(crate) fn visit(record: &str, pictures: [usize; 4]) -> Body {
    let mut json: Value = serde_json::from_str(record).unwrap();
    for (photo, picture) in json["content"]["photos"].as_array_mut().unwrap().iter_mut().zip(pictures) {
        photo["stored"] = json!(Digest::of(PICTURES[picture]));
        photo["stored_bytes"] = json!(PICTURES[picture].len());
    }
    let content = serde_json::from_value::<VisitRecord>(json.clone()).unwrap().content().digest();
    let signatures = ["/lead_signature", "/second_signature", "/site", "/site/witness/signature"];
    for signature in signatures {
        if let Some(named) = json.pointer_mut(&format!("{signature}/content")) {
            *named = json!(content);
        }
    }
    Body::VisitSigned(serde_json::from_value(json).unwrap())
}

pub(crate) fn signed_visit() -> Body {
    visit(include_str!("../golden/v1/visit_signed.json"), [0, 1, 2, 3])
}

/// Its last photo is one of the other visit: the same bytes for two records.
pub(crate) fn refused_visit() -> Body {
    visit(include_str!("../golden/v1/visit_refused.json"), [4, 5, 6, 0])
}

pub(crate) fn receipt(signed: &SignedEntry, position: u64, key: &P256) -> SignedReceipt {
    receipt_at(signed, position, minute(600), key)
}

pub(crate) fn receipt_at(
    signed: &SignedEntry,
    position: u64,
    received: Instant,
    key: &P256,
) -> SignedReceipt {
    let entry = signed.entry();
    let receipt = Receipt {
        v: Receipt::VERSION,
        entry: entry.id,
        hash: signed.hash(),
        device: entry.device,
        seq: entry.seq,
        position,
        received,
        came: None,
        page: None,
        photos: entry.photo_digests(),
        clock: None,
        effect: Effect::Taken,
    };
    let draft = ReceiptDraft::new(receipt, &key.public());
    let signature = key.sign(draft.input.as_bytes());
    draft.sign(signature)
}

/// Two visits of two phones as the server gives them out, with everything that there is to prove them.
pub(crate) struct Two {
    pub(crate) files: Files,
    /// Three entries: a card and a visit of the first phone, a visit of the second.
    pub(crate) entries: Vec<SignedEntry>,
}

impl Two {
    pub(crate) fn visits() -> Self {
        let (mut first, mut second) = (Phone::new(1), Phone::new(2));
        let entries = vec![
            first.write(11, minute(0), &registered()),
            first.write(12, minute(75), &signed_visit()),
            second.write(13, minute(80), &refused_visit()),
        ];
        let mut files = bare();
        add_entries(&mut files, &entries);
        let contents = contents(&entries);
        files.insert(FileName::Contents, stated(contents, &server()).into_bytes());
        files.insert(FileName::ServerKeys, server_keys().to_json().into_bytes());
        for phone in [&first, &second] {
            files.insert(FileName::Device(phone.id), stated(phone.statement(None), &server()).into_bytes());
        }
        let receipts: Vec<_> =
            entries.iter().zip(1..).map(|(entry, position)| receipt(entry, position, &server())).collect();
        for signed in &receipts {
            let name = FileName::Receipt(signed.payload().entry);
            files.insert(name, signed.compact().as_bytes().to_vec());
        }
        add_log(&mut files, &receipts);
        Self { files, entries }
    }
}

pub(crate) fn contents(entries: &[SignedEntry]) -> ContentsStatement {
    let entries = entries.iter().map(|signed| (signed.entry().id, signed.hash())).collect();
    ContentsStatement { v: 1, at: minute(700), entries }
}

/// What every package has.
pub(crate) fn bare() -> Files {
    Files::from([(FileName::Readme, README.as_bytes().to_vec())])
}

/// Adds entries with their photos and rules.
pub(crate) fn add_entries(files: &mut Files, entries: &[SignedEntry]) {
    for signed in entries {
        files.insert(FileName::Entry(signed.entry().id), signed.compact().as_bytes().to_vec());
        for photo in &signed.entry().photos {
            let picture = PICTURES.iter().find(|it| Digest::of(it) == photo.digest).unwrap();
            files.insert(FileName::Photo(photo.digest), picture.to_vec());
        }
        let Ok(Body::VisitSigned(record)) = signed.body() else { continue };
        for rules in rules_of(record) {
            let bytes = RULES.iter().find(|it| Digest::of(it) == rules.hash).unwrap();
            files.insert(FileName::Rules(rules.hash), bytes.to_vec());
        }
    }
}

/// Adds a signed root over the receipts and a proof for each.
pub(crate) fn add_log(files: &mut Files, receipts: &[SignedReceipt]) {
    let leaves: Vec<Digest> = receipts.iter().map(|it| leaf_hash(it.compact().as_bytes())).collect();
    let size = leaves.len() as u64;
    let hash = |it: Subtree| Ok::<_, std::convert::Infallible>(subtree(&leaves, it));
    let Ok(root) = tree::root(size, hash);
    let root = Root { v: 1, size, root, at: minute(650) };
    files.insert(FileName::Root(size), stated(root, &server()).into_bytes());
    for signed in receipts {
        let receipt = signed.payload();
        let Ok(proof) = InclusionProof::make(receipt.position, size, hash);
        let json = serde_json::to_vec(&proof.unwrap()).unwrap();
        files.insert(FileName::Proof(receipt.entry), json);
    }
}

/// The hash of a complete subtree, straight from the definition.
fn subtree(leaves: &[Digest], it: Subtree) -> Digest {
    if it.level == 0 {
        return leaves[usize::try_from(it.index).unwrap()];
    }
    let below = |index| subtree(leaves, Subtree { level: it.level - 1, index });
    Digest::of_parts(&[&[1], below(it.index * 2).bytes(), below(it.index * 2 + 1).bytes()])
}

/// What a phone hands out before anything was sent: its own key, which nobody vouches for.
pub(crate) fn unsent() -> Files {
    let mut phone = Phone::new(1);
    let entries = [phone.write(11, minute(0), &registered()), phone.write(12, minute(75), &signed_visit())];
    let mut files = bare();
    add_entries(&mut files, &entries);
    files.insert(FileName::ServerKeys, server_keys().to_json().into_bytes());
    files.insert(FileName::DeviceKey(phone.id), device_key_json(&phone.key.public()).into_bytes());
    files
}

/// A phone whose key was revoked went on signing; a photo was exchanged; a receipt was made by somebody else.
pub(crate) fn doctored() -> Files {
    let Two { mut files, entries } = Two::visits();
    let mut lost = Phone::new(3);
    let late = lost.write(14, minute(90), &registered());
    files.remove(&FileName::Contents);
    add_entries(&mut files, std::slice::from_ref(&late));
    let late_receipt = receipt(&late, 4, &server());
    files.insert(FileName::Receipt(late.entry().id), late_receipt.compact().as_bytes().to_vec());
    let statement = stated(lost.statement(Some(minute(300))), &server());
    files.insert(FileName::Device(lost.id), statement.into_bytes());
    let photo = FileName::Photo(entries[1].entry().photos[1].digest);
    files.insert(photo, PICTURES[2].to_vec());
    let forged = receipt(&entries[2], 3, &P256::from_name("somebody else"));
    files.insert(FileName::Receipt(entries[2].entry().id), forged.compact().as_bytes().to_vec());
    files
}
