//! What is left of an MP4 file, and which are refused.

use xunan_core::clock::Span;
use xunan_server::snaps::recording::RecordingFault::{self, *};
use xunan_server::snaps::recording::{Container, Wanted};

use super::mp4_writer::*;
use super::{PLACE, check, fault, holds, kept};

/// A box that tells where it was recorded.
fn place(kind: &[u8; 4]) -> Vec<u8> {
    boxed(kind, PLACE)
}

type Change = fn(&mut Film);

/// Wherever a phone writes where it was, or what its owner calls it.
const TOLD: &[(&str, Change)] = &[
    ("user data of the movie", |it| it.in_movie = boxed(b"udta", &place(b"\xa9xyz"))),
    ("user data of 3GPP", |it| it.in_movie = boxed(b"udta", &place(b"loci"))),
    ("metadata of the movie", |it| it.in_movie = place(b"meta")),
    ("user data of a track", |it| it.parts[0].beside = boxed(b"udta", &place(b"name"))),
    ("metadata of a track", |it| it.parts[1].beside = place(b"meta")),
    ("a box of somebody's own", |it| it.first = boxed(b"uuid", &[&[7; 16], PLACE].concat())),
    ("free space", |it| it.first = place(b"free")),
    ("skipped space", |it| it.first = place(b"skip")),
    ("QuickTime's space", |it| it.first = [boxed(b"wide", b""), place(b"pnot")].concat()),
    ("metadata of the file", |it| it.first = place(b"meta")),
    ("a box with a large size", |it| {
        let size = (16 + PLACE.len() as u64).to_be_bytes();
        it.first = [&[0, 0, 0, 1][..], b"sefd", &size, PLACE].concat();
    }),
    ("the name of a handler", |it| it.parts[0].handler_name = PLACE.to_vec()),
    ("between samples", |it| it.gap = PLACE.to_vec()),
    ("a reference to other tracks", |it| it.parts[0].beside = boxed(b"tref", &place(b"cdsc"))),
    ("an unknown box beside edits", |it| it.parts[0].beside = boxed(b"edts", &place(b"oops"))),
    ("groups of samples", |it| it.parts[1].in_table = place(b"sgpd")),
    ("behind the rows of a table", |it| {
        it.parts[0].in_table = full(b"stss", 0, &[&words(&[1, 1])[..], PLACE].concat());
    }),
    ("beside the configuration of a picture", |it| {
        let configuration = boxed(b"avcC", &[1, 100, 0, 31, 255, 224, 0]);
        it.parts[0].entry = picture_entry(b"avc1", &[configuration, place(b"btrt")].concat());
    }),
    ("a colour profile", |it| {
        let configuration = boxed(b"avcC", &[1, 100, 0, 31, 255, 224, 0]);
        let profile = boxed(b"colr", &[b"prof", PLACE].concat());
        it.parts[0].entry = picture_entry(b"avc1", &[configuration, profile].concat());
    }),
    ("behind the zeros that end an entry", |it| {
        let configuration = boxed(b"avcC", &[1, 100, 0, 31, 255, 224, 0]);
        it.parts[0].entry = picture_entry(b"avc1", &[&configuration[..], &[0; 4], PLACE].concat());
    }),
    ("beside the configuration of a sound", |it| {
        it.parts[1].entry = sound_entry(b"mp4a", &[esds(0x40, &[]), place(b"chan")].concat());
    }),
    ("in QuickTime's box of a sound", |it| {
        let inside = [boxed(b"frma", b"mp4a"), place(b"mp4a"), esds(0x40, &[]), boxed(&[0; 4], b"")];
        it.parts[1].entry = sound_entry(b"mp4a", &boxed(b"wave", &inside.concat()));
    }),
    ("an unknown descriptor", |it| {
        let other = [&[0x43, PLACE.len() as u8][..], PLACE].concat();
        it.parts[1].entry = sound_entry(b"mp4a", &esds(0x40, &other));
    }),
    ("behind the configuration of Opus", |it| {
        let configuration = [&[0, 1, 1, 56, 0, 0, 187, 128, 0, 0, 0][..], PLACE].concat();
        it.parts[1].entry = sound_entry(b"Opus", &boxed(b"dOps", &configuration));
    }),
    ("a reference to this file", |it| it.parts[0].reference = full(b"url ", 1, PLACE)),
    ("a track of timed metadata", |it| it.parts.push(Part::metadata(3, PLACE))),
    ("a track of timed metadata before all others", |it| it.parts.insert(0, Part::metadata(3, PLACE))),
    ("a second sound of a phone's own kind", |it| {
        let entry = sound_entry(b"apac", &place(b"dapa"));
        it.parts.push(Part { entry, samples: vec![PLACE.to_vec(); 4], ..Part::sound(3) });
    }),
];

#[test]
fn what_tells_of_the_owner_is_gone_and_what_is_seen_and_heard_is_kept_byte_for_byte() {
    for (name, change) in TOLD {
        let mut film = Film::usual();
        change(&mut film);
        let file = film.write();
        assert!(holds(&file.bytes, PLACE), "{name}: nothing was planted");
        let stripped = kept(name, &file, Wanted::Video, &[1, 2]);
        assert_eq!(stripped.container, Container::Mp4);
        assert!(!holds(&stripped.bytes, &PLACE[..6]), "{name}");
    }
}

/// A file that tells nothing, where the other one tells what every file of the writer does.
fn silenced(file: &[u8]) -> Vec<u8> {
    let told: [(&[u8], &[u8]); 5] = [
        (&DATE.to_be_bytes(), &[0; 4]),
        (&LANGUAGE, &[0x55, 0xc4, 0, 0]),
        (COMPRESSOR, &[0; COMPRESSOR.len()]),
        (b"handler", &[0; 7]),
        (b"appl", &[0; 4]),
    ];
    let mut silent = file.to_vec();
    for (told, nothing) in told {
        assert!(holds(&silent, told), "{told:?}");
        while let Some(at) = silent.windows(told.len()).position(|it| it == told) {
            silent[at..at + told.len()].copy_from_slice(nothing);
        }
    }
    silent
}

/// A file with everything that a player may need.
fn rich(far: bool) -> Film {
    let shown = [
        boxed(b"avcC", &[1, 100, 0, 31, 255, 224, 0]),
        boxed(b"pasp", &words(&[4, 3])),
        boxed(b"clap", &words(&[640, 1, 480, 1, 1, 1, 1, 1])),
        boxed(b"colr", &[&b"nclx"[..], &[0, 9, 0, 16, 0, 9, 128]].concat()),
        boxed(b"mdcv", &[5; 24]),
        boxed(b"clli", &[1, 2, 3, 4]),
    ];
    let edits = if far {
        full(b"elst", 0x0100_0000, &words(&[1, 0, 1000, 0, 50, 0x1_0000]))
    } else {
        table(b"elst", 1, &[1000, 50, 0x1_0000])
    };
    let ordered =
        if far { full(b"cslg", 0x0100_0000, &[7; 40]) } else { full(b"cslg", 0, &words(&[1, 2, 3, 4, 5])) };
    let picture = Part {
        entry: picture_entry(b"avc1", &shown.concat()),
        beside: boxed(b"edts", &edits),
        in_table: [table(b"ctts", 1, &[10, 50]), table(b"stss", 2, &[1, 5]), ordered].concat(),
        far,
        ..Part::picture(1)
    };
    // QuickTime's second form of an entry and its third.
    let wave = boxed(b"wave", &[boxed(b"frma", b"mp4a"), esds(0x40, &[])].concat());
    let mut fields = words(&[
        0,
        1,
        if far { 0x0002_0000 } else { 0x0001_0000 },
        0,
        0x0002_0010,
        0xfffe_0000,
        48_000 << 16,
    ]);
    fields.extend(vec![9; if far { 36 } else { 16 }]);
    let sound = Part { entry: boxed(b"mp4a", &[fields, wave].concat()), far, ..Part::sound(2) };
    let surround = [0, 6, 1, 56, 0, 0, 187, 128, 0, 0, 1, 4, 2, 0, 4, 1, 2, 3, 5];
    let opus = Part { entry: sound_entry(b"Opus", &boxed(b"dOps", &surround)), ..Part::sound(3) };
    Film::of(vec![picture, sound, opus])
}

#[test]
fn dates_names_and_languages_are_gone_and_nothing_else_changes() {
    for film in [Film::usual(), rich(false), rich(true)] {
        for file in [film.write(), film.write_fragments(Base::Fragment, &[])] {
            let silent = silenced(&file.bytes);
            assert!(kept("usual", &file, Wanted::Video, &[1, 2, 3]).bytes == silent);
            assert!(check(silent.clone(), Wanted::Video).unwrap().bytes == silent);
        }
    }
}

#[test]
fn tables_are_as_long_as_a_recording_needs() {
    for (rows, wanted) in [(100_000, Ok(())), (100_001, Err(NotARecording))] {
        let in_table = table(b"stss", rows, &vec![1; rows]);
        let film = Film::of(vec![Part { in_table, ..Part::sound(1) }]);
        assert_eq!(check(film.write().bytes, Wanted::Voice).map(drop), wanted, "{rows}");
    }
}

#[test]
fn a_track_that_goes_leaves_nothing_of_its_samples() {
    let mut film = Film::usual();
    film.parts.push(Part::metadata(3, PLACE));
    let file = film.write();
    let stripped = kept("metadata", &file, Wanted::Video, &[1, 2]).bytes;
    let of_it: Vec<_> = file.samples.iter().filter(|(track, ..)| *track == 3).collect();
    assert_eq!(of_it.len(), 10);
    for (_, at, sample) in of_it {
        assert!(stripped[*at..at + sample.len()].iter().all(|byte| *byte == 0));
    }
}

#[test]
fn all_ways_of_saying_where_samples_lie_are_read() {
    let alone = Film::of(vec![Part::sound(1)]);
    kept("sound alone", &alone.write(), Wanted::Voice, &[1]);
    let odd = Film::of(vec![Part { samples: samples(9, 7), ..Part::sound(1) }]);
    kept("a last chunk of one sample", &odd.write(), Wanted::Voice, &[1]);
    let far = Film::of(vec![Part { far: true, ..Part::sound(1) }]);
    kept("offsets of eight bytes", &far.write(), Wanted::Voice, &[1]);
    for base in [Base::Fragment, Base::Place, Base::Chain] {
        let name = format!("{base:?}");
        kept(&name, &alone.write_fragments(base, &[]), Wanted::Voice, &[1]);
        kept(&name, &Film::usual().write_fragments(base, &[]), Wanted::Video, &[1, 2]);
    }
}

#[test]
fn sizes_in_every_width_are_read() {
    type Length = fn(u8) -> usize;
    let sizes: [(&str, Vec<u8>, Length); 4] = [
        ("alike", full(b"stsz", 0, &words(&[9, 10])), |_| 9),
        ("16 bits", full(b"stz2", 0, &[words(&[16, 10]), [0, 9].repeat(10)].concat()), |_| 9),
        ("8 bits", full(b"stz2", 0, &[words(&[8, 10]), vec![9; 10]].concat()), |_| 9),
        ("4 bits", full(b"stz2", 0, &[words(&[4, 10]), vec![0x95; 5]].concat()), |n| {
            9 - usize::from(n % 2) * 4
        }),
    ];
    for (name, table, length) in sizes {
        let samples = (0..10).map(|number| vec![number + 1; length(number)]).collect();
        let mut film = Film::of(vec![Part { samples, in_table: table, ..Part::sound(1) }]);
        film.gap = PLACE.to_vec();
        // The table that the writer makes gives way to the other one.
        let mut file = film.write();
        let at = file.bytes.windows(4).position(|it| it == b"stsz").unwrap();
        file.bytes[at..at + 4].copy_from_slice(b"free");
        let stripped = kept(name, &file, Wanted::Voice, &[1]);
        assert!(!holds(&stripped.bytes, PLACE), "{name}");
    }
}

#[test]
fn fragments_lose_what_is_no_sample() {
    for base in [Base::Fragment, Base::Place] {
        let mut film = Film::usual();
        (film.gap, film.in_movie) = (PLACE.to_vec(), boxed(b"udta", &place(b"\xa9xyz")));
        let inside = [place(b"uuid"), place(b"senc")].concat();
        let stripped = kept("fragments", &film.write_fragments(base, &inside), Wanted::Video, &[1, 2]);
        assert!(!holds(&stripped.bytes, &PLACE[..6]), "{base:?}");
    }
}

#[test]
fn a_recording_is_as_long_as_its_samples_its_edits_or_its_header_say() {
    let film = |scale, each, count, told| {
        let part = Part { scale, each, samples: samples(3, count), ..Part::sound(1) };
        Film { told, ..Film::of(vec![part]) }
    };
    let length = |film: &Film| check(film.write().bytes, Wanted::Voice).unwrap().length;
    assert_eq!(length(&film(1000, 100, 10, 1000)), Span::seconds(1));
    assert_eq!(length(&film(48_000, 1024, 10, 0)), Span::millis(214), "a header that tells nothing");
    assert_eq!(length(&film(48_000, 1024, 10, u32::MAX)), Span::millis(214), "a header that does not know");
    assert_eq!(length(&film(1000, 100, 10, 5000)), Span::seconds(5), "a header that tells more");
    let mut edited = film(1000, 100, 10, 0);
    let edits = table(b"elst", 2, &[2500, u32::MAX, 0x1_0000, 1000, 0, 0x1_0000]);
    edited.parts[0].beside = boxed(b"edts", &edits);
    assert_eq!(length(&edited), Span::millis(3500), "edits that wait before they begin");
    for base in [Base::Fragment, Base::Place, Base::Chain] {
        let file = film(1000, 100, 10, 0).write_fragments(base, &[]);
        assert_eq!(check(file.bytes, Wanted::Voice).unwrap().length, Span::seconds(1), "{base:?}");
    }
    let told = Film { told: 7000, ..Film::usual() }.write_fragments(Base::Fragment, &[]);
    assert_eq!(
        check(told.bytes, Wanted::Video).unwrap().length,
        Span::seconds(7),
        "what fragments have in common"
    );
    let late = |begins: [u32; 2]| {
        let mut film = Film { told: 0, ..Film::usual() };
        for (part, begin) in film.parts.iter_mut().zip(begins) {
            part.begins = begin;
        }
        check(film.write_fragments(Base::Fragment, &[]).bytes, Wanted::Video).unwrap().length
    };
    assert_eq!(late([700_000, 700_000]), Span::seconds(1), "a clock that ran before");
    assert_eq!(late([700_000, 720_000]), Span::seconds(21), "a sound that waits");
}

#[test]
fn what_is_too_long_is_refused_whatever_its_header_says() {
    let film = |millis: u32, told| {
        let part = Part { each: millis, samples: samples(3, 1), ..Part::sound(1) };
        Film { told, ..Film::of(vec![part]) }
    };
    for (millis, told, wanted) in [
        (122_000, 0, Ok(())),
        (122_001, 0, Err(TooLong)),
        (1000, 122_000, Ok(())),
        (1000, 122_001, Err(TooLong)),
        (u32::MAX, 0, Err(TooLong)),
    ] {
        let found = check(film(millis, told).write().bytes, Wanted::Voice).map(drop);
        assert_eq!(found, wanted, "{millis} {told}");
    }
    let part = Part { each: 40_000, samples: samples(3, 4), ..Part::picture(1) };
    let film = Film { told: 0, ..Film::of(vec![part]) };
    assert_eq!(fault(film.write_fragments(Base::Fragment, &[]).bytes, Wanted::Video), TooLong);
}

/// What is done to a file that nobody should take, and what it is then called.
const REFUSED: &[(&str, Change, RecordingFault)] = &[
    ("AMR", |it| it.parts[1].entry = sound_entry(b"samr", &place(b"damr")), Codec),
    ("encrypted", |it| it.parts[0].entry = picture_entry(b"encv", &place(b"sinf")), Codec),
    ("MPEG-4's own picture", |it| it.parts[0].entry = picture_entry(b"mp4v", &esds(0x20, &[])), Codec),
    ("a stream of another kind", |it| it.parts[1].entry = sound_entry(b"mp4a", &esds(0xa9, &[])), Codec),
    ("samples at an address", |it| it.parts[0].reference = full(b"url ", 0, b"http://x\0"), Elsewhere),
    ("samples in a file", |it| it.parts[0].reference = full(b"alis", 0, PLACE), Elsewhere),
    ("samples by a name", |it| it.parts[0].reference = full(b"urn ", 1, PLACE), Elsewhere),
    ("sound alone", |it| it.parts.retain(|part| part.handler == *b"soun"), NoPicture),
    ("no tracks", |it| it.parts.clear(), NoPicture),
    ("no samples", |it| it.parts.iter_mut().for_each(|part| part.samples.clear()), NoPicture),
    ("two tracks of one number", |it| it.parts[1].id = 1, NotARecording),
    ("two headers", |it| it.in_movie = table(b"mvhd", 0, &[0; 24]), NotARecording),
    ("two movies", |it| it.first = it.movie(&[], &[]), NotARecording),
    ("two brands", |it| it.first = it.head(), NotARecording),
    ("many brands", |it| it.brands = vec![b'a'; 8 + 33 * 4], NotARecording),
    ("two tables of times", |it| it.parts[0].in_table = table(b"stts", 1, &[10, 1]), NotARecording),
    ("two tables of offsets", |it| it.parts[0].in_table = table(b"co64", 0, &[]), NotARecording),
    ("no clock", |it| it.parts[0].scale = 0, NotARecording),
    ("no configuration", |it| it.parts[0].entry = picture_entry(b"avc1", b""), NotARecording),
    (
        "a long configuration",
        |it| {
            it.parts[0].entry = picture_entry(b"avc1", &boxed(b"avcC", &[1; 4097]));
        },
        NotARecording,
    ),
    (
        "a box within that is too long",
        |it| it.in_movie = [0, 0, 1, 0, b'u', b'd', b't', b'a'].to_vec(),
        NotARecording,
    ),
    ("a box that is shorter than its head", |it| it.in_movie = words(&[7, 0]), NotARecording),
];

#[test]
fn what_cannot_be_taken_out_or_played_is_refused() {
    for (name, change, wanted) in REFUSED {
        let mut film = Film { told: 1000, ..Film::usual() };
        change(&mut film);
        assert_eq!(fault(film.write().bytes, Wanted::Video), *wanted, "{name}");
    }
    assert_eq!(fault(Film::usual().write().bytes, Wanted::Voice), Picture);
    let silent = Film::of(vec![Part { samples: Vec::new(), ..Part::sound(1) }]);
    assert_eq!(fault(silent.write().bytes, Wanted::Voice), NoSound);
    let mut film = Film::usual();
    film.parts.push(Part::metadata(3, PLACE));
    assert_eq!(fault(film.write_fragments(Base::Fragment, &[]).bytes, Wanted::Video), NotARecording);
    film.parts[2].samples.clear();
    let stripped = kept("only named", &film.write_fragments(Base::Place, &[]), Wanted::Video, &[1, 2]);
    assert!(!holds(&stripped.bytes, PLACE));
}

/// A file whose table of a kind has another number in one place.
fn with_number(kind: &[u8; 4], word: usize, number: u32) -> Vec<u8> {
    let mut bytes = Film::usual().write().bytes;
    let at = bytes.windows(4).position(|it| it == kind).unwrap() + 4 + word * 4;
    bytes[at..at + 4].copy_from_slice(&number.to_be_bytes());
    bytes
}

#[test]
fn tables_that_do_not_hold_are_refused() {
    assert!(check(with_number(b"stco", 1, 5), Wanted::Video).is_ok(), "the number that stood there");
    let media = Film::usual().write().bytes.windows(4).position(|it| it == b"mdat").unwrap() as u32 + 4;
    for (name, kind, word, number) in [
        ("a chunk before the media", b"stco", 2, media - 1),
        ("a chunk behind the file", b"stco", 2, u32::MAX),
        ("a chunk over another one", b"stco", 3, media),
        ("a chunk over its own begin", b"stco", 3, media + 1),
        ("more chunks than rows", b"stco", 1, 6),
        ("fewer chunks than samples need", b"stco", 1, 4),
        ("more samples than the file has bytes", b"stsz", 3, u32::MAX),
        ("samples of one size that the file does not have", b"stsz", 1, u32::MAX),
        ("more sizes than samples", b"stsz", 2, 11),
        ("more rows than any table has", b"stsz", 2, u32::MAX),
        ("more times than samples", b"stts", 2, 11),
        ("fewer times than samples", b"stts", 2, 9),
        ("a run that begins late", b"stsc", 2, 2),
        ("a run of no samples", b"stsc", 3, 0),
        ("a run of too many", b"stsc", 3, u32::MAX),
        ("a description that is not there", b"stsc", 4, 2),
        ("a description of number 0", b"stsc", 4, 0),
        ("more descriptions than entries", b"stsd", 1, 2),
        ("entries of another form", b"stsd", 0, 0x0100_0000),
        ("a version of the future", b"tkhd", 0, 0x0200_0000),
    ] {
        assert_eq!(fault(with_number(kind, word, number), Wanted::Video), NotARecording, "{name}");
    }
}

#[test]
fn two_tracks_never_share_a_sample() {
    let mut film = Film::usual();
    film.parts[1].samples = film.parts[0].samples.clone();
    let mut bytes = film.write().bytes;
    let tables: Vec<usize> = (0..bytes.len() - 4).filter(|at| &bytes[*at..at + 4] == b"stco").collect();
    let first = bytes[tables[0]..tables[0] + 32].to_vec();
    bytes[tables[1]..tables[1] + 32].copy_from_slice(&first);
    assert_eq!(fault(bytes, Wanted::Video), NotARecording);
}

#[test]
fn media_may_go_to_the_end_of_the_file() {
    let mut file = Film::usual().write();
    let at = file.bytes.windows(4).position(|it| it == b"mdat").unwrap() - 4;
    file.bytes[at..at + 4].copy_from_slice(&[0; 4]);
    file.bytes.extend_from_slice(PLACE);
    let stripped = kept("open", &file, Wanted::Video, &[1, 2]);
    assert!(!holds(&stripped.bytes, PLACE));
}
