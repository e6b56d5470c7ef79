//! The log with real signatures.

use proptest::prelude::*;
use xunan_core::clock::Date;
use xunan_core::evidence::DeviceTime;
use xunan_core::ids::{AccountId, DeviceId, EntryId, FacilityId, PlanId};
use xunan_core::log::{
    Body, ChainFault, ChainHead, Entry, EntryDraft, Es256 as _, NotAJws, SignatureVerdict, SignedEntry,
    verify_chain,
};
use xunan_core::plan::{NoticeMode, Plan};
use xunan_core::problem::Problem;
use xunan_core::rules::Profile;

use crate::support::entries::{Writer, account, entry_jws, jws};
use crate::support::keys::{KeyPair, P256, P256Verifier, Quick, QuickVerifier};
use crate::support::{at, entropy};

fn chain(length: u64, key: &impl KeyPair) -> Vec<SignedEntry> {
    let mut writer = Writer::new(1);
    (1..=length).map(|id| writer.write(id, &[], key)).collect()
}

fn plan() -> Plan {
    Plan {
        id: PlanId::from_parts(at(0), entropy(1)),
        facility: FacilityId::from_parts(at(0), entropy(2)),
        office: "371526".parse().unwrap(),
        inspectors: [account(1), account(2)],
        notice: NoticeMode::OnArrival,
        profile: Profile::ALL[0],
        from: Date::new(2026, 11, 23).unwrap(),
        until: Date::new(2026, 11, 27).unwrap(),
        purpose: "冬季消防检查".to_owned(),
    }
}

fn draft(body: &Body) -> Result<EntryDraft, Problem> {
    EntryDraft::new(
        ChainHead::default(),
        EntryId::from_parts(at(0), entropy(3)),
        DeviceId::from_parts(at(0), entropy(4)),
        AccountId::from_parts(at(0), entropy(5)),
        DeviceTime { not_before: Some(at(-100)), server_ahead: None, ..DeviceTime::unbounded(at(0)) },
        body,
    )
}

#[test]
fn an_entry_is_read_back_as_it_was_written() {
    let key = P256::from_name("device");
    let body = Body::PlanMade(plan());
    let draft = draft(&body).unwrap();
    let signature = key.sign(draft.input.as_bytes());
    let signed = draft.sign(signature);
    assert_eq!(signed.verify(&key.public(), &P256Verifier), SignatureVerdict::Fits);
    assert_eq!(
        signed.verify(&P256::from_name("other").public(), &P256Verifier),
        SignatureVerdict::DoesNotFit
    );

    let read = SignedEntry::parse(signed.compact()).unwrap();
    assert_eq!((read.hash(), read.compact()), (signed.hash(), signed.compact()));
    assert_eq!(read.verify(&key.public(), &P256Verifier), SignatureVerdict::Fits);
    assert_eq!(serde_json::to_string(read.entry()).unwrap(), serde_json::to_string(signed.entry()).unwrap());
    assert_eq!(Body::of(read.entry()).unwrap(), body);
}

#[test]
fn a_key_that_is_no_point_of_the_curve_fits_nothing() {
    let key = P256::from_name("device");
    let signature = key.sign(b"input");
    let mut off_curve = key.public();
    off_curve.y.clone_from(&off_curve.x);
    assert_eq!(P256Verifier.verify(&off_curve, b"input", &signature), SignatureVerdict::DoesNotFit);
    off_curve.crv = "P-521".to_owned();
    assert_eq!(P256Verifier.verify(&off_curve, b"input", &signature), SignatureVerdict::DoesNotFit);
}

#[test]
fn a_body_that_would_not_fit_is_refused_before_it_has_a_place_in_the_chain() {
    let body = |length: usize| Body::PlanMade(Plan { purpose: "x".repeat(length), ..plan() });
    assert!(draft(&body(700_000)).is_ok());
    let refused = draft(&body(SignedEntry::MAX_BYTES)).map(|draft| draft.entry.seq);
    assert_eq!(refused, Err(Problem::TooLarge { limit_bytes: 1024 * 1024 }));
}

#[test]
fn a_body_that_cannot_be_read_is_told_by_its_reason() {
    let of = |change: fn(&mut Entry)| {
        let mut entry = draft(&Body::PlanMade(plan())).unwrap().entry;
        change(&mut entry);
        Body::of(&entry).unwrap_err()
    };
    assert_eq!(
        of(|entry| entry.kind = "of.tomorrow".to_owned()),
        Problem::UnknownKind { kind: "of.tomorrow".to_owned() }
    );
    assert!(matches!(of(|entry| entry.kind = "plan.withdrawn".to_owned()), Problem::Malformed { .. }));
    let photos = of(|entry| entry.photos = Writer::new(1).draft(1, &[b"photo"]).photos);
    assert_eq!(photos, Problem::RecordInconsistent { detail: "photos".to_owned() });
}

#[test]
fn only_what_we_would_have_written_is_an_entry() {
    let key = Quick::from_name("device");
    let good = Writer::new(1).draft(1, &[]);
    let payload = |change: fn(&mut Entry)| {
        let mut entry = good.clone();
        change(&mut entry);
        SignedEntry::parse(&entry_jws(&entry, &key)).map(|_| ())
    };
    let refused = |what: &str| Err(NotAJws::Payload(what.to_owned()));
    assert_eq!(payload(|_| ()), Ok(()));
    assert_eq!(payload(|entry| entry.v = 2), refused("v is not 1"));
    assert_eq!(payload(|entry| entry.seq = 0), refused("seq is not between 1 and 2^53 - 1"));
    assert_eq!(payload(|entry| entry.seq = 1 << 53), refused("seq is not between 1 and 2^53 - 1"));
    assert_eq!(
        payload(|entry| entry.seq = 2),
        refused("every entry but the first, and only those, has a prev")
    );

    let header = format!(r#"{{"alg":"ES256","kid":"{}","typ":"xunan-entry+jws"}}"#, Writer::new(2).device);
    let json = serde_json::to_string(&good).unwrap();
    assert_eq!(
        SignedEntry::parse(&jws(&header, &json, &key)).map(|_| ()),
        refused("device is not the header's kid")
    );

    let compact = entry_jws(&good, &key);
    let (input, signature) = compact.rsplit_once('.').unwrap();
    for (bad, expected) in [
        (String::new(), NotAJws::Shape),
        (input.to_owned(), NotAJws::Shape),
        (format!("{compact}."), NotAJws::Shape),
        (format!("{compact}="), NotAJws::Shape),
        (format!("{compact}\n"), NotAJws::Shape),
        (format!(" {compact}"), NotAJws::Shape),
        (format!("{input}.{}", &signature[..84]), NotAJws::SignatureLength),
        (format!("{input}."), NotAJws::SignatureLength),
    ] {
        assert_eq!(SignedEntry::parse(&bad).map(|_| ()), Err(expected), "{bad}");
    }
    let header = format!(r#"{{"alg":"ES256","kid":"{}","typ":"xunan-entry+jws"}}"#, good.device);
    let not_utf8 = json.bytes().map(|byte| if byte == b'w' { 0xff } else { byte }).collect();
    for payload in [b"[]".to_vec(), b"{}".to_vec(), Vec::new(), json.as_bytes()[1..].to_vec(), not_utf8] {
        let parsed = SignedEntry::parse(&jws(&header, &payload, &key));
        assert!(matches!(parsed, Err(NotAJws::Payload(_))), "{}", String::from_utf8_lossy(&payload));
    }
    assert!(matches!(
        SignedEntry::parse(&jws(r#"{"alg":"none","typ":"xunan-entry+jws"}"#, "{}", &key)),
        Err(NotAJws::Header(_))
    ));
}

#[test]
fn a_member_given_twice_is_refused_since_readers_would_differ_on_which_counts() {
    let key = Quick::from_name("device");
    let good = Writer::new(1).draft(1, &[]);
    let header = format!(r#"{{"alg":"ES256","kid":"{}","typ":"xunan-entry+jws"}}"#, good.device);
    let json = serde_json::to_string(&good).unwrap().replacen("\"v\":1", "\"v\":1,\"v\":1", 1);
    assert!(matches!(SignedEntry::parse(&jws(&header, &json, &key)), Err(NotAJws::Payload(_))));
}

#[test]
fn a_chain_verifies_from_its_head_and_from_the_middle() {
    let key = P256::from_name("device");
    let chain = chain(4, &key);
    let end = verify_chain(ChainHead::default(), &chain, &key.public(), &P256Verifier).unwrap();
    assert_eq!(end, chain[3].head());
    assert_eq!(verify_chain(chain[1].head(), &chain[2..], &key.public(), &P256Verifier), Ok(end));
    assert_eq!(verify_chain(end, &[], &key.public(), &P256Verifier), Ok(end));
}

#[test]
fn an_entry_of_another_device_or_key_breaks_the_chain() {
    let key = Quick::from_name("device");
    let mut mixed = chain(2, &key);
    let mut other = Writer { head: mixed[1].head(), ..Writer::new(2) };
    mixed.push(other.write(9, &[], &key));
    let verify = |entries: &[SignedEntry], key: &Quick| {
        verify_chain(ChainHead::default(), entries, &key.public(), &QuickVerifier)
    };
    assert_eq!(verify(&mixed, &key), Err(ChainFault::OtherDevice { seq: 3 }));
    assert_eq!(verify(&mixed[..2], &Quick::from_name("other")), Err(ChainFault::BadSignature { seq: 1 }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_chain_that_was_shortened_reordered_or_repeated_inside_does_not_verify(
        length in 2_u64..8, remove in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(),
    ) {
        let key = Quick::from_name("device");
        let whole = chain(length, &key);
        let verify = |entries: &[SignedEntry]| {
            verify_chain(ChainHead::default(), entries, &key.public(), &QuickVerifier)
        };
        prop_assert!(verify(&whole).is_ok());
        let at = remove.index(whole.len());

        let mut removed = whole.clone();
        removed.remove(at);
        if at + 1 < whole.len() {
            prop_assert_eq!(verify(&removed), Err(ChainFault::WrongSeq { expected: at as u64 + 1, found: at as u64 + 2 }));
        } else {
            // Cutting off the end leaves a chain: that is what the head is for.
            prop_assert_ne!(verify(&removed), verify(&whole));
        }

        let mut repeated = whole.clone();
        repeated.insert(at, whole[at].clone());
        prop_assert!(verify(&repeated).is_err());

        let to = other.index(whole.len());
        if at != to {
            let mut swapped = whole.clone();
            swapped.swap(at, to);
            prop_assert!(verify(&swapped).is_err());
        }
    }

    #[test]
    fn a_chain_with_one_entry_written_anew_does_not_verify(length in 2_u64..8, anew in any::<prop::sample::Index>()) {
        let key = Quick::from_name("device");
        let mut whole = chain(length, &key);
        let at = anew.index(whole.len() - 1);
        let before = at.checked_sub(1).map_or_else(ChainHead::default, |before| whole[before].head());
        whole[at] = Writer { head: before, ..Writer::new(1) }.write(99, &[], &key);
        let verdict = verify_chain(ChainHead::default(), &whole, &key.public(), &QuickVerifier);
        prop_assert_eq!(verdict, Err(ChainFault::WrongPrev { seq: at as u64 + 2 }));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_entry_with_one_character_changed_is_another_entry_and_not_authentic(
        at in any::<prop::sample::Index>(), to in "[A-Za-z0-9_-]",
    ) {
        let key = P256::from_name("device");
        let signed = &chain(1, &key)[0];
        let mut changed = signed.compact().as_bytes().to_vec();
        let at = at.index(changed.len());
        prop_assume!(changed[at] != to.as_bytes()[0]);
        changed[at] = to.as_bytes()[0];
        match SignedEntry::parse(&String::from_utf8(changed).unwrap()) {
            Err(_) => {}
            Ok(read) => {
                prop_assert_ne!(read.hash(), signed.hash());
                prop_assert_eq!(read.verify(&key.public(), &P256Verifier), SignatureVerdict::DoesNotFit);
            }
        }
    }
}
