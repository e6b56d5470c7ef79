//! What reporters said and filmed: sealed as it comes, heard by the office alone, and forgotten for good.
//!
//! ```text
//! bytes ─► stripped (`recording`) ─► sealed with a key of its own ─► key: a file in `secrets/`; sealed bytes: one in `recordings/`
//!                                                                 └► hash of the sealed bytes: the report's entry
//! who triages ─► card, key, sealed bytes ─► opened in memory
//! ```
//!
//! Invariant: nothing of a recording lies on this disk in the open, also not on its way in.

use std::io::{self, ErrorKind};
use std::time::{Duration, SystemTime};

use axum::body::Bytes;
use tokio::task::spawn_blocking;
use xunan_core::access::{Account, Sight};
use xunan_core::clock::{Instant, Span};
use xunan_core::digest::Digest;
use xunan_core::facility::Facility;
use xunan_core::ids::SnapId;
use xunan_core::ledger::SnapCard;
use xunan_core::region::DivisionCode;
use xunan_core::snap::{Recording, RecordingKind, RecordingLength, Report, ShortVideo, TermsTable};

use super::recording::{self, RecordingFault};
use super::sealed::{open_bytes, seal_bytes};
use super::{Draft, SnapError, Snaps, common_division};
use crate::ledger_store::{StoreError, StoreResult};
use crate::photo_store::{PhotoFolder, RecordingFile, SecretBytes, SecretFile};

/// A file that no report names may belong to a request under way: it stays for so long.
const ORPHAN_LASTS: Duration = Duration::from_secs(24 * 3600);

/// For how long the office of reports that name no institution is remembered: it changes with the accounts.
const OFFICE_LASTS: Span = Span::minutes(1);

/// A recording that is ready to be kept.
pub(super) struct SealedRecording {
    kind: RecordingKind,
    key: SecretBytes,
    bytes: Vec<u8>,
    named: Recording,
}

/// A recording as it is played.
pub struct Heard {
    /// What it is.
    pub media_type: &'static str,
    /// All of it.
    pub bytes: Bytes,
}

/// The office of reports that name no institution, and since when it was not looked up.
pub(super) type KnownOffice = std::sync::Mutex<Option<(Instant, DivisionCode)>>;

impl Snaps {
    /// Whether short videos are taken today: by the terms of an institution's region, or of the office that has the reports that name none.
    ///
    /// # Errors
    /// When the store failed.
    pub fn short_video(&self, facility: Option<&Facility>) -> StoreResult<ShortVideo> {
        let division = match facility {
            Some(facility) => facility.division.clone(),
            None => self.office_of_unnamed()?,
        };
        Ok(TermsTable::shipped().of(&division, self.clock.now().date()).video)
    }

    fn office_of_unnamed(&self) -> StoreResult<DivisionCode> {
        let now = self.clock.now();
        let mut known = self.office.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((since, office)) = &*known
            && now < since.plus(OFFICE_LASTS)
        {
            return Ok(office.clone());
        }
        let office = self.store.look(common_division)?;
        *known = Some((now, office.clone()));
        Ok(office)
    }

    /// The recordings of a form, sealed: none of them when one cannot be used. One after the other, as photos are, since each takes
    /// memory of three times its size.
    pub(super) async fn sealed_recordings(
        &self,
        draft: &mut Draft,
    ) -> Result<Vec<SealedRecording>, SnapError> {
        let recorded =
            [(RecordingKind::Voice, draft.voice.take()), (RecordingKind::Video, draft.video.take())];
        let mut sealed = Vec::new();
        for (kind, bytes) in recorded {
            let Some(bytes) = bytes else { continue };
            let turn = self.decoder.acquire().await;
            let done = spawn_blocking(move || seal(kind, bytes)).await??;
            drop(turn);
            sealed.push(done.map_err(|fault| SnapError::Recording(kind, fault))?);
        }
        Ok(sealed)
    }

    /// Puts recordings on disk, each behind its key, before the report that names them: a crash leaves what nothing names.
    pub(super) async fn keep_recordings(
        &self,
        snap: SnapId,
        sealed: Vec<SealedRecording>,
    ) -> Result<(), SnapError> {
        if sealed.is_empty() {
            return Ok(());
        }
        let folder = self.folder.clone();
        let keep = move || {
            sealed.iter().try_for_each(|it| {
                let file = RecordingFile { snap, kind: it.kind };
                folder.write_secret(SecretFile::Recording(file), &it.key)?;
                folder.write_recording(file, &it.bytes)
            })
        };
        Ok(spawn_blocking(keep).await??)
    }

    /// Forgets the recordings of a report, for good.
    pub(super) fn forget_recordings(&self, snap: SnapId) -> io::Result<()> {
        RecordingKind::ALL.into_iter().try_for_each(|kind| forget(&self.folder, RecordingFile { snap, kind }))
    }

    /// Which recordings of a report are here and were not forgotten.
    ///
    /// # Errors
    /// When the folder failed.
    pub fn kept_recordings(&self, report: &Report) -> io::Result<Vec<RecordingKind>> {
        let mut kept = Vec::new();
        for (kind, _) in report.recordings() {
            let file = RecordingFile { snap: report.snap, kind };
            if key_of(&self.folder, file)?.is_some() && self.folder.has_recording(file)? {
                kept.push(kind);
            }
        }
        Ok(kept)
    }

    /// Which recordings of a report an account may listen to now.
    ///
    /// # Errors
    /// When the folder failed.
    pub fn audible(&self, account: &Account, card: &SnapCard) -> io::Result<Vec<RecordingKind>> {
        match card.heard_by(account) {
            Sight::Visible => self.kept_recordings(&card.report),
            Sight::Hidden => Ok(Vec::new()),
        }
    }

    /// A recording, for whoever triages its report: `None` alike for everybody else, where there is none, and where it was forgotten.
    ///
    /// # Errors
    /// When the store or the folder failed.
    pub async fn hear(
        &self,
        account: Account,
        snap: SnapId,
        kind: RecordingKind,
    ) -> Result<Option<Heard>, SnapError> {
        let this = self.clone();
        spawn_blocking(move || this.heard(&account, RecordingFile { snap, kind })).await?
    }

    fn heard(&self, account: &Account, file: RecordingFile) -> Result<Option<Heard>, SnapError> {
        let card = self.store.read_blocking(|tables| tables.snap_within(&account.region, file.snap))?;
        let card = card.filter(|card| card.heard_by(account) == Sight::Visible);
        // Whoever may not hear it waits for no file of it.
        let named = card.and_then(|card| card.report.recording(file.kind).cloned());
        let Some(named) = named else { return Ok(None) };
        let Some(key) = key_of(&self.folder, file)? else { return Ok(None) };
        let opened = self.folder.read_recording(file)?.and_then(|sealed| open_bytes(&key, sealed));
        if opened.is_none() {
            tracing::error!(snap = %file.snap, "a recording is lost or damaged, and its key is here");
        }
        let media_type = named.container.media_type(file.kind);
        Ok(opened.map(|bytes| Heard { media_type, bytes: bytes.into() }))
    }

    /// Removes the recordings of forms that became no report. Answers how many.
    ///
    /// # Errors
    /// When the store or the folder failed.
    pub async fn sweep_recordings(&self) -> Result<usize, SnapError> {
        let (store, folder) = (self.store.clone(), self.folder.clone());
        let sweep = move || {
            let mut swept = 0;
            for file in folder.recording_files(SystemTime::now() - ORPHAN_LASTS)? {
                let card = store.read_blocking::<_, StoreError>(|tables| tables.snap(file.snap))?;
                if card.is_none_or(|card| card.report.recording(file.kind).is_none()) {
                    forget(&folder, file)?;
                    swept += 1;
                }
            }
            Ok(swept)
        };
        spawn_blocking(sweep).await?
    }
}

impl SealedRecording {
    /// As the report names it.
    pub(super) fn named(sealed: &[Self], kind: RecordingKind) -> Option<Recording> {
        sealed.iter().find(|it| it.kind == kind).map(|it| it.named.clone())
    }
}

/// First the key: whatever happens then, nobody listens to it again.
fn forget(folder: &PhotoFolder, file: RecordingFile) -> io::Result<()> {
    folder.remove_secret(SecretFile::Recording(file))?;
    folder.remove_recording(file)
}

/// Its key. One that is damaged opens nothing.
fn key_of(folder: &PhotoFolder, file: RecordingFile) -> io::Result<Option<SecretBytes>> {
    match folder.read_secret(SecretFile::Recording(file)) {
        Err(error) if error.kind() == ErrorKind::InvalidData => {
            tracing::error!(snap = %file.snap, "the key of a recording is damaged");
            Ok(None)
        }
        read => read,
    }
}

/// Takes from a recording what it tells of its owner's phone, and encrypts the rest.
fn seal(kind: RecordingKind, bytes: Bytes) -> Result<Result<SealedRecording, RecordingFault>, SnapError> {
    let stripped = match recording::stripped(bytes.into(), kind) {
        Ok(stripped) => stripped,
        Err(fault) => return Ok(Err(fault)),
    };
    let Ok(millis) = u32::try_from(stripped.length.as_millis()) else {
        return Ok(Err(RecordingFault::TooLong));
    };
    let (key, bytes) = seal_bytes(&stripped.bytes)?;
    let named = Recording {
        sealed: Digest::of(&bytes),
        sealed_bytes: bytes.len() as u64,
        length_ms: RecordingLength::of_millis(millis),
        container: stripped.container,
    };
    Ok(Ok(SealedRecording { kind, key, bytes, named }))
}
