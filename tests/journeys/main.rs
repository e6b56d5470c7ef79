//! Journeys through the built app: a real browser, the real server, and a network that can be taken away.

mod walk_offline;
mod server_killed;
mod shell_kept;
