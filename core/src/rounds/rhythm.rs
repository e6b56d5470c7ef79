//! How often each round is due, and what is due now.
//!
//! | round | how often | by |
//! | --- | --- | --- |
//! | 日巡查, 零报告 | every day | 国办函〔2026〕14号 (日巡查), 消防法 17 (key units); 河南日报告零报告 (seed 1) |
//! | 夜间巡查 | every 2 hours at night, where people live | GB/T 40248-2021, 7.3 |
//! | 月检查 | every month | 国办函〔2026〕14号 (月检查), 公安部令61号 26 |
//! | 负责人带队检查 | every 92 days | 绩溪县 2023 (seed 2): one a quarter |
//! | 维保 | 2 a month | 滨州 (seed 0) |
//! | 演练 | every 183 days | 国办函〔2026〕14号: every half year |
//! | 培训 | every 183 days | 公安部令61号 36: every half year where many people are |

use super::RoundKind;
use crate::clock::{Date, Instant, Span};
use crate::facility::FacilityType;

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beat {
    /// Once a day.
    Daily,
    /// Every two hours from 21:00 to 06:00.
    TwoHourlyAtNight,
    /// So often a calendar month.
    Monthly(u16),
    /// After so many days at the latest.
    Days(u16),
}

/// Where a rhythm comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// 国办函〔2026〕14号
    TenMinistries2026,
    /// GB/T 40248-2021
    GbT40248,
    /// 地方日报告、零报告制度
    DailyReports,
    /// 公安部令第61号
    Order61,
    /// 绩溪县 2023 年专项行动
    Campaign2023,
    /// 打包维保合同
    MaintenanceContract,
}

/// A round that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueRound {
    /// Which.
    pub kind: RoundKind,
    /// The last day on which it is in time.
    pub by: Date,
    /// Where the rhythm comes from.
    pub source: Source,
    /// When it was last done.
    pub last: Option<Instant>,
}

/// Where a due round stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoundTiming {
    /// It should have been done.
    Late,
    /// It is to be done today.
    Today,
    /// It is to come.
    Ahead,
}

impl DueRound {
    /// Where it stands on that day.
    pub fn timing(&self, today: Date) -> RoundTiming {
        match self.by.cmp(&today) {
            std::cmp::Ordering::Less => RoundTiming::Late,
            std::cmp::Ordering::Equal => RoundTiming::Today,
            std::cmp::Ordering::Greater => RoundTiming::Ahead,
        }
    }
}

/// Night, as hours of the day in China: GB/T 40248 names none; this project's proposal.
const NIGHT_FROM_HOUR: u32 = 21;
const NIGHT_UNTIL_HOUR: u32 = 6;

const fn beat(kind: RoundKind) -> (Beat, Source) {
    match kind {
        RoundKind::DailyPatrol => (Beat::Daily, Source::TenMinistries2026),
        RoundKind::NightPatrol => (Beat::TwoHourlyAtNight, Source::GbT40248),
        RoundKind::ZeroReport => (Beat::Daily, Source::DailyReports),
        RoundKind::SelfCheck => (Beat::Monthly(1), Source::TenMinistries2026),
        RoundKind::HeadCheck => (Beat::Days(92), Source::Campaign2023),
        RoundKind::MaintenanceVisit => (Beat::Monthly(2), Source::MaintenanceContract),
        RoundKind::Drill => (Beat::Days(183), Source::TenMinistries2026),
        RoundKind::Training => (Beat::Days(183), Source::Order61),
    }
}

/// Where people sleep: there night patrols are due.
const fn people_live_there(kind: FacilityType) -> bool {
    !matches!(kind, FacilityType::FuneralHome | FacilityType::Cemetery | FacilityType::MarriageRegistry)
}

/// What is due of the rounds that an institution, or for `MaintenanceVisit` its firm, is to do: the most urgent first.
/// `done` is what was done of each kind, in any order; at least the last month of it.
///
/// A daily patrol says what there is, or that there is nothing: it is that day's report too.
pub fn due_rounds(kind: FacilityType, done: &[(RoundKind, Instant)], now: Instant) -> Vec<DueRound> {
    let today = now.date();
    let due = RoundKind::ALL.into_iter().filter_map(|round| {
        if round == RoundKind::NightPatrol && !people_live_there(kind) {
            return None;
        }
        let counts = |other: RoundKind| {
            other == round || (round == RoundKind::ZeroReport && other == RoundKind::DailyPatrol)
        };
        let times = || done.iter().filter(|(other, at)| counts(*other) && *at <= now).map(|(_, at)| *at);
        let (last, (beat, source)) = (times().max(), beat(round));
        let by = match beat {
            Beat::Daily if last.is_some_and(|last| last.date() == today) => today.plus_days(1),
            Beat::Daily => today,
            Beat::TwoHourlyAtNight => by_night(last, now)?,
            Beat::Monthly(times_a_month) => {
                let this_month = |at: &Instant| is_same_month(at.date(), today);
                by_month(times().filter(this_month).count(), times_a_month, today)
            }
            Beat::Days(days) => last.map_or(today, |last| last.date().plus_days(days)),
        };
        Some(DueRound { kind: round, by, source, last })
    });
    let mut due: Vec<_> = due.collect();
    due.sort_by_key(|round| (round.by, round.kind));
    due
}

/// Only at night, and only when the last one was two hours ago.
fn by_night(last: Option<Instant>, now: Instant) -> Option<Date> {
    let hour = now.time_of_day().hour;
    let is_night = !(NIGHT_UNTIL_HOUR..NIGHT_FROM_HOUR).contains(&hour);
    let fresh = last.is_some_and(|last| now.since(last) < Span::minutes(120));
    (is_night && !fresh).then(|| now.date())
}

fn is_same_month(a: Date, b: Date) -> bool {
    (a.year(), a.month()) == (b.year(), b.month())
}

/// The day by which the next of `wanted` in a month is to be done, when `done` were: the month is cut into as many parts.
/// What a past month lacks is not made up for: it stands in its statistics.
fn by_month(done: usize, wanted: u16, today: Date) -> Date {
    let next = u32::try_from(done).unwrap_or(u32::MAX).saturating_add(1);
    let (month_start, part) = if next > u32::from(wanted) {
        (first_of_next_month(today), 1)
    } else {
        (first_of_month(today), next)
    };
    let last = last_of_month(month_start);
    let day = last.day() * part / u32::from(wanted).max(1);
    Date::new(month_start.year(), month_start.month(), day.max(1)).unwrap_or(last)
}

fn first_of_month(day: Date) -> Date {
    Date::new(day.year(), day.month(), 1).unwrap_or(day)
}

fn first_of_next_month(day: Date) -> Date {
    let (year, month) = if day.month() == 12 { (day.year() + 1, 1) } else { (day.year(), day.month() + 1) };
    Date::new(year, month, 1).unwrap_or(day)
}

fn last_of_month(day: Date) -> Date {
    let days = (28..=31).rev().find_map(|number| Date::new(day.year(), day.month(), number).ok());
    days.unwrap_or(day)
}
