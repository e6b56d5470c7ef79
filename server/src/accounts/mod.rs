//! Accounts: passwords, sign-in attempts, sessions.
//!
//! ```text
//! login, password ──Attempts──► allowed? ──Passwords──► right? ──► session token in a cookie, its hash in the store
//! cookie ──hash──► session ──► account, if it is active
//! ```

mod attempts;
mod new_account;
mod password;
mod session;

pub use attempts::{Admission, Attempts};
pub use new_account::{AccountRefused, NewAccount, add_account};
pub use password::{PasswordError, Passwords, RightOrWrong};
pub use session::{SESSION_SPAN, SessionToken, needs_extending};
