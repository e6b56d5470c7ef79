//! What can go wrong with the phone's storage, in four kinds that people can do something about.

use indexed_db_futures::error::{DomException, Error, OpenDbError, UnexpectedDataError};
use xunan_core::problem::Problem;

/// Why something could not be stored or read. Nothing was written in part: a transaction is all or nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreFailed {
    /// The disk, or the browser's share of it for us, is full.
    #[error("the storage is full")]
    QuotaFull,
    /// The browser closed the connection and it did not open again.
    #[error("the connection to the storage is closed")]
    Closed,
    /// A tab with an older version of the app holds the database and did not let go.
    #[error("another tab holds the storage")]
    Blocked,
    /// The browser offers no storage here: private mode, or it is switched off.
    #[error("the browser offers no storage")]
    Unavailable,
    /// There is less in the storage than there was: the browser has found it damaged and thrown it away, or has gone
    /// back to what it had some writes ago.
    #[error("the storage has lost something")]
    Lost,
    /// Anything else, by the browser's name for it.
    #[error("the storage failed: {name}")]
    Other {
        /// The name of the `DOMException`, or what was being read when its content made no sense.
        name: String,
    },
}

impl StoreFailed {
    pub(crate) fn other(name: impl Into<String>) -> Self {
        Self::Other { name: name.into() }
    }

    /// The kind that goes with whatever was thrown.
    pub(super) fn from_js(error: &wasm_bindgen::JsValue) -> Self {
        Self::from_name(&js_error_name(error))
    }

    /// The kind that goes with a `DOMException`'s name.
    pub(super) fn from_name(name: &str) -> Self {
        match name {
            "QuotaExceededError" => Self::QuotaFull,
            "InvalidStateError" | "TransactionInactiveError" => Self::Closed,
            "SecurityError" => Self::Unavailable,
            other => Self::other(other),
        }
    }
}

impl From<Error> for StoreFailed {
    fn from(error: Error) -> Self {
        match error {
            Error::DomException(exception) => Self::from_name(&web_sys::DomException::from(exception).name()),
            Error::MissingData(UnexpectedDataError::TransactionAborted) => Self::other("AbortError"),
            Error::Unknown(error) => Self::from_name(&js_error_name(&error.into())),
            other => Self::other(other.to_string()),
        }
    }
}

impl From<OpenDbError> for StoreFailed {
    fn from(error: OpenDbError) -> Self {
        match error {
            OpenDbError::UnsupportedEnvironment | OpenDbError::NullFactory => Self::Unavailable,
            OpenDbError::VersionZero => Self::other("VersionZero"),
            // Firefox refuses with this name in private windows.
            OpenDbError::Base(Error::DomException(DomException::InvalidStateError(_))) => Self::Unavailable,
            OpenDbError::Base(error) => error.into(),
        }
    }
}

fn js_error_name(value: &wasm_bindgen::JsValue) -> String {
    js_sys::Reflect::get(value, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
}

impl From<StoreFailed> for Problem {
    fn from(failed: StoreFailed) -> Self {
        match failed {
            StoreFailed::QuotaFull => Self::QuotaFull,
            StoreFailed::Closed => Self::StorageFailed { cause: "Closed".to_owned() },
            StoreFailed::Blocked => Self::StorageFailed { cause: "Blocked".to_owned() },
            StoreFailed::Lost => Self::StorageFailed { cause: "Lost".to_owned() },
            StoreFailed::Unavailable => Self::StorageFailed { cause: "Unavailable".to_owned() },
            StoreFailed::Other { name } => Self::StorageFailed { cause: name },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_that_browsers_give_become_kinds_that_people_can_act_on() {
        for (name, kind) in [
            ("QuotaExceededError", StoreFailed::QuotaFull),
            ("InvalidStateError", StoreFailed::Closed),
            ("SecurityError", StoreFailed::Unavailable),
            ("UnknownError", StoreFailed::other("UnknownError")),
        ] {
            assert_eq!(StoreFailed::from_name(name), kind, "{name}");
        }
    }
}
