//! Values that are written as one text and parsed from it: ids, instants, digests, quantities. Their `Deserialize`
//! is their `FromStr`, so that a value has one spelling everywhere.

use serde::Deserializer;
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
