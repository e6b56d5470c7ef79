//! The pipeline against pictures and broken files, all of them made by code.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod fixtures;
mod pictures;
mod evidence;
mod refusals;
mod mutations;
