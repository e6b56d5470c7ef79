//! A value that is kept as JSON and read only by whoever needs it: the first page of a phone shows a hazard's place in its
//! loop and its deadline, and does without the code that reads its whole life.

use std::fmt;
use std::marker::PhantomData;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// A `T` as JSON. Two are equal when their texts are: what core writes has one spelling.
pub struct Json<T> {
    text: Box<RawValue>,
    of: PhantomData<fn() -> T>,
}

impl<T: Serialize> Json<T> {
    /// Writes a value.
    ///
    /// # Panics
    /// For what JSON cannot write: maps whose keys are no texts. Core has none.
    pub fn of(value: &T) -> Self {
        let Ok(text) = serde_json::value::to_raw_value(value) else {
            unreachable!("core's values have text keys")
        };
        Self { text, of: PhantomData }
    }
}

impl<T: DeserializeOwned> Json<T> {
    /// Reads the value.
    ///
    /// # Errors
    /// For a text of another shape: of a later version, or damaged.
    pub fn read(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.text.get())
    }
}

impl<T> Clone for Json<T> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), of: PhantomData }
    }
}

impl<T> PartialEq for Json<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text.get() == other.text.get()
    }
}

impl<T> Eq for Json<T> {}

impl<T> fmt::Debug for Json<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text.get())
    }
}

impl<T> Serialize for Json<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Json<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { text: Box::<RawValue>::deserialize(deserializer)?, of: PhantomData })
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Json<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}

/// A row's card that is kept as JSON and read when it is first asked for, by whoever asks: the first page of a phone does
/// without the code that reads it.
pub struct Late<T> {
    text: Box<RawValue>,
    read: OnceLock<Option<Box<T>>>,
}

impl<T: Serialize> Late<T> {
    /// Writes a card.
    ///
    /// # Panics
    /// For what JSON cannot write; core has nothing such.
    pub fn of(card: &T) -> Self {
        Self { text: Json::of(card).text, read: OnceLock::new() }
    }
}

impl<T: DeserializeOwned> Late<T> {
    /// The card; `None` for a text of another shape: of a later version, or damaged.
    pub fn get(&self) -> Option<&T> {
        let read = || serde_json::from_str(self.text.get()).ok().map(Box::new);
        self.read.get_or_init(read).as_deref()
    }
}

impl<T> Late<T> {
    /// The members of the card that are texts, by name: what tells one row from another without reading it.
    pub(crate) fn named(&self) -> Named {
        serde_json::from_str(self.text.get()).unwrap_or_default()
    }
}

/// Members by which rows that are kept as text are told apart.
#[derive(Default, Deserialize)]
pub(crate) struct Named {
    #[serde(default)]
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) photo: String,
    #[serde(default)]
    pub(crate) facility: String,
    #[serde(default)]
    pub(crate) kind: String,
}

impl<T> Clone for Late<T> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), read: OnceLock::new() }
    }
}

impl<T> PartialEq for Late<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text.get() == other.text.get()
    }
}

impl<T> Eq for Late<T> {}

impl<T> fmt::Debug for Late<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text.get())
    }
}

impl<T> Serialize for Late<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Late<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { text: Box::<RawValue>::deserialize(deserializer)?, read: OnceLock::new() })
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Late<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}
