//! What can be done to an open visit. Every touch on the phone is one [`Edit`].

use super::draft::{Draft, DraftPhoto, Inspector, Revisit, SitePerson, SiteSigning};
use super::record::Due;
use super::sheet::{HazardOf, MeasureDecision, Responsible, SecondOpinion};
use crate::clock::Instant;
use crate::evidence::Signature;
use crate::ids::{HazardId, PhotoId};
use crate::rules::{Answer, Grade, ItemId, Profile, Remedy, Ruling};

/// One change of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Answers an item; `None` takes the answer back.
    Answer {
        /// The item.
        item: ItemId,
        /// The answer.
        answer: Option<Answer>,
        /// When, by the device's clock.
        at: Instant,
    },
    /// Rules on the measured value that stands there, where the pack has no threshold. Another value needs
    /// another ruling.
    Decide {
        /// The item.
        item: ItemId,
        /// The ruling; `None` takes it back.
        ruling: Option<Ruling>,
    },
    /// Replaces an item's note.
    Note {
        /// The item.
        item: ItemId,
        /// The whole note.
        note: String,
    },
    /// Changes one field of a hazard sheet.
    Sheet {
        /// Which hazard.
        of: HazardOf,
        /// The change.
        change: SheetChange,
    },
    /// Adds a hazard that no item covers.
    AddFree {
        /// Its new id.
        hazard: HazardId,
    },
    /// Changes what a hazard is that no item covers.
    DescribeFree {
        /// Which.
        hazard: HazardId,
        /// In a few words.
        title: String,
        /// The proposed grade.
        grade: Option<Grade>,
    },
    /// Takes a hazard back that no item covers.
    RemoveFree(HazardId),
    /// Brings it back.
    RestoreFree(HazardId),
    /// Adds a photo whose bytes are stored.
    AddPhoto(DraftPhoto),
    /// Takes a photo back. Its bytes stay until signing.
    RemovePhoto(PhotoId),
    /// Brings it back.
    RestorePhoto(PhotoId),
    /// Notes what was found of an earlier hazard; `None` takes it back.
    Revisit {
        /// Which.
        hazard: HazardId,
        /// What was found.
        revisit: Option<Revisit>,
    },
    /// Changes the profile. Answers to items outside it are kept and not shown.
    Profile(Profile),
    /// Notes where the inspector is.
    Bookmark(Option<ItemId>),
    /// Names the second inspector.
    Second(Option<Inspector>),
    /// Names the person in charge on site.
    Site(Option<SitePerson>),
    /// The lead signs.
    SignLead(Option<Signature>),
    /// The second inspector signs.
    SignSecond(Option<Signature>),
    /// The site person signs or refuses.
    SignSite(Option<SiteSigning>),
}

/// A change of one field of a hazard sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetChange {
    /// Where in the building.
    Place(String),
    /// What is wrong.
    Description(String),
    /// Until when; `None` is as the rule proposes.
    Due(Option<Due>),
    /// Immediate measures.
    Measures(MeasureDecision),
    /// Who is to rectify it.
    Responsible(Option<Responsible>),
    /// The second inspector's word.
    SecondOpinion(Option<SecondOpinion>),
    /// Whether it was put right while the inspectors were there.
    Remedy(Remedy),
}

/// Why an edit is refused. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditRefused {
    /// The pack has no such item, or not for this type of facility.
    #[error("the checklist has no item {0}")]
    UnknownItem(ItemId),
    /// The answer is of another kind than the item asks for.
    #[error("item {0} asks for another kind of answer")]
    WrongKindOfAnswer(ItemId),
    /// The draft has no such hazard.
    #[error("the draft has no such hazard")]
    UnknownHazard,
    /// The draft has no such photo.
    #[error("the draft has no such photo")]
    UnknownPhoto,
    /// The draft has another photo with that id.
    #[error("the draft has another photo with that id")]
    PhotoIdTaken,
    /// A second opinion was given on something that nobody proposes as major.
    #[error("only a hazard proposed as major needs a second opinion")]
    NotProposedMajor,
    /// The second inspector is the lead.
    #[error("the second inspector must be another person than the lead")]
    SecondIsLead,
    /// A text is longer than [`Draft::MAX_TEXT_CHARS`].
    #[error("longer than {} characters", Draft::MAX_TEXT_CHARS)]
    TooLong,
    /// Something else than signatures is missing, so nothing could have been shown for signing.
    #[error("something is missing before it can be signed")]
    NotReadyToSign,
    /// What was signed is no longer what stands there.
    #[error("the content changed after it was shown for signing")]
    SignedOtherContent,
    /// Nothing, or only a tap, was drawn.
    #[error("a signature needs a drawn line")]
    NotDrawn,
}
