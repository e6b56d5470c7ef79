//! How devices and the server come to agree: the log, the outbox, the two sessions, and the world between them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;
mod log;
mod receipt;
mod outbox;
mod server;
mod device;
mod arrival_order;
mod world;
mod simulation;
mod time_bounds;
mod statements;
mod tree;
mod golden;
mod golden_steps;
mod golden_snaps;
mod golden_articles;
mod golden_trainings;
