//! The demo county.

use crate::parts::Parts;

/// Why the demo county cannot be loaded.
#[derive(Debug, thiserror::Error)]
#[error("demo")]
pub struct DemoError;

/// Loads.
///
/// # Errors
/// [`DemoError`].
pub async fn load(_parts: &Parts) -> Result<(), DemoError> {
    Ok(())
}

/// Logins.
pub fn logins() -> String {
    String::new()
}
