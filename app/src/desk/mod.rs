//! The desk 办公端: what a supervisor has open in the office. Plans go out, visits and hazards come in.
//!
//! It is a program of its own, so that a phone never downloads it; it keeps the same storage, the same signed log
//! and the same outbox as the field program: a plan is an entry that this browser signs.
//!
//! ```text
//! Phone (rows, pulled) ─► tables ─► one visit: GET /api/entries/{id} ─► core reads the record ─► page, print
//!        ▲ append(PlanMade) ◄─ new plan
//!        ▲ append(HazardStep) ◄─ one hazard's story, or several at once ◄─ list: GET /api/hazards
//!        ▲ append(SnapBody) ◄─ one citizen's report ◄─ queue: GET /api/snaps
//!        ▲ append(ArticleBody) ◄─ one article of safety knowledge ◄─ list: GET /api/articles
//! ```

mod route;
mod frame;
mod keys;
mod open_row;
mod unread;
mod reading;
mod asked;
mod own_steps;
mod begun;
mod step_inputs;
mod step_signing;
mod plans;
mod new_plan;
mod visits;
mod times;
mod kept;
mod visit;
mod record;
mod record_facts;
mod record_findings;
mod record_items;
mod record_reuse;
mod photo_facts;
mod sketch;
mod redact;
mod redact_board;
mod redact_list;
mod redact_made;
mod hazards;
mod hazard_filters;
mod hazard_rows;
mod hazard_batch;
mod hazard_page;
mod hazard_facts;
mod hazard_story;
mod take_step;
mod step_menu;
mod step_form;
mod assign_form;
mod picked_photos;
mod step_photos;
mod snaps;
mod knowledge;
mod facilities;
mod accounts;
mod account;
mod new_account;
mod told_password;
mod notices;
mod me;

pub use frame::DESK;
pub use route::DeskRoute;
