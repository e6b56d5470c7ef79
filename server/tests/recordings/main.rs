//! Recordings of citizens, taken apart: small files are written here, byte by byte, with something in them that must not stay.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod mp4_writer;
mod mp4;
mod webm_writer;
mod webm;
mod properties;

use xunan_server::snaps::recording::{RecordingFault, Stripped, Wanted, stripped};

use mp4_writer::Written;

/// What no file may tell: where it was recorded.
const PLACE: &[u8] = b"+31.2304+121.4737/";

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|it| it == part)
}

/// What is left of a file: as long as it was, and the same when it is taken apart once more.
fn check(bytes: Vec<u8>, wanted: Wanted) -> Result<Stripped, RecordingFault> {
    let length = bytes.len();
    let once = stripped(bytes, wanted)?;
    assert_eq!(once.bytes.len(), length);
    assert_eq!(stripped(once.bytes.clone(), wanted).as_ref(), Ok(&once));
    Ok(once)
}

/// Why a file is refused.
#[track_caller]
fn fault(bytes: Vec<u8>, wanted: Wanted) -> RecordingFault {
    check(bytes, wanted).map(|it| it.length).unwrap_err()
}

/// What is left of a file, in which the samples of some tracks stand where they stood.
#[track_caller]
fn kept(name: &str, file: &Written, wanted: Wanted, tracks: &[u32]) -> Stripped {
    let stripped = check(file.bytes.clone(), wanted).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    for (track, at, sample) in &file.samples {
        if tracks.contains(track) {
            assert_eq!(&stripped.bytes[*at..at + sample.len()], sample, "{name}: track {track}");
        }
    }
    stripped
}

#[test]
fn a_file_that_is_too_large_or_none_is_refused() {
    for (wanted, limit) in [(Wanted::Voice, 4 << 20), (Wanted::Video, 24 << 20)] {
        assert_eq!(fault(vec![0; limit + 1], wanted), RecordingFault::TooManyBytes);
        assert_eq!(fault(vec![0; limit], wanted), RecordingFault::NotARecording);
    }
    for none in
        [&b""[..], b"ID3", b"RIFF\0\0\0\0WAVEfmt ", b"OggS\0\x02", b"\xff\xd8\xff\xe0", b"\x1a\x45\xdf\xa3"]
    {
        assert_eq!(fault(none.to_vec(), Wanted::Voice), RecordingFault::NotARecording);
    }
}
