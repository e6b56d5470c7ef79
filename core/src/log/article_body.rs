//! The body of entries about articles of safety knowledge 安全知识. Beside [`Body`](super::Body), as those about citizens' reports
//! and for the same reason: no phone downloads the code that reads them (`docs/decisions/0011`).

use serde_json::value::to_raw_value;

use super::{Attachment, BodyParts, Entry, EntryBody, Kind};
use crate::knowledge::{ArticlePicture, Step};
use crate::problem::Problem;

/// What an entry says of an article: a step with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleBody(pub Box<Step>);

impl ArticleBody {
    /// The name of the kind of its entry.
    pub const STEPPED: &str = "article.step";

    /// The pictures that belong to it: those that its entry has to name.
    pub fn attachments(&self) -> Vec<Attachment> {
        let picture =
            |it: &ArticlePicture| Attachment { id: it.id, digest: it.digest, size_bytes: it.size_bytes };
        let pictures = self.0.command.content().into_iter().flat_map(|content| content.pictures.all());
        pictures.map(picture).collect()
    }

    /// Reads an entry's body; `None` when it is about something else.
    ///
    /// # Errors
    /// [`Problem::Malformed`] for a body of another shape, [`Problem::RecordInconsistent`] when the entry's photos are not the
    /// pictures of its version.
    pub fn of(entry: &Entry) -> Option<Result<Self, Problem>> {
        if entry.kind != Self::STEPPED {
            return None;
        }
        let step: Result<Step, _> = serde_json::from_str(entry.body.get());
        let body = step.map(|step| Self(Box::new(step)));
        Some(match body {
            Err(error) => Err(Problem::Malformed { detail: error.to_string() }),
            Ok(body) if body.attachments() == entry.photos => Ok(body),
            Ok(_) => Err(Problem::RecordInconsistent { detail: "photos".to_owned() }),
        })
    }
}

impl EntryBody for ArticleBody {
    fn parts(&self) -> BodyParts {
        let Ok(json) = to_raw_value(&self.0) else { unreachable!("a body is always JSON") };
        BodyParts { kind: Kind(Self::STEPPED), json, photos: self.attachments() }
    }
}
