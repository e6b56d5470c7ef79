//! Another report that somebody names: by its number as people say it, by its page's address, or by its id.

use std::str::FromStr;

use xunan_core::ids::SnapId;
use xunan_core::problem::Problem;
use xunan_core::snap::{CaseNumber, SnapState};
use xunan_core::sync::{SnapDetail, SnapsPage};

use super::list::List;
use crate::browser::http::{Method, Request};

/// Reports of one page when a number is looked for, and pages of each list at most: numbers are no index of the server, and
/// who looks for an older report has its page's address.
const PAGE: usize = 200;
const PAGES: usize = 5;

/// How somebody names a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// By its id, also as the end of an address.
    Id(SnapId),
    /// By its number.
    Number(CaseNumber),
}

/// A text that names no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NamesNone;

impl FromStr for Named {
    type Err = NamesNone;

    fn from_str(text: &str) -> Result<Self, NamesNone> {
        let path = text.trim().split(['?', '#']).next().unwrap_or_default();
        let end = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        match end.parse() {
            Ok(id) => Ok(Self::Id(id)),
            Err(_) => end.parse().map(Self::Number).map_err(|_| NamesNone),
        }
    }
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The report, and where it stands.
    Report(SnapId, SnapState),
    /// None of the last reports has that number.
    None {
        /// How many were looked at.
        looked: u32,
    },
}

impl Named {
    /// Asks the server for it: the open ones first, then what was closed last.
    ///
    /// # Errors
    /// The server's [`Problem`], or that it cannot be reached.
    pub(super) async fn find(&self) -> Result<Found, Problem> {
        match self {
            Self::Id(id) => {
                let detail: SnapDetail =
                    Request::plain(Method::Get, format!("/api/snaps/{id}")).json().await?;
                Ok(Found::Report(*id, detail.due.snap.life.stage.state()))
            }
            Self::Number(number) => {
                let mut looked = 0;
                for list in List::ALL {
                    if let Some(found) = find_in(list, number, &mut looked).await? {
                        return Ok(found);
                    }
                }
                Ok(Found::None { looked })
            }
        }
    }
}

async fn find_in(list: List, number: &CaseNumber, looked: &mut u32) -> Result<Option<Found>, Problem> {
    let mut after = None;
    for _ in 0..PAGES {
        let path = list.page(after.as_deref(), PAGE);
        let page: SnapsPage = Request::plain(Method::Get, path).json().await?;
        for it in &page.snaps {
            if CaseNumber::of(it.snap.id()) == *number {
                return Ok(Some(Found::Report(it.snap.id(), it.snap.life.stage.state())));
            }
            *looked = looked.saturating_add(1);
        }
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_named_by_number_by_id_and_by_the_address_of_its_page() {
        let text = "01HZZZZZZZZZZZZZZZZZZZZZZZ";
        let id: SnapId = text.parse().unwrap();
        for named in [text.to_owned(), format!(" https://example.org/desk/snaps/{text}/?x#y")] {
            assert_eq!(named.parse(), Ok(Named::Id(id)), "{named}");
        }
        let number = CaseNumber::of(id);
        assert_eq!(number.to_string().to_lowercase().parse(), Ok(Named::Number(number)));
        for none in ["", "20261129", "门口"] {
            assert_eq!(none.parse::<Named>(), Err(NamesNone), "{none}");
        }
    }
}
