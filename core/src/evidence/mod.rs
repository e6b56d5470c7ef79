//! What backs a finding: photos with the hash of what the camera gave, where and between which times they were taken,
//! and signatures drawn on glass.

mod time;
mod position;
mod file_claims;
mod steps;
mod likeness;
mod jpeg;
mod originals;
mod photo;
mod signature;
mod redaction;

pub use file_claims::{ClaimedTime, FileClaims, NotAClaimedTime, NotAnOrientation, Orientation};
pub use jpeg::{Dimensions, MAX_EDGE_PX, MAX_JPEG_BYTES, NotAJpeg, check_jpeg};
pub use likeness::{Band, Likeness, NotALikeness};
pub use originals::{Originals, RegionRules};
pub use photo::{CameraWay, Capture, PhotoManifest};
pub use position::{NoPosition, Position, PositionDoubt, PositionFix, PositionSource, Sighting};
pub(crate) use redaction::Picture;
pub use redaction::{
    EDGE, MAX_POINTS, MAX_REASON_CHARS, MAX_SHAPES, NotAPublicCopy, PUBLIC_EDGE_PX, Place, PublicCopy,
    SMALLEST, Shape,
};
pub use signature::{Signature, Stroke};
pub use steps::{Decoder, PhotoStep, PixelSize};
pub use time::{Anchor, Came, ClockJump, DeviceTime, PageTime};
