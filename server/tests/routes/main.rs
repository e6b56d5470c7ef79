//! The real router over a real database in a temporary folder: what phones may send, what they get, what they never
//! get to see.

#![expect(clippy::unwrap_used, reason = "helpers of tests may, as tests may: a failure is the test's")]

mod support;

mod accounts;
mod admin;
mod app;
mod hazards;
mod leaks;
mod notices;
mod own_password;
#[path = "../connectors/outside.rs"]
#[expect(dead_code, reason = "the tests of connectors use all of it")]
mod outside;
mod own_work;
mod package;
mod photos;
mod public_copy;
mod pull;
mod documents;
mod push;
mod rebuild;
mod reuse;
mod session;
mod shadows;
mod snap;
mod sight;
mod time;
mod transparency;
mod uploads;
