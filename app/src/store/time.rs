//! What this phone knows of the time: the server's last signed word on it, and how the wall clock behaved since.

use serde::{Deserialize, Serialize};
use xunan_core::clock::{Instant, Span};
use xunan_core::evidence::{Anchor, ClockJump, DeviceTime, PageTime};

use super::change::{Change, Key};
use super::schema::Table;
use super::{Contact, Store, StoreFailed};

/// What is stored of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct KnownTime {
    /// The server's last signed time.
    anchor: Option<Anchor>,
    /// Wall and page when they were last compared.
    compared: Option<(Instant, PageTime)>,
    /// The jumps since the anchor and in the day before it, the oldest first.
    jumps: Vec<ClockJump>,
}

const A_DAY: Span = Span::days(1);

const TIME: &str = "time";

impl Store {
    /// When something happened that happened at `at` by the wall and `page` by the page's clock: with all that bounds
    /// it. To be asked right then: what comes from the server later says nothing about it.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn device_time(&self, at: Instant, page: PageTime) -> Result<DeviceTime, StoreFailed> {
        let known: KnownTime = self.fact(TIME).await?.unwrap_or_default();
        let contact = self.contact().await?;
        // An anchor that came while this was asked was got after it happened.
        let before = |anchor: &Anchor| anchor.got.life != page.life || anchor.got.ms <= page.ms;
        let mut jumps = known.jumps;
        jumps.drain(..jumps.len().saturating_sub(DeviceTime::MAX_JUMPS));
        Ok(DeviceTime {
            at,
            not_before: contact.as_ref().map(|contact| contact.server_time),
            server_ahead: contact.as_ref().map(Contact::server_ahead),
            page: Some(page),
            anchor: known.anchor.filter(before),
            jumps,
        })
    }

    /// When the server's signed time was got last; `None` before the first time.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn anchored(&self) -> Result<Option<PageTime>, StoreFailed> {
        let known: Option<KnownTime> = self.fact(TIME).await?;
        Ok(known.and_then(|known| known.anchor).map(|anchor| anchor.got))
    }

    /// The jumps of the wall clock since the last contact, the oldest first.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn clock_jumps(&self) -> Result<Vec<ClockJump>, StoreFailed> {
        let known: Option<KnownTime> = self.fact(TIME).await?;
        Ok(known.map(|known| known.jumps).unwrap_or_default())
    }

    /// Notes a signed time of the server. Jumps of more than a day before no longer matter; those of today were perhaps in
    /// the middle of a visit that is not signed yet.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn save_anchor(&self, anchor: Anchor, wall: Instant) -> Result<(), StoreFailed> {
        let mut known: KnownTime = self.fact(TIME).await?.unwrap_or_default();
        known.jumps.retain(|jump| wall.since(jump.seen).as_millis().saturating_abs() <= A_DAY.as_millis());
        known.compared = Some((wall, anchor.got));
        known.anchor = Some(anchor);
        self.save_known_time(&known).await
    }

    /// Compares the wall clock with the page's, and notes a jump. `asleep`: how long nobody may have compared them.
    /// Answers the jump, for a page to show.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn compare_clocks(
        &self,
        wall: Instant,
        page: PageTime,
        asleep: Span,
    ) -> Result<Option<ClockJump>, StoreFailed> {
        let mut known: KnownTime = self.fact(TIME).await?.unwrap_or_default();
        let before = known.compared.replace((wall, page));
        let jump = before.and_then(|before| ClockJump::between(before, (wall, page), asleep));
        known.jumps.extend(jump);
        let old = known.jumps.len().saturating_sub(DeviceTime::MAX_JUMPS);
        known.jumps.drain(..old);
        self.save_known_time(&known).await?;
        Ok(jump)
    }

    async fn save_known_time(&self, known: &KnownTime) -> Result<(), StoreFailed> {
        // Nobody's work: it never uses the reserve that is kept for text.
        self.connection().write(&[Change::put(Table::Facts, Key::one(TIME), known)?]).await
    }
}
