//! Notices, seen from outside: who gets what, when, and who never does.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

mod world;
mod steps;
mod days;
mod plans;
mod snaps;
mod properties;
mod golden;
