//! How much citizens may do, so that nobody's flood harms inspectors or other citizens: so many reports of a device within an
//! hour, so many of an address, of a network, in all, and so many requests open at once. Each refusal says when to try again.
//!
//! From half of what a network, or all together, may send on, a report needs a solved puzzle ([`work`](super::work)) or patience:
//! so the other half is not taken by a script of ten lines before people come.
//!
//! An IPv6 subscriber has a whole /64 and counts as one address. Behind one address of a mobile network there may be
//! thousands of people: the bounds are for floods, not for neighbours. The bound of a device is for them: one phone does not use
//! up what the others behind its address may send. Whoever keeps no cookies is bounded by address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use xunan_core::clock::{Instant, Span};

use super::secret::SenderToken;
use super::work::Worked;
use crate::accounts::counted;

/// The window of all counts.
const WINDOW: Span = Span::minutes(60);
/// How long a device keeps what it is counted by after a report, in seconds: as long as that is counted.
pub const SENDER_SECONDS: u32 = 3600;
/// Reports of one device within the window: somebody who walks through a building and finds something every six minutes.
pub const REPORTS_PER_DEVICE: usize = 10;
/// Reports of one address within the window: a village's school that reports together.
const REPORTS_PER_ADDRESS: usize = 30;
/// Reports of one network within the window: four addresses of it that send all they may. Whoever rents a server gets some
/// neighbouring addresses with it, and whoever has IPv6 at home a /56 or a /48.
const REPORTS_PER_NETWORK: usize = 120;
/// Reports in all within the window: a quarter of what a city of six million had in three months (水城随手拍: 1,202).
const REPORTS_IN_ALL: usize = 300;
/// Short codes that one address may try within the window: people mistype, and 10^10 codes are not found by so few.
const CODES_PER_ADDRESS: usize = 20;
/// Marks of "me too" of one address within the window: many people stand behind one address of a mobile network.
const ME_TOOS_PER_ADDRESS: usize = 60;
/// The same in all: 5 MB a day in the database, at most.
const ME_TOOS_IN_ALL: usize = 2000;
/// Searches for an institution of one address within the window: somebody who mistypes, many times over.
const SEARCHES_PER_ADDRESS: usize = 60;
/// The same in all: each reads all names, some 10 ms for 10,000.
const SEARCHES_IN_ALL: usize = 3000;
/// Pictures of public cases that one address may ask for within the window: those of 75 cases, each with all four.
const PICTURES_PER_ADDRESS: usize = 300;
/// The same in all: of 200 KB each, 4 Mbit/s throughout the hour.
const PICTURES_IN_ALL: usize = 9000;
/// Pictures of articles that one address may ask for within the window: a school behind one address, whose 75 phones keep 40 each.
const ARTICLE_PICTURES_PER_ADDRESS: usize = 3000;
/// The same in all: of 200 KB each, 16 Mbit/s throughout the hour.
const ARTICLE_PICTURES_IN_ALL: usize = 36_000;
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
    DeviceReport(SenderToken),
    Report(IpAddr),
    NetworkReport(IpAddr),
    AnyReport,
    Code(IpAddr),
    AnyMeToo,
    MeToo(IpAddr),
    AnySearch,
    Search(IpAddr),
    AnyPicture,
    Picture(IpAddr),
    AnyArticlePicture,
    ArticlePicture(IpAddr),
}

impl Deed {
    const fn most(self) -> usize {
        match self {
            Self::DeviceReport(_) => REPORTS_PER_DEVICE,
            Self::Report(_) => REPORTS_PER_ADDRESS,
            Self::NetworkReport(_) => REPORTS_PER_NETWORK,
            Self::AnyReport => REPORTS_IN_ALL,
            Self::Code(_) => CODES_PER_ADDRESS,
            Self::AnyMeToo => ME_TOOS_IN_ALL,
            Self::MeToo(_) => ME_TOOS_PER_ADDRESS,
            Self::AnySearch => SEARCHES_IN_ALL,
            Self::Search(_) => SEARCHES_PER_ADDRESS,
            Self::AnyPicture => PICTURES_IN_ALL,
            Self::Picture(_) => PICTURES_PER_ADDRESS,
            Self::AnyArticlePicture => ARTICLE_PICTURES_IN_ALL,
            Self::ArticlePicture(_) => ARTICLE_PICTURES_PER_ADDRESS,
        }
    }

    /// How many there may be of those who did not work for it.
    const fn most_without_work(self) -> usize {
        match self {
            Self::NetworkReport(_) | Self::AnyReport => self.most() / 2,
            _ => self.most(),
        }
    }
}

/// The network of an address: its /24, and of IPv6 its /48, which is the most that one site gets (RFC 6177).
fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4((u32::from(v4) >> 8 << 8).into()),
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) >> 80 << 80).into()),
    }
}

/// Not now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Later {
    /// When to come back, in seconds; at least 1.
    pub retry_after_seconds: u32,
}

/// Who sends a report, as far as that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender {
    /// From where.
    pub address: IpAddr,
    /// What its browser is counted by; `None` before its first report.
    pub device: Option<SenderToken>,
}

/// Under what a report from an address is counted.
fn counts_of_report(address: IpAddr) -> [Deed; 3] {
    [Deed::Report(counted(address)), Deed::NetworkReport(network_of(address)), Deed::AnyReport]
}

/// Why a report is not taken in now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// This device has sent so many that nothing helps but patience.
    OfDevice(Later),
    /// So many report that it needs work, or patience.
    ForWork(Later),
    /// So many report that nothing helps but patience.
    Anyway(Later),
}

/// The counts of late.
#[derive(Default)]
pub struct Limits {
    deeds: Mutex<Deeds>,
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

    /// Notes a report of `sender`, if there may be one now.
    ///
    /// # Errors
    /// [`Held`].
    pub fn report(&self, sender: Sender, worked: Worked, now: Instant) -> Result<(), Held> {
        let mut deeds = self.deeds.lock().unwrap_or_else(PoisonError::into_inner);
        room_for_report(&mut deeds, sender, worked, now)?;
        add(&mut deeds, &counts_of_report(sender.address), now);
        add(&mut deeds, sender.device.map(Deed::DeviceReport).as_slice(), now);
        Ok(())
    }

    /// Whether a report of `sender` without work would be noted now. Asking notes nothing.
    ///
    /// # Errors
    /// [`Held`].
    pub fn would_report(&self, sender: Sender, now: Instant) -> Result<(), Held> {
        let mut deeds = self.deeds.lock().unwrap_or_else(PoisonError::into_inner);
        room_for_report(&mut deeds, sender, Worked::No, now)
    }

    /// Notes that photos come with what is said of an answer, if they may now. They cost what a report costs, and need no work:
    /// whoever has the link of an answered report is no flood.
    ///
    /// # Errors
    /// [`Later`].
    pub fn more_photos(&self, address: IpAddr, now: Instant) -> Result<(), Later> {
        self.note(&counts_of_report(address), now)
    }

    /// Notes that a short code is tried, if one may be now.
    ///
    /// # Errors
    /// [`Later`].
    pub fn code(&self, address: IpAddr, now: Instant) -> Result<(), Later> {
        self.note(&[Deed::Code(counted(address))], now)
    }

    /// Notes that somebody met a case too, if that may be now. A flood from everywhere is refused by the count of all and not
    /// remembered by its addresses, of which only so many are, and so shuts nobody out who reports.
    ///
    /// # Errors
    /// [`Later`].
    pub fn me_too(&self, address: IpAddr, now: Instant) -> Result<(), Later> {
        self.note(&[Deed::AnyMeToo, Deed::MeToo(counted(address))], now)
    }

    /// Notes that a picture of a public case is asked for, if one may be now.
    ///
    /// # Errors
    /// [`Later`].
    pub fn picture(&self, address: IpAddr, now: Instant) -> Result<(), Later> {
        self.note(&[Deed::AnyPicture, Deed::Picture(counted(address))], now)
    }

    /// Notes that a picture of an article is asked for, if one may be now.
    ///
    /// # Errors
    /// [`Later`].
    pub fn article_picture(&self, address: IpAddr, now: Instant) -> Result<(), Later> {
        self.note(&[Deed::AnyArticlePicture, Deed::ArticlePicture(counted(address))], now)
    }

    /// Notes a search for an institution, if there may be one now.
    ///
    /// # Errors
    /// [`Later`].
    pub fn search(&self, address: IpAddr, now: Instant) -> Result<(), Later> {
        self.note(&[Deed::AnySearch, Deed::Search(counted(address))], now)
    }

    /// Notes a deed under all its counts, or under none.
    fn note(&self, counts: &[Deed], now: Instant) -> Result<(), Later> {
        let mut deeds = self.deeds.lock().unwrap_or_else(PoisonError::into_inner);
        room(&mut deeds, counts, Deed::most, now)?;
        add(&mut deeds, counts, now);
        Ok(())
    }
}

type Deeds = HashMap<Deed, Vec<Instant>>;

fn room_for_report(deeds: &mut Deeds, sender: Sender, worked: Worked, now: Instant) -> Result<(), Held> {
    let (own, shared) = (sender.device.map(Deed::DeviceReport), counts_of_report(sender.address));
    room(deeds, own.as_slice(), Deed::most, now).map_err(Held::OfDevice)?;
    room(deeds, &shared, Deed::most, now).map_err(Held::Anyway)?;
    match worked {
        Worked::Yes => Ok(()),
        Worked::No => room(deeds, &shared, Deed::most_without_work, now).map_err(Held::ForWork),
    }
}

/// Whether there is room for one more under all these counts. What is refused leaves nothing to remember.
///
/// # Errors
/// [`Later`]: when there is room under all of them again, if nobody else comes first.
fn room(deeds: &mut Deeds, counts: &[Deed], most: fn(Deed) -> usize, now: Instant) -> Result<(), Later> {
    let recent = |at: &Instant| now.since(*at).as_millis() < WINDOW.as_millis();
    if deeds.len() + counts.len() > REMEMBERED {
        deeds.retain(|_, times| times.iter().any(recent));
    }
    // So many addresses at once are one flood: what is not remembered is not let in.
    if deeds.len() + counts.len() > REMEMBERED {
        return Err(Later { retry_after_seconds: seconds(WINDOW) });
    }
    let mut longest = None;
    for count in counts {
        let Some(times) = deeds.get_mut(count) else { continue };
        times.retain(recent);
        // There is room once all up to this one are forgotten.
        let in_the_way = times.len().checked_sub(most(*count)).and_then(|at| times.get(at));
        longest = longest.max(in_the_way.map(|at| WINDOW.as_millis() - now.since(*at).as_millis()));
    }
    longest.map_or(Ok(()), |wait| Err(Later { retry_after_seconds: seconds(Span::millis(wait)) }))
}

fn add(deeds: &mut Deeds, counts: &[Deed], now: Instant) {
    for count in counts {
        deeds.entry(*count).or_default().push(now);
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

    fn nobody_known(address: IpAddr) -> Sender {
        Sender { address, device: None }
    }

    /// What an address has to hear at a second, with and without work.
    fn heard(limits: &Limits, from: IpAddr, worked: Worked, second: i64) -> Result<(), (bool, u32)> {
        limits.report(nobody_known(from), worked, at(second)).map_err(|held| match held {
            Held::ForWork(later) => (true, later.retry_after_seconds),
            Held::Anyway(later) | Held::OfDevice(later) => (false, later.retry_after_seconds),
        })
    }

    #[test]
    fn a_device_has_so_many_reports_an_hour_wherever_it_goes_and_takes_none_from_its_neighbours() {
        let limits = Limits::default();
        let [own, other] = [(); 2].map(|()| SenderToken::fresh().unwrap());
        let send = |number: u32, device, worked, second| {
            let sender = Sender { address: address(number), device: Some(device) };
            limits.report(sender, worked, at(second))
        };
        for second in 0..10 {
            assert_eq!(send(1, own, Worked::No, second), Ok(()));
        }
        let held = |retry_after_seconds| Err(Held::OfDevice(Later { retry_after_seconds }));
        assert_eq!(send(1, own, Worked::No, 60), held(3540));
        assert_eq!(send(2, own, Worked::Yes, 60), held(3540), "at another address, and with work");
        let asks = Sender { address: address(1), device: Some(own) };
        assert_eq!(limits.would_report(asks, at(60)), held(3540));
        assert_eq!(send(1, other, Worked::No, 60), Ok(()), "a neighbour at the same address");
        assert_eq!(limits.report(nobody_known(address(1)), Worked::No, at(60)), Ok(()), "and one who is new");
        assert_eq!(send(1, own, Worked::No, 3600), Ok(()));
        assert_eq!(send(1, own, Worked::No, 3600), held(1));
    }

    #[test]
    fn an_address_has_so_many_reports_an_hour_whether_it_works_or_not() {
        for worked in [Worked::No, Worked::Yes] {
            let limits = Limits::default();
            for second in 0..30 {
                assert_eq!(heard(&limits, address(1), worked, second), Ok(()));
            }
            assert_eq!(heard(&limits, address(1), worked, 60), Err((false, 3540)));
            assert_eq!(heard(&limits, address(2), worked, 60), Ok(()), "others are not harmed");
            assert_eq!(heard(&limits, address(1), worked, 3599), Err((false, 1)));
            assert_eq!(heard(&limits, address(1), worked, 3600), Ok(()));
        }
    }

    /// Reports come one a second, each from an address of its own, without work for as long as that is enough.
    fn flood(mut from: impl FnMut(u32) -> IpAddr, free: u32, most: u32) {
        let (limits, free_seconds) = (Limits::default(), i64::from(free));
        for number in 0..free {
            assert_eq!(heard(&limits, from(number), Worked::No, number.into()), Ok(()), "{number}");
        }
        let wait = |second: i64| u32::try_from(3600 - second).unwrap();
        assert_eq!(heard(&limits, from(250), Worked::No, free_seconds), Err((true, wait(free_seconds))));
        for number in free..most {
            assert_eq!(heard(&limits, from(number), Worked::Yes, number.into()), Ok(()), "{number}");
        }
        let second = i64::from(most);
        assert_eq!(heard(&limits, from(250), Worked::Yes, second), Err((false, wait(second))));
        assert_eq!(heard(&limits, from(250), Worked::No, second), Err((false, wait(second))));
        // The first of them is forgotten: there is room for one who works; for others when the rest of the free half is.
        assert_eq!(heard(&limits, from(250), Worked::No, 3600), Err((true, most - free)));
        assert_eq!(heard(&limits, from(250), Worked::Yes, 3600), Ok(()));
        let until_all_but_free = i64::from(most - free) + 3600;
        assert_eq!(heard(&limits, from(251), Worked::No, until_all_but_free - 1), Err((true, 2)));
        assert_eq!(heard(&limits, from(251), Worked::No, until_all_but_free + 1), Ok(()));
    }

    #[test]
    fn from_half_of_the_bound_on_a_network_and_all_together_need_work_and_are_told_when_not() {
        flood(|number| address(number * 256), 150, 300);
        flood(address, 60, 120);
        flood(|number| IpAddr::V6((0x2001_0db8_0007_u128 << 80 | u128::from(number) << 64).into()), 60, 120);
    }

    #[test]
    fn a_network_that_needs_work_harms_no_other_one() {
        let limits = Limits::default();
        for number in 0..120 {
            assert_eq!(heard(&limits, address(number % 250), Worked::Yes, 0), Ok(()));
        }
        assert_eq!(heard(&limits, address(251), Worked::Yes, 0), Err((false, 3600)));
        assert_eq!(limits.more_photos(address(252), at(0)), Err(Later { retry_after_seconds: 3600 }));
        assert_eq!(heard(&limits, address(256), Worked::No, 0), Ok(()));
        let mapped = IpAddr::V6(std::net::Ipv4Addr::from(251).to_ipv6_mapped());
        assert_eq!(heard(&limits, mapped, Worked::Yes, 0), Err((false, 3600)), "written in another way");
    }

    #[test]
    fn what_is_refused_is_told_when_to_come_back_and_leaves_nothing_behind() {
        let limits = Limits::default();
        for second in 0..30 {
            assert_eq!(heard(&limits, address(1), Worked::No, second), Ok(()));
        }
        for number in 2..32 {
            assert_eq!(heard(&limits, address(number), Worked::No, 1000), Ok(()));
        }
        let remembered = limits.deeds.lock().unwrap().len();
        assert_eq!(heard(&limits, address(1), Worked::No, 2000), Err((false, 1600)));
        assert_eq!(heard(&limits, address(200), Worked::No, 2000), Err((true, 1600)));
        assert_eq!(heard(&limits, address(1), Worked::Yes, 3600), Ok(()));
        assert_eq!(limits.deeds.lock().unwrap().len(), remembered);
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
        assert_eq!(limits.report(nobody_known(address(40_000)), Worked::No, at(61)), Ok(()));
        let limits = Limits::default();
        for (from, count, second) in [(100, ME_TOOS_IN_ALL - 60, 0), (1, 60, 1000)] {
            for number in 0..u32::try_from(count).unwrap() {
                let from = if from == 1 { from } else { from + number };
                assert_eq!(limits.me_too(address(from), at(second)), Ok(()));
            }
        }
        let refused = limits.me_too(address(1), at(2000));
        assert_eq!(refused, Err(Later { retry_after_seconds: 2600 }), "the longer of two waits");
    }

    #[test]
    fn searches_are_bounded_for_an_address_and_in_all_and_take_nothing_from_reports() {
        let limits = Limits::default();
        for _ in 0..60 {
            assert_eq!(limits.search(address(1), at(0)), Ok(()));
        }
        assert_eq!(limits.search(address(1), at(90)), Err(Later { retry_after_seconds: 3510 }));
        let taken = (2..5000).filter(|number| limits.search(address(*number), at(90)).is_ok()).count();
        assert_eq!(taken, 3000 - 60);
        assert_eq!(limits.report(nobody_known(address(1)), Worked::No, at(90)), Ok(()));
        assert_eq!(limits.search(address(1), at(3600)), Ok(()));
    }

    #[test]
    fn pictures_are_bounded_for_an_address_and_in_all_and_shut_out_nobody_who_reports() {
        let limits = Limits::default();
        for _ in 0..300 {
            assert_eq!(limits.picture(address(1), at(0)), Ok(()));
        }
        assert_eq!(limits.picture(address(1), at(90)), Err(Later { retry_after_seconds: 3510 }));
        let taken = (2..20_000).filter(|number| limits.picture(address(*number), at(90)).is_ok()).count();
        assert_eq!(taken, 9000 - 300);
        assert_eq!(limits.report(nobody_known(address(1)), Worked::No, at(90)), Ok(()));
    }

    #[test]
    fn pictures_of_articles_are_bounded_apart_from_those_of_cases() {
        let limits = Limits::default();
        for _ in 0..3000 {
            assert_eq!(limits.article_picture(address(1), at(0)), Ok(()));
        }
        assert_eq!(limits.article_picture(address(1), at(90)), Err(Later { retry_after_seconds: 3510 }));
        let others = (2..9_000).filter(|number| limits.article_picture(address(*number), at(90)).is_ok());
        assert_eq!(others.count(), 8_998);
        assert_eq!(limits.picture(address(1), at(90)), Ok(()));
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
