//! Citizens' reports 随手拍: from a form that was sent to an entry in the ledger, and back to the reporter who asks.
//!
//! ```text
//! form ─► photos prepared anew, one at a time ─► one unit of work: photos noted, entry signed by the door, fold, receipt,
//!                                                hash of the secret, sealed contact
//!      └► recordings stripped and sealed
//! secret or code ─► its keyed hash ─► the report, as its reporter may see it
//! ```
//!
//! Who reported is in no entry: name and number are sealed with a key of their own, which is a file ([`contact`]); so is who claims
//! a reward ([`sealed`]), and so are voices ([`Heard`]). The secret follows from the form's token, so that a form which is sent twice gives the same report and the
//! same secret, though only a hash of it is kept ([`secret`]).
//!
//! Invariant: only so many reports are in work at once, and one photo is decoded, so that a burst takes neither
//! the memory nor the writer that inspectors' phones need ([`limits`]); in busy hours a report needs a solved puzzle ([`work`]).

pub mod contact;
pub mod limits;
mod payouts;
mod photos;
mod plaza;
pub mod recording;
mod reporter;
mod rewards;
pub mod sealed;
mod sealed_recordings;
pub mod secret;
pub mod work;

use std::io;
use std::sync::Arc;

use axum::body::Bytes;
use tokio::sync::Semaphore;
use xunan_core::clock::{Date, Instant};
use xunan_core::facility::Facility;
use xunan_core::ids::{FacilityId, SnapId};
use xunan_core::ledger::{Row, RowKey, RowKind};
use xunan_core::log::SnapBody;
use xunan_core::place::GeoPoint;
use xunan_core::problem::Problem;
use xunan_core::region::DivisionCode;
use xunan_core::snap::{
    Category, Found, Neighbourhood, OwnWords, RecordingKind, Report, SnapPlace, SnapPosition,
    office_of_unnamed,
};

use crate::clock::{Clock, NoEntropy, id_entropy};
use crate::door::{Door, DoorError, DoorFor};
use crate::intake::{Intake, IntakeError};
use crate::keys::KeyError;
use crate::ledger_store::{AccountState, LedgerStore, NameWords, StoreError, StoreResult, Tables};
use crate::photo_store::{Claims, PhotoFolder, SecretFile};
use contact::Contact;
use limits::Limits;
pub(crate) use payouts::PayoutDue;
pub use payouts::{Ordered, PayTo, PayoutLine};
use photos::Prepared;
pub use photos::{MAX_FILE_BYTES, PhotoFault};
pub use plaza::{CaseSeen, Joined, MappedPlace, MeToo};
use recording::RecordingFault;
pub use reporter::{Followed, KeepsClaimant};
use sealed::Sealed;
pub use sealed_recordings::Heard;
use sealed_recordings::{KnownOffice, SealedRecording};
use secret::{FollowKey, FormToken, Secret, ShortCode};

/// Why a report could not be taken in, or found.
#[derive(Debug, thiserror::Error)]
pub enum SnapError {
    /// The intake or the store.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// The folder of photos and keys.
    #[error(transparent)]
    Disk(#[from] io::Error),
    /// No randomness.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
    /// The thread that should have done it is gone.
    #[error(transparent)]
    Gone(#[from] tokio::task::JoinError),
    /// A photo that is none, or cannot be used: which one, counted from 0, and why.
    #[error("photo {0}: {1:?}")]
    Photo(usize, PhotoFault),
    /// A recording that is none, or cannot be used.
    #[error("{0:?}: {1}")]
    Recording(RecordingKind, RecordingFault),
    /// Core has a reason against it.
    #[error("{0:?}")]
    Refused(Problem),
}

impl From<StoreError> for SnapError {
    fn from(error: StoreError) -> Self {
        Self::Intake(error.into())
    }
}

impl From<DoorError> for SnapError {
    fn from(error: DoorError) -> Self {
        match error {
            DoorError::Intake(error) => Self::Intake(error),
            DoorError::NoEntropy(error) => Self::NoEntropy(error),
            DoorError::Refused(problem) => Self::Refused(problem),
        }
    }
}

impl From<KeyError> for SnapError {
    fn from(error: KeyError) -> Self {
        Self::Intake(error.into())
    }
}

/// Institutions of a neighbourhood that are looked at, at most: of those that a city has in nine square kilometres.
const AROUND: usize = 400;

/// What was written into a form.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What the form is known by.
    pub token: FormToken,
    /// What it is about.
    pub category: Category,
    /// In own words.
    pub words: OwnWords,
    /// The institution whose code was scanned.
    pub facility: Option<Facility>,
    /// Where, in words.
    pub address: OwnWords,
    /// On which day it was seen.
    pub seen: Option<Date>,
    /// Which position is told with the report.
    pub position: TellPosition,
    /// The bytes of each photo, as they came.
    pub photos: Vec<Bytes>,
    /// The bytes of a voice note, as they came.
    pub voice: Option<Bytes>,
    /// Those of a short video.
    pub video: Option<Bytes>,
    /// Who reports, when that was told.
    pub contact: Option<Contact>,
}

/// Which position the reporter chose to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TellPosition {
    /// Where the phone was when its owner pressed the button for it, or where a pin was set by hand.
    OfTheForm(SnapPosition),
    /// The one that is stored in the photos, if there is one.
    OfThePhotos,
    /// None: what a file says of itself is thrown away.
    No,
}

/// A report that is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// Which.
    pub snap: SnapId,
    /// What its reporter asks by.
    pub secret: Secret,
    /// What its reporter says on the telephone.
    pub code: ShortCode,
}

/// The reports. Cheap to clone.
#[derive(Clone)]
pub struct Snaps {
    store: LedgerStore,
    intake: Intake,
    folder: PhotoFolder,
    claims: Claims,
    clock: Clock,
    door: Arc<Door>,
    key: Arc<FollowKey>,
    /// Who decodes a photo: one at a time, since a large one takes some 100 MB.
    decoder: Arc<Semaphore>,
    office: Arc<KnownOffice>,
    /// What one address, and all together, may do.
    pub limits: Arc<Limits>,
}

impl Snaps {
    /// Reports in `store`; makes the key of all secrets at the first start.
    ///
    /// # Errors
    /// When the folder of keys cannot be read or written.
    pub fn open(
        store: LedgerStore,
        intake: Intake,
        folder: PhotoFolder,
        clock: Clock,
    ) -> Result<Self, SnapError> {
        let key = Arc::new(FollowKey::load(&folder)?);
        Ok(Self {
            store,
            intake,
            folder,
            claims: Claims::default(),
            clock,
            door: Arc::new(Door::new(DoorFor::Citizens)),
            key,
            decoder: Arc::new(Semaphore::new(1)),
            office: Arc::default(),
            limits: Arc::default(),
        })
    }

    /// The institution of a code, for the form.
    ///
    /// # Errors
    /// When the store failed.
    pub fn facility(&self, id: FacilityId) -> StoreResult<Option<Facility>> {
        self.store.look(|tables| {
            Ok(match tables.row(&RowKey { kind: RowKind::Facility, id: id.to_string() })? {
                Some(Row::Facility(facility)) => Some(facility),
                _ => None,
            })
        })
    }

    /// Institutions by a part of their names, at most `limit`.
    ///
    /// # Errors
    /// When the store failed.
    pub async fn facilities_named(&self, words: NameWords, limit: usize) -> StoreResult<Vec<Facility>> {
        self.store.read(move |tables| tables.facilities_named(&words, limit)).await
    }

    /// Institutions around a pin with their points, as far as these are told to everybody, the nearest first.
    ///
    /// # Errors
    /// When the store failed.
    pub async fn around(&self, around: Neighbourhood) -> StoreResult<Vec<(Facility, GeoPoint)>> {
        let found = self.store.read(move |tables| tables.facilities_in(around, AROUND)).await?;
        let placed = found.into_iter().filter_map(|it| it.point_for_map().map(|point| (it, point)));
        Ok(around.nearest(placed.collect(), |(_, point)| *point))
    }

    /// The report that a form made when it was sent before: whoever sends it again is answered, however many others report.
    ///
    /// # Errors
    /// When the store failed.
    pub fn filed_before(&self, token: &FormToken) -> StoreResult<Option<Filed>> {
        self.store.look(|tables| self.filed(tables, token))
    }

    /// Takes a report in. The same token gives the same report again.
    ///
    /// # Errors
    /// [`SnapError`]; nothing was kept but perhaps photos, which are swept.
    pub async fn file(&self, mut draft: Draft) -> Result<Filed, SnapError> {
        let recorded = self.sealed_recordings(&mut draft).await?;
        let prepared = self.prepared(std::mem::take(&mut draft.photos)).await?;
        let now = self.clock.now();
        let snap = SnapId::from_parts(now, id_entropy()?);
        let division = match &draft.facility {
            Some(facility) => facility.division.clone(),
            None => self.store.read(common_division).await?,
        };
        let report = Report {
            voice: SealedRecording::named(&recorded, RecordingKind::Voice),
            video: SealedRecording::named(&recorded, RecordingKind::Video),
            ..report_of(snap, division, &draft, &prepared)
        };
        report.check().map_err(|fault| refused(&fault.to_string()))?;
        let sealed = draft.contact.as_ref().map(Sealed::seal).transpose()?;
        let sealed = sealed.map(|sealed| self.keep_key(snap, sealed)).transpose()?;
        self.keep_recordings(snap, recorded).await?;
        let this = self.clone();
        let unit =
            move |tables: &dyn Tables| this.file_within(tables, &draft.token, report, &prepared, sealed, now);
        let filed = self.store.write(unit).await;
        // The same form had made another one meanwhile. After a failure nothing is known of what was kept, and so the keys stay.
        if filed.as_ref().is_ok_and(|filed| filed.snap != snap) {
            self.folder.remove_secret(SecretFile::Contact(snap))?;
            self.forget_recordings(snap)?;
        }
        filed
    }

    /// Photos as they are kept, in the photo store already: nothing of them when one cannot be used.
    async fn prepared(&self, photos: Vec<Bytes>) -> Result<Vec<Prepared>, SnapError> {
        let mut prepared = Vec::with_capacity(photos.len());
        for (number, photo) in photos.into_iter().enumerate() {
            let turn = self.decoder.acquire().await;
            let photo = photos::prepare(photo, self.clock.now()).await?;
            drop(turn);
            prepared.push(photo.map_err(|fault| SnapError::Photo(number, fault))?);
        }
        for photo in &prepared {
            photos::keep(&self.folder, &self.claims, photo).await?;
        }
        Ok(prepared)
    }

    /// Puts the key of a contact on disk, before what it opens: a crash leaves a key that opens nothing. Answers what the
    /// database keeps.
    fn keep_key(&self, snap: SnapId, sealed: Sealed<Contact>) -> io::Result<Vec<u8>> {
        self.folder.write_secret(SecretFile::Contact(snap), &sealed.key)?;
        Ok(sealed.bytes)
    }

    fn file_within(
        &self,
        tables: &dyn Tables,
        token: &FormToken,
        report: Report,
        photos: &[Prepared],
        sealed: Option<Vec<u8>>,
        now: Instant,
    ) -> Result<Filed, SnapError> {
        // The same form may have been sent twice at once, and units run one after another.
        if let Some(filed) = self.filed(tables, token)? {
            return Ok(filed);
        }
        let snap = report.snap;
        self.door.open(tables, now)?;
        for photo in photos {
            photo.note(tables, &self.folder, now)?;
        }
        self.door.write(tables, &self.intake, &SnapBody::Reported(Box::new(report)), now)?;
        let (secret, code) = (self.key.secret_of(token), self.free_code(tables, token)?);
        tables.insert_follow(&self.key.hash_of_secret(&secret), &self.key.hash_of_code(&code), snap)?;
        if let Some(sealed) = sealed {
            tables.insert_sealed_contact(snap, &sealed)?;
        }
        Ok(Filed { snap, secret, code })
    }

    /// The report that was made of a form, when it was.
    fn filed(&self, tables: &dyn Tables, token: &FormToken) -> StoreResult<Option<Filed>> {
        let secret = self.key.secret_of(token);
        let Some(snap) = tables.snap_of_secret(&self.key.hash_of_secret(&secret))? else { return Ok(None) };
        for code in self.key.codes_of(token) {
            if tables.snap_of_code(&self.key.hash_of_code(&code))? == Some(snap) {
                return Ok(Some(Filed { snap, secret, code }));
            }
        }
        Err(StoreError::damaged("a report has no code of its form"))
    }

    /// The first code of a form that no other report has.
    fn free_code(&self, tables: &dyn Tables, token: &FormToken) -> Result<ShortCode, SnapError> {
        for code in self.key.codes_of(token) {
            if tables.snap_of_code(&self.key.hash_of_code(&code))?.is_none() {
                return Ok(code);
            }
        }
        Err(StoreError::Refused("no code is free".to_owned()).into())
    }
}

fn refused(detail: &str) -> SnapError {
    SnapError::Refused(Problem::RecordInconsistent { detail: detail.to_owned() })
}

fn report_of(snap: SnapId, division: DivisionCode, draft: &Draft, photos: &[Prepared]) -> Report {
    let position = match &draft.position {
        TellPosition::OfTheForm(position) => Some(position.clone()),
        TellPosition::OfThePhotos => {
            let claimed = photos.iter().find_map(|photo| photo.claims.position);
            claimed.map(|point| SnapPosition { point, found: Found::OfPhoto })
        }
        TellPosition::No => None,
    };
    let facility = draft.facility.as_ref().map(|it| it.id);
    Report {
        snap,
        division,
        category: draft.category,
        words: draft.words.clone(),
        place: SnapPlace { facility, address: draft.address.clone(), position },
        seen: draft.seen,
        photos: photos.iter().map(Prepared::named).collect(),
        voice: None,
        video: None,
    }
}

/// Who has the reports that name no institution.
fn common_division(tables: &dyn Tables) -> StoreResult<DivisionCode> {
    let accounts = tables.accounts()?;
    let at_work = accounts.iter().filter(|it| it.state == AccountState::Active);
    Ok(office_of_unnamed(at_work.map(|it| &it.account)))
}
