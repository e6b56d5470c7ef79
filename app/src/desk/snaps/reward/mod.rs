//! The reward of a report at the desk: where it stands, who claims it, and what is filled in for its steps.

mod claimant;
mod fields;
mod part;

pub(super) use fields::RewardFields;
pub(super) use part::{RewardPart, reward_tag};
