//! What is left of a WebM file, and which are refused.

use xunan_core::clock::Span;
use xunan_server::snaps::recording::RecordingFault::{self, *};
use xunan_server::snaps::recording::{Container, Wanted};

use super::webm_writer::*;
use super::{PLACE, check, fault, holds, kept};

type Change = fn(&mut Reel);

/// An element that tells where it was recorded.
fn place(id: u32) -> Vec<u8> {
    element(id, PLACE)
}

/// A tag with a place in it.
fn tags() -> Vec<u8> {
    let name = element(0x45A3, b"LOCATION");
    element(0x1254_C367, &element(0x7373, &element(0x67C8, &[name, place(0x4487)].concat())))
}

/// Three packets of Vorbis, of which the second tells a place.
fn vorbis() -> Vec<u8> {
    let words = PLACE.len() as u32;
    let comment = [
        &b"\x03vorbis"[..],
        &3_u32.to_le_bytes(),
        b"Rec",
        &1_u32.to_le_bytes(),
        &words.to_le_bytes(),
        PLACE,
        &[1],
    ]
    .concat();
    [&[2, 30, comment.len() as u8][..], b"\x01vorbis", &[9; 23], &comment, b"\x05vorbis", &[7; 300]].concat()
}

/// Wherever a recorder or another program writes where it was, or what its owner calls it.
const TOLD: &[(&str, Change)] = &[
    ("tags", |it| it.last = tags()),
    ("tags before the clusters", |it| it.beside = tags()),
    ("attachments", |it| it.first = element(0x1941_A469, &element(0x61A7, &place(0x466E)))),
    ("chapters", |it| it.beside = element(0x1043_A770, &element(0x45B9, &place(0x85)))),
    ("a title", |it| it.in_info = place(0x7BA9)),
    ("a number of the segment", |it| it.in_info = place(0x73A4)),
    ("a file name", |it| it.in_info = place(0x7384)),
    ("the program that wrote it", |it| it.in_info = [place(0x4D80), place(0x5741)].concat()),
    ("the name of a track", |it| it.entries[0].inside = place(0x536E)),
    ("the language of a track", |it| it.entries[1].inside = place(0x22_B59D)),
    ("the name of a codec", |it| it.entries[1].inside = place(0x25_8688)),
    ("a void element", |it| it.first = place(0xEC)),
    ("an element that nobody knows", |it| it.in_cluster = place(0x4FFF)),
    ("with a size of eight bytes", |it| it.in_cluster = sized(0x4FFF, 8, PLACE)),
    ("as long as a void element of one more byte", |it| {
        it.first = sized(0xEC, 2, &[PLACE, &[9; 126 - PLACE.len()][..]].concat());
    }),
    ("beside a block", |it| {
        it.with_block = element(0x75A1, &element(0xA6, &place(0xA5)));
    }),
    ("a block that is encrypted", |it| it.in_cluster = place(0xAF)),
    ("how a picture bends around its viewer", |it| {
        let shape = [number(0xB0, 640), number(0xBA, 480), element(0x7670, &place(0x7672))];
        it.entries[0].shape = element(0xE0, &shape.concat());
    }),
    ("beside colours", |it| {
        let shape = [number(0xB0, 640), element(0x55B0, &[number(0x55B1, 1), place(0x55D0)].concat())];
        it.entries[0].shape = element(0xE0, &shape.concat());
    }),
    ("an extension of the header", |it| it.in_header = element(0x4281, &place(0x4283))),
    ("where an attachment stands", |it| {
        let seek = [element(0x53AB, &0x1941_A469_u32.to_be_bytes()), element(0x53AC, &[1]), place(0x4FFF)];
        it.first = element(0x114D_9B74, &element(0x4DBB, &seek.concat()));
    }),
    ("beside cues", |it| {
        let cue = [number(0xB3, 0), element(0xB7, &[number(0xF7, 1), place(0x4FFF)].concat()), place(0x4FFF)];
        it.last = element(0x1C53_BB6B, &[element(0xBB, &cue.concat()), place(0x4FFF)].concat());
    }),
    ("behind the configuration of Opus", |it| it.entries[1].configuration = [OPUS, PLACE].concat()),
    ("a configuration of VP8, which has none", |it| it.entries[0].configuration = PLACE.to_vec()),
    ("a comment of Vorbis", |it| {
        (it.entries[1].codec, it.entries[1].configuration) = ("A_VORBIS", vorbis());
    }),
];

#[test]
fn what_tells_of_the_owner_is_gone_and_what_is_seen_and_heard_is_kept_byte_for_byte() {
    for sizes in [Sizes::Open, Sizes::Told] {
        for (name, change) in TOLD {
            let mut reel = Reel { sizes, ..Reel::usual() };
            change(&mut reel);
            let file = reel.write();
            assert!(holds(&file.bytes, PLACE), "{name}: nothing was planted");
            let stripped = kept(name, &file, Wanted::Video, &[1, 2]);
            assert_eq!(stripped.container, Container::WebM);
            for told in [&PLACE[..6], WRITER, &UID] {
                assert!(!holds(&stripped.bytes, told), "{name}: {told:?}");
            }
        }
    }
    let told = Reel { sizes: Sizes::Told, behind: place(0xEC), ..Reel::usual() };
    assert!(!holds(&kept("behind", &told.write(), Wanted::Video, &[1, 2]).bytes, PLACE));
}

/// A file with everything that a player may need.
fn rich(sizes: Sizes) -> Reel {
    let mut reel = Reel { sizes, ..Reel::usual() };
    let versions = [0x4286, 0x42F7, 0x42F2, 0x42F3, 0x4287, 0x4285];
    reel.in_header = versions.iter().flat_map(|id| number(*id, 2)).collect();
    let seek = [element(0x53AB, &0x1549_A966_u32.to_be_bytes()), element(0x53AC, &[0x77])].concat();
    reel.first = element(0x114D_9B74, &element(0x4DBB, &seek));
    reel.in_info = [number(0x2A_D7B1, 1_000_000), element(0x4489, &1500_f64.to_be_bytes())].concat();
    let colours = [number(0x55B1, 9), number(0x55BA, 16), number(0x55BB, 9), number(0x55B9, 1)].concat();
    let shape = [number(0xB0, 640), number(0xBA, 480), number(0x54B0, 4), element(0x55B0, &colours)].concat();
    reel.entries[0].shape = element(0xE0, &shape);
    reel.entries[0].inside = [number(0x23_E383, 33_000_000), number(0x9C, 0), number(0xB9, 1)].concat();
    reel.entries[1].inside = [number(0x56AA, 6_500_000), number(0x56BB, 80_000_000)].concat();
    reel.entries[1].configuration =
        b"OpusHead\x01\x03\x38\x01\x80\xbb\0\0\0\0\x01\x02\x01\x00\x02\x01".to_vec();
    reel.with_block = [number(0x9B, 33), element(0xFB, &[0xFF]), element(0x75A2, &[1])].concat();
    let cue = [number(0xB3, 5), element(0xB7, &[number(0xF7, 1), number(0xF1, 0x77)].concat())].concat();
    reel.last = element(0x1C53_BB6B, &element(0xBB, &cue));
    reel
}

#[test]
fn the_names_of_programs_and_the_numbers_of_tracks_are_gone_and_nothing_else_changes() {
    for reel in [Reel::usual(), rich(Sizes::Open), rich(Sizes::Told)] {
        let file = reel.write();
        let mut silent = file.bytes.clone();
        while let Some(at) = silent.windows(WRITER.len()).position(|it| it == WRITER) {
            silent[at..at + WRITER.len()].fill(0);
        }
        for counted in [1, 2] {
            let at = silent.windows(7).position(|it| it == UID).unwrap();
            silent[at..at + 7].copy_from_slice(&[0, 0, 0, 0, 0, 0, counted]);
        }
        assert!(kept("needed", &file, Wanted::Video, &[1, 2]).bytes == silent);
    }
}

#[test]
fn the_comment_of_vorbis_is_a_vendor_of_spaces() {
    let mut reel = Reel::of(vec![Entry::sound(1)]);
    (reel.entries[0].codec, reel.entries[0].configuration) = ("A_VORBIS", vorbis());
    let stripped = kept("Vorbis", &reel.write(), Wanted::Voice, &[1]).bytes;
    // What stood between the marks, and the two counts, are the vendor now.
    let vendor = 3 + 4 + PLACE.len();
    let comment =
        [&b"\x03vorbis"[..], &(vendor as u32).to_le_bytes(), &vec![b' '; vendor], &[0; 4], &[1]].concat();
    assert!(holds(&stripped, &[&comment[..], b"\x05vorbis", &[7; 300]].concat()));
}

#[test]
fn sounds_and_pictures_that_browsers_play_are_taken() {
    for codec in ["V_VP8", "V_VP9", "V_AV1", "V_MPEG4/ISO/AVC"] {
        let mut reel = Reel { kind: "matroska", ..Reel::usual() };
        (reel.entries[0].codec, reel.entries[0].configuration) = (codec, vec![1, 2, 3, 4]);
        kept(codec, &reel.write(), Wanted::Video, &[1, 2]);
    }
    kept("sound alone", &Reel::of(vec![Entry::sound(1)]).write(), Wanted::Voice, &[1]);
}

#[test]
fn a_recording_is_as_long_as_its_blocks_say_or_its_header() {
    let length = |reel: &Reel| check(reel.write().bytes, Wanted::Voice).unwrap().length;
    let reel = Reel::of(vec![Entry::sound(1)]);
    assert_eq!(length(&reel), Span::millis(1500), "from the first block to the last");
    let mut lasting = reel.clone();
    lasting.entries[0].inside = number(0x23_E383, 20_000_000);
    assert_eq!(length(&lasting), Span::millis(1520), "a frame that says how long it is");
    lasting.flags = vec![0x84, 2];
    assert_eq!(length(&lasting), Span::millis(1560), "three frames in a block");
    let told = Reel { with_block: number(0x9B, 100), ..reel.clone() };
    assert_eq!(length(&told), Span::millis(1600), "a block that says how long it is");
    let late = Reel { clusters: vec![90_000, 91_000], ..reel.clone() };
    assert_eq!(length(&late), Span::millis(1500), "a clock that ran before");
    let back = Reel { blocks: vec![0, -300, 200], ..reel.clone() };
    assert_eq!(length(&back), Span::millis(1500), "a block before its cluster");
    let fine = Reel { in_info: number(0x2A_D7B1, 100_000), ..reel.clone() };
    assert_eq!(length(&fine), Span::millis(150), "units of a tenth of a millisecond");
    for (duration, wanted) in [(9000.0, 9000), (10.0, 1500), (f64::NAN, 1500), (-5.0, 1500)] {
        let told = Reel { in_info: element(0x4489, &duration.to_be_bytes()), ..reel.clone() };
        assert_eq!(length(&told), Span::millis(wanted), "{duration}");
    }
    let endless = Reel { in_info: element(0x4489, &f64::INFINITY.to_be_bytes()), ..reel.clone() };
    assert_eq!(fault(endless.write().bytes, Wanted::Voice), TooLong);
    for (last, wanted) in [(121_500, Ok(())), (121_501, Err(TooLong)), (u64::MAX, Err(TooLong))] {
        let long = Reel { clusters: vec![0, last], ..reel.clone() };
        assert_eq!(check(long.write().bytes, Wanted::Voice).map(drop), wanted, "{last}");
    }
}

/// What is done to a file that nobody should take, and what it is then called.
const REFUSED: &[(&str, Change, RecordingFault)] = &[
    ("another kind of file", |it| it.kind = "mka", NotARecording),
    ("two kinds", |it| it.in_header = element(0x4282, b"webm"), NotARecording),
    ("subtitles", |it| it.entries[0] = Entry { kind: 17, ..Entry::picture(1) }, NotARecording),
    ("a sound that is called a picture", |it| it.entries[1].kind = 1, NotARecording),
    ("a codec that no browser plays", |it| it.entries[0].codec = "V_THEORA", Codec),
    ("text", |it| it.entries[0].codec = "S_TEXT/UTF8", Codec),
    ("encryption", |it| it.entries[0].inside = element(0x6D80, &element(0x6240, &[])), Codec),
    ("two tracks of one number", |it| it.entries[1].number = 1, NotARecording),
    ("two kinds of one track", |it| it.entries[1].inside = number(0x83, 2), NotARecording),
    ("a sound alone", |it| it.entries.truncate(0), NoPicture),
    ("no blocks", |it| it.blocks.clear(), NoPicture),
    ("a block of no track", |it| it.in_cluster = element(0xA3, &[0x83, 0, 0, 0x80, 1]), NotARecording),
    ("a block without a head", |it| it.in_cluster = element(0xA3, &[0x81, 0]), NotARecording),
    ("a group without a block", |it| it.in_cluster = element(0xA0, &number(0x9B, 1)), NotARecording),
    ("two times of a cluster", |it| it.in_cluster = number(0xE7, 5), NotARecording),
    ("an open element in a cluster", |it| it.in_cluster = open(0x4FFF, PLACE), NotARecording),
    ("an open element in what says how long it is", |it| it.in_info = open(0x7BA9, PLACE), NotARecording),
    ("an open element of a segment", |it| it.beside = open(0x1254_C367, PLACE), NotARecording),
    ("a file within the file", |it| it.last = element(0x1A45_DFA3, &element(0x4282, b"webm")), NotARecording),
    ("two infos", |it| it.beside = element(0x1549_A966, &[]), NotARecording),
    ("two lists of tracks", |it| it.beside = element(0x1654_AE6B, &[]), NotARecording),
    ("blocks before the tracks", |it| it.first = element(0x1F43_B675, &number(0xE7, 0)), NotARecording),
    ("no unit of time", |it| it.in_info = number(0x2A_D7B1, 0), NotARecording),
    ("a unit of hours", |it| it.in_info = number(0x2A_D7B1, 3_600_000_000_000), NotARecording),
    ("a number of nine bytes", |it| it.in_info = element(0x2A_D7B1, &[1; 9]), NotARecording),
    (
        "a long configuration",
        |it| {
            (it.entries[0].codec, it.entries[0].configuration) = ("V_VP9", vec![1; 4097]);
        },
        NotARecording,
    ),
    ("a configuration of Opus that is cut", |it| it.entries[1].configuration.truncate(18), NotARecording),
    ("an element that is longer than what it is in", |it| it.in_info = vec![0x7B, 0xA9, 0xFE], NotARecording),
    ("an element of number 0", |it| it.in_cluster = vec![0, 0x80], NotARecording),
];

#[test]
fn what_cannot_be_taken_out_or_played_is_refused() {
    for (name, change, wanted) in REFUSED {
        let mut reel = Reel { sizes: Sizes::Told, ..Reel::usual() };
        change(&mut reel);
        assert_eq!(fault(reel.write().bytes, Wanted::Video), *wanted, "{name}");
    }
    assert_eq!(fault(Reel::usual().write().bytes, Wanted::Voice), Picture);
    let silent = Reel { clusters: vec![], ..Reel::of(vec![Entry::sound(1)]) };
    assert_eq!(fault(silent.write().bytes, Wanted::Voice), NoSound);
    let told = Reel { sizes: Sizes::Told, ..Reel::usual() };
    let twice = Reel { behind: told.write().bytes, ..told };
    assert_eq!(fault(twice.write().bytes, Wanted::Video), NotARecording);
}
