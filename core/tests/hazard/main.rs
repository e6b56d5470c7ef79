//! The life of a hazard, seen from outside: who may take which step when, and what holds whatever happens.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../given/moments.rs"]
mod given;
mod support;
mod table;
mod loop_guards;
mod aside_guards;
mod photo_uses;
mod offered_documents;
mod properties;
