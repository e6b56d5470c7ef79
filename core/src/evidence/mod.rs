//! What backs a finding: photos with the hash of what the camera gave, and signatures drawn on glass.

mod photo;
mod signature;

pub use photo::{CameraWay, PhotoManifest};
pub use signature::{Signature, Stroke};
