//! Journeys through the built app: a real browser, the real server, and a network that can be taken away.

mod walk_offline;
mod killed_while_walking;
mod bad_answers;
mod two_tabs;
mod storage_full;
mod outsiders;
mod every_page;
mod server_killed;
