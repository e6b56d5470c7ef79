//! Records of staff training 培训记录台账 by HTTP: one's own, an institution's, and the institutions of a region that have some.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /snap/know/training?before=` | 200, one's own, the newest first; 401, 404 |
//! | `GET /snap/know/training?f=&after=` | 200, of an institution the last attempt of each person at each article; 401, 404 |
//! | `GET /snap/know/training/institutions?q=&after=` | 200, institutions of the region that have records; 401, 404 |
//! | `GET /snap/know/training.csv?f=` | 200 `text/csv`, what the second one shows, all of it; 401, 404 |
//!
//! What somebody may not see, and what there is not, are answered alike, byte by byte. Of an institution's people only those are
//! named who have records: whether somebody has an account, and may have reported from inside, nobody learns here.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use xunan_core::access::{Account, Sight, Subject, may_see};
use xunan_core::clock::Instant;
use xunan_core::facility::Facility;
use xunan_core::ids::{AccountId, ArticleId, Entropy, FacilityId};
use xunan_core::knowledge::{Training, Verdict};
use xunan_core::ledger::{Row, RowKey, RowKind};

use super::failed;
use super::page::OURS;
use super::plain;
use super::reader::Reader;
use super::training::trained;
use super::training_page::not_here;
use super::training_records_page::{Sheet, institutions_page, own_page, sheet_page};
use super::wrong::Wrong;
use crate::ledger_store::{StoreResult, Tables, TrainedPlaces};
use crate::parts::Parts;
use crate::routes::Refusal;
use crate::routes::sheet;
use crate::routes::who::Who;

/// One's own records of a page.
const OWN_PAGE: usize = 20;
/// Attempts of a page of an institution: some ten sheets of A4.
const SHEET_PAGE: usize = 200;
/// Institutions of a page.
const PLACES_PAGE: usize = 20;
/// Characters of a search that are looked at.
const SEARCHED: usize = 40;
/// Attempts that are read at a time for a table.
const READ_AT_ONCE: usize = 500;

/// What is asked, as it stands in the address. What there is not is left out.
#[derive(Debug, Default, Deserialize)]
pub(super) struct AskedOfTraining {
    lang: Option<String>,
    #[serde(default)]
    text: String,
    #[serde(default)]
    f: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
}

impl AskedOfTraining {
    fn reader(&self, headers: &HeaderMap) -> Reader {
        Reader::of(self.lang.as_deref(), &self.text, headers)
    }

    /// Behind whose attempt at which article a page begins.
    fn attempt(&self) -> Option<(AccountId, ArticleId)> {
        let (person, article) = self.after.split_once('.')?;
        Some((person.parse().ok()?, article.parse().ok()?))
    }
}

/// Whose records an account sees beside its own.
pub(super) enum Others {
    /// Nobody's.
    Nobody,
    /// Those of an institution's people.
    Institution(FacilityId),
    /// Those of the people of all institutions of the region.
    Region,
}

impl Others {
    fn of(account: &Account) -> Self {
        let own = account.role.institution();
        let any = || FacilityId::from_parts(Instant::from_unix_millis(0), Entropy(0));
        let subject = Subject::Trainings { division: &account.region, facility: own.unwrap_or_else(any) };
        match (may_see(account, &subject), own) {
            (Sight::Hidden, _) => Self::Nobody,
            (Sight::Visible, Some(own)) => Self::Institution(own),
            (Sight::Visible, None) => Self::Region,
        }
    }
}

/// Whether an account may see the records of an institution's people.
fn sight(account: &Account, facility: &Facility) -> Sight {
    may_see(account, &Subject::Trainings { division: &facility.division, facility: facility.id })
}

/// An institution whose records the account may see.
fn seen(tables: &dyn Tables, account: &Account, id: &str) -> StoreResult<Option<Facility>> {
    let Ok(id) = id.parse::<FacilityId>() else { return Ok(None) };
    Ok(match tables.row(&RowKey { kind: RowKind::Facility, id: id.to_string() })? {
        Some(Row::Facility(card)) => Some(card).filter(|card| sight(account, card) == Sight::Visible),
        _ => None,
    })
}

/// A page of an institution's records.
fn sheet(
    tables: &dyn Tables,
    account: &Account,
    id: &str,
    after: Option<(AccountId, ArticleId)>,
) -> StoreResult<Option<Sheet>> {
    let Some(facility) = seen(tables, account, id)? else { return Ok(None) };
    // One more than is shown says whether there are more.
    let mut trainings = tables.last_trainings(facility.id, after, SHEET_PAGE + 1)?;
    let are_more = trainings.len() > SHEET_PAGE;
    trainings.truncate(SHEET_PAGE);
    let mut in_force = BTreeMap::new();
    for training in &trainings {
        if !in_force.contains_key(&training.article)
            && let Some(article) = tables.article(training.article)?
        {
            in_force.insert(article.id, article.version);
        }
    }
    Ok(Some(Sheet { facility, trainings, in_force, is_first: after.is_none(), are_more }))
}

pub(super) async fn records(
    State(parts): State<Parts>,
    Query(asked): Query<AskedOfTraining>,
    headers: HeaderMap,
    who: Result<Who, Refusal>,
) -> Response {
    let reader = asked.reader(&headers);
    let account = match trained(reader, who) {
        Ok(account) => account,
        Err(page) => return *page,
    };
    if !asked.f.is_empty() {
        let (id, after) = (asked.f.clone(), asked.attempt());
        let pack = parts.packs.checklist_in_force(parts.clock.now().date());
        return match parts.store.read(move |tables| sheet(tables, &account, &id, after)).await {
            Ok(Some(sheet)) => sheet_page(reader, pack, &sheet),
            Ok(None) => not_here(reader),
            Err(error) => failed(reader.lang, &error),
        };
    }
    let before = asked.before.parse().ok().filter(|it| i64::try_from(*it).is_ok());
    let person = account.id;
    match parts.store.read(move |tables| tables.trainings_of(person, before, OWN_PAGE + 1)).await {
        Ok(mut found) => {
            let are_more = found.len() > OWN_PAGE;
            found.truncate(OWN_PAGE);
            own_page(reader, &account, &Others::of(&account), &found, before.is_some(), are_more)
        }
        Err(error) => failed(reader.lang, &error),
    }
}

pub(super) async fn institutions(
    State(parts): State<Parts>,
    Query(asked): Query<AskedOfTraining>,
    headers: HeaderMap,
    who: Result<Who, Refusal>,
) -> Response {
    let reader = asked.reader(&headers);
    let account = match trained(reader, who) {
        Ok(account) => account,
        Err(page) => return *page,
    };
    if !matches!(Others::of(&account), Others::Region) {
        return not_here(reader);
    }
    let words: String = asked.q.trim().chars().take(SEARCHED).collect();
    let places = TrainedPlaces {
        division: account.region.clone(),
        words: words.to_lowercase(),
        after: asked.after.parse().ok(),
        limit: PLACES_PAGE + 1,
    };
    let is_first = places.after.is_none();
    match parts.store.read(move |tables| tables.trained_places(&places)).await {
        Ok(mut found) => {
            let are_more = found.len() > PLACES_PAGE;
            found.truncate(PLACES_PAGE);
            let last = found.last().map(|it| it.id).filter(|_| are_more);
            // Core has the last word on each.
            found.retain(|it| sight(&account, it) == Sight::Visible);
            institutions_page(reader, &words, &found, is_first, last)
        }
        Err(error) => failed(reader.lang, &error),
    }
}

/// All of an institution's records, in pieces.
fn whole(
    tables: &dyn Tables,
    account: &Account,
    id: &str,
) -> StoreResult<Option<(FacilityId, Vec<Training>)>> {
    let Some(facility) = seen(tables, account, id)? else { return Ok(None) };
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let piece = tables.last_trainings(facility.id, after, READ_AT_ONCE)?;
        let is_last = piece.len() < READ_AT_ONCE;
        after = piece.last().map(|it| (it.mark.account, it.article));
        all.extend(piece);
        if is_last {
            return Ok(Some((facility.id, all)));
        }
    }
}

pub(super) async fn table(
    State(parts): State<Parts>,
    Query(asked): Query<AskedOfTraining>,
    headers: HeaderMap,
    who: Result<Who, Refusal>,
) -> Response {
    let reader = asked.reader(&headers);
    let account = match trained(reader, who) {
        Ok(account) => account,
        Err(page) => return *page,
    };
    let found = parts.store.read(move |tables| whole(tables, &account, &asked.f)).await;
    match found.map(|found| found.map(|(id, trainings)| (id, lines(&trainings)))) {
        // The worker shows what is ours, and takes all else for a captive portal's.
        Ok(Some((id, Ok(table)))) => {
            ([OURS], sheet::answer(&format!("training-{id}"), table)).into_response()
        }
        Ok(None) => not_here(reader),
        Ok(Some((_, Err(error)))) => {
            tracing::error!(%error, "a table of training was not written");
            plain(reader.lang, Wrong::Failed)
        }
        Err(error) => failed(reader.lang, &error),
    }
}

/// One line for each attempt.
fn lines(trainings: &[Training]) -> Result<Vec<u8>, csv::Error> {
    let mut table = sheet::begun();
    table.write_record([
        "姓名",
        "单位",
        "文章",
        "版本",
        "答对",
        "题数",
        "得分（%）",
        "结果",
        "日期",
        "时间",
        "记录编号",
    ])?;
    for training in trainings {
        let Training { mark, title, version, score, .. } = training;
        let result = match training.verdict() {
            Verdict::Passed => "合格",
            Verdict::NotPassed => "不合格",
        };
        table.write_record([
            sheet::harmless(&mark.name),
            sheet::harmless(&mark.organisation),
            sheet::harmless(title.as_str()),
            version.to_string(),
            score.right.to_string(),
            score.all.to_string(),
            score.percent().to_string(),
            result.to_owned(),
            mark.received.date().to_string(),
            mark.received.time_of_day().to_string(),
            mark.entry.to_string(),
        ])?;
    }
    sheet::finished(table)
}
