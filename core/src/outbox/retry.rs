//! When to try again.

use crate::clock::Span;
use crate::problem::Problem;

/// How long to wait after a failure that trying again may help.
///
/// Each failure in a row waits longer: a lift door closes for seconds, a basement lasts minutes, a captive portal
/// or a server under repair lasts hours. The first steps are short because most failures are of the first kind and
/// somebody is looking at the screen; the last one is half an hour because an app that is open costs battery with
/// every try, and coming back online or a touch tries at once anyway.
pub struct RetrySchedule;

impl RetrySchedule {
    /// The waits after the first, second, … failure in a row; the last one repeats.
    pub const STEPS: [Span; 6] = [
        Span::seconds(5),
        Span::seconds(15),
        Span::minutes(1),
        Span::minutes(5),
        Span::minutes(15),
        Span::minutes(30),
    ];
    /// A server may ask for more patience than the schedule has, up to this.
    pub const MOST_PATIENCE: Span = Span::minutes(60);
    /// No wait is longer: a time to try again that is further off was written under another clock, and is due.
    pub const LONGEST: Span = Span::minutes(72);

    /// The wait after the `attempts`th failure in a row, from 1.
    pub fn wait(attempts: u32, problem: &Problem, jitter: Jitter) -> Span {
        let last = Self::STEPS.len() - 1;
        let step = usize::try_from(attempts.saturating_sub(1)).map_or(last, |step| step.min(last));
        match problem {
            Problem::TooMany { retry_after_seconds } => {
                // Never earlier than asked, so the jitter only adds.
                let asked = Span::seconds(i64::from(*retry_after_seconds)).min(Self::MOST_PATIENCE);
                jitter.later(asked.max(Self::STEPS[step]))
            }
            _ => jitter.around(Self::STEPS[step]),
        }
    }
}

/// A random share that moves each wait by up to a fifth, so that the phones of a whole county do not come back in
/// the same second after an outage. Core draws no random numbers: the caller does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jitter(u16);

impl Jitter {
    /// Waits are exactly as in the schedule.
    pub const NONE: Self = Self(u16::MAX / 2);

    /// From a random number, all of whose values are equally likely.
    pub const fn from_random(random: u16) -> Self {
        Self(random)
    }

    /// From four fifths to six fifths of `span`.
    fn around(self, span: Span) -> Span {
        Span::millis(span.as_millis() * (800 + self.share_of(400)) / 1000)
    }

    /// From `span` to six fifths of it.
    fn later(self, span: Span) -> Span {
        Span::millis(span.as_millis() * (1000 + self.share_of(200)) / 1000)
    }

    /// Its share of a whole number, rounded to the nearest.
    fn share_of(self, whole: i64) -> i64 {
        let most = i64::from(u16::MAX);
        (i64::from(self.0) * whole + most / 2) / most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_half_an_hour_and_jitter_moves_them_by_a_fifth() {
        let wait = |attempts, random| {
            RetrySchedule::wait(attempts, &Problem::Unreachable, Jitter::from_random(random)).as_millis()
        };
        for (attempts, seconds) in
            [(0, 5), (1, 5), (2, 15), (3, 60), (4, 300), (5, 900), (6, 1800), (u32::MAX, 1800)]
        {
            assert_eq!(wait(attempts, 0), seconds * 800, "{attempts}");
            assert_eq!(wait(attempts, u16::MAX), seconds * 1200, "{attempts}");
        }
        assert_eq!(RetrySchedule::wait(1, &Problem::Unreachable, Jitter::NONE), Span::seconds(5));
    }

    #[test]
    fn a_server_that_asks_for_patience_gets_it_up_to_an_hour() {
        let wait = |attempts, retry_after_seconds, random| {
            let problem = Problem::TooMany { retry_after_seconds };
            RetrySchedule::wait(attempts, &problem, Jitter::from_random(random)).as_millis()
        };
        assert_eq!(wait(1, 90, 0), 90_000);
        assert_eq!(wait(1, 1, 0), 5_000);
        assert_eq!(wait(6, 90, 0), 1_800_000);
        assert_eq!(wait(1, u32::MAX, u16::MAX), RetrySchedule::LONGEST.as_millis());
    }
}
