//! Tables of terms by region and date, as data: of a region the nearest line counts, and of its lines the latest in force.

use serde::de::DeserializeOwned;

use crate::clock::Date;
use crate::region::DivisionCode;

/// The terms of one division from one day on.
pub(crate) trait Line: DeserializeOwned {
    /// For which division, and from which day on.
    fn place(&self) -> (&DivisionCode, Date);
    /// Where it stands, and how sure that is.
    fn source(&self) -> &str;
}

/// The terms of all regions through the years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table<L>(Vec<L>);

/// Why a file of terms is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TermsRefused {
    /// Not the JSON that is asked for.
    #[error("not a list of terms: {0}")]
    Shape(String),
    /// No line holds for the whole country: some region would have no terms.
    #[error("no line for the whole country")]
    NoCountry,
    /// A line without a source.
    #[error("{0} has no source")]
    NoSource(DivisionCode),
}

impl<L: Line> Table<L> {
    /// Reads lines from a JSON list. What was done in the time of a line is folded by it for ever: lines are added, with a later
    /// day, and not changed.
    ///
    /// # Errors
    /// [`TermsRefused`].
    pub(crate) fn parse(json: &str) -> Result<Self, TermsRefused> {
        let lines: Vec<L> =
            serde_json::from_str(json).map_err(|error| TermsRefused::Shape(error.to_string()))?;
        if !lines.iter().any(|line| *line.place().0 == DivisionCode::country()) {
            return Err(TermsRefused::NoCountry);
        }
        match lines.iter().find(|line| line.source().trim().is_empty()) {
            Some(line) => Err(TermsRefused::NoSource(line.place().0.clone())),
            None => Ok(Self(lines)),
        }
    }

    /// Reads the file that this version ships.
    ///
    /// # Panics
    /// Never: the file is part of the program, and a test reads it.
    pub(crate) fn shipped(json: &str) -> Self {
        match Self::parse(json) {
            Ok(table) => table,
            Err(error) => unreachable!("the shipped terms are broken: {error}"),
        }
    }

    /// The terms of a division on a day: its own, or those of the nearest one above it; of several the latest that was in
    /// force. Where none is in force yet, the one that comes last.
    pub(crate) fn of(&self, division: &DivisionCode, on: Date) -> &L {
        let within = self.0.iter().filter(|line| line.place().0.contains(division));
        let best = within.max_by_key(|line| {
            let (of, from) = line.place();
            (from <= on, of.as_str().len(), from)
        });
        let Some(line) = best else { unreachable!("a table has a line for the whole country") };
        line
    }
}
