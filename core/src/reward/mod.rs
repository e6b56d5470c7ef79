//! Rewards for citizens' reports 举报奖励: from an office's proposal to the receipt of the money.
//!
//! ```text
//!          propose          approve            claim            order payout        paid out
//!   (none) ───────► Proposed ─────► Approved ───────► Claimed ──────────────► Ordered ───────► Paid
//!      ▲               │               ▲                                        │
//!      │               │ not approve   └────────────── payout failed ───────────┘
//!      └─ NotApproved ◄┘
//! ```
//!
//! An office proposes, a reward officer 奖励专员 who is not the proposer approves, the reporter claims by the secret link, and
//! the officer pays in batches. Each step names the entry that it answers (`docs/decisions/0006`), and so nothing is claimed,
//! ordered or paid twice: the second one has no effect, whoever sends it and however often.
//!
//! Who claims stands nowhere here and nowhere in the ledger: the server keeps it sealed, and shows it to an officer who has
//! signed that the claim is opened ([`Reward::may_read_claimant`]), which everybody with the ledger can check
//! (`docs/decisions/0014`).
//!
//! A reward belongs to a report that was found true, and to the first of its matter: a report that is joined with another one
//! 并案 has none. How much may be given follows from the region's terms ([`RewardTermsTable`]).
//!
//! To add a step: a command in [`RewardCommand`], its guard in [`Reward::take`], its [`RewardStepKind`], its [`RewardOffer`]
//! when it is an office's, and its row in the table of `core/tests/snap/rewards.rs`.

mod amount;
mod batch;
mod terms;
mod claimant;
mod command;
mod life;
mod standing;
mod offer;

pub use amount::{NotAnAmount, Yuan};
pub use batch::{Batch, NotABatch};
pub use claimant::{ClaimFault, Claimant};
pub use command::RewardCommand;
pub use life::{Reward, RewardLine, RewardStage, RewardState, RewardStepKind};
pub use offer::RewardOffer;
pub use standing::{Merit, RewardDoing};
pub use terms::{RewardTerms, RewardTermsTable};
