//! The export package: entries, receipts, photos, keys and rules as one file that anybody can check, in twenty years too.
//!
//! ```text
//! phone, server ── Layout ──► package.zip ── Verification ──► Report: proven, only claimed, broken
//! ```
//!
//! A package has one spelling: a ZIP without compression, of which every byte follows from its files, each file under a
//! name of a closed grammar ([`FileName`]) and in their order. So no bit of it is without meaning, and one that flips is
//! found. `docs/entry-format.md` describes it for those who have to do without this code.

mod name;
mod checksum;
mod layout;
mod readme;
mod keys;
mod verdict;
mod report;
mod reading;
mod signers;
mod papers;
mod chain;
mod entry_check;
mod verification;
mod words;
mod fault_words;

pub use checksum::Crc32;
pub use entry_check::{photo_files, rules_of};
pub use keys::{KeySet, NotAKeySet, device_key_json};
pub use layout::{Layout, NotWritable, write};
pub use name::{FileName, NotAFileName};
pub use reading::NotAPackage;
pub use readme::README;
pub use report::{EntryFacts, EntryReport, Findings, PhotoReport, Report, Verdict, Whole};
pub use verdict::{Broken, Claim, Fault, Lack, Proof};
pub use verification::{FileRead, Needs, Trust, Verification, verify};
pub use words::{Language, Tone};
