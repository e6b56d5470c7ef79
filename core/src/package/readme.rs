//! What a package says to somebody who has nothing but the package.

/// The text of `README.txt`, version 1. It never changes: another text will be another constant beside it, since every
/// reader has to know every text that ever stood in a package.
pub const README: &str = include_str!("README.txt");
