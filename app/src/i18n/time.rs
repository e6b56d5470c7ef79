//! Times and dates as people say them: "今天 14:05", exact on touch.

use xunan_core::clock::{Date, Instant};

use super::Lang;

/// Times and dates as people say them, in China's time.
#[derive(Clone, Copy, Debug)]
pub struct Time(pub(super) Lang);

impl Time {
    /// `14:05` today, `昨天 14:05`, `11月20日 14:05`, `2025年11月20日 14:05`; in English `14:05`,
    /// `yesterday 14:05`, `20 Nov 14:05`, `20 Nov 2025 14:05`. Never without the time of day.
    pub fn when(self, at: Instant, now: Instant) -> String {
        let time = at.time_of_day();
        let days = now.date().days_since(at.date());
        let day = match (self.0, days) {
            (Lang::Zh, 0) => "今天".to_owned(),
            (Lang::En, 0) => "today".to_owned(),
            (Lang::Zh, 1) => "昨天".to_owned(),
            (Lang::En, 1) => "yesterday".to_owned(),
            (Lang::Zh, -1) => "明天".to_owned(),
            (Lang::En, -1) => "tomorrow".to_owned(),
            _ => self.date(at.date(), now.date()),
        };
        format!("{day} {time:#}")
    }

    /// `11月20日`, with the year when it is another than today's; in English `20 Nov`.
    pub fn date(self, date: Date, today: Date) -> String {
        if date.year() == today.year() {
            match self.0 {
                Lang::Zh => format!("{}月{}日", date.month(), date.day()),
                Lang::En => format!("{} {}", date.day(), month_name(date.month())),
            }
        } else {
            self.date_in_full(date)
        }
    }

    /// `2026年11月20日`; in English `20 Nov 2026`. For records and print.
    pub fn date_in_full(self, date: Date) -> String {
        match self.0 {
            Lang::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
            Lang::En => format!("{} {} {}", date.day(), month_name(date.month()), date.year()),
        }
    }

    /// `2026年11月20日 14:05:09`: the exact time, to be shown on touch and in records.
    pub fn exact(self, at: Instant) -> String {
        format!("{} {}", self.date_in_full(at.date()), at.time_of_day())
    }

    /// `14:05:09`
    pub fn clock(self, at: Instant) -> String {
        at.time_of_day().to_string()
    }
}

fn month_name(month: u32) -> &'static str {
    match month {
        1 => "Jan",
        2 => "Feb",
        3 => "Mar",
        4 => "Apr",
        5 => "May",
        6 => "Jun",
        7 => "Jul",
        8 => "Aug",
        9 => "Sep",
        10 => "Oct",
        11 => "Nov",
        _ => "Dec",
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Lang, t};
    use super::*;

    #[test]
    fn a_time_is_told_from_where_the_reader_stands() {
        // 2026-11-22 09:00 in China.
        let now: Instant = "2026-11-22T01:00:00.000Z".parse().unwrap();
        for (at, zh, en) in [
            ("2026-11-22T00:05:09.000Z", "今天 08:05", "today 08:05"),
            ("2026-11-21T15:59:00.000Z", "昨天 23:59", "yesterday 23:59"),
            ("2026-11-22T16:00:00.000Z", "明天 00:00", "tomorrow 00:00"),
            ("2026-11-20T06:05:00.000Z", "11月20日 14:05", "20 Nov 14:05"),
            ("2025-12-31T15:00:00.000Z", "2025年12月31日 23:00", "31 Dec 2025 23:00"),
        ] {
            let at: Instant = at.parse().unwrap();
            assert_eq!(t(Lang::Zh).time().when(at, now), zh);
            assert_eq!(t(Lang::En).time().when(at, now), en);
        }
        assert_eq!(t(Lang::Zh).time().exact(now), "2026年11月22日 09:00:00");
    }
}
