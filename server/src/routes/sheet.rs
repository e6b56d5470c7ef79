//! Tables for spreadsheets: CSV as those of this country read it, UTF-8 with a mark at its beginning.

use axum::http::header;
use axum::response::{IntoResponse as _, Response};

/// An empty table.
pub(super) fn begun() -> csv::Writer<Vec<u8>> {
    csv::Writer::from_writer("\u{feff}".as_bytes().to_vec())
}

/// The bytes of a table.
///
/// # Errors
/// When they cannot be written.
pub(super) fn finished(table: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, csv::Error> {
    table.into_inner().map_err(|error| error.into_error().into())
}

/// A table that a browser saves under a name, and keeps nowhere else.
pub(super) fn answer(name: &str, table: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, table).into_response()
}

/// What somebody typed, as no spreadsheet takes it for a formula: what could begin one has an apostrophe before it, also a
/// telephone number that begins with `+`.
pub(super) fn harmless(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}
