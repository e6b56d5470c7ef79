//! The server is killed again and again while six phones write: nothing that it acknowledged may be lost.

use std::path::Path;
use std::time::Duration;

use xunan_core::clock::Date;
use xunan_core::ids::PlanId;
use xunan_core::log::{Body, SignedEntry};
use xunan_core::plan::{NoticeMode, Plan};
use xunan_core::rules::Profile;
use xunan_core::sync::Outcome;

use crate::chance::Chance;
use crate::demo;
use crate::filled_visit::Provisions;
use crate::http::Http;
use crate::log_watcher::LogWatcher;
use crate::phone::Phone;
use crate::server::Server;

/// How many phones write at once.
const WRITERS: u64 = 6;

/// What a run found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Toll {
    /// Times the server was killed.
    pub kills: u32,
    /// Entries that were acknowledged with a receipt.
    pub acknowledged: usize,
    /// Of those, entries that the server no longer has, has with another receipt, or has not in its log.
    pub lost: usize,
}

/// One phone that writes plans, keeps what is not acknowledged, and sends it again, as the app does.
struct Writer {
    phone: Phone,
    provisions: Provisions,
    waiting: Vec<SignedEntry>,
    acknowledged: Vec<(String, String)>,
}

impl Writer {
    async fn write_until_the_server_dies(&mut self) {
        loop {
            if self.waiting.is_empty() {
                let plan = self.plan();
                let entry = self.phone.sign(&Body::PlanMade(plan));
                self.waiting.push(entry);
            }
            let entries: Vec<_> = self.waiting.iter().collect();
            let Ok(answer) = self.phone.push(&entries).await else { return };
            for (entry, pushed) in self.waiting.iter().zip(&answer.entries) {
                match &pushed.outcome {
                    Outcome::Receipted { receipt } if pushed.hash == entry.hash() => {
                        self.acknowledged.push((entry.entry().id.to_string(), receipt.clone()));
                    }
                    other => panic!("an honest entry got {other:?}"),
                }
            }
            self.waiting.clear();
        }
    }

    fn plan(&mut self) -> Plan {
        let facility = self.provisions.facilities.first().expect("the demo county has institutions");
        let day = Date::new(2027, 1, 4).expect("a day");
        Plan {
            id: PlanId::from_parts(crate::phone::now(), self.phone.entropy()),
            facility: facility.id,
            office: self.phone.account.region.clone(),
            inspectors: [self.provisions.colleagues[0].account, self.provisions.colleagues[1].account],
            notice: NoticeMode::OnArrival,
            profile: Profile::Standard,
            from: day,
            until: day,
            purpose: String::new(),
        }
    }

    /// How many of its acknowledged entries the server no longer has as it promised.
    async fn lost(&self, watcher: &LogWatcher) -> usize {
        let mut lost = 0;
        for (id, receipt) in &self.acknowledged {
            let answer = self.phone.http.get(&format!("/api/entries/{id}")).await;
            let kept = answer.status.is_success() && {
                let entry: serde_json::Value = answer.json();
                entry.get("receipt").and_then(serde_json::Value::as_str) == Some(receipt.as_str())
            };
            lost += usize::from(!(kept && watcher.finds(receipt).await));
        }
        lost
    }
}

/// Kills a server with the demo county on `data` so many times, each time 10 to 120 ms after it is up.
///
/// # Panics
/// When an honest entry is refused, the transparency log is not continued, or the database is not whole after a kill.
pub async fn kill_under_load(data: &Path, kills: u32, seed: u64) -> Toll {
    let mut chance = Chance::from_seed(seed);
    let mut server = Server::start(data).await;
    let mut writers = Vec::new();
    for number in 0..WRITERS {
        let phone =
            Phone::enrolled(server.port(), demo::SUPERVISOR, demo::PASSWORD, seed ^ (number + 1)).await;
        let provisions = Provisions::pulled(&phone).await;
        writers.push(Writer { phone, provisions, waiting: Vec::new(), acknowledged: Vec::new() });
    }
    let mut watcher = LogWatcher::of(Http::to_port(server.port())).await;
    let mut toll = Toll::default();
    for kill in 1..=kills {
        let pause = Duration::from_millis(10 + chance.below(111));
        let mut writing = tokio::task::JoinSet::new();
        for mut writer in writers.drain(..) {
            writing.spawn(async move {
                writer.write_until_the_server_dies().await;
                writer
            });
        }
        tokio::time::sleep(pause).await;
        server = server.kill_and_restart().await;
        writers = writing.join_all().await;
        watcher.look().await;
        toll.kills = kill;
        if kill % 25 == 0 || kill == kills {
            assert_whole(data);
        }
    }
    for writer in &writers {
        toll.acknowledged += writer.acknowledged.len();
        toll.lost += writer.lost(&watcher).await;
    }
    toll
}

/// Asks SQLite itself whether every page and index of the database is whole.
fn assert_whole(data: &Path) {
    let database = rusqlite::Connection::open(data.join(demo::DATABASE)).expect("the database opens");
    let verdict: String =
        database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it can be checked");
    assert_eq!(verdict, "ok");
}
