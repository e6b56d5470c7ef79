//! The server.
#![forbid(unsafe_code)]

pub mod clock;
pub mod ledger_store;
pub mod keys;
pub mod accounts;
