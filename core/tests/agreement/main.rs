//! How devices and the server come to agree: the log, the outbox, the two sessions, and the world between them.

mod support;
mod log;
mod receipt;
mod outbox;
mod server;
mod arrival_order;
mod world;
mod simulation;
