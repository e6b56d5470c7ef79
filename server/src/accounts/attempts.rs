//! How often somebody may try to sign in: a few times freely, then after a pause that doubles. Nobody is ever locked
//! out by somebody else's attempts for longer than the pause, and memory is bounded.
//!
//! An attempt counts as a failure from its beginning until it succeeds: a thousand that are sent at once are not a
//! thousand guesses.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use xunan_core::clock::{Instant, Span};
use xunan_core::digest::Digest;

/// Failures of one login from one address before the first pause.
const FREE_PER_LOGIN: u32 = 10;
/// Failures from one address before the first pause: an office shares one.
const FREE_PER_ADDRESS: u32 = 100;
/// The first pause; each further failure doubles it.
const FIRST_PAUSE: Span = Span::seconds(10);
/// The longest pause.
const LONGEST_PAUSE: Span = Span::minutes(15);
/// Failures are forgotten after so long without another.
const FORGOTTEN_AFTER: Span = Span::minutes(60);
/// What is remembered at most: some 2 MB. Beyond it the oldest are forgotten.
const REMEMBERED: usize = 20_000;

/// Whether an attempt may be made now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It may.
    Allowed,
    /// Not before so many seconds have passed.
    Later {
        /// At least 1.
        retry_after_seconds: u32,
    },
}

/// What is counted. Logins are kept as hashes: what people type by mistake into a login field is not ours to keep.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Login(Digest, IpAddr),
    Address(IpAddr),
}

impl Key {
    const fn free(self) -> u32 {
        match self {
            Self::Login(..) => FREE_PER_LOGIN,
            Self::Address(_) => FREE_PER_ADDRESS,
        }
    }
}

#[derive(Clone, Copy)]
struct Failures {
    count: u32,
    last: Instant,
}

/// The failures of late.
#[derive(Default)]
pub struct Attempts {
    failures: Mutex<HashMap<Key, Failures>>,
}

impl Attempts {
    /// Begins an attempt, if `login` may be tried from `address` now.
    pub fn begin(&self, login: &str, address: IpAddr, now: Instant) -> Admission {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = keys(login, address);
        let wait = keys
            .into_iter()
            .filter_map(|key| Some(until(key, failures.get(&key)?)))
            .map(|until| until.since(now).as_millis())
            .max();
        if let Some(millis) = wait.filter(|millis| *millis > 0) {
            let seconds = millis.unsigned_abs().div_ceil(1000);
            return Admission::Later { retry_after_seconds: u32::try_from(seconds).unwrap_or(u32::MAX) };
        }
        if failures.len() + 2 > REMEMBERED {
            forget(&mut failures, now);
        }
        for key in keys {
            let entry = failures.entry(key).or_insert(Failures { count: 0, last: now });
            let forgotten = now.since(entry.last) > FORGOTTEN_AFTER;
            *entry = Failures { count: if forgotten { 1 } else { entry.count.saturating_add(1) }, last: now };
        }
        Admission::Allowed
    }

    /// Notes that an attempt succeeded: this login starts anew from this address, and the attempt was none.
    pub fn succeeded(&self, login: &str, address: IpAddr) {
        let [login, address] = keys(login, address);
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(&login);
        if let Some(entry) = failures.get_mut(&address) {
            entry.count = entry.count.saturating_sub(1);
        }
    }
}

/// An IPv6 subscriber has a whole /64 to come from: it counts as one address.
pub(crate) fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) >> 64 << 64).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

fn keys(login: &str, address: IpAddr) -> [Key; 2] {
    let address = counted(address);
    [Key::Login(Digest::of(login.as_bytes()), address), Key::Address(address)]
}

/// Until when there is a pause.
fn until(key: Key, failures: &Failures) -> Instant {
    let Some(beyond) = failures.count.checked_sub(key.free()) else { return failures.last };
    let pause = FIRST_PAUSE.as_millis().saturating_mul(1_i64 << beyond.min(20));
    failures.last.plus(Span::millis(pause.min(LONGEST_PAUSE.as_millis())))
}

/// Forgets what is old, and then the older half, until there is room.
fn forget(failures: &mut HashMap<Key, Failures>, now: Instant) {
    failures.retain(|_, it| now.since(it.last) <= FORGOTTEN_AFTER);
    if failures.len() + 2 > REMEMBERED {
        let mut times: Vec<Instant> = failures.values().map(|it| it.last).collect();
        times.sort_unstable();
        let middle = times[times.len() / 2];
        failures.retain(|_, it| it.last > middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn at(seconds: i64) -> Instant {
        Instant::from_unix_millis(1_790_000_000_000).plus(Span::seconds(seconds))
    }

    /// So many failures in a row.
    fn fail(attempts: &Attempts, times: u32, login: &str, at: Instant) {
        for _ in 0..times {
            assert_eq!(attempts.begin(login, HOME, at), Admission::Allowed);
        }
    }

    #[test]
    fn after_ten_failures_each_one_doubles_the_pause() {
        let attempts = Attempts::default();
        fail(&attempts, 10, "li", at(0));
        let mut now = 0;
        for seconds in [10, 20, 40, 80, 160, 320, 640, 900, 900] {
            let later = Admission::Later { retry_after_seconds: seconds };
            assert_eq!(attempts.begin("li", HOME, at(now)), later);
            now += i64::from(seconds);
            fail(&attempts, 1, "li", at(now));
        }
    }

    #[test]
    fn others_and_other_places_are_not_harmed_until_the_address_itself_is_suspect() {
        let attempts = Attempts::default();
        fail(&attempts, 10, "li", at(0));
        let elsewhere: IpAddr = "203.0.113.9".parse().unwrap();
        assert_ne!(attempts.begin("li", HOME, at(0)), Admission::Allowed);
        assert_eq!(attempts.begin("wang", HOME, at(0)), Admission::Allowed);
        assert_eq!(attempts.begin("li", elsewhere, at(0)), Admission::Allowed);
        for n in 0..89 {
            fail(&attempts, 1, &format!("guess{n}"), at(0));
        }
        assert_ne!(attempts.begin("wang", HOME, at(0)), Admission::Allowed);
    }

    #[test]
    fn a_success_and_an_hour_make_good() {
        let attempts = Attempts::default();
        for _ in 0..300 {
            fail(&attempts, 1, "li", at(0));
            attempts.succeeded("li", HOME);
        }
        fail(&attempts, 10, "li", at(0));
        assert_ne!(attempts.begin("li", HOME, at(0)), Admission::Allowed);
        fail(&attempts, 10, "li", at(2 * 3600));
    }

    #[test]
    fn memory_is_bounded_and_a_64_counts_as_one_address() {
        let attempts = Attempts::default();
        for n in 0..30_000_u32 {
            let address = IpAddr::V4(std::net::Ipv4Addr::from(n));
            attempts.begin("li", address, at(i64::from(n / 100)));
        }
        assert!(attempts.failures.lock().unwrap().len() <= REMEMBERED);
        for n in 0..100_u128 {
            let address = IpAddr::V6((0x2001_0db8_u128 << 96 | n).into());
            assert_eq!(attempts.begin(&n.to_string(), address, at(9999)), Admission::Allowed);
        }
        assert_ne!(attempts.begin("x", "2001:db8::ffff".parse().unwrap(), at(9999)), Admission::Allowed);
    }
}
