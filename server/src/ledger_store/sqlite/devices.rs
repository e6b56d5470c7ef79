//! Devices, and the accounts that each serves.

use rusqlite::{Row, params};
use xunan_core::clock::Instant;
use xunan_core::ids::{AccountId, DeviceId};

use super::SqliteConnection;
use super::values::{from_json, instant, parsed, text, to_json};
use crate::ledger_store::{DeviceState, DeviceTables, StoreError, StoreResult, StoredDevice};

const ENROLLED: &str = "enrolled";
const REVOKED: &str = "revoked";

/// The columns `state, revoked` of a state.
const fn columns(state: DeviceState) -> (&'static str, Option<i64>) {
    match state {
        DeviceState::Enrolled => (ENROLLED, None),
        DeviceState::Revoked { at } => (REVOKED, Some(at.unix_millis())),
    }
}

/// Reads `id, name, public_key, state, enrolled, revoked`.
fn device(row: &Row<'_>) -> StoreResult<StoredDevice> {
    let state = match row.get_ref(3)?.as_str().map_err(StoreError::damaged)? {
        ENROLLED => DeviceState::Enrolled,
        REVOKED => DeviceState::Revoked { at: instant(row, 5)? },
        other => return Err(StoreError::damaged(format!("device state {other}"))),
    };
    Ok(StoredDevice {
        id: parsed(row, 0)?,
        name: text(row, 1)?,
        public_key: from_json(row, 2)?,
        state,
        enrolled: instant(row, 4)?,
    })
}

impl DeviceTables for SqliteConnection {
    fn device(&self, id: DeviceId) -> StoreResult<Option<StoredDevice>> {
        let id = id.to_string();
        self.first(
            "SELECT id, name, public_key, state, enrolled, revoked FROM devices WHERE id = ?",
            [id],
            device,
        )
    }

    fn devices(&self) -> StoreResult<Vec<(StoredDevice, Vec<String>)>> {
        self.all(
            "SELECT d.id, d.name, d.public_key, d.state, d.enrolled, d.revoked,
                    coalesce(group_concat(a.login, char(10)), '')
             FROM devices d
             LEFT JOIN device_accounts b ON b.device = d.id
             LEFT JOIN accounts a ON a.id = b.account
             GROUP BY d.id ORDER BY d.enrolled DESC, d.id",
            [],
            |row| Ok((device(row)?, text(row, 6)?.lines().map(str::to_owned).collect())),
        )
    }

    fn insert_device(&self, device: &StoredDevice) -> StoreResult<()> {
        let (state, revoked) = columns(device.state);
        self.change(
            "INSERT INTO devices (id, name, public_key, state, enrolled, revoked) VALUES (?, ?, ?, ?, ?, ?)",
            params![
                device.id.to_string(),
                device.name,
                to_json(&device.public_key)?,
                state,
                device.enrolled.unix_millis(),
                revoked,
            ],
        )
    }

    fn device_serves(&self, device: DeviceId, account: AccountId) -> StoreResult<bool> {
        let found = self.first(
            "SELECT 1 FROM device_accounts WHERE device = ? AND account = ?",
            params![device.to_string(), account.to_string()],
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }

    fn bind_device(&self, device: DeviceId, account: AccountId, since: Instant) -> StoreResult<()> {
        self.change(
            "INSERT INTO device_accounts (device, account, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            params![device.to_string(), account.to_string(), since.unix_millis()],
        )
    }

    fn revoke_device(&self, device: DeviceId, at: Instant) -> StoreResult<()> {
        let (state, revoked) = columns(DeviceState::Revoked { at });
        // Once: the first time is when its word ended.
        self.change(
            "UPDATE devices SET state = ?, revoked = ? WHERE id = ? AND revoked IS NULL",
            params![state, revoked, device.to_string()],
        )
    }
}
