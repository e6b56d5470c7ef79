//! The files of sealed recordings: each is written once, as a whole, under the id of its report, and opened by nothing that lies
//! beside it. One that no report names is swept.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::SystemTime;

use xunan_core::ids::SnapId;
use xunan_core::snap::RecordingKind;

use super::folder::{PhotoFolder, found};

/// Which recording. Nothing of a request is in its name: `<id of the report>-voice`, or `-video`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RecordingFile {
    /// Of which report.
    pub snap: SnapId,
    /// Which of it.
    pub kind: RecordingKind,
}

/// The end of the name of a file that is being written.
const UNFINISHED: &str = ".new";

impl fmt::Display for RecordingFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.snap, self.kind.name())
    }
}

/// A text that is not the name of such a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a recording")]
pub struct NotARecordingFile;

impl FromStr for RecordingFile {
    type Err = NotARecordingFile;

    fn from_str(text: &str) -> Result<Self, NotARecordingFile> {
        let (snap, kind) = text.split_once('-').ok_or(NotARecordingFile)?;
        let kind = RecordingKind::ALL.into_iter().find(|it| it.name() == kind).ok_or(NotARecordingFile)?;
        let file = Self { snap: snap.parse().map_err(|_| NotARecordingFile)?, kind };
        // One spelling only.
        if file.to_string() == text { Ok(file) } else { Err(NotARecordingFile) }
    }
}

impl PhotoFolder {
    /// Writes a sealed recording. When this returns, a power cut loses neither its bytes nor its name; before, there is nothing under
    /// that name.
    ///
    /// # Errors
    /// When the disk fails or is full.
    pub fn write_recording(&self, name: RecordingFile, bytes: &[u8]) -> io::Result<()> {
        let unfinished = self.recordings.join(format!("{name}{UNFINISHED}"));
        let mut file = File::create(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, self.recording_path(name))?;
        File::open(&self.recordings)?.sync_all()
    }

    /// A sealed recording; `None` when it is not here.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn read_recording(&self, name: RecordingFile) -> io::Result<Option<Vec<u8>>> {
        found(fs::read(self.recording_path(name)))
    }

    /// Whether a sealed recording is here.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn has_recording(&self, name: RecordingFile) -> io::Result<bool> {
        fs::exists(self.recording_path(name))
    }

    /// Removes a sealed recording, if it is here.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn remove_recording(&self, name: RecordingFile) -> io::Result<()> {
        found(fs::remove_file(self.recording_path(name))).map(|_| ())
    }

    /// The recordings that were written before `before`, in no order. What was begun before then and never finished is removed.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn recording_files(&self, before: SystemTime) -> io::Result<Vec<RecordingFile>> {
        let mut files = Vec::new();
        for file in fs::read_dir(&self.recordings)? {
            let file = file?;
            let name = file.file_name();
            let Some(name) = name.to_str() else { continue };
            // It may have been removed since the folder was listed.
            let Some(meta) = found(file.metadata())? else { continue };
            if meta.modified()? >= before {
                continue;
            }
            if let Ok(recording) = name.parse() {
                files.push(recording);
            } else if name.ends_with(UNFINISHED) {
                found(fs::remove_file(file.path()))?;
            }
        }
        Ok(files)
    }

    fn recording_path(&self, name: RecordingFile) -> PathBuf {
        self.recordings.join(name.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use xunan_core::clock::Instant;
    use xunan_core::ids::Entropy;

    fn voice_of(number: u128) -> RecordingFile {
        let snap = SnapId::from_parts(Instant::from_unix_millis(0), Entropy(number));
        RecordingFile { snap, kind: RecordingKind::Voice }
    }

    #[test]
    fn a_name_has_one_spelling_and_no_path_in_it() {
        // An id with letters.
        let name = voice_of(0xABC).to_string();
        assert_eq!(name.parse(), Ok(voice_of(0xABC)));
        assert_ne!(name, name.to_lowercase());
        for other in ["", "-voice", "../x-voice", &name.to_lowercase(), &name.replace("voice", "Voice")] {
            assert_eq!(other.parse::<RecordingFile>(), Err(NotARecordingFile), "{other}");
        }
    }

    #[test]
    fn a_recording_is_there_as_a_whole_or_not_at_all_and_what_was_not_finished_goes() {
        let root = tempfile::tempdir().unwrap();
        let folder = PhotoFolder::open(root.path()).unwrap();
        let (now, later) =
            (SystemTime::now() - Duration::from_secs(60), SystemTime::now() + Duration::from_secs(60));
        folder.write_recording(voice_of(1), b"sealed").unwrap();
        let unfinished = root.path().join("recordings").join(format!("{}.new", voice_of(2)));
        fs::write(&unfinished, b"sea").unwrap();
        assert_eq!(folder.read_recording(voice_of(1)).unwrap().unwrap(), b"sealed");
        assert_eq!(folder.read_recording(voice_of(2)).unwrap(), None);
        assert_eq!(folder.recording_files(now).unwrap(), []);
        assert!(unfinished.exists(), "somebody may be writing it");
        assert_eq!(folder.recording_files(later).unwrap(), [voice_of(1)]);
        assert!(!unfinished.exists());
        // A form that is handled again writes over what a crash has left.
        fs::write(&unfinished, b"longer than what comes").unwrap();
        folder.write_recording(voice_of(2), b"short").unwrap();
        assert_eq!(folder.read_recording(voice_of(2)).unwrap().unwrap(), b"short");
        folder.remove_recording(voice_of(1)).unwrap();
        folder.remove_recording(voice_of(1)).unwrap();
        assert_eq!(folder.read_recording(voice_of(1)).unwrap(), None);
    }
}
