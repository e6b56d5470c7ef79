//! A small world of phones, a network and a server, in which everything that can go wrong does, by a seed.

mod chance;
mod phone;
mod server;

pub(crate) use chance::{Chance, Weather};
pub(crate) use phone::Phone;
pub(crate) use server::{Server, photo_bytes};
