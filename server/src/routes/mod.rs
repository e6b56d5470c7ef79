//! Every route, one family per file, each with its errors in its head.
//!
//! ```text
//! request ─► log ─► security headers ─► own site? ─► route ─► Parts
//!                                                      └─ anything wrong ─► Refusal: a numbered problem
//! ```
//!
//! To add a route: a file here with `routes()`, a line in [`router`], and its place in `openapi.rs`. A route that
//! takes `who::Who` is closed to everybody who is not signed in.

mod accounts;
mod app_files;
mod articles;
mod body;
mod devices;
mod documents;
mod entries;
mod gate;
mod hazards;
mod leftover;
mod log;
mod notices;
mod openapi;
mod own_password;
mod package;
mod packs;
mod photos;
mod pull;
mod push;
mod recordings;
mod refusal;
mod regions;
mod rewards;
mod server;
mod session;
mod shadows;
mod sheet;
mod snap;
mod snaps;
mod time;
mod transparency;
mod tus;
mod uploads;
mod who;

use axum::Router;
use axum::middleware;
use tower_http::compression::CompressionLayer;

pub use refusal::Refusal;

use crate::parts::Parts;

/// The whole HTTP service.
pub fn router(parts: Parts) -> Router {
    let api = Router::new()
        .merge(session::routes())
        .merge(own_password::routes())
        .merge(accounts::routes())
        .merge(devices::routes())
        .merge(push::routes())
        .merge(pull::routes())
        .merge(packs::routes())
        .merge(regions::routes())
        .merge(notices::routes())
        .merge(entries::routes())
        .merge(hazards::routes())
        .merge(snaps::routes())
        .merge(rewards::routes())
        .merge(articles::routes())
        .merge(time::routes())
        .merge(transparency::routes())
        .merge(openapi::routes())
        .layer(CompressionLayer::new().gzip(true))
        .merge(uploads::routes())
        .merge(recordings::routes())
        .merge(package::routes())
        .merge(documents::routes())
        .merge(shadows::routes())
        .merge(snap::routes())
        .layer(middleware::from_fn(gate::own_site_only));
    Router::new()
        .merge(api)
        .merge(server::routes())
        .merge(app_files::routes())
        .method_not_allowed_fallback(gate::other_method)
        .layer(middleware::from_fn_with_state(parts.standing, gate::security_headers))
        .layer(middleware::from_fn(log::log_request))
        .layer(middleware::from_fn(leftover::read_leftovers))
        .layer(middleware::from_fn_with_state(parts.standing, gate::note_address))
        .with_state(parts)
}
