//! Tables of terms by region and date, as data: of a region the nearest line counts, and of its lines the latest in force.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::clock::Date;
use crate::region::DivisionCode;

/// Terms that come with this version, as a file of lines.
pub trait Shipped: DeserializeOwned {
    /// The file: a JSON list of `{division, from, terms, source}`. What was done in the time of a line is folded by it for ever:
    /// lines are added, with a later day, and not changed.
    const FILE: &str;
}

/// The terms of one division from one day on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<T> {
    division: DivisionCode,
    from: Date,
    terms: T,
    /// Where it stands, and how sure that is.
    source: String,
}

/// The terms of all regions through the years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<T>(Vec<Line<T>>);

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

impl<T: DeserializeOwned> Table<T> {
    /// Reads a file of lines.
    ///
    /// # Errors
    /// [`TermsRefused`].
    pub(crate) fn parse(json: &str) -> Result<Self, TermsRefused> {
        let lines: Vec<Line<T>> =
            serde_json::from_str(json).map_err(|error| TermsRefused::Shape(error.to_string()))?;
        if !lines.iter().any(|line| line.division == DivisionCode::country()) {
            return Err(TermsRefused::NoCountry);
        }
        match lines.iter().find(|line| line.source.trim().is_empty()) {
            Some(line) => Err(TermsRefused::NoSource(line.division.clone())),
            None => Ok(Self(lines)),
        }
    }
}

impl<T: Shipped> Table<T> {
    /// The terms that this version ships.
    ///
    /// # Panics
    /// Never: the file is part of the program, and a test reads it.
    pub fn shipped() -> Self {
        match Self::parse(T::FILE) {
            Ok(table) => table,
            Err(error) => unreachable!("the shipped terms are broken: {error}"),
        }
    }
}

impl<T: Copy> Table<T> {
    /// The terms of a division on a day: its own, or those of the nearest one above it; of several the latest that was in
    /// force. Where none is in force yet, the one that comes last.
    pub fn of(&self, division: &DivisionCode, on: Date) -> T {
        let within = self.0.iter().filter(|line| line.division.contains(division));
        let best = within.max_by_key(|line| (line.from <= on, line.division.as_str().len(), line.from));
        let Some(line) = best else { unreachable!("a table has a line for the whole country") };
        line.terms
    }
}
