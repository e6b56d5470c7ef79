//! Every rule of Xun'an 巡安, in one crate: compiled to WebAssembly for the phone and natively for the
//! server, so that both decide alike.
//!
//! Nothing here reads a clock, invents an id, draws a random number, touches a disk, a network or a page,
//! or awaits: time, ids and entropy are arguments, and bytes go in and out.
//!
//! The modules stand in the order in which data flows, and a module uses only modules above it
//! (`cargo xtask tidy` checks that).

#![forbid(unsafe_code)]

pub mod spelling;
mod json;
pub mod clock;
pub mod calendar;
pub mod digest;
pub mod ids;
pub mod problem;
pub mod offers;
pub mod region;
pub mod terms;
pub mod place;
pub mod department;
pub mod facility;
pub mod unit;
pub mod letterhead;
pub mod rules;
pub mod plan;
pub mod access;
pub mod account;
pub mod evidence;
pub mod visit;
pub mod hazard;
pub mod reward;
pub mod snap;
pub mod knowledge;
pub mod rounds;
pub mod document;
pub mod log;
pub mod ledger;
pub mod notice;
pub mod package;
pub mod outbox;
pub mod sync;
pub mod sealing;
pub mod copies;
#[cfg(feature = "schema")]
mod schema;

pub use json::{Json, Late};
