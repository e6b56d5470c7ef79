//! Frozen bytes of staff training on record: somebody of an institution, and somebody of none.

use serde_json::json;
use xunan_core::ids::{AccountId, ArticleId, EntryId, FacilityId, TrainingId};
use xunan_core::knowledge::Taken;
use xunan_core::log::{EntryDraft, TrainingBody};

use super::golden::{actor, device, frozen_chain, time};
use crate::support::entropy;

#[test]
fn trainings_of_version_1_are_read_verified_and_written_as_they_were() {
    let at = time("2026-11-20T00:00:00Z");
    let taken = |number: u64, facility: Option<FacilityId>| -> Taken {
        let mut json = json!({
            "training": TrainingId::from_parts(at, entropy(710 + number)),
            "person": AccountId::from_parts(at, entropy(720 + number)),
            "article": ArticleId::from_parts(at, entropy(701)),
            "version": EntryId::from_parts(at, entropy(700)),
            "score": { "right": 4 - number, "all": 5 },
        });
        if let Some(facility) = facility {
            json["facility"] = json!(facility);
        }
        serde_json::from_value(json).unwrap()
    };
    let facility = FacilityId::from_parts(at, entropy(730));
    let bodies = [("institution", taken(0, Some(facility))), ("inspector", taken(1, None))];
    let numbered = bodies.into_iter().zip(1..);
    let bodies = numbered
        .map(|((name, taken), number)| {
            (format!("training_taken_{number:02}_{name}.jws"), TrainingBody(taken))
        })
        .collect();
    let draft = |head, id, time, body: &_| EntryDraft::new(head, id, device(), actor(), time, body).unwrap();
    frozen_chain(820, bodies, draft, |signed, body, name| {
        assert_eq!(TrainingBody::of(signed.entry()), Some(Ok(body.clone())), "{name}");
    });
}
