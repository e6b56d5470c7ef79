//! Reading JSON field by field.
//!
//! An object is first split into raw fields; each is then read by itself, so that a bad one is reported with its
//! part and name and does not hide the next. Phones download this code, so it goes through few instantiations:
//! one for objects, one for lists, one for texts, and one for each kind of value.

use std::fmt;
use std::str::FromStr;

use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::fault::{FaultAt, FaultKind, Faults};

/// The fields of an object in the order of the file, each as it stands there.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// Values by code, written as an object. A list and not a tree: it has nine lines at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<K, V>(Vec<(K, V)>);

impl<K: PartialEq, V> Table<K, V> {
    /// The value for a code, `None` when the table does not have it.
    pub fn get(&self, code: &K) -> Option<&V> {
        self.0.iter().find(|(it, _)| it == code).map(|(_, value)| value)
    }

    /// The codes, in the order of the file.
    pub fn codes(&self) -> impl Iterator<Item = &K> {
        self.0.iter().map(|(code, _)| code)
    }

    /// The values, in the order of the file.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// Only from JSON text, not from a value that was read before: fields are borrowed as they stand.
impl<'de, K: DeserializeOwned + PartialEq, V: DeserializeOwned> Deserialize<'de> for Table<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let fields = Fields::deserialize(deserializer)?.0;
        let mut table = Self(Vec::with_capacity(fields.len()));
        for (code, value) in fields {
            let read: K = serde_json::from_str(&format!("\"{code}\"")).map_err(D::Error::custom)?;
            if table.get(&read).is_some() {
                return Err(D::Error::custom(format_args!("{code} appears twice")));
            }
            table.0.push((read, serde_json::from_str(value.get()).map_err(D::Error::custom)?));
        }
        Ok(table)
    }
}

/// One object of a pack, being read.
pub(super) struct Reader<'a, 'f> {
    /// Where faults are reported; an item sets it once its id is known.
    pub(super) at: FaultAt,
    fields: Vec<(String, &'a RawValue)>,
    faults: &'f mut Faults,
}

impl<'a, 'f> Reader<'a, 'f> {
    /// Splits an object; `whole` names it in the fault when it is none.
    pub(super) fn of(
        json: &'a str,
        at: FaultAt,
        whole: &'static str,
        faults: &'f mut Faults,
    ) -> Option<Self> {
        match serde_json::from_str::<Fields<'_>>(json) {
            Ok(Fields(fields)) => Some(Self { at, fields, faults }),
            Err(error) => {
                faults.add(&at, whole, FaultKind::Unreadable(error.to_string()));
                None
            }
        }
    }

    /// A field that has to be there.
    pub(super) fn needed<T: DeserializeOwned>(&mut self, field: &'static str) -> Option<T> {
        let raw = self.take_needed(field)?;
        self.read(field, raw)
    }

    /// A field that may be left out.
    pub(super) fn optional<T: DeserializeOwned>(&mut self, field: &'static str) -> Option<T> {
        let raw = self.take(field)?;
        self.read(field, raw)
    }

    /// A name that has to be there.
    pub(super) fn name<T: FromStr<Err: fmt::Display>>(&mut self, field: &'static str) -> Option<T> {
        let name: String = self.needed(field)?;
        self.parse(field, &name)
    }

    /// Names; none when the field is left out.
    pub(super) fn names<T: FromStr<Err: fmt::Display>>(&mut self, field: &'static str) -> Vec<T> {
        let names: Vec<String> = self.list(field);
        let mut list = Vec::with_capacity(names.len());
        for name in &names {
            list.extend(self.parse(field, name));
        }
        list
    }

    /// A list that has to be there.
    pub(super) fn needed_list<T: DeserializeOwned>(&mut self, field: &'static str) -> Option<Vec<T>> {
        let raw = self.take_needed(field)?;
        self.read_list(field, raw)
    }

    /// A list; empty when the field is left out.
    pub(super) fn list<T: DeserializeOwned>(&mut self, field: &'static str) -> Vec<T> {
        self.take(field).and_then(|raw| self.read_list(field, raw)).unwrap_or_default()
    }

    /// The objects of a list that has to be there, as they stand in the file.
    pub(super) fn objects(&mut self, field: &'static str) -> Option<Vec<&'a RawValue>> {
        let raw = self.take_needed(field)?;
        self.split(field, raw)
    }

    /// The object in a field that has to be there.
    pub(super) fn object(&mut self, field: &'static str, at: FaultAt) -> Option<Reader<'a, '_>> {
        let raw = self.take_needed(field)?;
        Reader::of(raw.get(), at, field, self.faults)
    }

    /// Reports a field that could be read and cannot stand.
    pub(super) fn refuse(&mut self, field: &'static str, kind: FaultKind) {
        self.faults.add(&self.at, field, kind);
    }

    /// Ends the object: what was not read is not known. `whole` names it in the fault.
    pub(super) fn finish(self, whole: &'static str) {
        for (field, _) in self.fields {
            self.faults.add(
                &self.at,
                whole,
                FaultKind::Unreadable(format!("unknown or repeated field {field}")),
            );
        }
    }

    fn take(&mut self, field: &str) -> Option<&'a RawValue> {
        let place = self.fields.iter().position(|(name, _)| name == field)?;
        Some(self.fields.remove(place).1)
    }

    fn take_needed(&mut self, field: &'static str) -> Option<&'a RawValue> {
        let raw = self.take(field);
        if raw.is_none() {
            self.faults.add(&self.at, field, FaultKind::Missing);
        }
        raw
    }

    fn read<T: DeserializeOwned>(&mut self, field: &'static str, raw: &RawValue) -> Option<T> {
        serde_json::from_str(raw.get()).map_err(|error| self.unreadable(field, &error)).ok()
    }

    /// `None` when any of its values is bad; each bad one is reported.
    fn read_list<T: DeserializeOwned>(&mut self, field: &'static str, raw: &'a RawValue) -> Option<Vec<T>> {
        let values = self.split(field, raw)?;
        let mut list = Vec::with_capacity(values.len());
        for value in &values {
            list.extend(self.read(field, value));
        }
        if list.len() == values.len() { Some(list) } else { None }
    }

    fn split(&mut self, field: &'static str, raw: &'a RawValue) -> Option<Vec<&'a RawValue>> {
        serde_json::from_str(raw.get()).map_err(|error| self.unreadable(field, &error)).ok()
    }

    fn parse<T: FromStr<Err: fmt::Display>>(&mut self, field: &'static str, name: &str) -> Option<T> {
        name.parse().map_err(|error| self.unreadable(field, &error)).ok()
    }

    fn unreadable(&mut self, field: &'static str, error: &dyn fmt::Display) {
        self.faults.add(&self.at, field, FaultKind::Unreadable(error.to_string()));
    }
}
