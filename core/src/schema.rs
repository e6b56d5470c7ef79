//! JSON Schemas of the values that are written as text, for the server's interface description. Everything else
//! derives its schema from the same attributes from which serde derives its shape.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::clock::{Date, Instant, Span};
use crate::digest::Digest;
use crate::evidence::{ClaimedTime, Likeness};
use crate::facility::CreditCode;
use crate::ids::{
    AccountId, ArticleId, CertificateId, DeviceId, DocumentId, EntryId, FacilityId, HazardId, LifeId,
    PhotoId, PlanId, RoundId, SnapId, VisitId,
};
use crate::log::Nonce;
use crate::region::DivisionCode;
use crate::rules::{Edition, ItemId, PackId, SectionId};

/// A ULID in its one spelling.
const ID: &str = "^[0-7][0-9A-HJKMNP-TV-Z]{25}$";
/// A name in a pack.
const NAME: &str = "^[A-Za-z0-9._-]{1,64}$";

macro_rules! text {
    ($($name:ident: $pattern:expr, $description:literal;)*) => {$(
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern, "description": $description })
            }
        }
    )*};
}

text! {
    AccountId: ID, "A person's account: a ULID";
    DeviceId: ID, "A browser profile that holds a signing key: a ULID";
    EntryId: ID, "An entry of a device's log: a ULID";
    FacilityId: ID, "An institution: a ULID";
    HazardId: ID, "A hazard: a ULID";
    LifeId: ID, "One life of a page: a ULID";
    PhotoId: ID, "A photo in a record: a ULID";
    CertificateId: ID, "A certificate in an institution's register: a ULID";
    RoundId: ID, "A round of an institution's own: a ULID";
    PlanId: ID, "A planned visit: a ULID";
    DocumentId: ID, "A document that an office issues: a ULID";
    VisitId: ID, "A visit: a ULID";
    SnapId: ID, "A citizen's report: a ULID";
    ArticleId: ID, "An article of safety knowledge: a ULID";
    ClaimedTime: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}([+-]\\d{2}:\\d{2})?$", "A time as a file claims it";
    Digest: "^sha256:[0-9a-f]{64}$", "A SHA-256";
    Instant: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$", "A point in time (RFC 3339), UTC, to the millisecond";
    Date: "^\\d{4}-\\d{2}-\\d{2}$", "A civil date in China";
    DivisionCode: "^(\\d{2}|\\d{4}|\\d{6}|\\d{9}|\\d{12})?$", "An administrative division (GB/T 2260); empty for the country";
    Likeness: "^dhash128:[0-9a-f]{32}$", "What a picture looks like from afar";
    CreditCode: "^[0-9A-HJ-NP-RTUW-Y]{18}$", "A unified social credit code (GB 32100-2015)";
    Nonce: "^[A-Za-z0-9_-]{21}[AQgw]$", "16 random bytes, base64url without padding";
    PackId: NAME, "A rule pack over all its editions";
    Edition: NAME, "One edition of a rule pack";
    ItemId: NAME, "An item of a checklist";
    SectionId: NAME, "A section of a checklist";
}

impl JsonSchema for Span {
    fn schema_name() -> Cow<'static, str> {
        "Span".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "description": "A length of time in milliseconds" })
    }
}
