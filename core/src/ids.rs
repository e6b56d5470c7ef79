//! Names of things: one newtype per kind of thing, so that a plan's id never stands where a visit's belongs.
//!
//! Every id is a [ULID](https://github.com/ulid/spec): 48 bits of time, 80 bits of entropy, written as 26
//! characters. Ids are made by the device that creates the thing, offline; time and entropy are arguments.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ulid::Ulid;

use crate::clock::Instant;

/// 80 bits of randomness for one id; only the low 80 bits are used.
#[derive(Clone, Copy, Debug)]
pub struct Entropy(pub u128);

/// A text that is not an id: ids are 26 characters of Crockford's base 32.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id: 26 characters of 0-9 and A-Z without I, L, O, U are needed")]
pub struct NotAnId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Ulid);

        impl $name {
            /// Makes an id from the device's time and fresh entropy.
            pub fn from_parts(now: Instant, entropy: Entropy) -> Self {
                Self(Ulid::from_parts(now.unix_millis().max(0).unsigned_abs(), entropy.0))
            }

            /// When it was made, by the clock of the device that made it: as true as that clock.
            pub fn made(self) -> Instant {
                Instant::from_unix_millis(i64::try_from(self.0.timestamp_ms()).unwrap_or(i64::MAX))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut text = [0; ulid::ULID_LEN];
                f.write_str(self.0.array_to_str(&mut text))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let id = Ulid::from_string(text).map_err(|_| NotAnId)?;
                let id = Self(id);
                // Lower case and overflowing first digits name the same bits: only one spelling is an id.
                if id.to_string() == text { Ok(id) } else { Err(NotAnId) }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut text = [0; ulid::ULID_LEN];
                serializer.serialize_str(self.0.array_to_str(&mut text))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::spelling::parsed_from_str(deserializer)
            }
        }
    };
}

id! {
    /// A person's account 账号.
    AccountId
}
id! {
    /// One browser profile that holds a signing key 设备.
    DeviceId
}
id! {
    /// One entry of a device's log.
    EntryId
}
id! {
    /// A visited institution 机构.
    FacilityId
}
id! {
    /// A planned visit 检查计划.
    PlanId
}
id! {
    /// One visit 检查, from draft to record.
    VisitId
}
id! {
    /// One hazard 隐患 through its whole life.
    HazardId
}
id! {
    /// One round of an institution's own 自查、巡查.
    RoundId
}
id! {
    /// A certificate, licence or insurance in an institution's register 证书、保险.
    CertificateId
}
id! {
    /// One photo in a record. Two photos with the same bytes are two photos.
    PhotoId
}

id! {
    /// One document 文书 that an office issues.
    DocumentId
}

id! {
    /// One report of a citizen 随手拍.
    SnapId
}

id! {
    /// One article of safety knowledge 安全知识文章.
    ArticleId
}

id! {
    /// One attempt at a quiz that is on record 培训记录.
    TrainingId
}

id! {
    /// One life of a page, from loading to its end.
    LifeId
}

impl PhotoId {
    /// An id that sorts behind `last`, whatever the clock says: the ids of a draft's photos keep the order in which
    /// they were taken also when somebody sets the clock back.
    pub fn after(last: Option<Self>, now: Instant, entropy: Entropy) -> Self {
        let behind = last.map_or(0, |last| last.0.timestamp_ms() + 1);
        Self(Ulid::from_parts(now.unix_millis().max(0).unsigned_abs().max(behind), entropy.0))
    }

    /// The id under which this photo's untouched original is kept and sent, where it is: the same on every device.
    pub fn of_original(self) -> Self {
        Self(derived(self.0, &[self.to_string().as_bytes(), b"/original"]))
    }
}

/// An id of the same time, whose entropy comes from `parts`: the same on every device and every run.
fn derived(from: Ulid, parts: &[&[u8]]) -> Ulid {
    let digest = crate::digest::Digest::of_parts(parts);
    let mut entropy = [0_u8; 16];
    entropy[6..].copy_from_slice(&digest.bytes()[..10]);
    Ulid::from_parts(from.timestamp_ms(), u128::from_be_bytes(entropy))
}

impl HazardId {
    /// The id of the hazard that a finding of a round makes, counted from 0: the same on every device and every run.
    pub fn of_finding(round: RoundId, number: usize) -> Self {
        Self(derived(round.0, &[round.to_string().as_bytes(), b"/", number.to_string().as_bytes()]))
    }

    /// The id of the hazard that a failed item of a visit makes: the same on every device and every run,
    /// since it comes from the visit's id and the item's name.
    pub fn of_item(visit: VisitId, item: &str) -> Self {
        Self(derived(visit.0, &[visit.to_string().as_bytes(), b"/", item.as_bytes()]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_print_and_parse() {
        let id = VisitId::from_parts(Instant::from_unix_millis(1_700_000_000_000), Entropy(42));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(serde_json::from_str::<VisitId>(&serde_json::to_string(&id).unwrap()).unwrap(), id);
    }

    #[test]
    fn other_spellings_of_the_same_bits_are_refused() {
        let text =
            VisitId::from_parts(Instant::from_unix_millis(1_700_000_000_000), Entropy(u128::MAX)).to_string();
        for bad in
            [text.to_lowercase(), text[1..].to_owned(), format!("{text}0"), "8".repeat(26), String::new()]
        {
            assert_eq!(bad.parse::<VisitId>(), Err(NotAnId), "{bad}");
        }
    }

    #[test]
    fn photo_ids_keep_their_order_when_the_clock_is_set_back() {
        let at = Instant::from_unix_millis;
        let first = PhotoId::after(None, at(1_700_000_000_000), Entropy(u128::MAX));
        let second = PhotoId::after(Some(first), at(1_600_000_000_000), Entropy(0));
        let third = PhotoId::after(Some(second), at(1_800_000_000_000), Entropy(0));
        assert!(first < second && second < third);
    }

    #[test]
    fn the_hazard_of_an_item_is_the_same_every_time_and_differs_between_items_and_visits() {
        let visit = VisitId::from_parts(Instant::from_unix_millis(5), Entropy(7));
        let other = VisitId::from_parts(Instant::from_unix_millis(5), Entropy(8));
        assert_eq!(HazardId::of_item(visit, "a"), HazardId::of_item(visit, "a"));
        assert_ne!(HazardId::of_item(visit, "a"), HazardId::of_item(visit, "b"));
        assert_ne!(HazardId::of_item(visit, "a"), HazardId::of_item(other, "a"));
    }
}
