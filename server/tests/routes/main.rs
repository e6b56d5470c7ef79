//! The real router over a real database in a temporary folder: what phones may send, what they get, what they never
//! get to see.

mod support;

mod app;
mod photos;
mod pull;
mod push;
mod session;
mod sight;
mod uploads;
