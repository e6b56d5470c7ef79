//! The body of entries that put staff training on record 培训记录. Beside [`Body`](super::Body), as those about articles, and for
//! the same reason.

use serde_json::value::to_raw_value;

use super::{BodyParts, Entry, EntryBody, Kind};
use crate::knowledge::Taken;
use crate::problem::Problem;

/// What an entry puts on record: one attempt at a quiz.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainingBody(pub Taken);

impl TrainingBody {
    /// The name of the kind of its entry.
    pub const TAKEN: &str = "training.taken";

    /// Reads an entry's body; `None` when it is about something else.
    ///
    /// # Errors
    /// [`Problem::Malformed`] for a body of another shape, [`Problem::RecordInconsistent`] when the entry names photos: an
    /// attempt has none.
    pub fn of(entry: &Entry) -> Option<Result<Self, Problem>> {
        if entry.kind != Self::TAKEN {
            return None;
        }
        let taken: Result<Taken, _> = serde_json::from_str(entry.body.get());
        Some(match taken {
            Err(error) => Err(Problem::Malformed { detail: error.to_string() }),
            Ok(_) if !entry.photos.is_empty() => {
                Err(Problem::RecordInconsistent { detail: "photos".to_owned() })
            }
            Ok(taken) => Ok(Self(taken)),
        })
    }
}

impl EntryBody for TrainingBody {
    fn parts(&self) -> BodyParts {
        let Ok(json) = to_raw_value(&self.0) else { unreachable!("a body is always JSON") };
        BodyParts { kind: Kind(Self::TAKEN), json, photos: Vec::new() }
    }
}
