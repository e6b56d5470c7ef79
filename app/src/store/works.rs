//! Pieces of work that are not finished: a step of a hazard, a round, a report, a certificate.
//!
//! Like a visit's draft, each lies in parts: what was typed is one, each photo another, so that a photo is never lost to a
//! keystroke that was written at the same time. The name of a piece of work says what it is about: whoever opens the same
//! sheet again, also after the page was killed, finds it as it was.

use serde::{Deserialize, Serialize};
use xunan_core::clock::{Date, Instant};
use xunan_core::evidence::PhotoManifest;
use xunan_core::hazard::RecheckOutcome;
use xunan_core::ids::{AccountId, CertificateId, FacilityId, HazardId, PhotoId};
use xunan_core::rounds::{CertificateKind, RoundKind};
use xunan_core::rules::Measure;
use xunan_core::visit::Keeping;

use super::change::{Change, Key};
use super::drafts::removal_of_photo;
use super::photos::puts_of;
use super::schema::Table;
use super::shots::removal_of_shot;
use super::{Changed, DraftKey, NewPhoto, Store, StoreFailed, parsed};

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// A step of a hazard.
    Step {
        /// Which hazard.
        hazard: HazardId,
        /// Which step.
        deed: Deed,
    },
    /// A round.
    Round {
        /// Where.
        facility: FacilityId,
        /// Which.
        kind: RoundKind,
    },
    /// A report from inside.
    Report {
        /// Where.
        facility: FacilityId,
    },
    /// A line of the register.
    Certificate {
        /// Whose register.
        facility: FacilityId,
        /// The line that is changed; `None` for a new one.
        certificate: Option<CertificateId>,
    },
}

/// A step that is taken on a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// 签收
    SignFor,
    /// 退回交办
    Decline,
    /// 治理方案
    Plan,
    /// 提交整改
    Submit,
    /// 申请延期
    AskExtension,
    /// 立即措施已落实
    CarryOut(Measure),
    /// 申请解除措施
    AskLift(Measure),
    /// 措施已解除
    Lift(Measure),
    /// 复查
    Recheck,
    /// 批注
    Remark,
}

impl Work {
    /// Its name.
    pub fn key(&self) -> DraftKey {
        DraftKey::of_work(match self {
            Self::Step { hazard, deed } => format!("{hazard}.{}", deed.name()),
            Self::Round { facility, kind } => format!("{facility}.{}", kind.name()),
            Self::Report { facility } => format!("{facility}.report"),
            Self::Certificate { facility, certificate: None } => format!("{facility}.certificate"),
            Self::Certificate { certificate: Some(certificate), .. } => format!("{certificate}.certificate"),
        })
    }
}

impl Deed {
    /// Never renamed: it stands in stored keys.
    fn name(self) -> String {
        match self {
            Self::SignFor => "sign_for".to_owned(),
            Self::Decline => "decline".to_owned(),
            Self::Plan => "plan".to_owned(),
            Self::Submit => "submit".to_owned(),
            Self::AskExtension => "ask_extension".to_owned(),
            Self::CarryOut(measure) => format!("carry_out.{measure:?}"),
            Self::AskLift(measure) => format!("ask_lift.{measure:?}"),
            Self::Lift(measure) => format!("lift.{measure:?}"),
            Self::Recheck => "recheck".to_owned(),
            Self::Remark => "remark".to_owned(),
        }
    }
}

/// What was typed and chosen; each piece of work uses a part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// The main text: reason, note, what was done.
    pub note: String,
    /// The other texts, in the order of their fields.
    pub texts: Vec<String>,
    /// A date.
    pub date: Option<Date>,
    /// What a re-check found.
    pub outcome: Option<RecheckOutcome>,
    /// The second reviewer.
    pub second: Option<AccountId>,
    /// The kind of a certificate.
    pub kind: Option<CertificateKind>,
    /// What a round found.
    pub findings: Vec<FindingForm>,
}

impl Form {
    /// One of the other texts; empty when nothing was typed.
    pub fn text(&self, at: usize) -> &str {
        self.texts.get(at).map_or("", String::as_str)
    }

    /// Sets one of the other texts.
    pub fn set_text(&mut self, at: usize, text: String) {
        if self.texts.len() <= at {
            self.texts.resize(at + 1, String::new());
        }
        self.texts[at] = text;
    }
}

/// One finding of a round, while it is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FindingForm {
    /// What it is.
    pub title: String,
    /// Where.
    pub place: String,
    /// Whether it is major, as the institution sees it.
    pub major: bool,
    /// Until when it is put right; `None` when that was done on the spot.
    pub by: Option<Date>,
}

/// A photo of a piece of work. Its bytes are stored before this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormPhoto {
    /// Hashes, sizes, time and way.
    pub manifest: PhotoManifest,
    /// Which part it shows: 0 is the work as a whole, from 1 on its findings.
    pub part: u32,
    /// Whether it stands or was taken back.
    pub keeping: Keeping,
}

/// A piece of work as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkDraft {
    /// What it is.
    pub work: Work,
    /// When it was last touched.
    pub touched: Instant,
    /// What was typed.
    pub form: Form,
    /// Its photos, in the order in which they were taken.
    pub photos: Vec<FormPhoto>,
}

/// A part as it is stored.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WorkPart {
    Form { work: Work, touched: Instant, form: Box<Form> },
    Photo(Box<FormPhoto>),
}

const FORM: &str = "form";

fn put_form(draft: &WorkDraft) -> Result<Change, StoreFailed> {
    let WorkDraft { work, touched, form, .. } = draft;
    let part = WorkPart::Form { work: *work, touched: *touched, form: Box::new(form.clone()) };
    Change::put(Table::Works, Key::path([&work.key(), &FORM]), &part)
}

fn put_photo(key: &DraftKey, photo: &FormPhoto) -> Result<Change, StoreFailed> {
    let part = WorkPart::Photo(Box::new(photo.clone()));
    Change::put(Table::Works, Key::path([key, &photo.manifest.id]), &part)
}

impl Store {
    /// A piece of work as it was left; `None` when nothing was begun.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn work(&self, work: &Work) -> Result<Option<WorkDraft>, StoreFailed> {
        let values = self.connection().all(Table::Works, Some(&Key::path([&work.key()]))).await?;
        let (mut draft, mut photos) = (None, Vec::new());
        for value in &values {
            match parsed::<WorkPart>("work", value)? {
                WorkPart::Form { work, touched, form } => draft = Some((work, touched, *form)),
                WorkPart::Photo(photo) => photos.push(*photo),
            }
        }
        Ok(draft.map(|(work, touched, form)| WorkDraft { work, touched, form, photos }))
    }

    /// Everything that was begun and is not finished, the last touched first; without its photos.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn works(&self) -> Result<Vec<(Work, Instant)>, StoreFailed> {
        let mut works = Vec::new();
        for value in self.connection().all(Table::Works, None).await? {
            if let WorkPart::Form { work, touched, .. } = parsed("work", &value)? {
                works.push((work, touched));
            }
        }
        works.sort_by_key(|(_, touched)| std::cmp::Reverse(*touched));
        Ok(works)
    }

    /// Stores what was typed: on disk when it is answered.
    ///
    /// # Errors
    /// [`StoreFailed`]; then nothing of it is stored.
    pub async fn save_form(&self, draft: &WorkDraft) -> Result<(), StoreFailed> {
        self.write_text(&[put_form(draft)?]).await
    }

    /// Stores that a photo was taken back, or stands again.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn save_form_photo(&self, work: &Work, photo: &FormPhoto) -> Result<(), StoreFailed> {
        self.write_text(&[put_photo(&work.key(), photo)?]).await
    }

    /// Stores a photo's bytes, the part that names it and the piece of work, in one transaction. It never uses the reserve
    /// that is kept for text.
    ///
    /// # Errors
    /// [`StoreFailed`]; then nothing of it is stored.
    pub async fn save_work_photo(
        &self,
        draft: &WorkDraft,
        new: &NewPhoto,
        named: &FormPhoto,
    ) -> Result<(), StoreFailed> {
        let key = draft.work.key();
        let mut changes = vec![put_form(draft)?, put_photo(&key, named)?];
        changes.extend(puts_of(new));
        changes.extend(removal_of_shot(&key, new.id));
        self.connection().write(&changes).await
    }

    /// Deletes a piece of work with its photos, for good.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn discard_work(&self, draft: &WorkDraft) -> Result<(), StoreFailed> {
        let photos: Vec<PhotoId> = draft.photos.iter().map(|photo| photo.manifest.id).collect();
        self.connection().write(&removal_of_work(&draft.work.key(), &photos)).await?;
        self.announce(Changed::Drafts);
        Ok(())
    }
}

/// The deletions that remove a piece of work and the bytes of `photos`.
pub(super) fn removal_of_work(key: &DraftKey, photos: &[PhotoId]) -> Vec<Change> {
    let mut changes: Vec<Change> = [Table::Works, Table::Shots, Table::Frames]
        .map(|table| Change::DeleteUnder { table, prefix: Key::path([key]) })
        .into();
    changes.extend(photos.iter().flat_map(|photo| removal_of_photo(*photo)));
    changes
}
