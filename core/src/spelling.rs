//! Values that are written as one text and parsed from it: ids, instants, digests, quantities. Their `Deserialize`
//! is their `FromStr`, so that a value has one spelling everywhere.
//!
//! And enums of plain names: one reader for all of them, where a derived one is a kilobyte for each in every phone's first
//! download.

use serde::{Deserialize, Deserializer};
use std::fmt;
use std::str::FromStr;

/// Deserialises anything that is written as a text and parsed from one.
pub(crate) fn parsed_from_str<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr,
    T::Err: fmt::Display,
{
    struct Text<T>(std::marker::PhantomData<T>);
    impl<T: FromStr> serde::de::Visitor<'_> for Text<T>
    where
        T::Err: fmt::Display,
    {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text")
        }
        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }
    deserializer.deserialize_str(Text(std::marker::PhantomData))
}

/// Gives an enum of plain names its `Deserialize`: by the names that its derived `Serialize` writes.
macro_rules! read_by_name {
    ($type:ident { $($name:literal => $variant:ident),* $(,)? }) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                const NAMES: &[&str] = &[$($name),*];
                const VALUES: &[$type] = &[$($type::$variant),*];
                $crate::spelling::place_of_name(deserializer, NAMES).map(|place| VALUES[place])
            }
        }

        #[cfg(test)]
        impl $crate::spelling::ReadByName for $type {
            const VALUES: &'static [Self] = &[$(Self::$variant),*];
        }
    };
}
pub(crate) use read_by_name;

/// For the test that what is written is read again.
#[cfg(test)]
pub(crate) trait ReadByName: Sized + 'static {
    /// All that have a name.
    const VALUES: &'static [Self];
}

/// Which of `names` a text is.
///
/// # Errors
/// For another text, and for what is no text.
pub fn place_of_name<'de, D: Deserializer<'de>>(
    deserializer: D,
    names: &'static [&'static str],
) -> Result<usize, D::Error> {
    struct OneOf(&'static [&'static str]);
    impl serde::de::Visitor<'_> for OneOf {
        type Value = usize;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a name")
        }
        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<usize, E> {
            self.0.iter().position(|name| *name == text).ok_or_else(|| E::unknown_variant(text, self.0))
        }
    }
    deserializer.deserialize_str(OneOf(names))
}

/// Reads what serde writes of an enum whose variants are plain names or a name with facts: `"open"`, `{"done":{…}}`. One
/// reader for all facts of an enum, where a derived one has one for each variant.
///
/// # Errors
/// For anything else.
pub fn name_and_facts<'de, D, T>(deserializer: D) -> Result<(String, T), D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    struct NameAndFacts<T>(std::marker::PhantomData<T>);
    impl<'de, T: Deserialize<'de> + Default> serde::de::Visitor<'de> for NameAndFacts<T> {
        type Value = (String, T);
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a name, alone or with facts")
        }
        fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Self::Value, E> {
            Ok((name.to_owned(), T::default()))
        }
        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let read = map.next_entry()?;
            let none_else = map.next_key::<serde::de::IgnoredAny>()?.is_none();
            read.filter(|_| none_else)
                .ok_or_else(|| serde::de::Error::custom("one name with its facts is needed"))
        }
    }
    deserializer.deserialize_any(NameAndFacts(std::marker::PhantomData))
}

#[cfg(test)]
mod tests {
    use super::ReadByName;

    fn all_are_read<T>()
    where
        T: ReadByName + serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
    {
        for value in T::VALUES {
            let json = serde_json::to_string(value).unwrap();
            assert_eq!(&serde_json::from_str::<T>(&json).unwrap(), value, "{json}");
        }
        assert!(serde_json::from_str::<T>("\"of_tomorrow\"").is_err());
        assert!(serde_json::from_str::<T>("7").is_err());
    }

    #[test]
    fn enums_of_plain_names_are_read_as_they_are_written() {
        all_are_read::<crate::facility::FacilityType>();
        all_are_read::<crate::facility::Party>();
        all_are_read::<crate::plan::NoticeMode>();
        all_are_read::<crate::department::Department>();
        all_are_read::<crate::hazard::HazardState>();
        all_are_read::<crate::snap::Category>();
        all_are_read::<crate::snap::Satisfaction>();
        all_are_read::<crate::document::DocumentKind>();
        all_are_read::<crate::rounds::RoundKind>();
        all_are_read::<crate::rules::Profile>();
        all_are_read::<crate::rules::Grade>();
        all_are_read::<crate::rules::Measure>();
        all_are_read::<crate::ledger::RowKind>();
        all_are_read::<crate::visit::RevisitOutcome>();
        all_are_read::<crate::sync::More>();
    }
}
