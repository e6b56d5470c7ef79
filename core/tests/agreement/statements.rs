//! What the server says under its signature beside receipts: roots of the transparency log, and the time.

use xunan_core::digest::Digest;
use xunan_core::log::{
    Nonce, NotAJws, Root, RootDraft, ServerTime, ServerTimeDraft, SignatureVerdict, SignedReceipt,
    SignedRoot, SignedServerTime,
};

use crate::support::at;
use crate::support::entries::jws;
use crate::support::keys::{KeyPair as _, P256, P256Verifier};

fn root() -> Root {
    Root { v: Root::VERSION, size: 7, root: Digest::of(b"root"), at: at(0) }
}

fn time() -> ServerTime {
    ServerTime { v: ServerTime::VERSION, nonce: Nonce::from_bytes([7; 16]), at: at(0) }
}

#[test]
fn a_root_and_a_time_are_read_back_as_they_were_signed() {
    let (key, other) = (P256::from_name("server"), P256::from_name("other"));
    let draft = RootDraft::new(root(), &key.public());
    let signature = key.sign(draft.input.as_bytes());
    let read = SignedRoot::parse(draft.sign(signature).compact()).unwrap();
    assert_eq!((read.payload(), read.kid()), (&root(), &*key.public().thumbprint()));
    assert_eq!(read.verify(&key.public(), &P256Verifier), SignatureVerdict::Fits);
    assert_eq!(read.verify(&other.public(), &P256Verifier), SignatureVerdict::DoesNotFit);

    let draft = ServerTimeDraft::new(time(), &key.public());
    let signature = key.sign(draft.input.as_bytes());
    let read = SignedServerTime::parse(draft.sign(signature).compact()).unwrap();
    assert_eq!(read.payload(), &time());
    assert_eq!(read.verify(&key.public(), &P256Verifier), SignatureVerdict::Fits);
}

#[test]
fn no_statement_can_be_shown_as_another() {
    let key = P256::from_name("server");
    let draft = RootDraft::new(root(), &key.public());
    let signature = key.sign(draft.input.as_bytes());
    let root = draft.sign(signature);
    assert!(matches!(SignedServerTime::parse(root.compact()), Err(NotAJws::Header(_))));
    assert!(matches!(SignedReceipt::parse(root.compact()), Err(NotAJws::Header(_))));
}

#[test]
fn a_payload_of_another_shape_or_version_is_refused() {
    let key = P256::from_name("server");
    let header = |typ: &str| format!(r#"{{"alg":"ES256","kid":"k","typ":"xunan-{typ}+jws"}}"#);
    let hash = Digest::of(b"root");
    let at = at(0);
    let good = format!(r#"{{"v":1,"size":7,"root":"{hash}","at":"{at}"}}"#);
    assert!(SignedRoot::parse(&jws(&header("root"), &good, &key)).is_ok());
    for bad in [
        good.replace(r#""v":1"#, r#""v":2"#),
        good.replace("\"size\":7", "\"size\":-7"),
        good.replace("sha256:", ""),
        good.replace(",\"at\"", ",\"ta\""),
        "{}".to_owned(),
    ] {
        let refused = SignedRoot::parse(&jws(&header("root"), &bad, &key));
        assert!(matches!(refused, Err(NotAJws::Payload(_))), "{bad}");
    }
    let good = format!(r#"{{"v":1,"nonce":"{}","at":"{at}"}}"#, time().nonce);
    assert!(SignedServerTime::parse(&jws(&header("time"), &good, &key)).is_ok());
    for bad in [good.replace(":1", ":2"), good.replace(r#","at""#, r#"A","at""#), "[]".to_owned()] {
        let refused = SignedServerTime::parse(&jws(&header("time"), &bad, &key));
        assert!(matches!(refused, Err(NotAJws::Payload(_))), "{bad}");
    }
}
