//! What institutions do by themselves, seen from outside: from the round to the rows that everybody sees.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

mod support;
mod access;
mod fold;
mod golden;
mod rhythm;
