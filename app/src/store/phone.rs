//! The phone's own small database: who is signed in on it, and how its pages look. It is read before the first page.

use serde::{Deserialize, Serialize};
use xunan_core::access::Account;
use xunan_core::spelling::place_of_name;

use super::change::{Change, Key};
use super::connection::Connection;
use super::schema::{PHONE_STEPS, Table};
use super::{StoreFailed, parsed, witness};
use crate::i18n::Lang;

/// How pages look on this phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Looks {
    /// The language; `None` follows the browser's.
    pub lang: Option<Lang>,
    /// Light and dark.
    pub theme: Theme,
    /// 长辈版
    pub elder: Elder,
}

/// Light and dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl<'de> serde::Deserialize<'de> for Theme {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        place_of_name(deserializer, &["system", "light", "dark"])
            .map(|place| [Self::System, Self::Light, Self::Dark][place])
    }
}

/// Normal or elder mode 长辈版.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Elder {
    /// Normal.
    #[default]
    Normal,
    /// Larger text and taps.
    Elder,
}

impl<'de> serde::Deserialize<'de> for Elder {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        place_of_name(deserializer, &["normal", "elder"]).map(|place| [Self::Normal, Self::Elder][place])
    }
}

/// Who uses this phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedInAs {
    /// The account, as the server last told it. Filling needs no more; sending needs a cookie that has not expired.
    pub account: Account,
}

/// The phone's own database.
pub struct PhoneStore(Connection);

const LOOKS: &str = "looks";
const ACCOUNT: &str = "account";

impl PhoneStore {
    pub(super) const fn connection(&self) -> &Connection {
        &self.0
    }

    /// Opens it.
    ///
    /// # Errors
    /// [`StoreFailed::Unavailable`] when the browser has no storage to offer.
    pub async fn open() -> Result<Self, StoreFailed> {
        Ok(Self(Connection::open("xunan".to_owned(), PHONE_STEPS, || ()).await?))
    }

    /// How the pages look; what cannot be read looks as at first.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn looks(&self) -> Result<Looks, StoreFailed> {
        let value = self.0.get(Table::Phone, &Key::one(LOOKS)).await?;
        Ok(value.and_then(|value| parsed("looks", &value).ok()).unwrap_or_default())
    }

    /// Stores how the pages look.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn save_looks(&self, looks: &Looks) -> Result<(), StoreFailed> {
        self.0.write(&[Change::put(Table::Phone, Key::one(LOOKS), looks)?]).await
    }

    /// Who uses this phone; `None` before the first sign-in and after signing out.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn signed_in(&self) -> Result<Option<SignedInAs>, StoreFailed> {
        let value = self.0.get(Table::Phone, &Key::one(ACCOUNT)).await?;
        value.as_ref().map(|value| parsed("account", value)).transpose()
    }

    /// Notes who uses this phone. The accounts' own databases stay as they are.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn save_signed_in(&self, who: Option<&SignedInAs>) -> Result<(), StoreFailed> {
        match who {
            Some(who) => {
                let change = Change::put(Table::Phone, Key::one(ACCOUNT), who)?;
                self.0.write(&[change, witness::arrival()]).await?;
                witness::note_signed_in(who.account.id);
            }
            None => {
                let removal = Change::Delete { table: Table::Phone, key: Key::one(ACCOUNT) };
                self.0.write(&[removal, witness::departure()]).await?;
            }
        }
        Ok(())
    }
}
