//! Frozen bodies of what institutions do by themselves: files are added, never edited.
//!
//! `UPDATE_GOLDEN=1 cargo test -p xunan-core --test rounds golden` writes files that are missing; it never overwrites one.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use xunan_core::ids::{CertificateId, Entropy, HazardId};
use xunan_core::rounds::{
    Certificate, CertificateKind, CertificateStanding, Found, InternalReport, Mending, Round, RoundKind,
};

use super::support::{date, facility_id, finding, morning, photo, round};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/v1");

/// What was written then is read, and written as it was.
fn stays<T: Serialize + DeserializeOwned + PartialEq + Debug>(name: &str, value: &T) {
    let path = format!("{FOLDER}/{name}");
    if std::env::var_os("UPDATE_GOLDEN").is_some() && !std::path::Path::new(&path).exists() {
        std::fs::write(&path, serde_json::to_string(value).unwrap()).unwrap();
    }
    let frozen = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    let read: T = serde_json::from_str(&frozen).unwrap();
    assert_eq!(&read, value, "{name}");
    assert_eq!(serde_json::to_string(&read).unwrap(), frozen, "{name}");
}

#[test]
fn bodies_of_version_1_are_read_and_written_as_they_were() {
    stays("round_nothing.json", &round(1, RoundKind::ZeroReport, Found::Nothing));
    let findings = vec![finding(Mending::OnTheSpot, &[1, 2]), finding(Mending::By(date("2026-11-29")), &[])];
    let check = Round {
        note: "查到三层".to_owned(),
        photos: vec![photo(3)],
        ..round(2, RoundKind::HeadCheck, Found::Findings(findings))
    };
    stays("round_findings.json", &check);
    stays(
        "certificate_noted.json",
        &Certificate {
            id: CertificateId::from_parts(morning(), Entropy(1)),
            facility: facility_id(1),
            kind: CertificateKind::FireOperator,
            holder: "样例丙".to_owned(),
            number: "XF-1".to_owned(),
            valid_until: Some(date("2027-05-31")),
            standing: CertificateStanding::InForce,
        },
    );
    stays(
        "report_made.json",
        &InternalReport {
            hazard: HazardId::from_parts(morning(), Entropy(9)),
            facility: facility_id(1),
            title: "应急灯不亮".to_owned(),
            place: "三层".to_owned(),
            description: "已经三天".to_owned(),
            photos: vec![photo(4)],
        },
    );
}
