//! An institution's hazards as the server has them, for journeys of those who put them right.

use xunan_core::hazard::{Assignment, Command, Step};
use xunan_core::ids::{EntryId, FacilityId, HazardId};
use xunan_core::ledger::{HazardCard, RoundsCard, Row, Rows};
use xunan_core::log::Body;
use xunan_core::rounds::RoundKind;
use xunan_core::rules::Grade;
use xunan_core::sync::{More, Outcome, Pulled};
use xunan_core::unit::{Unit, UnitKind};

use crate::browser::Browser;
use crate::demo;
use crate::phone::{Phone, now};
use crate::server::Server;

/// The county's office, which assigns hazards and looks at what came of them.
#[derive(Debug)]
pub struct Office(pub Phone);

impl Office {
    /// Signs the supervisor in.
    pub async fn of(server: &Server) -> Self {
        Self(Phone::enrolled(server.port(), demo::SUPERVISOR, demo::PASSWORD, 11).await)
    }

    /// Everything that the office sees now.
    ///
    /// # Panics
    /// When the server does not give it.
    pub async fn rows(&self) -> Rows {
        let (mut rows, mut after) = (Rows::default(), 0);
        loop {
            let pulled: Pulled = self.0.http.get(&format!("/api/pull?after={after}&limit=500")).await.json();
            pulled.rows.into_iter().for_each(|row: Row| rows.apply(row));
            after = pulled.cursor.0;
            if pulled.more == More::No {
                return rows;
            }
        }
    }

    /// The open general hazard of the elderly home, with a photo.
    ///
    /// # Panics
    /// When the demo has none.
    pub async fn general_hazard(&self) -> HazardCard {
        let rows = self.rows().await;
        let wanted = |card: &&&HazardCard| {
            card.facility_name == demo::ELDERLY_HOME
                && card.grade == Grade::General
                && !card.photos.is_empty()
        };
        rows.open_hazards().iter().find(wanted).map(|card| (*card).clone()).expect("a general hazard")
    }

    /// One hazard as it is now.
    ///
    /// # Panics
    /// When there is none such on the open list.
    pub async fn hazard(&self, id: HazardId) -> HazardCard {
        self.rows().await.hazard(id).cloned().expect("the hazard is open")
    }

    /// The last rounds of a kind at an institution.
    pub async fn rounds(&self, facility: FacilityId, kind: RoundKind) -> Option<RoundsCard> {
        self.rows().await.rounds(facility, kind).cloned()
    }

    /// Takes a step, and sees that it takes effect.
    ///
    /// # Panics
    /// When the server does not answer with a receipt.
    pub async fn step(&mut self, hazard: HazardId, command: Command) {
        push(&mut self.0, hazard, command).await;
    }

    /// Gives a hazard to the institution's head.
    pub async fn assign(&mut self, card: &HazardCard) {
        let head = UnitKind::Party(xunan_core::facility::Party::Head);
        let assignment = Assignment {
            primary: Unit { kind: head, name: card.facility_name.clone() },
            supporting: Vec::new(),
            person: "王演示".to_owned(),
            measure: "移开遮挡物".to_owned(),
            due: now().date().plus_days(7),
        };
        self.step(card.id, Command::Assign { assignment }).await;
    }
}

/// Pushes a step of anybody's phone, and gives its entry.
///
/// # Panics
/// When the server does not answer with a receipt.
pub async fn push(phone: &mut Phone, hazard: HazardId, command: Command) -> EntryId {
    let entry = phone.sign(&Body::HazardStep(Box::new(Step { hazard, command })));
    let answer = phone.push(&[&entry]).await.expect("the server answers");
    assert!(matches!(answer.entries[0].outcome, Outcome::Receipted { .. }), "{answer:?}");
    entry.entry().id
}

/// How many fetched photos the browser keeps for offline.
pub async fn pictures_kept(browser: &Browser) -> u64 {
    let script = "const done = arguments[arguments.length - 1];
        (async () => {
            const names = (await indexedDB.databases()).map(it => it.name).filter(name => name.startsWith('xunan-'));
            const open = name => new Promise((kept, failed) => {
                const asked = indexedDB.open(name);
                asked.onsuccess = () => kept(asked.result);
                asked.onerror = () => failed(asked.error);
            });
            const database = await open(names[0]);
            const counted = database.transaction('pictures').objectStore('pictures').count();
            counted.onsuccess = () => { database.close(); done(counted.result); };
        })();";
    browser.run_async(script, vec![]).await.as_u64().unwrap_or(0)
}
