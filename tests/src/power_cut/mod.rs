//! A phone that loses power: a browser on a disk of which only what was synced is certain.

mod disk;
mod mount;

pub use mount::Mounted;
