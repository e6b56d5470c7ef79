//! The server.
#![forbid(unsafe_code)]

pub mod clock;
pub mod ledger_store;
pub mod photo_store;
pub mod keys;
pub mod accounts;
pub mod intake;
pub mod parts;
pub mod routes;
pub mod data_folder;
pub mod demo;
pub mod command_line;
pub mod serve;
pub mod admin;
