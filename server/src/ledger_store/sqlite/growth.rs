//! Whatever piles up over the years, a page costs the same: counted in steps of SQLite's machine, which no load of this
//! computer changes. A page that walked past what it does not show would cost four times as much with four times the rows.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tempfile::TempDir;
use xunan_core::Json;
use xunan_core::access::{Account, Role};
use xunan_core::clock::{Instant, Span};
use xunan_core::hazard::{Life, Mark, Stage, Standing, StepKind, StoryLine};
use xunan_core::ids::{AccountId, Entropy, EntryId, FacilityId, HazardId, PlanId};
use xunan_core::ledger::{Cursor, HazardCard, Origin, PlanCard, PlanState, Row};
use xunan_core::notice::{About, Notice, PlanNews, Sender, What};
use xunan_core::plan::{NoticeMode, Plan};
use xunan_core::rules::{Grade, Profile};
use xunan_core::sync::{HazardKey, HazardQuery};
use xunan_core::visit::Due;

use super::SqliteConnection;
use super::query_plans::migrated;
use crate::ledger_store::{
    AccountState, AccountTables as _, Audience, HazardTables as _, HazardsAsked, Matter, NoticeTables as _,
    RowTables as _, StoredAccount, StoredNotice,
};

/// Hazards of an institution, however many there are in all.
const OF_EACH: u128 = 20;
/// Hazards of which something rare is true, however many there are in all.
const RARE: u128 = 7;

fn noon() -> Instant {
    "2026-11-02T04:00:00Z".parse().unwrap()
}

fn facility(number: u128) -> FacilityId {
    FacilityId::from_parts(noon(), Entropy(number))
}

fn supervisor() -> Account {
    Account {
        id: AccountId::from_parts(noon(), Entropy(1)),
        name: String::new(),
        organisation: String::new(),
        region: "9999".parse().unwrap(),
        role: Role::Supervisor,
    }
}

pub(super) fn hazard(number: u128) -> HazardCard {
    let found = noon().plus(Span::minutes(i64::try_from(number).unwrap()));
    let mark = Mark {
        entry: EntryId::from_parts(noon(), Entropy(number)),
        account: supervisor().id,
        name: String::new(),
        organisation: String::new(),
        at: found,
        received: found,
    };
    let line = StoryLine {
        kind: StepKind::Found,
        mark: mark.clone(),
        note: String::new(),
        date: None,
        measure: None,
        photos: Vec::new(),
    };
    let life = Life::found(line);
    let is_rare = number.is_multiple_of(101) && number / 101 < RARE;
    let card = HazardCard {
        id: HazardId::from_parts(found, Entropy(number)),
        origin: Origin::Report,
        facility: facility(number / OF_EACH),
        facility_name: "养老院".to_owned(),
        division: if number.is_multiple_of(2) { "999901" } else { "999902" }.parse().unwrap(),
        found,
        item: None,
        title: format!("疏散门上锁{}", if is_rare { "，罕见" } else { "" }),
        description: String::new(),
        place: String::new(),
        grade: if number.is_multiple_of(3) { Grade::Major } else { Grade::General },
        due: Due::By(if is_rare { "2026-11-01" } else { "2027-11-01" }.parse().unwrap()),
        responsible: None,
        photos: Vec::new(),
        state: life.stage.state(),
        involved: Vec::new(),
        life: Json::of(&life),
        last_seen: None,
    };
    let mut standing: Standing = card.standing().unwrap();
    standing.life.stage = match number % 5 {
        0 => Stage::Found,
        1 => Stage::Assigned { mark },
        2 => Stage::Rectifying { mark },
        _ => Stage::NotEstablished { mark },
    };
    card.with(&standing)
}

fn plan(number: u128) -> Row {
    let id = PlanId::from_parts(noon(), Entropy(number));
    let visit = "01KBAFH600000000000000000G".parse().unwrap();
    let state = if number < RARE { PlanState::Open } else { PlanState::Done { visit } };
    let plan = Plan {
        id,
        facility: facility(number),
        office: "9999".parse().unwrap(),
        inspectors: [1, 2].map(|number| AccountId::from_parts(noon(), Entropy(number))),
        notice: NoticeMode::OnArrival,
        profile: Profile::MajorOnly,
        from: noon().date(),
        until: noon().date(),
        purpose: String::new(),
    };
    Row::Plan(PlanCard { plan, division: "999901".parse().unwrap(), state })
}

/// A store that counts the steps of its machine.
pub(super) struct Counted {
    _folder: TempDir,
    pub(super) connection: SqliteConnection,
    steps: Arc<AtomicU64>,
}

impl Counted {
    /// One with what `fill` puts into it.
    pub(super) fn filled(fill: impl FnOnce(&SqliteConnection)) -> Self {
        let (folder, connection) = migrated();
        connection.run("BEGIN IMMEDIATE").unwrap();
        fill(&connection);
        connection.run("COMMIT").unwrap();
        let steps = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&steps);
        let count = move || {
            counter.fetch_add(1, Ordering::Relaxed);
            false
        };
        connection.0.progress_handler(1, Some(count)).unwrap();
        Self { _folder: folder, connection, steps }
    }

    /// The steps that a question takes.
    pub(super) fn steps_of(&self, ask: impl FnOnce(&SqliteConnection)) -> u64 {
        self.steps.store(0, Ordering::Relaxed);
        ask(&self.connection);
        self.steps.load(Ordering::Relaxed)
    }
}

/// A store in which so many hazards were found, and as many plans made, of all of which the supervisor was told.
struct Years(Counted);

impl Years {
    fn of(hazards: u128) -> Self {
        let account = supervisor();
        let stored = StoredAccount {
            account: account.clone(),
            login: "supervisor".to_owned(),
            password_hash: String::new(),
            state: AccountState::Active,
        };
        Self(Counted::filled(|connection| {
            connection.insert_account(&stored, noon()).unwrap();
            for number in 0..hazards {
                connection.put_row(&Row::Hazard(Box::new(hazard(number)))).unwrap();
                let row = plan(number);
                connection.put_row(&row).unwrap();
                connection.tell(&account, &row);
            }
        }))
    }

    fn steps_of_list(&self, question: &[(&str, &str)], after: Option<&HazardCard>) -> u64 {
        let mut query = HazardQuery::from_pairs(question.iter().copied()).unwrap();
        query.limit = Some(5);
        query.after = after.map(HazardKey::of);
        let asked = HazardsAsked::of(&supervisor(), &query, "2026-11-28".parse().unwrap());
        self.0.steps_of(|tables| {
            tables.hazards(&asked).unwrap();
            tables.hazard_counts(&asked).unwrap();
        })
    }
}

impl SqliteConnection {
    fn tell(&self, account: &Account, row: &Row) {
        let Row::Plan(card) = row else { return };
        let what = What::Plan { news: PlanNews::Made, from: card.plan.from, until: card.plan.until };
        let about = About::Plan { plan: card.plan.id, facility: card.plan.facility };
        let notice = Notice::new(what, about, &card.division, "");
        let sender = Sender::Office(card.division.clone());
        let stored = StoredNotice { notice, about: Matter::Row(row.key()), sender, made: noon() };
        self.insert_notice(&stored).unwrap();
        self.insert_into_inbox(account.id, stored.notice.id).unwrap();
    }
}

/// What may be asked beside scope and order: all that the desk offers.
fn filters() -> Vec<Vec<(&'static str, String)>> {
    let one = |name, value: &str| vec![(name, value.to_owned())];
    vec![
        vec![],
        one("state", "rectifying"),
        one("state", "not_established"),
        one("grade", "major"),
        one("overdue", "1"),
        one("listed", "1"),
        one("division", "999901"),
        one("facility", &facility(3).to_string()),
        one("unit", "department.fire_rescue"),
        one("q", "疏散门"),
        one("q", "罕见"),
        one("q", "罕"),
        one("q", "从未有过"),
        [one("q", "罕见"), one("division", "999902"), one("grade", "major")].concat(),
        [one("facility", &facility(3).to_string()), one("unit", "party.head"), one("q", "罕见")].concat(),
    ]
}

/// So many steps may come from deeper trees and from chance.
pub(super) fn is_flat(few: u64, many: u64) -> bool {
    many <= few + few / 2 + 200
}

#[test]
fn a_page_costs_the_same_however_much_has_piled_up() {
    let (few, many) = (Years::of(3_000), Years::of(12_000));
    let mut steep = Vec::new();
    let mut check = |what: String, few: u64, many: u64| {
        if !is_flat(few, many) {
            steep.push(format!("{what}: {few} steps, then {many}"));
        }
    };
    for scope in ["mine", "open", "all"] {
        for sort in ["due", "found", "grade"] {
            for filter in filters() {
                let mut question: Vec<(&str, &str)> = vec![("scope", scope), ("sort", sort)];
                question.extend(filter.iter().map(|(name, value)| (*name, value.as_str())));
                let middle = hazard(1_500);
                for after in [None, Some(&middle)] {
                    let of = |years: &Years| years.steps_of_list(&question, after);
                    check(format!("{question:?} from the middle: {}", after.is_some()), of(&few), of(&many));
                }
            }
        }
    }
    let account = supervisor();
    let audiences = Audience::of_account(&account);
    type Ask<'a> = (&'a str, Box<dyn Fn(&SqliteConnection) + 'a>);
    let asked: [Ask<'_>; 6] = [
        ("first rows", Box::new(|it| drop(it.rows_after(&audiences, Cursor(0), 50).unwrap()))),
        ("later rows", Box::new(|it| drop(it.rows_after(&audiences, Cursor(3_000), 50).unwrap()))),
        ("inbox", Box::new(|it| drop(it.inbox(account.id, None, 50).unwrap()))),
        ("unread", Box::new(|it| drop(it.unread(account.id, 100).unwrap()))),
        ("one hazard", Box::new(|it| drop(it.hazard(hazard(1_000).id).unwrap()))),
        ("open plans", Box::new(|it| assert_eq!(it.open_plans_after("", 50).unwrap().len() as u128, RARE))),
    ];
    for (what, ask) in asked {
        check(what.to_owned(), few.0.steps_of(&ask), many.0.steps_of(&ask));
    }
    assert!(steep.is_empty(), "{}", steep.join("\n"));
}

#[test]
fn the_daily_walk_reads_what_is_open_and_nothing_else() {
    let years = Years::of(200);
    let (mut after, mut seen) = (String::new(), 0);
    loop {
        let cards = years.0.connection.open_hazards_after(&after, 30).unwrap();
        let Some(last) = cards.last() else { break };
        after = last.id.to_string();
        assert!(cards.iter().all(|card| card.state.is_open()));
        seen += cards.len();
    }
    assert_eq!(seen, 120);
    let first = |years: &Years| years.0.steps_of(|it| drop(it.open_hazards_after("", 30).unwrap()));
    assert!(is_flat(first(&Years::of(100)), first(&years)));
}
