//! Between which two times something happened: an interval that contains the truth, whatever the wall clock says.
//!
//! ```text
//! server's signed time ──► got ─ ─ ─ event ─ ─ ─ sent ──► came, by the server's clock
//!                           └── the page's clock ───┘       that far, at least, lie the three apart
//! ```
//!
//! The page's clock stands still while the phone sleeps, so what passed on it is a lower bound of what passed in truth:
//! it lifts the beginning of the interval and lowers its end, and never the other way round.

use crate::clock::{Instant, Span};
use crate::evidence::{Came, DeviceTime};

/// From when to when; `None` where nothing bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    /// Not before this.
    pub from: Option<Instant>,
    /// Not after this.
    pub to: Option<Instant>,
}

impl Interval {
    /// Whether `at` lies in it.
    pub fn contains(&self, at: Instant) -> bool {
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at <= to)
    }

    /// Whether nothing can lie in it.
    pub fn is_empty(&self) -> bool {
        self.from.zip(self.to).is_some_and(|(from, to)| from > to)
    }

    fn raise(&mut self, from: Option<Instant>) {
        self.from = self.from.max(from);
    }

    fn lower(&mut self, to: Option<Instant>) {
        self.to = match (self.to, to) {
            (Some(to), Some(other)) => Some(to.min(other)),
            (to, other) => to.or(other),
        };
    }
}

/// The two intervals that can be told of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeBounds {
    /// By the server's signatures alone. Of an entry this is proven; of what happened before the entry was signed, such
    /// as a photo's taking, only its end is.
    pub proven: Interval,
    /// Narrowed by the page's clock, which an owner cannot set, but a changed app could feign. `None` when it
    /// contradicts the server's times: then somebody feigned, and only `proven` stands.
    pub clocked: Option<Interval>,
}

impl TimeBounds {
    /// Works out the bounds of `time`.
    ///
    /// * `enrolled`: when the device was enrolled, by the server's word.
    /// * `anchored`: the time in the token of `time.anchor`, when its signature was verified.
    /// * `came`: when the text that says so had come, by the receipt; `None` before there is one.
    pub fn of(
        time: &DeviceTime,
        enrolled: Option<Instant>,
        anchored: Option<Instant>,
        came: Option<Came>,
    ) -> Self {
        let proven = Interval { from: enrolled.max(anchored), to: came.map(|came| came.at) };
        let mut clocked = proven;
        clocked.raise(time.not_before);
        if let (Some(page), Some(anchor), Some(signed)) = (time.page, &time.anchor, anchored) {
            clocked.raise(page.at_least_since(anchor.got).map(|passed| signed.plus(passed)));
        }
        if let Some((came, sent, page)) = came.and_then(|came| Some((came.at, came.page?, time.page?))) {
            let earlier = |passed: Span| came.plus(Span::millis(-passed.as_millis()));
            clocked.lower(sent.at_least_since(page).map(earlier));
        }
        Self { proven, clocked: (!clocked.is_empty()).then_some(clocked) }
    }

    /// The narrowest interval that can be told.
    pub fn narrowest(&self) -> Interval {
        self.clocked.unwrap_or(self.proven)
    }

    /// Narrows the bounds of things that happened one after the other, in this order: nothing happened before what came
    /// before it, nor after what came after. The order of a device's entries is that of its chain, never of its clock.
    pub fn narrow_by_order(bounds: &mut [Self]) {
        narrow(bounds.iter_mut().map(|bounds| &mut bounds.proven).collect());
        narrow(bounds.iter_mut().filter_map(|bounds| bounds.clocked.as_mut()).collect());
    }
}

fn narrow(mut intervals: Vec<&mut Interval>) {
    let mut from = None;
    for interval in &mut intervals {
        interval.raise(from);
        from = interval.from;
    }
    let mut to = None;
    for interval in intervals.iter_mut().rev() {
        interval.lower(to);
        to = interval.to;
    }
}
