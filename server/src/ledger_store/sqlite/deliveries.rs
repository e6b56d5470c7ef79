//! What is handed to other programs, and its log.

use rusqlite::{Row, params};
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::ids::AccountId;
use xunan_core::notice::{NoticeId, PushSubscription};
use xunan_core::region::DivisionCode;

use super::SqliteConnection;
use super::notices::stored_notice;
use super::values::{from_json, instant, number, parsed, signed, text, to_json};
use crate::connectors::Setting;
use crate::ledger_store::{
    Attempt, ContactKind, Delivery, DeliveryState, DeliveryTables, Endpoint, EndpointState, StoreError,
    StoreResult,
};

impl DeliveryState {
    const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::GivenUp => "given_up",
        }
    }

    fn of_name(name: &str) -> StoreResult<Self> {
        match name {
            "waiting" => Ok(Self::Waiting),
            "delivered" => Ok(Self::Delivered),
            "given_up" => Ok(Self::GivenUp),
            other => Err(StoreError::damaged(format!("delivery state {other}"))),
        }
    }
}

impl EndpointState {
    const fn name(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
        }
    }
}

impl ContactKind {
    /// The name under which it is stored.
    const fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Phone => "phone",
            Self::Wechat => "wechat",
        }
    }
}

fn account_text(account: Option<AccountId>) -> String {
    account.map(|id| id.to_string()).unwrap_or_default()
}

/// What [`delivery`] reads.
macro_rules! deliveries {
    ($rest:literal) => {
        concat!(
            "SELECT d.id, d.endpoint, d.account, d.state, d.failures, d.since, d.due,
                    n.notice, n.kind, n.row, n.sender, n.made
             FROM deliveries d JOIN notices n ON n.id = d.notice ",
            $rest
        )
    };
}

fn delivery(row: &Row<'_>) -> StoreResult<Delivery> {
    let account = match text(row, 2)?.as_str() {
        "" => None,
        _ => Some(parsed(row, 2)?),
    };
    Ok(Delivery {
        id: row.get(0)?,
        endpoint: row.get(1)?,
        account,
        state: DeliveryState::of_name(&text(row, 3)?)?,
        failures: u32::try_from(number(row, 4)?).map_err(StoreError::damaged)?,
        since: instant(row, 5)?,
        due: instant(row, 6)?,
        notice: stored_notice(row, 7)?,
    })
}

impl DeliveryTables for SqliteConnection {
    fn endpoints(&self) -> StoreResult<Vec<Endpoint>> {
        self.all("SELECT id, name, region, setting, state FROM endpoints ORDER BY id", [], |row| {
            let state = if text(row, 4)? == "on" { EndpointState::On } else { EndpointState::Off };
            let (id, name) = (row.get(0)?, text(row, 1)?);
            Ok(Endpoint { id, name, region: parsed(row, 2)?, setting: from_json(row, 3)?, state })
        })
    }

    fn insert_endpoint(
        &self,
        name: &str,
        region: &DivisionCode,
        setting: &Setting,
        created: Instant,
    ) -> StoreResult<i64> {
        self.change(
            "INSERT INTO endpoints (name, region, setting, state, created) VALUES (?, ?, ?, 'on', ?)",
            params![name, region.as_str(), to_json(setting)?, created.unix_millis()],
        )?;
        Ok(self.0.last_insert_rowid())
    }

    fn set_endpoint_state(&self, id: i64, state: EndpointState) -> StoreResult<()> {
        self.change("UPDATE endpoints SET state = ? WHERE id = ?", params![state.name(), id])
    }

    fn delete_endpoint(&self, id: i64) -> StoreResult<()> {
        self.change("DELETE FROM endpoints WHERE id = ?", [id])
    }

    fn insert_delivery_of(
        &self,
        endpoint: i64,
        notice: NoticeId,
        account: Option<AccountId>,
        now: Instant,
    ) -> StoreResult<()> {
        let millis = now.unix_millis();
        self.change(
            "INSERT INTO deliveries (endpoint, notice, account, state, failures, since, due)
             VALUES (?, ?, ?, 'waiting', 0, ?, ?) ON CONFLICT DO NOTHING",
            params![endpoint, notice.0.bytes(), account_text(account), millis, millis],
        )
    }

    fn due_deliveries(&self, endpoint: i64, now: Instant, limit: usize) -> StoreResult<Vec<Delivery>> {
        self.all(
            deliveries!(
                "WHERE d.endpoint = ? AND d.state = 'waiting' AND d.due <= ? ORDER BY d.due, d.id LIMIT ?"
            ),
            params![endpoint, now.unix_millis(), signed(limit as u64)?],
            delivery,
        )
    }

    fn newest_deliveries(&self, endpoint: i64, limit: usize) -> StoreResult<Vec<(Delivery, Vec<Attempt>)>> {
        let found = self.all(
            deliveries!("WHERE d.endpoint = ? ORDER BY d.id DESC LIMIT ?"),
            params![endpoint, signed(limit as u64)?],
            delivery,
        )?;
        let with_log = |delivery: Delivery| {
            let log = self.all(
                "SELECT at, outcome FROM delivery_attempts WHERE delivery = ? ORDER BY at DESC, rowid DESC LIMIT 10",
                [delivery.id],
                |row| Ok(Attempt { at: instant(row, 0)?, outcome: text(row, 1)? }),
            )?;
            Ok((delivery, log))
        };
        found.into_iter().map(with_log).collect()
    }

    fn note_attempt(
        &self,
        delivery: i64,
        attempt: &Attempt,
        state: DeliveryState,
        failures: u32,
        due: Instant,
    ) -> StoreResult<()> {
        self.change(
            "INSERT INTO delivery_attempts (delivery, at, outcome)
             SELECT id, ?, ? FROM deliveries WHERE id = ?",
            params![attempt.at.unix_millis(), attempt.outcome, delivery],
        )?;
        self.change(
            "UPDATE deliveries SET state = ?, failures = ?, due = ? WHERE id = ?",
            params![state.name(), failures, due.unix_millis(), delivery],
        )
    }

    fn replay(&self, delivery: i64, now: Instant) -> StoreResult<Option<()>> {
        let millis = now.unix_millis();
        let changed = self
            .0
            .prepare_cached(
                "UPDATE deliveries SET state = 'waiting', failures = 0, since = ?, due = ? WHERE id = ?",
            )?
            .execute(params![millis, millis, delivery])?;
        Ok((changed > 0).then_some(()))
    }

    fn contact(&self, account: AccountId, kind: ContactKind) -> StoreResult<Option<String>> {
        self.first(
            "SELECT address FROM contacts WHERE account = ? AND kind = ?",
            params![account.to_string(), kind.name()],
            |row| text(row, 0),
        )
    }

    fn set_contact(&self, account: AccountId, kind: ContactKind, address: Option<&str>) -> StoreResult<()> {
        match address {
            Some(address) => self.change(
                "INSERT INTO contacts (account, kind, address) VALUES (?, ?, ?)
                 ON CONFLICT (account, kind) DO UPDATE SET address = excluded.address",
                params![account.to_string(), kind.name(), address],
            ),
            None => self.change(
                "DELETE FROM contacts WHERE account = ? AND kind = ?",
                params![account.to_string(), kind.name()],
            ),
        }
    }

    fn push_subscriptions(&self, account: AccountId) -> StoreResult<Vec<PushSubscription>> {
        self.all(
            "SELECT subscription FROM push_subscriptions WHERE account = ? ORDER BY since DESC LIMIT 20",
            [account.to_string()],
            |row| from_json(row, 0),
        )
    }

    fn put_push_subscription(
        &self,
        account: AccountId,
        subscription: &PushSubscription,
        since: Instant,
    ) -> StoreResult<()> {
        let id = Digest::of(subscription.endpoint.as_bytes());
        self.change(
            "INSERT INTO push_subscriptions (id, account, subscription, since) VALUES (?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE
             SET account = excluded.account, subscription = excluded.subscription, since = excluded.since",
            params![id.bytes(), account.to_string(), to_json(subscription)?, since.unix_millis()],
        )
    }

    fn delete_push_subscription(&self, endpoint: &str, account: Option<AccountId>) -> StoreResult<()> {
        let id = Digest::of(endpoint.as_bytes());
        match account {
            Some(account) => self.change(
                "DELETE FROM push_subscriptions WHERE id = ? AND account = ?",
                params![id.bytes(), account.to_string()],
            ),
            None => self.change("DELETE FROM push_subscriptions WHERE id = ?", [id.bytes()]),
        }
    }
}
