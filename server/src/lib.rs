//! The server.
#![forbid(unsafe_code)]

pub mod ledger_store;
