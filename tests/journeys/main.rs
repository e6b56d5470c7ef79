//! Journeys through the built app: a real browser, the real server, and a network that can be taken away.

mod walk_offline;
mod killed_while_walking;
mod two_tabs;
mod bad_answers;
mod storage_full;
mod encrypted_export;
mod sent_by_itself;
mod shell_kept;
mod every_page;
mod photo_evidence;
mod redaction;
mod photos_killed;
mod verify_page;
mod outsiders;
mod photo_marked;
mod log_checked_by_others;
mod server_killed;
mod browser_killed;
