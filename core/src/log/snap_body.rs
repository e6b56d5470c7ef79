//! The bodies of entries about citizens' reports 随手拍. A family of their own beside [`Body`](super::Body): phones neither
//! write nor fold them, and so do not download the code that reads them (`docs/decisions/0011`).

use serde_json::value::{RawValue, to_raw_value};

use super::{Attachment, BodyParts, Entry, EntryBody, Kind};
use crate::problem::Problem;
use crate::snap::{PublicPhoto, Report, SnapPhoto, Step};

/// What an entry says of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SnapBody {
    /// A citizen reported something.
    Reported(Box<Report>),
    /// Somebody took a step with a report.
    Stepped(Box<Step>),
}

impl SnapBody {
    /// The name of the kind of a report's entry.
    pub const REPORTED: &str = "snap.reported";
    /// The name of the kind of a step's entry.
    pub const STEPPED: &str = "snap.step";

    /// The name of its kind.
    pub const fn kind(&self) -> Kind {
        Kind(match self {
            Self::Reported(_) => Self::REPORTED,
            Self::Stepped(_) => Self::STEPPED,
        })
    }

    /// The photos that belong to it: those that its entry has to name.
    pub fn attachments(&self) -> Vec<Attachment> {
        let photo = |it: &SnapPhoto| Attachment { id: it.id, digest: it.stored, size_bytes: it.stored_bytes };
        let picture =
            |it: &PublicPhoto| Attachment { id: it.id, digest: it.digest, size_bytes: it.size_bytes };
        match self {
            Self::Reported(report) => report.photos.iter().map(photo).collect(),
            Self::Stepped(step) => {
                step.command.photos().iter().map(photo).chain(step.command.picture().map(picture)).collect()
            }
        }
    }

    /// Reads an entry's body; `None` when it is about something else.
    ///
    /// # Errors
    /// [`Problem::Malformed`] for a body of another shape, [`Problem::RecordInconsistent`] when the entry's photos are not
    /// those of its body.
    pub fn of(entry: &Entry) -> Option<Result<Self, Problem>> {
        let json = entry.body.get();
        let body = match entry.kind.as_str() {
            Self::REPORTED => serde_json::from_str(json).map(Self::Reported),
            Self::STEPPED => serde_json::from_str(json).map(Self::Stepped),
            _ => return None,
        };
        let checked =
            body.map_err(|error| Problem::Malformed { detail: error.to_string() }).and_then(|body| {
                if body.attachments() == entry.photos {
                    Ok(body)
                } else {
                    Err(Problem::RecordInconsistent { detail: "photos".to_owned() })
                }
            });
        Some(checked)
    }

    fn to_raw(&self) -> Box<RawValue> {
        let json = match self {
            Self::Reported(report) => to_raw_value(report),
            Self::Stepped(step) => to_raw_value(step),
        };
        let Ok(json) = json else { unreachable!("a body is always JSON") };
        json
    }
}

impl EntryBody for SnapBody {
    fn parts(&self) -> BodyParts {
        BodyParts { kind: self.kind(), json: self.to_raw(), photos: self.attachments() }
    }
}
