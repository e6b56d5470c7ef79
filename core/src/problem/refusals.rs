//! Why something that somebody did has no effect, as codes: what travels is the code, and an unknown one is borne.

macro_rules! refusals {
    ($(#[$enum_doc:meta])* $enum:ident; $($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        $(#[$enum_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $enum {
            $($(#[$doc])* $name,)*
            /// A reason that this version does not know.
            Other,
        }

        impl $enum {
            /// All that this version gives.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The name under which it travels.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                    Self::Other => "other",
                }
            }

            /// The refusal of a code.
            pub fn of_code(code: &str) -> Self {
                Self::ALL.iter().copied().find(|refusal| refusal.code() == code).unwrap_or(Self::Other)
            }
        }

        impl std::fmt::Display for $enum {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl serde::Serialize for $enum {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $enum {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($enum).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let codes: Vec<&str> = Self::ALL.iter().map(|refusal| refusal.code()).collect();
                schemars::json_schema!({ "type": "string", "description": "Why it has no effect", "examples": codes })
            }
        }
    };
}

pub(super) use refusals;
