//! Every bound of the pipeline, each with its reason.

/// Long edge of the stored picture, in pixels 长边像素. The label of an extinguisher read from two metres away
/// is still legible, and a photo of a walk takes about 0.4 MB on a phone's data plan.
pub const LONG_EDGE_PX: u32 = 1600;

/// JPEG quality of the stored picture: the usual 80, where the loss is not seen at arm's length.
pub const QUALITY: u8 = 80;

/// Long edge of a thumbnail, in pixels: 160 CSS pixels on a screen of two device pixels each.
pub const THUMBNAIL_EDGE_PX: u32 = 320;

/// JPEG quality of a thumbnail. It is only looked at, never evidence.
pub const THUMBNAIL_QUALITY: u8 = 70;

/// The largest file that is read, in bytes. A 100-megapixel JPEG at its camera's best quality has 30 to 50 MB;
/// the file, its copy inside WebAssembly and the pixels must fit a phone of 2 GB together.
pub const MAX_BYTES: usize = 60 * 1024 * 1024;

/// The largest picture that is decoded, in pixels of its header. Phones of today stop at 108 megapixels as a
/// format they hardly ever write and at 50 as what they do; above 100 nothing but scans and bombs remains.
pub const MAX_PIXELS: u64 = 100_000_000;

/// The longest edge, in pixels: that of libjpeg. It also keeps every 16-bit block count of the JPEG decoder
/// from running over.
pub const MAX_EDGE_PX: u32 = 65_500;

/// What a decoder may hold for a picture that it cannot reduce while decoding, in bytes. A progressive JPEG
/// needs 3 bytes a pixel in 4:2:0 (so 89 megapixels fit) and 6 in 4:4:4 (44), WebP up to 8 (33); a 32-bit
/// WebAssembly memory on a cheap phone is refused somewhere above 500 MB.
pub const MAX_WORKING_BYTES: u64 = 256 * 1024 * 1024;

/// How many pixels all scans of a JPEG may visit together. Ten scans of 48 megapixels are an honest progressive
/// photo; ten thousand scans of anything are a bomb made of time.
pub const MAX_SCANNED_PIXELS: u64 = 1_000_000_000;

/// What a PNG's side buffers may take, in bytes: a row of 65,500 pixels of 64 bits, twice, with much room.
pub const PNG_SIDE_BYTES: usize = 16 * 1024 * 1024;

/// A picture whose brightness varies less than this is blank 空白照片 (variance in squared grey levels, over the
/// thumbnail). It is flatter than half a grey level, which no lens produces: even a covered one shows noise. What does
/// produce it is a camera that had not started, or a decoder that gave up in silence.
pub const BLANK_VARIANCE: f64 = 0.25;

/// WebAssembly memory never shrinks. Above this many bytes the worker asks to be replaced by a new one. A 12-megapixel
/// photo leaves about 32 MB, so an ordinary walk never comes here.
pub const RECYCLE_ABOVE_BYTES: u64 = 96 * 1024 * 1024;
