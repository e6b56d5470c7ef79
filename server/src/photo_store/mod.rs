//! Where the bytes of photos are: a folder, each photo under its own SHA-256.
//!
//! ```text
//! bytes ──► uploads/<account>/<digest>-<length>     grows until it is whole; survives a restart
//!              │ digest right? a JPEG? ── fsync, rename, fsync of the folder
//!              └──► photos/ab/cd/<digest>           never changes
//! ```
//!
//! Nothing that a client names becomes a path: paths are made of a digest that was parsed and of an account's id.
//! An upload is known by who uploads and what was promised, so that a phone which lost the address of its upload
//! finds it again by asking for the same.

mod claims;
mod folder;
mod recording_file;
mod secret_file;
mod shadow;
mod upload;

pub use claims::{Claim, Claims};
pub use folder::PhotoFolder;
pub use recording_file::{NotARecordingFile, RecordingFile};
pub use secret_file::{SecretBytes, SecretFile};
pub use shadow::{NotAShadowFile, ShadowFile};
pub use upload::{FinishError, OpenUpload, UploadKey};

/// Unfinished uploads of one account at a time: a visit's photos go up a few at once.
pub const MAX_OPEN_UPLOADS: usize = 64;

/// An upload that nothing was added to for so long is thrown away. The phone keeps its photo and begins anew.
pub const UPLOAD_LASTS: std::time::Duration = std::time::Duration::from_secs(7 * 24 * 3600);
