//! The server behind a bad network: it may die before it commits, and its answers may never arrive.

use std::collections::BTreeMap;

use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::ids::{DeviceId, EntryId};
use xunan_core::ledger::Cursor;
use xunan_core::log::{ReceiptDraft, SignedReceipt};
use xunan_core::problem::Problem;
use xunan_core::sync::{More, Outcome, PushAnswer};

use super::{Chance, Weather};
use crate::support::at;
use crate::support::keys::{KeyPair as _, Quick};
use crate::support::memory::Memory;

/// The photos of this world. The last one is none that the server would store.
const PHOTOS: u64 = 6;

pub(crate) fn photo_bytes(number: u64) -> Vec<u8> {
    let number = number % PHOTOS;
    vec![u8::try_from(number).unwrap(); 3 + usize::try_from(number).unwrap() * 7]
}

pub(crate) struct Server {
    /// What is on its disk.
    pub(crate) committed: Memory,
    pub(crate) seconds: i64,
    pub(crate) weather: Weather,
    uploads: BTreeMap<String, Vec<u8>>,
    signed_in: bool,
    /// Pushes that the network still carries, to deliver them a second time.
    late: Vec<(DeviceId, Vec<String>)>,
}

impl Server {
    pub(crate) fn new(weather: Weather) -> Self {
        let committed = Memory::default();
        Self { committed, seconds: 0, weather, uploads: BTreeMap::new(), signed_in: true, late: Vec::new() }
    }

    /// Whether a photo with these bytes is ever stored.
    pub(crate) fn stores(digest: Digest) -> bool {
        digest != Digest::of(&photo_bytes(PHOTOS - 1))
    }

    fn now(&self) -> Instant {
        at(self.seconds)
    }

    /// Time passes, and what the network held back arrives.
    pub(crate) fn pass(&mut self, seconds: i64, chance: &mut Chance) {
        self.seconds += seconds;
        if chance.percent(30)
            && let Some((device, texts)) = self.late.pop()
        {
            let now = self.now();
            let _: PushAnswer = self.committed.push(device, &texts, now);
        }
        if self.weather.server > 0 && chance.percent(3) {
            self.signed_in = false;
        }
    }

    pub(crate) fn sign_in(&mut self) {
        self.signed_in = true;
    }

    /// What happens to a request before anything is done about it.
    fn door(&self, chance: &mut Chance) -> Result<(), Problem> {
        if chance.percent(self.weather.network) {
            return Err(match chance.below(3) {
                0 => Problem::NotOurServer { status: 200 },
                _ => Problem::Unreachable,
            });
        }
        if chance.percent(self.weather.server) {
            return Err(match chance.below(5) {
                0 => Problem::TooMany { retry_after_seconds: u32::try_from(chance.below(600)).unwrap() },
                1 => Problem::Unavailable,
                2 => Problem::ServerFull,
                3 => Problem::Unknown,
                _ => Problem::Internal,
            });
        }
        if self.signed_in { Ok(()) } else { Err(Problem::NotSignedIn) }
    }

    /// What happens to an answer after everything was done.
    fn way_back<T>(&self, answer: T, chance: &mut Chance) -> Result<T, Problem> {
        if chance.percent(self.weather.network) { Err(Problem::Unreachable) } else { Ok(answer) }
    }

    /// The server dies before the commit: nothing of the transaction is left.
    fn dies(&self, chance: &mut Chance) -> bool {
        chance.percent(self.weather.server)
    }

    pub(crate) fn push(
        &mut self,
        device: DeviceId,
        texts: &[&str],
        chance: &mut Chance,
    ) -> Result<PushAnswer, Problem> {
        self.door(chance)?;
        let mut texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        if self.weather.network > 0 {
            if chance.percent(10) {
                self.late.push((device, texts.clone()));
            }
            if chance.percent(5) {
                // A broken proxy changes a byte on the way.
                let which = usize::try_from(chance.below(texts.len() as u64)).unwrap();
                let at = usize::try_from(chance.below(texts[which].len() as u64)).unwrap();
                texts[which].replace_range(at..=at, "!");
            }
        }
        let before = self.committed.clone();
        let now = self.now();
        let mut answer = self.committed.push(device, &texts, now);
        if self.dies(chance) {
            self.committed = before;
            return Err(Problem::Internal);
        }
        if self.weather.network > 0 {
            match chance.below(20) {
                0 => answer.entries.reverse(),
                1 => answer.entries.truncate(1),
                2 => forge(&mut answer),
                _ => {}
            }
        }
        self.way_back(answer, chance)
    }

    /// `POST /api/photos` or `HEAD` of an upload: where it is, and how many bytes are there.
    pub(crate) fn begin_upload(
        &mut self,
        digest: Digest,
        resume: Option<&str>,
        chance: &mut Chance,
    ) -> Result<(String, usize), Problem> {
        self.door(chance)?;
        if self.weather.server > 0 && chance.percent(5) {
            self.uploads.clear();
        }
        let upload = match resume {
            Some(upload) if self.uploads.contains_key(upload) => upload.to_owned(),
            Some(_) => return Err(Problem::NotFound),
            None => {
                let upload = format!("/api/photos/uploads/{}-{}", &digest.hex()[..8], chance.number());
                self.uploads.insert(upload.clone(), Vec::new());
                upload
            }
        };
        let offset = self.uploads[&upload].len();
        self.way_back((upload, offset), chance)
    }

    /// `PATCH` of an upload. Answers the bytes that are there now.
    pub(crate) fn upload(
        &mut self,
        digest: Digest,
        upload: &str,
        offset: usize,
        chunk: &[u8],
        size: usize,
        chance: &mut Chance,
    ) -> Result<usize, Problem> {
        self.door(chance)?;
        let cut = if chance.percent(self.weather.network) {
            usize::try_from(chance.below(chunk.len() as u64 + 1)).unwrap()
        } else {
            chunk.len()
        };
        let bytes = self.uploads.get_mut(upload).ok_or(Problem::NotFound)?;
        if bytes.len() != offset {
            return Err(Problem::WrongOffset { offset: bytes.len() as u64 });
        }
        bytes.extend_from_slice(&chunk[..cut]);
        if self.weather.network > 0 && chance.percent(2) && !bytes.is_empty() {
            bytes[0] ^= 1;
        }
        if cut < chunk.len() {
            return Err(Problem::Unreachable);
        }
        let arrived = bytes.len();
        if arrived == size {
            if Digest::of(bytes) != digest {
                self.uploads.remove(upload);
                return Err(Problem::WrongDigest { promised: digest });
            }
            if !Self::stores(digest) {
                return Err(Problem::NotAPhoto);
            }
            let before = self.committed.clone();
            let now = self.now();
            self.committed.photo(digest, now);
            if self.dies(chance) {
                self.committed = before;
                self.uploads.remove(upload);
                return Err(Problem::Internal);
            }
        }
        self.way_back(arrived, chance)
    }

    pub(crate) fn receipt(&mut self, entry: EntryId, chance: &mut Chance) -> Result<String, Problem> {
        self.door(chance)?;
        let receipt = self.committed.receipt(entry).ok_or(Problem::NotFound)?;
        self.way_back(receipt, chance)
    }

    /// `/.well-known/jwks.json`, when the phone does not know the key.
    pub(crate) fn keys(&self, chance: &mut Chance) -> Result<(), Problem> {
        self.door(chance)
    }

    pub(crate) fn pull(&mut self, after: Cursor, chance: &mut Chance) -> Result<(Cursor, More), Problem> {
        self.door(chance)?;
        let end = self.committed.ledger.len() as u64;
        let cursor = Cursor(end.min(after.0 + 2));
        let more = if cursor.0 < end { More::Yes } else { More::No };
        self.way_back((cursor, more), chance)
    }
}

/// Somebody on the way replaces a receipt with one of their own.
fn forge(answer: &mut PushAnswer) {
    for pushed in &mut answer.entries {
        if let Outcome::Receipted { receipt } = &mut pushed.outcome {
            let genuine = SignedReceipt::parse(receipt).unwrap().receipt().clone();
            let thief = Quick::from_name("thief");
            let draft = ReceiptDraft::new(genuine, &thief.public());
            let signature = thief.sign(draft.input.as_bytes());
            *receipt = draft.sign(signature).compact().to_owned();
        }
    }
}
