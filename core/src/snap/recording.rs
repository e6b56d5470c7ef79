//! What a reporter said or filmed 语音、短视频, as the ledger names it. The recording itself is sealed and in no entry: a voice
//! gives its owner away, and has to be forgettable (`docs/decisions/0018`).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;

/// Which recording of a report: one of each at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecordingKind {
    /// 语音
    Voice,
    /// 短视频, with its sound
    Video,
}

crate::spelling::read_by_name! { RecordingKind { "voice" => Voice, "video" => Video } }

impl RecordingKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Voice, Self::Video];

    /// Its name, as in JSON, in forms and in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Voice => "voice",
            Self::Video => "video",
        }
    }

    /// How long it may be: this project's own measure of what somebody listens to for one report.
    pub const fn longest(self) -> RecordingLength {
        match self {
            Self::Voice => RecordingLength::of_seconds(120),
            Self::Video => RecordingLength::of_seconds(60),
        }
    }

    /// How long a file of it may be: a recorder that is told to stop at [`longest`](Self::longest) does so a little later.
    pub const fn latest_stop(self) -> RecordingLength {
        RecordingLength(self.longest().0 + LATE_STOP_MS)
    }

    /// Bytes of it, at most: two minutes of sound at 256 kbit/s, twice what a browser's recorder takes; a minute of film at 3 Mbit/s,
    /// where a browser's recorder takes 2.5, so that photos beside it still fit into one form. A phone's camera that writes 17 Mbit/s, as many
    /// do at 1080p, fills it in some 11 s.
    pub const fn most_bytes(self) -> u64 {
        match self {
            Self::Voice => 4 * 1024 * 1024,
            Self::Video => 24 * 1024 * 1024,
        }
    }
}

/// Milliseconds by which a file may be longer than it was to become.
const LATE_STOP_MS: u32 = 2000;

/// How long a recording is, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecordingLength(u32);

impl RecordingLength {
    /// So many milliseconds.
    pub const fn of_millis(millis: u32) -> Self {
        Self(millis)
    }

    const fn of_seconds(seconds: u32) -> Self {
        Self(seconds * 1000)
    }

    /// In milliseconds.
    pub const fn as_millis(self) -> u32 {
        self.0
    }

    /// In whole seconds, of which the last may have just begun.
    pub const fn as_seconds(self) -> u32 {
        self.0.div_ceil(1000)
    }
}

/// Minutes and seconds, as players show it: `1:05`.
impl fmt::Display for RecordingLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.as_seconds();
        write!(f, "{}:{:02}", seconds / 60, seconds % 60)
    }
}

/// In what a recording is wrapped 封装格式.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Container {
    /// ISO 14496-12: phones' cameras and Safari.
    Mp4,
    /// What Chromium and Firefox record.
    WebM,
}

crate::spelling::read_by_name! { Container { "mp4" => Mp4, "webm" => WebM } }

impl Container {
    /// How a browser is told what it is.
    pub const fn media_type(self, kind: RecordingKind) -> &'static str {
        match (self, kind) {
            (Self::Mp4, RecordingKind::Voice) => "audio/mp4",
            (Self::WebM, RecordingKind::Voice) => "audio/webm",
            (Self::Mp4, RecordingKind::Video) => "video/mp4",
            (Self::WebM, RecordingKind::Video) => "video/webm",
        }
    }
}

/// A recording, named by what the server keeps of it: anybody who has the sealed bytes can tell that they are these, and only whoever
/// has their key can listen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Recording {
    /// Hash of the sealed bytes.
    pub sealed: Digest,
    /// Their number.
    pub sealed_bytes: u64,
    /// How long it is.
    pub length_ms: RecordingLength,
    /// In what it is wrapped.
    pub container: Container,
}

/// What is wrong with a recording that a report names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordingProblem {
    /// 过长
    #[error("a recording is longer than it may be")]
    TooLong,
    /// 过大
    #[error("a recording has more bytes than it may have")]
    TooManyBytes,
}

impl Recording {
    /// Bytes that sealing adds, at most: a nonce and a tag of AES-256-GCM.
    pub const MOST_SEALING_BYTES: u64 = 28;

    /// Whether it is as long and as large as one of its kind may be.
    ///
    /// # Errors
    /// The first [`RecordingProblem`].
    pub fn check(&self, kind: RecordingKind) -> Result<(), RecordingProblem> {
        if self.length_ms > kind.latest_stop() {
            return Err(RecordingProblem::TooLong);
        }
        if self.sealed_bytes > kind.most_bytes() + Self::MOST_SEALING_BYTES {
            return Err(RecordingProblem::TooManyBytes);
        }
        Ok(())
    }
}

/// Whether short videos are taken 是否收短视频: a region's terms. A voice note is taken everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShortVideo {
    /// No: where a region says nothing.
    #[default]
    NotTaken,
    /// Yes.
    Taken,
}

impl ShortVideo {
    /// Whether a recording of this kind is taken.
    pub const fn takes(self, kind: RecordingKind) -> bool {
        matches!((self, kind), (_, RecordingKind::Voice) | (Self::Taken, RecordingKind::Video))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_shown_as_players_show_it() {
        for (millis, shown) in [(0, "0:00"), (1, "0:01"), (1000, "0:01"), (59_001, "1:00"), (120_000, "2:00")]
        {
            assert_eq!(RecordingLength::of_millis(millis).to_string(), shown, "{millis}");
        }
    }

    #[test]
    fn each_kind_has_bounds_of_its_own() {
        let recording = |length_ms, sealed_bytes| Recording {
            sealed: Digest::of(b"x"),
            sealed_bytes,
            length_ms: RecordingLength::of_millis(length_ms),
            container: Container::WebM,
        };
        for (kind, longest, most) in [
            (RecordingKind::Voice, 122_000, 4 * 1024 * 1024 + 28),
            (RecordingKind::Video, 62_000, 24 * 1024 * 1024 + 28),
        ] {
            assert_eq!(recording(longest, most).check(kind), Ok(()), "{kind:?}");
            assert_eq!(recording(longest + 1, most).check(kind), Err(RecordingProblem::TooLong), "{kind:?}");
            assert_eq!(recording(longest, most + 1).check(kind), Err(RecordingProblem::TooManyBytes));
        }
    }

    #[test]
    fn a_voice_is_taken_everywhere_and_a_video_where_a_region_says_so() {
        for (video, voice_taken, video_taken) in
            [(ShortVideo::NotTaken, true, false), (ShortVideo::Taken, true, true)]
        {
            let takes = RecordingKind::ALL.map(|kind| video.takes(kind));
            assert_eq!(takes, [voice_taken, video_taken], "{video:?}");
        }
        assert_eq!(ShortVideo::default(), ShortVideo::NotTaken);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let json = r#"{"sealed":"sha256:SEALED","sealed_bytes":100,"length_ms":61000,"container":"webm"}"#
            .replace("SEALED", &"ab".repeat(32));
        let read: Recording = serde_json::from_str(&json).unwrap();
        assert_eq!((read.length_ms.as_seconds(), read.container), (61, Container::WebM));
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
        assert!(serde_json::from_str::<Container>("\"avi\"").is_err());
        assert_eq!(Container::Mp4.media_type(RecordingKind::Voice), "audio/mp4");
    }
}
