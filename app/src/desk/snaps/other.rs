//! Another report that somebody names: by its number as people say it, by its page's address, or by its id.

use std::str::FromStr;

use xunan_core::ids::SnapId;
use xunan_core::problem::Problem;
use xunan_core::snap::{CaseNumber, SnapState};
use xunan_core::sync::{DueSnap, SnapDetail, SnapsPage};

use crate::browser::history;
use crate::browser::http::{Method, Request};

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

impl Named {
    /// Asks the server for it, and where it stands; `None` when no report that is seen here is named so.
    ///
    /// # Errors
    /// The server's [`Problem`], or that it cannot be reached.
    pub(super) async fn find(&self) -> Result<Option<(SnapId, SnapState)>, Problem> {
        match self {
            Self::Id(id) => {
                let asked =
                    Request::plain(Method::Get, format!("/api/snaps/{id}")).json::<SnapDetail>().await;
                match asked {
                    Ok(detail) => Ok(Some((*id, detail.due.snap.life.stage.state()))),
                    Err(Problem::NotFound) => Ok(None),
                    Err(problem) => Err(problem),
                }
            }
            Self::Number(number) => {
                let question = history::question_of(&[("number", number.to_string())]);
                let asked = Request::plain(Method::Get, format!("/api/snaps?{question}"));
                let page: SnapsPage = asked.json().await?;
                // Of two with one number a person says by the address which is meant.
                let [DueSnap { snap, .. }] = &page.snaps[..] else { return Ok(None) };
                Ok(Some((snap.id(), snap.life.stage.state())))
            }
        }
    }
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
