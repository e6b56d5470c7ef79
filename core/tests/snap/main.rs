//! Citizens' reports, seen from outside: who may take which step when, what holds whatever happens, until when an office owes
//! something, and which reports are suggested as one.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../given/moments.rs"]
mod given;
mod support;
mod table;
mod offers;
mod reports;
mod rewards;
mod deadlines;
mod duplicates;
mod labelled;
mod plaza;
mod map_mark;
mod positions;
mod properties;
