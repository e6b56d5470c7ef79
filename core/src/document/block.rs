//! What a document is made of, without a layout: the print page and the PDF show the same blocks.

use serde::Serialize;

/// One part of a document, in reading order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// The office and the name of the form: printed on a form.
    Title {
        /// The office.
        office: String,
        /// The name of the form.
        text: String,
    },
    /// The number 文号; `None` while nobody has given one: an empty box, to be filled in.
    Number {
        /// The number as printed.
        text: Option<String>,
    },
    /// A label with its value.
    Field {
        /// Printed on a form.
        label: String,
        /// Written into it; empty for a line to write on.
        value: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        runs: Vec<Run>,
    },
    /// A table with a head.
    Table {
        /// Its columns: the head, printed on a form, and the width in hundredths of the line.
        head: Vec<(String, u16)>,
        /// Its rows, as many cells as the head.
        rows: Vec<Vec<String>>,
    },
    /// A line to sign on.
    SignLine {
        /// Who signs: printed on a form.
        label: String,
        /// The name and the certificate's number, when they are known.
        value: String,
    },
    /// Where the seal goes.
    SealPlace {
        /// Whose.
        office: String,
    },
    /// A day in three boxes 年、月、日; empty ones when it is written by hand.
    Boxes {
        /// What day it is: printed on a form.
        label: String,
        /// 年
        year: String,
        /// 月
        month: String,
        /// 日
        day: String,
    },
}

/// Words of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Run {
    /// Printed on a form beforehand.
    Printed(String),
    /// Written into it 套打.
    Value(String),
}

impl Run {
    /// Its words.
    pub fn text(&self) -> &str {
        match self {
            Self::Printed(text) | Self::Value(text) => text,
        }
    }
}
