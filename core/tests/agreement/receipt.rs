//! Receipts.

use xunan_core::digest::Digest;
use xunan_core::log::{Coverage, Effect, NotAJws, Receipt, ReceiptDraft, SignatureVerdict, SignedReceipt};
use xunan_core::outbox::Item;
use xunan_core::problem::Problem;

use crate::support::at;
use crate::support::entries::{Writer, entry_jws, jws};
use crate::support::keys::{KeyPair as _, P256, P256Verifier, Quick};

fn item(photos: &[&[u8]]) -> Item {
    Item::new(&Writer::new(1).write(1, photos, &Quick::from_name("device")), "某敬老院".to_owned())
}

fn receipt(item: &Item, photos: &[&[u8]], effect: Effect) -> SignedReceipt {
    let key = P256::from_name("server");
    let receipt = Receipt {
        v: Receipt::VERSION,
        entry: item.entry(),
        hash: item.hash(),
        device: Writer::new(1).device,
        seq: item.seq(),
        position: 7,
        received: at(10),
        came: None,
        page: None,
        photos: photos.iter().map(|bytes| Digest::of(bytes)).collect(),
        clock: None,
        effect,
    };
    let draft = ReceiptDraft::new(receipt, &key.public());
    let signature = key.sign(draft.input.as_bytes());
    draft.sign(signature)
}

#[test]
fn a_receipt_is_read_back_as_it_was_signed() {
    let problem = Problem::ChainForked { seq: 1 };
    for effect in [Effect::Taken, Effect::None { problem: problem.clone() }] {
        let signed = receipt(&item(&[b"a"]), &[b"a"], effect);
        let read = SignedReceipt::parse(signed.compact()).unwrap();
        assert_eq!(read.receipt(), signed.receipt());
        assert_eq!(read.compact(), signed.compact());
        assert_eq!(read.kid(), P256::from_name("server").public().thumbprint());
        assert_eq!(read.verify(&P256::from_name("server").public(), &P256Verifier), SignatureVerdict::Fits);
        assert_eq!(
            read.verify(&P256::from_name("other").public(), &P256Verifier),
            SignatureVerdict::DoesNotFit
        );
    }
    let without = receipt(&item(&[]), &[], Effect::None { problem: problem.clone() });
    assert_eq!(without.receipt().without_effect(), Some(&problem));
}

#[test]
fn a_receipt_covers_an_item_only_when_it_names_every_hash() {
    let check = |in_item: &[&[u8]], in_receipt: &[&[u8]], expected: Coverage| {
        let item = item(in_item);
        assert_eq!(
            item.covered_by(&receipt(&item, in_receipt, Effect::Taken)),
            expected,
            "{in_item:?} {in_receipt:?}"
        );
    };
    check(&[], &[], Coverage::Whole);
    check(&[b"a"], &[b"a"], Coverage::Whole);
    check(&[b"a", b"a"], &[b"a"], Coverage::Whole);
    check(&[b"a", b"b"], &[b"b", b"a", b"c"], Coverage::Whole);
    check(&[b"a", b"b"], &[b"a"], Coverage::Partial);
    check(&[b"a"], &[], Coverage::Partial);
    let other = receipt(
        &Item::new(&Writer::new(1).write(2, &[], &Quick::from_name("device")), String::new()),
        &[],
        Effect::Taken,
    );
    assert_eq!(item(&[]).covered_by(&other), Coverage::Partial);
}

#[test]
fn an_entry_is_no_receipt_and_a_later_version_is_not_guessed_at() {
    let key = Quick::from_name("server");
    let entry = entry_jws(&Writer::new(1).draft(1, &[]), &key);
    assert!(matches!(SignedReceipt::parse(&entry), Err(NotAJws::Header(_))));
    let mut later = receipt(&item(&[]), &[], Effect::Taken).receipt().clone();
    later.v = 2;
    let header = r#"{"alg":"ES256","kid":"k","typ":"xunan-receipt+jws"}"#;
    let later = jws(header, serde_json::to_string(&later).unwrap(), &key);
    assert_eq!(SignedReceipt::parse(&later).map(|_| ()), Err(NotAJws::Payload("v is not 1".to_owned())));
}
