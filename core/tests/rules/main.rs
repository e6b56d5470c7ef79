//! The rules, seen from outside: the packs that ship, packs that must be refused, and the grades they give.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

mod support;
mod shipped;
mod broken;
mod grading;
mod fire;
mod golden;
mod properties;
