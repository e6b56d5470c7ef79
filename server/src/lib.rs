//! The server of Xun'an 巡安: takes in what phones signed, keeps it, answers with receipts, and gives out what each
//! may see. Binary `xunan`.
//!
//! ```text
//!  phone ──HTTP──► routes ──► intake ──► core: verify, decide, fold
//!                    │           └─────► ledger_store: entry, rows, receipt in one commit
//!                    ├─────────────────► photo_store: bytes under their own hash
//!                    └─────────────────► accounts: who asks
//! ```
//!
//! *Push.* [`routes`] reads a bounded body and asks who sends it; [`intake`] verifies signatures beside the other
//! requests, then lets core's `ServerSession` decide inside one unit of work of [`ledger_store`]. Units of many
//! requests share one commit, and nobody is answered before it.
//!
//! *Photo.* Bytes grow in [`photo_store`] under a promise; when they are what was promised, they get their name, and
//! the intake completes the entries that waited for them: position, rows and receipt, again in one commit.
//!
//! *Pull.* Rows are stored under the names of those who may ask for them, so a page costs what it shows; core's
//! `Row::seen_by` has the last word on each.
//!
//! *Proof.* Behind the intake, [`transparency`] makes every receipt a leaf of a Merkle tree, and signs the tree's root
//! once a day: what was receipted cannot be taken back quietly.
//!
//! *Notices.* In the same transaction [`notices`] tells those who have to learn of it, and once a day those whose deadlines
//! come; [`connectors`] hand on what an operator wants handed on.
//!
//! *Citizens' reports.* [`snaps`] takes in what people send by the page `/snap`, without an account and without scripts:
//! it prepares their photos, signs their entries, and seals who they are apart from the ledger.
//!
//! *Staff training.* [`trainings`] puts on record how whoever is signed in answered the quiz of an article, by a door of its own.
//!
//! Only core knows rules; only [`ledger_store`] knows SQL; only [`photo_store`] knows the folder of photos; the
//! clock and randomness are read in [`clock`] alone.
//!
//! Decisions that a reader may ask about:
//! * *Why is there no server-side print view?* The desk program shows a record and prints it by its own style sheet,
//!   from `GET /api/entries/{id}`. What is served on an institution is another matter: [`documents`] makes PDFs of it, from
//!   the same blocks that the print page shows, since an archive wants a file that looks the same everywhere.
//! * *Why SQLite through synchronous calls?* Units of work are closures that run one after another on one thread
//!   anyhow, and core's fold looks rows up while it runs.
//! * *Why are packs kept in the database?* A record is checked by the pack that it names, however old, also after
//!   this program has stopped to ship it.

#![forbid(unsafe_code)]

pub mod clock;
pub mod photo_store;
pub mod ledger_store;
pub mod keys;
pub mod accounts;
pub mod notices;
pub mod intake;
pub mod door;
pub mod rebuild;
pub mod transparency;
pub mod connectors;
pub mod export;
pub mod shadows;
pub mod snaps;
pub mod trainings;
pub mod documents;
pub mod parts;
pub mod routes;
pub mod data_folder;
pub mod demo;
pub mod command_line;
pub mod decrypt;
pub mod serve;
pub mod admin;
pub mod admin_connectors;
mod admin_payouts;
pub mod export_file;
pub mod verify;
