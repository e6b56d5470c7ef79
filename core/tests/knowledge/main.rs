//! Articles of safety knowledge, seen from outside: who may take which step when, what stays whatever happens, and what makes a
//! pass.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../given/moments.rs"]
mod given;
mod support;
mod table;
mod bounds;
mod quizzes;
mod pictures;
mod trainings;
mod properties;
