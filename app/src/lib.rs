//! The pages of Xun'an 巡安. Each shows what `xunan_core` says and turns touches into its commands.
//!
//! Two programs are built from this library: `field` for phones, `desk` for the office.

#![forbid(unsafe_code)]
#![expect(
    unreachable_pub,
    reason = "the props that `#[component]` makes are `pub`, also those of a private page"
)]

pub mod i18n;
pub mod browser;
pub mod store;
pub mod session;
pub mod sync;
pub mod ui;
pub mod copies;
pub mod shell;
pub mod today;
pub mod facility;
pub mod inspect;
pub mod work;
pub mod outbox;
pub mod document;
pub mod inbox;
pub mod settings;
pub mod verify;
pub mod desk;
