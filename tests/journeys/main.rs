//! Journeys through the built app: a real browser, the real server, and a network that can be taken away.

mod walk_offline;
mod killed_while_walking;
mod two_tabs;
mod second_phone;
mod bad_answers;
mod institution_offline;
mod storage_full;
mod storage_damaged;
mod encrypted_export;
mod sent_by_itself;
mod waiting_long;
#[cfg(target_os = "linux")]
mod power_cut;
mod preflight;
mod shell_kept;
mod documents;
mod coercion;
mod every_page;
mod loop_at_the_desk;
mod major_hazard_loop;
mod transfer_to_fire_brigade;
mod account_handed_over;
mod handover_in_the_loop;
mod photo_evidence;
mod redaction;
mod photos_killed;
mod verify_page;
mod snap_page;
mod outsiders;
mod own_password;
mod notices_taken;
mod photo_marked;
mod photo_without_simd;
mod log_checked_by_others;
mod server_killed;
mod browser_killed;
