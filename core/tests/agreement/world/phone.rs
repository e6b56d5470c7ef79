//! A phone: what is on its disk, a session that may be gone at any moment, and a person who writes.

use std::collections::BTreeMap;
use std::rc::Rc;

use xunan_core::clock::{Instant, Span};
use xunan_core::digest::Digest;
use xunan_core::ids::EntryId;
use xunan_core::ledger::Cursor;
use xunan_core::log::SignedEntry;
use xunan_core::outbox::{Delivery, Item, Jitter, RetrySchedule};
use xunan_core::problem::Problem;
use xunan_core::sync::{DeviceSession, Event, Step, Upload, Which};

use super::{Chance, Server, photo_bytes};
use crate::support::at;
use crate::support::entries::Writer;
use crate::support::keys::{KeyPair as _, Quick, QuickVerifier};
use crate::support::memory::Memory;

/// What survives a crash.
#[derive(Clone)]
pub(crate) struct Disk {
    pub(crate) log: BTreeMap<EntryId, Rc<SignedEntry>>,
    pub(crate) items: BTreeMap<EntryId, Item>,
    photos: BTreeMap<Digest, Vec<u8>>,
    cursor: Cursor,
    pub(crate) writer: Writer,
}

pub(crate) struct Phone {
    pub(crate) disk: Disk,
    key: Quick,
    session: Option<(DeviceSession, Step)>,
    /// How wrong its clock is.
    clock_ahead: Span,
}

impl Phone {
    pub(crate) fn new(number: u64, server: &mut Server) -> Self {
        let (writer, key) = (Writer::new(number), Quick::from_name(&format!("phone {number}")));
        server.committed.enrol(writer.device, writer.actor, key.public());
        let (log, items, photos) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let disk = Disk { log, items, photos, cursor: Cursor(0), writer };
        Self { disk, key, session: None, clock_ahead: Span::ZERO }
    }

    fn now(&self, server: &Server) -> Instant {
        at(server.seconds).plus(self.clock_ahead)
    }

    /// Somebody sets the clock.
    pub(crate) fn set_clock(&mut self, chance: &mut Chance) {
        let days = i64::try_from(chance.below(2190)).unwrap() - 1095;
        self.clock_ahead = Span::days(days);
    }

    /// The whole phone is put back to an old copy of itself.
    pub(crate) fn put_back(&mut self, copy: Disk) {
        self.disk = copy;
        self.session = None;
    }

    pub(crate) fn crash(&mut self) {
        self.session = None;
    }

    /// Whether there is nothing left to do.
    pub(crate) fn rests(&self) -> bool {
        matches!(self.session, Some((_, Step::Done)))
    }

    /// A person signs a record: entry, item and photos are stored together, as the app does.
    pub(crate) fn write(&mut self, id: u64, server: &Server, chance: &mut Chance) {
        let photos: Vec<Vec<u8>> = (0..chance.below(4)).map(|_| photo_bytes(chance.number())).collect();
        let photos: Vec<&[u8]> = photos.iter().map(Vec::as_slice).collect();
        let signed = self.disk.writer.write(id, &photos, &self.key);
        let item = Item::new(&signed, format!("{id}"));
        self.disk.photos.extend(photos.iter().map(|bytes| (Digest::of(bytes), bytes.to_vec())));
        self.disk.items.insert(item.entry(), item.clone());
        self.disk.log.insert(item.entry(), Rc::new(signed));
        self.happens(Event::Added(Box::new(item)), server, chance);
    }

    /// A person asks for everything to be tried now, or the network comes back.
    pub(crate) fn nudge(&mut self, server: &Server, chance: &mut Chance) {
        let event = match chance.below(3) {
            0 => Event::Online,
            1 => Event::Refresh,
            _ => Event::TryNow(Which::All),
        };
        self.happens(event, server, chance);
    }

    /// Does the step in hand, or opens the app when it is closed.
    pub(crate) fn act(&mut self, server: &mut Server, chance: &mut Chance) {
        let Some((_, step)) = &self.session else {
            let session = DeviceSession::new(self.disk.items.values().cloned(), self.disk.cursor);
            self.session = Some((session, Step::Done));
            return self.happens(Event::Online, server, chance);
        };
        let event = match step.clone() {
            Step::Push { entries } => {
                let texts: Vec<&str> = entries.iter().map(|entry| self.disk.log[entry].compact()).collect();
                match server.push(self.disk.writer.device, &texts, chance) {
                    Ok(answer) => Event::PushAnswered(answer),
                    Err(problem) => Event::Failed(problem),
                }
            }
            Step::Upload(upload) => match self.upload(&upload, server, chance) {
                Ok(()) => Event::Uploaded { digest: upload.digest },
                Err(problem) => Event::Failed(problem),
            },
            Step::FetchReceipt { entry } => match server.receipt(entry, chance) {
                Ok(receipt) => Event::ReceiptFetched(receipt),
                Err(problem) => Event::Failed(problem),
            },
            Step::CheckReceipt { receipt } => match server.keys(chance) {
                Ok(()) => Event::ReceiptChecked(receipt.verify(&Memory::key().public(), &QuickVerifier)),
                Err(problem) => Event::Failed(problem),
            },
            Step::Pull { after } => match server.pull(after, chance) {
                Ok((cursor, more)) => {
                    self.disk.cursor = cursor;
                    Event::Pulled { cursor, more }
                }
                Err(problem) => Event::Failed(problem),
            },
            Step::SignIn => {
                server.sign_in();
                Event::SignedIn
            }
            Step::Wait { until } => {
                // The clock may have been set since.
                let wait = until.since(self.now(server)).clamp(Span::ZERO, RetrySchedule::LONGEST);
                server.pass(wait.as_millis() / 1000 + 1, chance);
                Event::Woke
            }
            Step::Done | Step::Continue => Event::Woke,
        };
        self.happens(event, server, chance);
    }

    /// Uploads in pieces, and tells the session of each.
    fn upload(&mut self, upload: &Upload, server: &mut Server, chance: &mut Chance) -> Result<(), Problem> {
        const PIECE: usize = 8;
        let bytes = self.disk.photos[&upload.digest].clone();
        assert_eq!(bytes.len() as u64, upload.size_bytes);
        let (place, mut offset) = server.begin_upload(upload.digest, upload.resume.as_deref(), chance)?;
        loop {
            let piece = &bytes[offset..bytes.len().min(offset + PIECE)];
            offset = server.upload(upload.digest, &place, offset, piece, bytes.len(), chance)?;
            if offset == bytes.len() {
                return Ok(());
            }
            let progress = Event::UploadProgress {
                digest: upload.digest,
                upload: place.clone(),
                sent_bytes: offset as u64,
            };
            self.happens(progress, server, chance);
            if self.session.is_none() {
                return Err(Problem::Unreachable);
            }
        }
    }

    /// Hands an event to the session and stores what changed; the phone may die before and after that.
    fn happens(&mut self, event: Event, server: &Server, chance: &mut Chance) {
        let now = self.now(server);
        let Some((mut session, under_way)) = self.session.take() else { return };
        let turn =
            session.turn(event, now, Jitter::from_random(u16::try_from(chance.below(65_536)).unwrap()));
        if let Step::Wait { until } = turn.step {
            let wait = until.since(now);
            assert!(wait > Span::ZERO && wait <= RetrySchedule::LONGEST, "a wait of {wait:?}");
        }
        if chance.percent(server.weather.crash) {
            return;
        }
        for item in turn.save {
            if let Delivery::Acknowledged { receipt, .. } = item.delivery() {
                // The promise: what the phone calls delivered is on the server's disk, under this very receipt.
                assert_eq!(server.committed.receipt(item.entry()).as_ref(), Some(receipt));
            }
            let before = self.disk.items.insert(item.entry(), item);
            assert!(before.is_some(), "an item that was never stored");
        }
        if chance.percent(server.weather.crash) {
            return;
        }
        let step = if matches!(turn.step, Step::Continue) { under_way } else { turn.step };
        self.session = Some((session, step));
    }
}
