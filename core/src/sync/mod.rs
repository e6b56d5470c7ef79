//! How a device and the server come to agree, without I/O: messages in, messages out.
//!
//! [`DeviceSession`] decides what to send next and takes the answers; [`ServerSession`] decides what to store
//! and what to answer. Whatever carries the messages may lose, repeat, reorder and delay them, and either side
//! may die at any point: the two converge, everything arrives exactly once, and nothing is ever missing.

mod message;
mod shadow;
mod accounts;
mod hazards;
mod snaps;
mod articles;
mod store;
mod server;
mod device;

pub use accounts::{
    AccountAnswer, AccountCard, AccountDetail, AccountList, AccountStanding, ChangePassword, HandOver,
    MadePassword, MakeAccount, PasswordAge, Unfinished,
};
pub use articles::{ArticleLine, ArticlesPage};
pub use device::{DeviceSession, Event, Step, Turn, Upload, Which};
pub use hazards::{
    HazardKey, HazardQuery, HazardScope, HazardSort, HazardsPage, NotAHazardKey, Only, StateCount,
    state_name, unit_name, unit_of,
};
pub use message::{
    AskTime, DailyRoot, DailyRoots, DeviceHead, EnrolDevice, Enrolled, KeptEntry, KeptPhoto, More, Outcome,
    Pulled, Push, PushAnswer, PushedEntry, ReusedPhoto, ServerKey, SignIn, SignedIn, TimeStamping, ToldTime,
};
pub use server::{Arrival, ServerSession, gap};
pub use shadow::{KeptShadow, KeptShadows, NotAShadowName, ShadowName, ShadowOutcome};
pub use snaps::{AlikeSnap, DueSnap, NotASnapKey, SnapDetail, SnapKey, SnapsPage};
pub use store::{ActorStanding, KnownDevice, Place, ServerStore, Stage, Standing, Stored};
