//! The body of entries about articles of safety knowledge 安全知识. Beside [`Body`](super::Body), as those about citizens' reports
//! and for the same reason: no phone downloads the code that reads them (`docs/decisions/0011`).

use serde_json::value::to_raw_value;

use super::{BodyParts, Entry, EntryBody, Kind};
use crate::knowledge::Step;
use crate::problem::Problem;

/// What an entry says of an article: a step with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleBody(pub Box<Step>);

impl ArticleBody {
    /// The name of the kind of its entry.
    pub const STEPPED: &str = "article.step";

    /// Reads an entry's body; `None` when it is about something else.
    ///
    /// # Errors
    /// [`Problem::Malformed`] for a body of another shape, [`Problem::RecordInconsistent`] when the entry names photos: an
    /// article has none.
    pub fn of(entry: &Entry) -> Option<Result<Self, Problem>> {
        if entry.kind != Self::STEPPED {
            return None;
        }
        let step: Result<Step, _> = serde_json::from_str(entry.body.get());
        Some(match step {
            Err(error) => Err(Problem::Malformed { detail: error.to_string() }),
            Ok(_) if !entry.photos.is_empty() => {
                Err(Problem::RecordInconsistent { detail: "photos".to_owned() })
            }
            Ok(step) => Ok(Self(Box::new(step))),
        })
    }
}

impl EntryBody for ArticleBody {
    fn parts(&self) -> BodyParts {
        let Ok(json) = to_raw_value(&self.0) else { unreachable!("a body is always JSON") };
        BodyParts { kind: Kind(Self::STEPPED), json, photos: Vec::new() }
    }
}
