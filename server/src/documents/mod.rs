//! Documents as PDF: core's blocks, laid out on A4 and printed with the fonts of this machine.
//!
//! ```text
//! core: blocks ──set──► sheets (text and lines at places) ──print──► PDF: the glyphs that are used, and what they mean
//!                 ▲ widths                            ▲ subset
//!                 └──────────── fonts ◄───────────────┘
//! ```
//!
//! Body text is set in 仿宋 and heads in 黑体, as offices want it; where a machine has neither, in the nearest that it has.
//! The fonts are embedded, so that what was printed in the county is what the province reads. Overlay 套打 leaves out what
//! stands on pre-printed paper; every value stays at its place.

mod fonts;
mod set;
mod line_break;
mod print;

use std::sync::{Arc, Mutex};

use xunan_core::document::{Issue, blocks};

use fonts::{FontFiles, Fonts};

/// What a PDF shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// Everything, for blank paper.
    Blank,
    /// The values alone, for a pre-printed form 套打.
    Preprinted,
}

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PressError {
    /// This machine has no font with Chinese characters.
    #[error("no font with Chinese characters was found")]
    NoFont,
    /// A font file cannot be read.
    #[error("cannot read the font {file}: {cause}")]
    Unreadable {
        /// Which.
        file: String,
        /// Why not.
        cause: String,
    },
}

/// What makes PDFs. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Press {
    files: Arc<FontFiles>,
    /// One at a time: the fonts of a machine are some 50 MB, read for each document and given back after it.
    turn: Arc<Mutex<()>>,
}

impl Press {
    /// Looks for the fonts of this machine.
    pub fn find_fonts() -> Self {
        Self::with(FontFiles::find())
    }

    /// A press on a machine without fonts.
    pub fn without_fonts() -> Self {
        Self::with(FontFiles::default())
    }

    fn with(files: FontFiles) -> Self {
        Self { files: Arc::new(files), turn: Arc::default() }
    }

    /// Makes the PDF of a document. It reads files and takes some 100 ms: not for an asynchronous thread.
    ///
    /// # Errors
    /// [`PressError`].
    pub fn print(&self, issue: &Issue, number: Option<u32>, paper: Paper) -> Result<Vec<u8>, PressError> {
        // Nothing is kept behind the lock, so nothing is broken when another print has panicked.
        let _turn = self.turn.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let loaded = self.files.load()?;
        let fonts = Fonts::of(&loaded)?;
        let sheets = set::set(&blocks(issue, number), &fonts);
        print::print(&sheets, &fonts, paper, issue)
    }
}
