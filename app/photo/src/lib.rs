//! The photo worker 照片处理: from the bytes a camera gave to the JPEG that is stored, signed for and sent.
//!
//! ```text
//! bytes ─┬─► hash of the original, by WebCrypto
//!        └─► format and size, by header ─► decode (reduced while decoding) ─► what its EXIF claims ─► resize to 1600 px
//!        ─► turn upright ─► blank? ─► likeness, thumbnail ─► lines over its lower edge ─► JPEG without metadata ─► hashes
//! ```
//!
//! The original is hashed from a copy that is taken before anything reads it, beside all the rest
//! (`public/photo_worker.js`): in WebAssembly it would be a sixth of the work. What leaves is always **our own** encoding of the pixels:
//! no metadata, no trailing data, nothing of a polyglot survives.
//!
//! Everything is bounded *before* memory is taken or time is spent ([`limits`]): a format's header is read by
//! a few lines of our own, and a decoder sees a file only when its work fits. A panic would be the end of the
//! WebAssembly instance (`panic = "abort"`), so nothing here indexes or subtracts unchecked on what a file says.
//!
//! # Why not the `image` crate end to end
//! Pixels live in its type. Its decoders are not used: for a 12-megapixel JPEG they take four times the time and memory of a decode that is scaled inside the DCT (`jpeg-decoder`);
//! its PNG path needs the whole picture in memory where rows are enough, and unpacks text chunks nobody asked
//! for; and its WebP path allocates by a header that it has not yet compared with the canvas.
//!
//! # Known limits
//! Colour profiles are dropped without conversion: a Display P3 photo comes out a little paler. The picture
//! of a JPEG whose tail was cut off *and* closed again with an end marker has a grey or smeared bottom, as in
//! every viewer; one that simply ends is refused. What a HEIC, AVIF or TIFF file claims of itself is not read: such a
//! file is decoded by the browser, which says nothing of it.
//!
//! # Building it for the browser
//! `cargo xtask build-app` does it, twice: with `-Ctarget-feature=+simd128`, and without for processors that have none.
//! `RUSTFLAGS` hold for a whole cargo invocation, so there are two, each `cargo rustc --crate-type cdylib --profile
//! photo`; then `wasm-bindgen --target web`, and `wasm-opt -O3` with the features of the browser floor listed.
//!
//! # Features
//! `codec` (default) is the pipeline, `protocol` (default) what page and worker say to each other. The page takes
//! [`refusal`]'s codes and [`protocol`] alone, the server the pipeline alone.

pub mod limits;
pub mod refusal;
#[cfg(feature = "protocol")]
pub mod protocol;

#[cfg(feature = "codec")]
mod format;
#[cfg(feature = "codec")]
mod decoded;
#[cfg(feature = "codec")]
mod exif;
#[cfg(feature = "codec")]
mod jpeg;
#[cfg(feature = "codec")]
mod png;
#[cfg(feature = "codec")]
mod webp;
#[cfg(feature = "codec")]
mod resize;
#[cfg(feature = "codec")]
mod encode;
#[cfg(feature = "codec")]
mod mark;
#[cfg(feature = "codec")]
mod prepare;
#[cfg(feature = "codec")]
mod redact;
#[cfg(all(feature = "codec", feature = "protocol", target_arch = "wasm32"))]
pub mod worker;

#[cfg(feature = "codec")]
pub use mark::{Mark, Strip, StripSpace};
#[cfg(feature = "codec")]
pub use prepare::{Foreign, Prepared, prepare, prepare_decoded};
#[cfg(feature = "codec")]
pub use redact::{COVER, Redacted, redact};
pub use refusal::{ForeignFormat, PhotoRefused, RefusalCode};
