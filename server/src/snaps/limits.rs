//! How much citizens may do, so that nobody's flood harms inspectors or other citizens: so many reports of an address within
//! an hour, so many in all, and so many requests open at once. Each refusal says when to try again.
//!
//! An IPv6 subscriber has a whole /64 and counts as one address. Behind one address of a mobile network there may be
//! thousands of people: the bounds are for floods, not for neighbours.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use xunan_core::clock::{Instant, Span};

use crate::accounts::counted;

/// The window of all counts.
const WINDOW: Span = Span::minutes(60);
/// Reports of one address within the window: a village's school that reports together.
const REPORTS_PER_ADDRESS: usize = 30;
/// Reports in all within the window: a quarter of what a city of six million had in three months (水城随手拍: 1,202).
const REPORTS_IN_ALL: usize = 300;
/// Short codes that one address may try within the window: people mistype, and 10^10 codes are not found by so few.
const CODES_PER_ADDRESS: usize = 20;
/// Marks of "me too" of one address within the window: many people stand behind one address of a mobile network.
const ME_TOOS_PER_ADDRESS: usize = 60;
/// The same in all: 5 MB a day in the database, at most.
const ME_TOOS_IN_ALL: usize = 2000;
/// Requests with a body that are open at once. Each holds at most what a form may have, so this bounds memory.
const OPEN_AT_ONCE: usize = 8;
/// Of these, those of one address.
const OPEN_PER_ADDRESS: usize = 2;
/// When to come back while others' requests are open.
const OPEN_PATIENCE_SECONDS: u32 = 20;
/// Addresses that are remembered, at most.
const REMEMBERED: usize = 20_000;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Deed {
    Report(IpAddr),
    AnyReport,
    Code(IpAddr),
    AnyMeToo,
    MeToo(IpAddr),
}

impl Deed {
    const fn most(self) -> usize {
        match self {
            Self::Report(_) => REPORTS_PER_ADDRESS,
            Self::AnyReport => REPORTS_IN_ALL,
            Self::Code(_) => CODES_PER_ADDRESS,
            Self::AnyMeToo => ME_TOOS_IN_ALL,
            Self::MeToo(_) => ME_TOOS_PER_ADDRESS,
        }
    }
}

/// Not now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Later {
    /// When to come back, in seconds; at least 1.
    pub retry_after_seconds: u32,
}

/// The counts of late.
#[derive(Default)]
pub struct Limits {
    deeds: Mutex<HashMap<Deed, Vec<Instant>>>,
    open: Mutex<HashMap<IpAddr, usize>>,
}

/// A request that is open; ends when it is dropped.
pub struct Open {
    limits: Arc<Limits>,
    address: IpAddr,
}

impl Drop for Open {
    fn drop(&mut self) {
        let mut open = self.limits.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.address);
            }
        }
    }
}

impl Limits {
    /// Notes that a request with a body is open, if it may be.
    ///
    /// # Errors
    /// [`Later`].
    pub fn open(self: &Arc<Self>, address: IpAddr) -> Result<Open, Later> {
        let address = counted(address);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let (own, all) = (open.get(&address).copied().unwrap_or(0), open.values().sum::<usize>());
        if own >= OPEN_PER_ADDRESS || all >= OPEN_AT_ONCE {
            return Err(Later { retry_after_seconds: OPEN_PATIENCE_SECONDS });
        }
        open.insert(address, own + 1);
        Ok(Open { limits: Arc::clone(self), address })
    }

    /// Notes a report from `address`, if there may be one now.
    ///
    /// # Errors
    /// [`Later`].
    pub fn report(&self, address: IpAddr, now: Instant) -> Result<(), Later> {
        self.note(&[Deed::Report(counted(address)), Deed::AnyReport], now)
    }

    /// Notes that a short code is tried, if one may be now.
    ///
    /// # Errors
    /// [`Later`].
    pub fn code(&self, address: IpAddr, now: Instant) -> Result<(), Later> {
        self.note(&[Deed::Code(counted(address))], now)
    }

    /// Notes that somebody met a case too, if that may be now. The count of all comes first: a flood from everywhere is not
    /// remembered by its addresses, of which only so many are, and so shuts nobody out who reports.
    ///
    /// # Errors
    /// [`Later`].
    pub fn me_too(&self, address: IpAddr, now: Instant) -> Result<(), Later> {
        self.note(&[Deed::AnyMeToo, Deed::MeToo(counted(address))], now)
    }

    /// Notes a deed under all its counts, or under none.
    fn note(&self, counts: &[Deed], now: Instant) -> Result<(), Later> {
        let mut deeds = self.deeds.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = |at: &Instant| now.since(*at).as_millis() < WINDOW.as_millis();
        if deeds.len() + counts.len() > REMEMBERED {
            deeds.retain(|_, times| times.iter().any(recent));
        }
        // So many addresses at once are one flood: what is not remembered is not let in.
        if deeds.len() + counts.len() > REMEMBERED {
            return Err(Later { retry_after_seconds: seconds(WINDOW) });
        }
        for count in counts {
            let times = deeds.entry(*count).or_default();
            times.retain(recent);
            if let (Some(first), true) = (times.first(), times.len() >= count.most()) {
                let passed = now.since(*first).as_millis();
                return Err(Later {
                    retry_after_seconds: seconds(Span::millis(WINDOW.as_millis() - passed)),
                });
            }
        }
        for count in counts {
            deeds.entry(*count).or_default().push(now);
        }
        Ok(())
    }
}

/// Whole seconds, rounded up; at least 1.
fn seconds(span: Span) -> u32 {
    u32::try_from(span.as_millis().unsigned_abs().div_ceil(1000).max(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Instant {
        Instant::from_unix_millis(1_790_000_000_000).plus(Span::seconds(seconds))
    }

    fn address(number: u32) -> IpAddr {
        IpAddr::V4(std::net::Ipv4Addr::from(number))
    }

    #[test]
    fn an_address_and_all_together_have_so_many_reports_an_hour() {
        let limits = Limits::default();
        for second in 0..30 {
            assert_eq!(limits.report(address(1), at(second)), Ok(()));
        }
        assert_eq!(limits.report(address(1), at(60)), Err(Later { retry_after_seconds: 3540 }));
        assert_eq!(limits.report(address(2), at(60)), Ok(()), "others are not harmed");
        assert_eq!(limits.report(address(1), at(3600)), Ok(()));
        let limits = Limits::default();
        for number in 0..300 {
            assert_eq!(limits.report(address(number), at(0)), Ok(()));
        }
        assert_eq!(limits.report(address(999), at(0)), Err(Later { retry_after_seconds: 3600 }));
    }

    #[test]
    fn a_flood_of_me_too_is_bounded_and_shuts_no_reporter_out() {
        let limits = Limits::default();
        for second in 0..60 {
            assert_eq!(limits.me_too(address(1), at(second)), Ok(()));
        }
        assert_eq!(limits.me_too(address(1), at(60)), Err(Later { retry_after_seconds: 3540 }));
        let taken = (2..30_000).filter(|number| limits.me_too(address(*number), at(60)).is_ok()).count();
        assert_eq!(taken, ME_TOOS_IN_ALL - 60);
        assert_eq!(limits.report(address(40_000), at(61)), Ok(()));
    }

    #[test]
    fn a_64_counts_as_one_address_and_memory_is_bounded() {
        let limits = Limits::default();
        let of_one = |number: u128| IpAddr::V6((0x2001_0db8_u128 << 96 | number).into());
        for number in 0..20 {
            assert_eq!(limits.code(of_one(number), at(0)), Ok(()));
        }
        assert!(limits.code(of_one(99), at(0)).is_err());
        for number in 0..30_000 {
            let _ = limits.code(address(number), at(0));
        }
        assert!(limits.deeds.lock().unwrap().len() <= REMEMBERED);
        assert_eq!(limits.code(address(7), at(3601)), Ok(()), "and it is forgotten after an hour");
    }

    #[test]
    fn so_many_requests_are_open_and_each_ends() {
        let limits = Arc::new(Limits::default());
        let own: Vec<_> = (0..2).map(|_| limits.open(address(1)).unwrap_or_else(|_| panic!())).collect();
        assert!(limits.open(address(1)).is_err());
        let others: Vec<_> = (2..8).filter_map(|number| limits.open(address(number)).ok()).collect();
        assert_eq!(others.len(), 6);
        assert!(limits.open(address(9)).is_err(), "in all");
        drop((own, others));
        assert!(limits.open(address(1)).is_ok());
        assert!(limits.open.lock().unwrap().is_empty());
    }
}
