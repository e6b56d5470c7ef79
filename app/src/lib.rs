//! The pages of Xun'an 巡安. Each shows what `xunan_core` says and turns touches into its commands.
//!
//! Two programs are built from this library: `field` for phones, `desk` for the office.

#![forbid(unsafe_code)]

pub mod i18n;
pub mod browser;
pub mod store;
pub mod ui;
