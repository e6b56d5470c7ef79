//! Until when an office owes the reporter something 办理时限: work days, by region and date. Derived from a report's life,
//! never stored in it.

use serde::{Deserialize, Serialize};

use super::life::{Life, Stage};
use super::publication::Publishing;
use super::recording::ShortVideo;
use crate::calendar::Calendar;
use crate::clock::{Date, Instant};
use crate::region::DivisionCode;
use crate::terms::{Shipped, Table};

/// How long an office may take, in work days 工作日.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// From receiving to accepting or not 受理.
    pub accept_work_days: u16,
    /// From accepting to answering 答复; from the reopening, when the reporter says that it is not really fixed.
    pub answer_work_days: u16,
    /// Of which institutions reports may be made public.
    #[serde(default)]
    pub publishing: Publishing,
    /// Whether short videos are taken.
    #[serde(default)]
    pub video: ShortVideo,
}

impl Shipped for Terms {
    const FILE: &str = include_str!("../../rules/snap_terms.json");
}

/// The terms of all regions through the years.
pub type TermsTable = Table<Terms>;

/// What an office owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SnapDeadlineOf"))]
#[serde(rename_all = "snake_case")]
pub enum DeadlineOf {
    /// 受理
    Accept,
    /// 答复
    Answer,
}

/// Something that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SnapDeadline"))]
pub struct Deadline {
    /// The last day on which it is in time.
    pub by: Date,
    /// What.
    pub of: DeadlineOf,
}

impl Life {
    /// What is due next; `None` when nobody owes anything. A clock runs from when the ledger had the step that started it.
    pub fn deadline(
        &self,
        division: &DivisionCode,
        table: &TermsTable,
        calendar: &Calendar,
    ) -> Option<Deadline> {
        let since = self.clock_began()?;
        let terms = table.of(division, since.date());
        let (of, days) = match self.stage {
            Stage::Received => (DeadlineOf::Accept, terms.accept_work_days),
            _ => (DeadlineOf::Answer, terms.answer_work_days),
        };
        Some(Deadline { by: calendar.plus_work_days(since.date(), days), of })
    }

    /// Since when it stands as it does: when the running clock began, or, once nobody owes anything, when the ledger had the
    /// last step. Lists are in this order.
    pub fn since(&self) -> Instant {
        let last = || self.story.last().map(|line| line.mark.received);
        self.clock_began().or_else(last).unwrap_or(Instant::from_unix_millis(0))
    }

    /// When the running clock began: with the receiving, the last acceptance or reopening, or, where it was transferred
    /// without one, with the transfer. Turning it into a hazard and dealing with it stop no clock.
    fn clock_began(&self) -> Option<Instant> {
        use super::life::StepKind;
        if !self.stage.state().is_open() {
            return None;
        }
        let begins = |kind: StepKind| match self.stage {
            Stage::Received => kind == StepKind::Received,
            _ => matches!(kind, StepKind::Accepted | StepKind::NotFixed),
        };
        let begun = self.story.iter().rev().find(|line| begins(line.kind));
        let transferred = || self.story.iter().find(|line| line.kind == StepKind::Transferred);
        begun.or_else(transferred).map(|line| line.mark.received)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::TermsRefused;

    fn parse(json: &str) -> Result<TermsTable, TermsRefused> {
        Table::parse(json)
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn line(division: &str, from: &str, accept: u16) -> String {
        format!(
            r#"{{"division":"{division}","from":"{from}","source":"x","terms":{{"accept_work_days":{accept},"answer_work_days":15}}}}"#
        )
    }

    #[test]
    fn the_nearest_division_and_the_latest_day_count() {
        let lines = [
            line("", "2020-01-01", 7),
            line("9999", "2024-01-01", 5),
            line("9999", "2026-07-01", 4),
            line("999901", "2027-01-01", 2),
        ];
        let table = parse(&format!("[{}]", lines.join(","))).unwrap();
        for (division, on, accept) in [
            ("37", "2026-11-29", 7),
            ("999901001", "2023-12-31", 7),
            ("999901001", "2025-01-01", 5),
            ("999901001", "2026-11-29", 4),
            ("999901001", "2027-01-01", 2),
            ("999902", "2027-01-01", 4),
            ("37", "2019-01-01", 7),
        ] {
            let terms = table.of(&division.parse().unwrap(), day(on));
            assert_eq!(terms.accept_work_days, accept, "{division} {on}");
        }
    }

    #[test]
    fn what_was_seen_at_homes_of_minors_is_public_where_and_since_a_region_says_so() {
        let of_all = line("9999", "2026-07-01", 5).replace("}}", r#","publishing":"of_all"}}"#);
        let lines = [line("", "2020-01-01", 7), line("9999", "2024-01-01", 5), of_all];
        let table = parse(&format!("[{}]", lines.join(","))).unwrap();
        for (division, on, expected) in [
            ("999901001", "2026-06-30", Publishing::NotOfMinors),
            ("999901001", "2026-07-01", Publishing::OfAll),
            ("37", "2026-07-01", Publishing::NotOfMinors),
        ] {
            let terms = table.of(&division.parse().unwrap(), day(on));
            assert_eq!(terms.publishing, expected, "{division} {on}");
        }
        let unknown = line("", "2020-01-01", 7).replace("}}", r#","publishing":"perhaps"}}"#);
        assert!(matches!(parse(&format!("[{unknown}]")), Err(TermsRefused::Shape(_))));
    }

    #[test]
    fn short_videos_are_taken_where_and_since_a_region_says_so() {
        let taken = line("9999", "2026-07-01", 5).replace("}}", r#","video":"taken"}}"#);
        let table = parse(&format!("[{},{taken}]", line("", "2020-01-01", 7))).unwrap();
        for (division, on, expected) in [
            ("999901001", "2026-07-01", ShortVideo::Taken),
            ("999901001", "2026-06-30", ShortVideo::NotTaken),
            ("37", "2026-07-01", ShortVideo::NotTaken),
        ] {
            let terms = table.of(&division.parse().unwrap(), day(on));
            assert_eq!(terms.video, expected, "{division} {on}");
        }
        let unknown = line("", "2020-01-01", 7).replace("}}", r#","video":"perhaps"}}"#);
        assert!(matches!(parse(&format!("[{unknown}]")), Err(TermsRefused::Shape(_))));
    }

    #[test]
    fn a_table_that_leaves_somebody_without_terms_is_refused() {
        assert_eq!(parse("[]"), Err(TermsRefused::NoCountry));
        let only = format!("[{}]", line("9999", "2024-01-01", 5));
        assert_eq!(parse(&only), Err(TermsRefused::NoCountry));
        assert!(matches!(parse("{}"), Err(TermsRefused::Shape(_))));
        let unsourced = line("", "2024-01-01", 5).replace("\"x\"", "\" \"");
        assert!(matches!(parse(&format!("[{unsourced}]")), Err(TermsRefused::NoSource(_))));
        let shipped = TermsTable::shipped().of(&DivisionCode::country(), day("2026-11-29"));
        let publishing = Publishing::NotOfMinors;
        assert_eq!(
            shipped,
            Terms { accept_work_days: 7, answer_work_days: 15, publishing, video: ShortVideo::NotTaken }
        );
    }
}
