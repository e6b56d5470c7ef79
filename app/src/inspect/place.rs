//! Where the phone is while photos are taken. A walk without a position is a walk all the same: nothing waits for it.

use leptos::prelude::*;
use xunan_core::clock::{Instant, Span};
use xunan_core::evidence::{NoPosition, PageTime, Position, PositionFix, Sighting};
use xunan_core::place::GeoPoint;

use crate::browser::page_clock;
use crate::browser::position::{Heard, PositionWatch};

/// What is known of the place. One for the open visit.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    watch: StoredValue<Option<PositionWatch>, LocalStorage>,
    /// What was heard last.
    heard: RwSignal<Result<Heard, NoPosition>>,
    /// The fix of the photo before, to compare the next one with.
    before: StoredValue<Option<Sighting>>,
    /// Where the facility is registered.
    facility: Option<GeoPoint>,
}

impl Place {
    pub(crate) fn new(facility: Option<GeoPoint>) -> Self {
        Self {
            watch: StoredValue::new_local(None),
            heard: RwSignal::new(Err(NoPosition::Waiting)),
            before: StoredValue::new(None),
            facility,
        }
    }

    /// The place of the visit around.
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// Begins to watch, with the first photo: the browser's question then explains itself.
    pub(crate) fn watch(self) {
        if self.watch.with_value(Option::is_some) {
            return;
        }
        let heard = self.heard;
        let tell = move |said| {
            heard.try_set(said);
        };
        match PositionWatch::start(tell) {
            Ok(watch) => self.watch.set_value(Some(watch)),
            Err(why) => self.heard.set(Err(why)),
        }
    }

    /// Where the phone is now, judged against the fix of the photo before and against where the facility is registered.
    pub(crate) fn now(self) -> Position {
        let heard = match self.heard.get_untracked() {
            Ok(heard) => heard,
            Err(why) => return Position::Unknown(why),
        };
        let now = page_clock::now();
        let since_heard = Span::millis(i64::try_from(now.ms.saturating_sub(heard.at.ms)).unwrap_or(0));
        let sighting = Sighting { point: heard.point, accuracy: heard.accuracy, at: on_page_clock(heard.at) };
        let age = Span::millis(heard.age.as_millis().saturating_add(since_heard.as_millis()));
        let fix = PositionFix::judged(sighting, age, self.before.get_value().as_ref(), self.facility);
        self.before.set_value(Some(sighting));
        Position::Fixed(fix)
    }
}

/// The page's clock as an instant: only differences of such instants mean anything, and those never jump.
fn on_page_clock(time: PageTime) -> Instant {
    Instant::from_unix_millis(i64::try_from(time.ms).unwrap_or(i64::MAX))
}
