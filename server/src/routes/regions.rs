//! What a region decides for the phones that work in it.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /api/region-rules` | 200 [`RegionRules`] of the account's region; 401.1 |

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use xunan_core::Json;
use xunan_core::evidence::RegionRules;

use super::Refusal;
use super::body::Answer;
use super::who::Who;
use crate::ledger_store::Tables;
use crate::parts::Parts;

pub(super) fn routes() -> Router<Parts> {
    Router::new().route("/api/region-rules", get(rules))
}

async fn rules(State(parts): State<Parts>, who: Who) -> Result<Response, Refusal> {
    let region = who.account.region;
    let rules = parts
        .store
        .read(move |tables: &dyn Tables| {
            let letterhead = tables.letterhead(&region)?;
            // The country first, so the last that is set is the closest.
            let mut closest = None;
            for division in region.ancestors() {
                closest = tables.region_rules(&division)?.or(closest);
            }
            // An office's name is its own: nobody writes in the name of the one above.
            let letterhead = letterhead.as_ref().map(Json::of);
            Ok::<RegionRules, Refusal>(RegionRules { letterhead, ..closest.unwrap_or_default() })
        })
        .await?;
    Ok(Answer(rules).into_response())
}
