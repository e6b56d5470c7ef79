//! `POST /snap/around`: the institutions by which somebody who sets a pin finds the place again. The form's script asks with a point
//! that it has rounded to a kilometre, and here it is rounded once more: nobody need tell where he is to see what is around.
//!
//! ```json
//! {"places": [{"name": "巡河养老院", "at": [364003000, 1160003000]}]}
//! ```
//!
//! `at` is latitude and longitude in ten-millionths of a degree. Homes of minors 未成年人 are never among them.

use axum::body::Body;
use axum::extract::{Extension, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use xunan_core::facility::Facility;
use xunan_core::place::GeoPoint;
use xunan_core::snap::Neighbourhood;

use super::answers::{Recipient, private};
use super::wrong::Wrong;
use super::{Asked, FORM_BYTES, plain, read};
use crate::parts::{ClientAddress, Parts};

#[derive(Serialize)]
struct Around {
    places: Vec<Place>,
}

#[derive(Serialize)]
struct Place {
    name: String,
    at: [i32; 2],
}

impl Place {
    fn of((facility, point): (Facility, GeoPoint)) -> Self {
        Self { name: facility.name, at: [point.latitude_e7(), point.longitude_e7()] }
    }
}

/// A point as the script writes it: latitude and longitude in ten-millionths of a degree, with a comma between.
pub(super) fn point_of(text: &str) -> Option<GeoPoint> {
    let (latitude, longitude) = text.split_once(',')?;
    GeoPoint::from_e7(latitude.parse().ok()?, longitude.parse().ok()?).ok()
}

pub(super) async fn around(
    State(parts): State<Parts>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let lang = asked.lang(&headers);
    let told = |wrong| Recipient::Script.told(lang, wrong, || plain(lang, wrong));
    if let Err(wait) = parts.snaps.limits.search(address, parts.clock.now()) {
        return told(Wrong::Searches(wait.retry_after_seconds));
    }
    let (_open, form) = match read(&parts, address, &headers, body, FORM_BYTES).await {
        Ok(read) => read,
        Err(wrong) => return told(wrong),
    };
    let Some(point) = point_of(&form.text("near")) else { return told(Wrong::NotAForm) };
    match parts.snaps.around(Neighbourhood::of(point)).await {
        Ok(found) => private(axum::Json(Around { places: found.into_iter().map(Place::of).collect() })),
        Err(error) => {
            tracing::error!(%error, "institutions around a pin were not found out");
            told(Wrong::Failed)
        }
    }
}
