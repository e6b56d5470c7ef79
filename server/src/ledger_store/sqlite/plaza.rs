//! What is public of citizens' reports, in lists that are narrowed down beforehand, and who met the same.

use std::array::from_fn;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rusqlite::{named_params, params};
use xunan_core::digest::Digest;
use xunan_core::ids::SnapId;
use xunan_core::ledger::SnapCard;
use xunan_core::place::GeoPoint;
use xunan_core::region::DivisionCode;
use xunan_core::snap::{CaseNumber, Category, PublicCard};

use super::SqliteConnection;
use super::grams::{characters_and_pairs, division_gram, question};
use super::values::{from_json, number, parsed, signed, text, to_json};
use crate::ledger_store::{
    PlazaAsked, PlazaFound, PlazaPlace, PlazaTables, Progress, PublicCase, SEARCH_READS, StoreError,
    StoreResult,
};

/// The columns of a case.
macro_rules! case {
    ($from:literal) => {
        concat!(
            "SELECT p.number, p.snap, p.card, coalesce(m.devices, 0) FROM ",
            $from,
            " LEFT JOIN me_too_counts m ON m.snap = p.snap "
        )
    };
}

const LISTED: &str = concat!(
    case!("plaza_lists l CROSS JOIN plaza p ON p.number = l.number"),
    "WHERE l.category = :category AND l.progress = :progress AND l.division = :division AND l.number < :before
     ORDER BY l.number DESC LIMIT :limit"
);

/// The index walks from the newest case on, as long as it is asked for more. It knows pairs of characters: what has all of them may
/// still not have the words.
const FOUND: &str = "SELECT p.number, p.snap, p.card, coalesce(m.devices, 0), instr(p.words, :words) > 0
     FROM plaza_grams g CROSS JOIN plaza p ON p.number = g.rowid LEFT JOIN me_too_counts m ON m.snap = p.snap
     WHERE plaza_grams MATCH :grams AND g.rowid < :before ORDER BY g.rowid DESC LIMIT :read";

const NUMBERED: &str = concat!(case!("plaza p"), "WHERE p.case_number = ? ORDER BY p.number DESC LIMIT 1");

fn case(row: &rusqlite::Row<'_>) -> StoreResult<PublicCase> {
    Ok(PublicCase {
        place: number(row, 0)?,
        snap: parsed(row, 1)?,
        card: from_json(row, 2)?,
        me_toos: number(row, 3)?,
    })
}

/// What of a case is searched, in lower case: what everybody reads, and nothing else.
fn words_of(card: &PublicCard) -> String {
    let notice = &card.notice;
    let number = card.number.to_string();
    let words = [
        notice.title.as_str(),
        notice.words.as_str(),
        notice.result.as_str(),
        notice.place.as_str(),
        &number,
    ];
    words.map(str::to_lowercase).join("\n")
}

/// A category in the index, and how far a case has come: neither a character nor a division is spelt so.
fn category_gram(category: Category) -> String {
    format!("y{}", category.name().replace('_', ""))
}

fn progress_gram(progress: Progress) -> String {
    format!("x{}", progress.name())
}

/// What a list may be narrowed down to, and '' for all of it.
fn with_all(name: &str) -> [&str; 2] {
    ["", name]
}

impl SqliteConnection {
    /// Brings what everybody reads of a report in line with its card.
    pub(super) fn show_to_everybody(&self, card: &SnapCard) -> StoreResult<()> {
        let snap = card.id().to_string();
        let sql = "SELECT number, publication, card FROM plaza WHERE snap = ?";
        let before = self.first(sql, [&snap], |row| {
            Ok((number(row, 0)?, text(row, 1)?, from_json::<PublicCard>(row, 2)?))
        })?;
        let now = PublicCard::of(card.id(), card.division(), &card.life);
        if before.as_ref().map(|(_, _, shown)| shown) == now.as_ref()
            && before.as_ref().map(|(_, entry, _)| entry.clone()) == publication(card)
        {
            return Ok(());
        }
        if let Some((place, _, shown)) = &before {
            self.hide(*place, shown)?;
        }
        let (Some(shown), Some(entry)) = (now, publication(card)) else { return Ok(()) };
        // A case that is published anew is news; one of which only a step is new stays in its place.
        let place = before.filter(|(_, before, _)| *before == entry).map(|(place, ..)| place);
        self.show(&snap, &entry, place, &shown)
    }

    fn hide(&self, place: u64, shown: &PublicCard) -> StoreResult<()> {
        let place = signed(place)?;
        self.change("DELETE FROM plaza_grams WHERE rowid = ?", [place])?;
        self.change("DELETE FROM plaza WHERE number = ?", [place])?;
        let answered = Progress::of(shown.state) == Progress::Answered;
        self.change(
            "UPDATE plaza_places SET published = published - 1, answered = answered - ? WHERE division = ?",
            params![answered, shown.division.as_str()],
        )?;
        self.change(
            "DELETE FROM plaza_places WHERE division = ? AND published = 0",
            [shown.division.as_str()],
        )
    }

    fn show(&self, snap: &str, entry: &str, place: Option<u64>, shown: &PublicCard) -> StoreResult<()> {
        let words = words_of(shown);
        self.change(
            "INSERT INTO plaza (number, snap, publication, case_number, words, card) VALUES (?, ?, ?, ?, ?, ?)",
            params![place.map(signed).transpose()?, snap, entry, shown.number.to_string(), words, to_json(shown)?],
        )?;
        let number = self.0.last_insert_rowid();
        let (category, progress) = (shown.notice.category, Progress::of(shown.state));
        let lists: [[&str; 3]; 8] = from_fn(|at| {
            [
                with_all(category.name())[at & 1],
                with_all(progress.name())[at >> 1 & 1],
                with_all(shown.division.as_str())[at >> 2],
            ]
        });
        for [category, progress, division] in lists {
            // The whole country is all of it already.
            self.change(
                "INSERT INTO plaza_lists (category, progress, division, number) VALUES (?, ?, ?, ?)
                 ON CONFLICT DO NOTHING",
                params![category, progress, division, number],
            )?;
        }
        let mut grams = characters_and_pairs(&words);
        grams.extend([category_gram(category), progress_gram(progress), division_gram(&shown.division)]);
        let grams = grams.into_iter().collect::<Vec<_>>().join(" ");
        self.change("INSERT INTO plaza_grams (rowid, grams) VALUES (?, ?)", params![number, grams])?;
        let answered = progress == Progress::Answered;
        self.change(
            "INSERT INTO plaza_places (division, place, published, answered) VALUES (?, ?, 1, ?)
             ON CONFLICT (division) DO UPDATE SET place = excluded.place, published = published + 1,
                 answered = answered + excluded.answered",
            params![shown.division.as_str(), shown.notice.place.as_str(), answered],
        )
    }

    /// Takes everything away that everybody reads: it is made again together with the cards.
    pub(super) fn show_nothing(&self) -> StoreResult<()> {
        self.change("DELETE FROM plaza", [])?;
        self.change("DELETE FROM plaza_places", [])?;
        self.change("INSERT INTO plaza_grams (plaza_grams) VALUES ('delete-all')", [])
    }
}

/// The entry by which a report is public.
fn publication(card: &SnapCard) -> Option<String> {
    card.life.publication.as_ref().map(|public| public.mark.entry.to_string())
}

impl SqliteConnection {
    fn searched(&self, asked: &PlazaAsked) -> StoreResult<PlazaFound> {
        let narrowed = [
            asked.category.map(category_gram),
            asked.progress.map(progress_gram),
            asked.division.as_ref().map(division_gram),
        ];
        let bound = named_params! {
            ":grams": question(&asked.words, narrowed.into_iter().flatten()),
            ":words": asked.words,
            ":before": asked.before.map_or(Ok(i64::MAX), signed)?,
            ":read": signed(SEARCH_READS as u64)?,
        };
        let (mut found, mut read) = (PlazaFound::default(), 0);
        self.each(FOUND, bound, |row| {
            read += 1;
            if row.get::<_, bool>(4)? {
                found.cases.push(case(row)?);
            }
            if found.cases.len() >= asked.limit {
                return Ok(ControlFlow::Break(()));
            }
            if read == SEARCH_READS {
                found.read_until = Some(number(row, 0)?);
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }
}

impl PlazaTables for SqliteConnection {
    fn plaza(&self, asked: &PlazaAsked) -> StoreResult<PlazaFound> {
        if !asked.words.is_empty() {
            return self.searched(asked);
        }
        let bound = named_params! {
            ":category": asked.category.map_or("", Category::name),
            ":progress": asked.progress.map_or("", Progress::name),
            ":division": asked.division.as_ref().map_or("", DivisionCode::as_str),
            ":before": asked.before.map_or(Ok(i64::MAX), signed)?,
            ":limit": signed(asked.limit as u64)?,
        };
        Ok(PlazaFound { cases: self.all(LISTED, bound, case)?, read_until: None })
    }

    fn public_case(&self, number: &CaseNumber) -> StoreResult<Option<PublicCase>> {
        self.first(NUMBERED, [number.to_string()], case)
    }

    fn plaza_places(&self) -> StoreResult<Vec<PlazaPlace>> {
        let sql = "SELECT division, place, published, answered FROM plaza_places ORDER BY division";
        self.all(sql, [], |row| {
            Ok(PlazaPlace {
                division: parsed(row, 0)?,
                name: text(row, 1)?,
                published: number(row, 2)?,
                answered: number(row, 3)?,
            })
        })
    }

    fn map_points(&self) -> StoreResult<BTreeMap<DivisionCode, Vec<GeoPoint>>> {
        let sql = "SELECT p.division, m.latitude_e7, m.longitude_e7
                   FROM plaza_places p CROSS JOIN map_points m ON m.division = p.division";
        let found = self.all(sql, [], |row| {
            let point = GeoPoint::from_e7(row.get(1)?, row.get(2)?).map_err(StoreError::damaged)?;
            Ok((parsed::<DivisionCode>(row, 0)?, point))
        })?;
        let mut points: BTreeMap<DivisionCode, Vec<GeoPoint>> = BTreeMap::new();
        for (division, point) in found {
            points.entry(division).or_default().push(point);
        }
        Ok(points)
    }

    fn has_me_too(&self, snap: SnapId, device: &Digest) -> StoreResult<bool> {
        let sql = "SELECT 1 FROM me_toos WHERE snap = ? AND device = ?";
        Ok(self.first(sql, params![snap.to_string(), device.bytes()], |_| Ok(()))?.is_some())
    }

    fn insert_me_too(&self, snap: SnapId, device: &Digest) -> StoreResult<()> {
        self.change(
            "INSERT INTO me_toos (snap, device) VALUES (?, ?)",
            params![snap.to_string(), device.bytes()],
        )?;
        self.change(
            "INSERT INTO me_too_counts (snap, devices) VALUES (?, 1)
             ON CONFLICT (snap) DO UPDATE SET devices = devices + 1",
            [snap.to_string()],
        )
    }
}
