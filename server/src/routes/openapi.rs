//! The description of this interface, generated from the types (OpenAPI 3.1).

use axum::Router;

use crate::parts::Parts;

pub(super) fn routes() -> Router<Parts> {
    Router::new()
}
