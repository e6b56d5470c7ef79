//! A walk, seen from outside: from the first touch to the rows that everybody sees.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

#[path = "../given/moments.rs"]
mod given;
mod support;
mod edits;
mod gaps;
mod hazards;
mod signing;
mod check;
mod properties;
mod golden;
mod copies;
mod fold;
mod rows;
mod documents;
mod access;
