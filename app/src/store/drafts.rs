//! Drafts: one small record per part, and a card for the list.

use serde::{Deserialize, Serialize};
use xunan_core::clock::Instant;
use xunan_core::facility::FacilityType;
use xunan_core::ids::{AccountId, EntryId, FacilityId, PhotoId, PlanId, VisitId};
use xunan_core::rules::Profile;
use xunan_core::spelling::name_and_facts;
use xunan_core::visit::{Draft, Part, PartKey, Progress};

use super::change::{Change, Key};
use super::schema::Table;
use super::{Changed, Store, StoreFailed, parsed};

/// A draft as lists show it: enough for a line, without reading its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftCard {
    /// The visit.
    pub visit: VisitId,
    /// Who began it.
    pub lead: AccountId,
    /// The plan it carries out.
    pub plan: Option<PlanId>,
    /// The institution.
    pub facility: FacilityId,
    /// Its name.
    pub facility_name: String,
    /// Its kind.
    pub facility_type: FacilityType,
    /// The checklist's profile.
    pub profile: Profile,
    /// When it began.
    pub started: Instant,
    /// When it was last touched.
    pub touched: Instant,
    /// Items that the profile asks.
    pub items: u32,
    /// Of those, answered.
    pub answered: u32,
    /// Of those, failed.
    pub failed: u32,
    /// Hazards proposed as major.
    pub major: u32,
    /// Photos that stand.
    pub photos: u32,
    /// Whether it can still be changed.
    pub stage: DraftStage,
}

/// Whether a draft can still be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftStage {
    /// It can.
    Open,
    /// It was signed: kept to be read until its receipt is here.
    Signed {
        /// The entry that holds its record.
        entry: EntryId,
    },
}

impl<'de> Deserialize<'de> for DraftStage {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Default, Deserialize)]
        struct Facts {
            entry: Option<EntryId>,
        }
        let (name, facts): (String, Facts) = name_and_facts(deserializer)?;
        match (name.as_str(), facts.entry) {
            ("open", _) => Ok(Self::Open),
            ("signed", Some(entry)) => Ok(Self::Signed { entry }),
            _ => Err(serde::de::Error::custom("no stage of a draft")),
        }
    }
}

impl DraftCard {
    /// The card of a draft as it stands.
    pub fn of(draft: &Draft, progress: Progress, now: Instant) -> Self {
        // Counts of one visit: far below 2^32.
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let head = draft.head();
        Self {
            visit: head.visit,
            lead: head.lead.account,
            plan: head.plan,
            facility: head.facility.id,
            facility_name: head.facility.name.clone(),
            facility_type: head.facility.facility_type,
            profile: head.profile,
            started: head.started,
            touched: now,
            items: count(progress.items),
            answered: count(progress.answered),
            failed: count(progress.failed),
            major: count(progress.major),
            photos: count(progress.photos),
            stage: DraftStage::Open,
        }
    }
}

impl Store {
    /// Stores parts of a draft, and its card when one is given: one transaction, on disk when it is answered.
    ///
    /// Give the card when the progress changed, not with every keystroke.
    ///
    /// # Errors
    /// [`StoreFailed`]; then nothing of it is stored, and the page must not show it as saved.
    pub async fn save_parts(
        &self,
        visit: VisitId,
        parts: &[Part],
        card: Option<&DraftCard>,
    ) -> Result<(), StoreFailed> {
        let changes = draft_changes(visit, parts, card)?;
        self.write_text(&changes).await?;
        if let Some(card) = card {
            self.note_draft(card);
            self.announce(Changed::Drafts);
        }
        Ok(())
    }

    /// One draft, put together from its parts; `None` when there is none with a head.
    ///
    /// # Errors
    /// [`StoreFailed`], also for a part that this version cannot read: it is named, and nothing is dropped.
    pub async fn load_draft(&self, visit: VisitId) -> Result<Option<Draft>, StoreFailed> {
        let values = self.connection().all(Table::Parts, Some(&Key::path([&visit]))).await?;
        let parts =
            values.iter().map(|value| parsed::<Part>("part", value)).collect::<Result<Vec<_>, _>>()?;
        Ok(Draft::from_parts(parts))
    }

    /// One draft's card.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn draft_card(&self, visit: VisitId) -> Result<Option<DraftCard>, StoreFailed> {
        let value = self.connection().get(Table::Drafts, &Key::one(visit)).await?;
        value.as_ref().map(|value| parsed("draft", value)).transpose()
    }

    /// All drafts' cards, those that were signed and wait for their receipt included; the last touched first.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn drafts(&self) -> Result<Vec<DraftCard>, StoreFailed> {
        let values = self.connection().all(Table::Drafts, None).await?;
        let mut cards =
            values.iter().map(|value| parsed::<DraftCard>("draft", value)).collect::<Result<Vec<_>, _>>()?;
        cards.sort_unstable_by_key(|card| std::cmp::Reverse(card.touched));
        Ok(cards)
    }

    /// Deletes an open draft with its photos, for good. Refuses one that was signed: that leaves by its receipt.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn discard_draft(&self, visit: VisitId) -> Result<(), StoreFailed> {
        if self.draft_card(visit).await?.is_some_and(|card| card.stage != DraftStage::Open) {
            return Err(StoreFailed::other("AlreadySigned"));
        }
        let mut changes = self.removal_of_all(visit).await?;
        changes.push(self.gone(visit).await?);
        self.connection().write(&changes).await?;
        self.forget_draft(visit);
        self.announce(Changed::Drafts);
        Ok(())
    }

    /// The deletions that remove a draft with all its photos.
    pub(super) async fn removal_of_all(&self, visit: VisitId) -> Result<Vec<Change>, StoreFailed> {
        // By their keys: a draft that this version cannot read any more can be discarded too.
        let keys = self.connection().keys(Table::Parts, &Key::path([&visit])).await?;
        let photos: Vec<PhotoId> = keys.iter().filter_map(|key| PartKey::photo_in(key.last()?)).collect();
        Ok(removal_of_draft(visit, &photos))
    }
}

/// The puts that store parts and card.
pub(super) fn draft_changes(
    visit: VisitId,
    parts: &[Part],
    card: Option<&DraftCard>,
) -> Result<Vec<Change>, StoreFailed> {
    let mut changes = Vec::with_capacity(parts.len() + 1);
    for part in parts {
        changes.push(Change::put(Table::Parts, Key::path([&visit, &part.key()]), part)?);
    }
    if let Some(card) = card {
        changes.push(Change::put(Table::Drafts, Key::one(visit), card)?);
    }
    Ok(changes)
}

/// The deletions that remove a draft and the bytes of `photos`.
pub(super) fn removal_of_draft(visit: VisitId, photos: &[PhotoId]) -> Vec<Change> {
    let mut changes = vec![
        Change::DeleteUnder { table: Table::Parts, prefix: Key::path([&visit]) },
        Change::DeleteUnder { table: Table::Shots, prefix: Key::path([&visit]) },
        Change::DeleteUnder { table: Table::Frames, prefix: Key::path([&visit]) },
        Change::Delete { table: Table::Drafts, key: Key::one(visit) },
    ];
    changes.extend(photos.iter().flat_map(|photo| removal_of_photo(*photo)));
    changes
}

/// The deletions that remove the bytes of a photo: picture, small picture, and the original where it is kept.
pub(super) fn removal_of_photo(photo: PhotoId) -> [Change; 3] {
    [(Table::Photos, photo), (Table::Thumbnails, photo), (Table::Photos, photo.of_original())]
        .map(|(table, photo)| Change::Delete { table, key: Key::one(photo) })
}
