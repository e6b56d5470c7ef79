//! Accounts: passwords, sign-in attempts, sessions.
//!
//! ```text
//! login, password ──Attempts──► allowed? ──Passwords──► right? ──► session token in a cookie, its hash in the store
//! cookie ──hash──► session ──► account, if it is active
//! ```

pub mod administration;
mod attempts;
mod made_password;
mod new_account;
mod pace;
mod password;
mod session;

pub(crate) use attempts::counted;
pub use attempts::{Admission, Attempts};
pub use made_password::make_up_password;
pub use new_account::{AccountRefused, NewAccount, add_account};
pub use pace::Pace;
pub(crate) use password::NO_PASSWORD;
pub use password::{PasswordError, Passwords, RightOrWrong};
pub use session::{SESSION_SPAN, SessionToken, needs_extending};
