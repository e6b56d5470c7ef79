//! The elements that are kept, by their numbers in RFC 9559, each with its marker bits.

// A file.
pub(super) const HEADER: u32 = 0x1A45_DFA3;
pub(super) const SEGMENT: u32 = 0x1853_8067;
pub(super) const VOID: u8 = 0xEC;

// What the file is written by: versions, and the longest number and size.
pub(super) const DOC_TYPE: u32 = 0x4282;
pub(super) const VERSIONS: &[u32] = &[0x4286, 0x42F7, 0x42F2, 0x42F3, 0x4287, 0x4285];

// A segment.
pub(super) const SEEK_HEAD: u32 = 0x114D_9B74;
pub(super) const INFO: u32 = 0x1549_A966;
pub(super) const TRACKS: u32 = 0x1654_AE6B;
pub(super) const CLUSTER: u32 = 0x1F43_B675;
pub(super) const CUES: u32 = 0x1C53_BB6B;
pub(super) const TAGS: u32 = 0x1254_C367;
pub(super) const CHAPTERS: u32 = 0x1043_A770;
pub(super) const ATTACHMENTS: u32 = 0x1941_A469;
/// What begins where a cluster ends that does not say how long it is.
pub(super) const OF_SEGMENT: [u32; 8] = [SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES, TAGS, CHAPTERS, ATTACHMENTS];

// Where what stands.
pub(super) const SEEK: u32 = 0x4DBB;
pub(super) const SEEK_ID: u32 = 0x53AB;
pub(super) const SEEK_POSITION: u32 = 0x53AC;

// What holds for the whole segment.
pub(super) const TIMESTAMP_SCALE: u32 = 0x002A_D7B1;
pub(super) const DURATION: u32 = 0x4489;
pub(super) const MUXING_APP: u32 = 0x4D80;
pub(super) const WRITING_APP: u32 = 0x5741;

// A track.
pub(super) const TRACK_ENTRY: u32 = 0xAE;
pub(super) const TRACK_NUMBER: u32 = 0xD7;
pub(super) const TRACK_UID: u32 = 0x73C5;
pub(super) const TRACK_TYPE: u32 = 0x83;
pub(super) const DEFAULT_DURATION: u32 = 0x0023_E383;
pub(super) const CODEC_ID: u32 = 0x86;
pub(super) const CODEC_PRIVATE: u32 = 0x63A2;
pub(super) const CONTENT_ENCODINGS: u32 = 0x6D80;
pub(super) const VIDEO: u32 = 0xE0;
pub(super) const COLOUR: u32 = 0x55B0;
pub(super) const AUDIO: u32 = 0xE1;
/// Enabled, default, forced, laced; caches; duration of a field; what the codec delays and needs before a seek.
pub(super) const TRACK_NUMBERS: &[u32] =
    &[0xB9, 0x88, 0x55AA, 0x9C, 0x6DE7, 0x6DF8, 0x0023_4E7A, 0x56AA, 0x56BB];
/// Interlacing, stereo, size in pixels, what is cut off, size as shown.
pub(super) const VIDEO_NUMBERS: &[u32] =
    &[0x9A, 0x9D, 0x53B8, 0xB0, 0xBA, 0x54AA, 0x54BB, 0x54CC, 0x54DD, 0x54B0, 0x54BA, 0x54B2];
/// Matrix, bits, how colours are sampled and sited, range, transfer, primaries, brightness.
pub(super) const COLOUR_NUMBERS: &[u32] =
    &[0x55B1, 0x55B2, 0x55B3, 0x55B4, 0x55B5, 0x55B6, 0x55B7, 0x55B8, 0x55B9, 0x55BA, 0x55BB, 0x55BC, 0x55BD];
/// Samples a second, as stored and as played; channels; bits.
pub(super) const AUDIO_NUMBERS: &[u32] = &[0xB5, 0x78B5, 0x9F, 0x6264];

// A cluster.
pub(super) const TIMESTAMP: u32 = 0xE7;
pub(super) const SIMPLE_BLOCK: u32 = 0xA3;
pub(super) const BLOCK_GROUP: u32 = 0xA0;
pub(super) const BLOCK: u32 = 0xA1;
pub(super) const BLOCK_DURATION: u32 = 0x9B;
/// Which block this one builds on, and what is thrown away of it.
pub(super) const BLOCK_NUMBERS: &[u32] = &[0xFB, 0x75A2];

// Where to go on when somebody seeks.
pub(super) const CUE_POINT: u32 = 0xBB;
pub(super) const CUE_TIME: u32 = 0xB3;
pub(super) const CUE_TRACK_POSITIONS: u32 = 0xB7;
/// Track, cluster, place in it, duration, block.
pub(super) const CUE_NUMBERS: &[u32] = &[0xF7, 0xF1, 0xF0, 0xB2, 0x5378];
