//! What the journeys stand on: the real server as a process, a network that can be taken away, a real browser
//! that can be killed, and one page object per screen.
//!
//! Nothing here imitates a part of the product. [`network`] stands between browser and server and does to the
//! traffic what bad networks do; [`browser`] drives Chromium by WebDriver.

#![forbid(unsafe_code)]

pub mod chance;
pub mod city;
pub mod server;
pub mod network;
pub mod http;
pub mod copies;
pub mod demo;
pub mod jpeg;
pub mod log_watcher;
pub mod long_checklist;
pub mod phone;
pub mod filled_visit;
pub mod load;
pub mod snap_form;
pub mod crowd;
pub mod server_kill;
pub mod browser;
pub mod accessibility;
pub mod sights;
pub mod shell;
#[cfg(target_os = "linux")]
pub mod power_cut;
pub mod browser_kill;
pub mod page_clock;
pub mod pages;
pub mod scene;
pub mod device;
pub mod household;
pub mod photo_lab;
pub mod storage_damage;
