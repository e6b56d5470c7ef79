//! Documents 文书: what an office hands out on paper, as content and not as layout.
//!
//! ```text
//! visit record ─┐
//! hazard lines ─┼─► Drafting ─► Issue ──check──► document.issued ──fold──► card with its number
//! letterhead   ─┘                 │                                           │
//!                                 └────────────► blocks(issue, number) ◄──────┘
//!                                                 │            │
//!                                           print page        PDF
//! ```
//!
//! An [`Issue`] is the body of a `document.issued` entry: everything that the document says, in its own words, so that it
//! needs nothing else to be read in ten years. [`Issue::check`] refuses what may not be issued. [`blocks`] puts it into
//! titles, fields, paragraphs, tables and lines for signatures; the print page and the server's PDF show the same blocks,
//! and neither knows a rule.
//!
//! The number is not in the entry: whoever issues offline cannot know it. The ledger counts one series for each office,
//! kind and year ([`Series`]), one by one in the order in which entries take effect. So no number is given twice, and none
//! is left out.
//!
//! To add a kind: [`DocumentKind`], its [`Matter`], its rules in `check`, its wording in `wording`, its blocks, and a line
//! in the tables of `core/tests/walk/documents.rs`.

mod kind;
mod issue;
mod number;
mod wording;
mod grounds;
mod offered;
mod check;
mod make;
mod block;
mod lay_out;

pub use block::{Block, Run};
pub use grounds::{GroundsPart, HoldsFrom};
pub use issue::{
    Addressee, Before, CheckLine, Grounds, HazardPlan, Inspection, Issue, Matter, Officer, OrderedLine,
    Recheck, RecheckLine, TransferOut,
};
pub use kind::DocumentKind;
pub use lay_out::blocks;
pub use make::Drafting;
pub use number::{Series, chinese_number};
pub use offered::kinds_for_hazard;
