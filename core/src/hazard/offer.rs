//! Which steps somebody can take now: what a page offers, and which of it is the next one.
//!
//! A page never works this out for itself. Each step is tried on the hazard as it stands, filled in as well as it could be;
//! what its guard lets through is offered. So an offer can still be refused for what somebody writes into it, and never
//! for anything that was known before.

use super::command::{Answer, Command, RecheckOutcome, RecheckWay, TransferOutcome};
use super::life::{Assignment, ListingLevel, Stage};
use super::measure::MeasureState;
use super::standing::{Doing, Standing};
use super::state::HazardState;
use super::treatment::TreatmentPlan;
use crate::access::Role;
use crate::clock::Instant;
use crate::department::Department;
use crate::ids::{Entropy, EntryId, HazardId};
use crate::problem::{Problem, StepRefusal};
use crate::rules::Measure;
use crate::unit::{Unit, UnitKind};
use crate::visit::Due;

/// A step that can be taken, with what it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// 交办、改派
    Assign,
    /// 签收
    SignFor {
        /// The assignment.
        assignment: EntryId,
    },
    /// 退回交办
    Decline {
        /// The assignment.
        assignment: EntryId,
    },
    /// 治理方案
    Plan,
    /// 提交整改
    Submit,
    /// 退回整改
    SendBack {
        /// The submission.
        submission: EntryId,
    },
    /// 复查
    Recheck {
        /// The submission; `None` when nothing was submitted.
        submission: Option<EntryId>,
    },
    /// 销号
    Close {
        /// The re-check.
        recheck: EntryId,
    },
    /// 申请延期
    AskExtension,
    /// 答复延期
    AnswerExtension {
        /// The wish.
        ask: EntryId,
    },
    /// 升级为重大
    Escalate,
    /// 挂牌督办
    List,
    /// 摘牌
    Delist {
        /// The listing.
        listing: EntryId,
    },
    /// 责令立即措施
    OrderMeasure,
    /// 立即措施已落实
    CarryOut {
        /// Which.
        measure: Measure,
    },
    /// 申请解除措施
    AskLift {
        /// Which.
        measure: Measure,
    },
    /// 答复解除措施
    AnswerLift {
        /// Which.
        measure: Measure,
        /// The wish.
        ask: EntryId,
    },
    /// 措施已解除
    Lift {
        /// Which.
        measure: Measure,
    },
    /// 移送
    Transfer,
    /// 移送签收
    ReceiveTransfer {
        /// The transfer.
        transfer: EntryId,
    },
    /// 移送退回、办结
    ReturnTransfer {
        /// The transfer.
        transfer: EntryId,
    },
    /// 不成立
    NotEstablished,
    /// 重复
    Duplicate,
    /// 重新打开
    Reopen,
    /// 批注
    Remark,
}

/// What somebody can do with a hazard now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// The step that this person owes: the one filled button.
    pub next: Option<Offer>,
    /// The step that this person would owe, and why it cannot be taken yet.
    pub held: Option<(Offer, StepRefusal)>,
    /// All others, in the order in which they are offered.
    pub others: Vec<Offer>,
}

impl Offers {
    /// All of them, the next one first.
    pub fn all(&self) -> impl Iterator<Item = Offer> + '_ {
        self.next.into_iter().chain(self.others.iter().copied())
    }
}

impl Standing {
    /// What the actor of `doing` can do now. The entry and the other hazard that it names are not looked at.
    pub fn offers(&self, doing: &Doing<'_>) -> Offers {
        let mut offers = Offers::default();
        for offer in self.candidates() {
            match self.tried(offer, doing) {
                Ok(()) if offers.next.is_none() && self.is_owed(offer, &doing.actor.role) => {
                    offers.next = Some(offer);
                }
                Ok(()) => offers.others.push(offer),
                Err(Problem::StepRefused { why })
                    if offers.held.is_none() && self.is_owed(offer, &doing.actor.role) =>
                {
                    offers.held = Some((offer, why));
                }
                Err(_) => {}
            }
        }
        if offers.next.is_some() {
            offers.held = None;
        }
        offers
    }

    /// Every step that the stage knows, the most urgent first.
    fn candidates(&self) -> Vec<Offer> {
        let mut offers = Vec::new();
        if let Some(wish) = &self.life.extension {
            offers.push(Offer::AnswerExtension { ask: wish.mark.entry });
        }
        for order in &self.life.measures {
            let measure = order.measure;
            match &order.state {
                MeasureState::Ordered => {
                    offers.extend([Offer::CarryOut { measure }, Offer::AskLift { measure }]);
                }
                MeasureState::CarriedOut { .. } => {
                    offers.extend([Offer::AskLift { measure }, Offer::Lift { measure }]);
                }
                MeasureState::LiftAsked { mark } => {
                    offers.push(Offer::AnswerLift { measure, ask: mark.entry });
                }
                MeasureState::Consented { .. } => offers.push(Offer::Lift { measure }),
                MeasureState::Lifted { .. } => {}
            }
        }
        if let Some(listing) = &self.life.listing {
            offers.push(Offer::Delist { listing: listing.mark.entry });
        }
        match &self.life.stage {
            Stage::Found => offers.extend([Offer::Assign, Offer::Plan, Offer::Submit]),
            Stage::Assigned { mark } => {
                let assignment = mark.entry;
                offers.extend([Offer::SignFor { assignment }, Offer::Decline { assignment }]);
                offers.extend([Offer::Plan, Offer::Submit, Offer::Assign]);
            }
            Stage::Rectifying { .. } => offers.extend([Offer::Plan, Offer::Submit, Offer::Assign]),
            Stage::Submitted { submission } => {
                let submission = submission.mark.entry;
                offers.extend([Offer::Recheck { submission: Some(submission) }]);
                offers.push(Offer::SendBack { submission });
            }
            Stage::Rechecked { recheck, .. } => offers.push(Offer::Close { recheck: recheck.mark.entry }),
            Stage::Transferred { transfer } => {
                let transfer = transfer.mark.entry;
                offers.extend([Offer::ReceiveTransfer { transfer }, Offer::ReturnTransfer { transfer }]);
            }
            Stage::Closed { .. } | Stage::NotEstablished { .. } | Stage::Duplicate { .. } => {}
        }
        if matches!(self.life.stage, Stage::Found | Stage::Assigned { .. } | Stage::Rectifying { .. }) {
            offers.extend([Offer::Recheck { submission: None }, Offer::AskExtension, Offer::Transfer]);
        }
        offers.extend([Offer::OrderMeasure, Offer::Escalate, Offer::List, Offer::NotEstablished]);
        offers.extend([Offer::Duplicate, Offer::Reopen, Offer::Remark]);
        offers
    }

    /// Whether this role is the one that owes a step now. A supervisor acts in the place of a unit without an account; that
    /// can be done, and is not owed.
    fn is_owed(&self, offer: Offer, role: &Role) -> bool {
        let supervises = matches!(role, Role::Supervisor);
        let department = matches!(role, Role::Department { .. });
        let rectifies = department || matches!(role, Role::Institution { .. } | Role::Maintenance { .. });
        match offer {
            Offer::AnswerExtension { .. } | Offer::AnswerLift { .. } | Offer::Close { .. } => supervises,
            Offer::Delist { .. } => supervises && matches!(self.life.stage, Stage::Rechecked { .. }),
            Offer::Assign => supervises && self.life.stage == Stage::Found,
            Offer::Recheck { submission } => {
                submission.is_some() && (supervises || matches!(role, Role::Inspector { .. }))
            }
            Offer::ReceiveTransfer { .. } | Offer::ReturnTransfer { .. } => department,
            Offer::CarryOut { .. } | Offer::SignFor { .. } => rectifies,
            Offer::Plan => rectifies && self.is_major() && self.life.plan.is_none(),
            Offer::Submit => rectifies && matches!(self.life.stage, Stage::Rectifying { .. }),
            _ => false,
        }
    }

    /// Whether the guard lets a step through that is filled in well. Photos are not at hand before somebody takes them: a
    /// step that lacks nothing else can be taken.
    fn tried(&self, offer: Offer, doing: &Doing<'_>) -> Result<(), Problem> {
        let other = Some((doing.facility, HazardState::Found));
        let tried = self.take(&self.filled(offer, doing), &Doing { other, ..*doing });
        match tried {
            Ok(_) | Err(Problem::StepRefused { why: StepRefusal::AfterPhotosMissing }) => Ok(()),
            Err(problem) => Err(problem),
        }
    }

    /// A step with something in every place.
    fn filled(&self, offer: Offer, doing: &Doing<'_>) -> Command {
        let said = || "-".to_owned();
        match offer {
            Offer::Assign => Command::Assign {
                assignment: Assignment {
                    primary: Unit { kind: UnitKind::Department(Department::CivilAffairs), name: said() },
                    supporting: Vec::new(),
                    person: said(),
                    measure: said(),
                    due: doing.on(),
                },
            },
            Offer::SignFor { assignment } => Command::SignFor { assignment },
            Offer::Decline { assignment } => Command::Decline { assignment, reason: said() },
            Offer::Plan => Command::Plan {
                plan: TreatmentPlan {
                    goals: said(),
                    methods: said(),
                    funds: said(),
                    people: said(),
                    requirements: said(),
                    until: doing.on(),
                    emergency: said(),
                },
            },
            Offer::Submit => Command::Submit { note: said(), photos: Vec::new() },
            Offer::SendBack { submission } => Command::SendBack { submission, reason: said() },
            Offer::Recheck { submission } => Command::Recheck {
                submission,
                way: RecheckWay::OnSite,
                outcome: RecheckOutcome::NotFixed,
                note: said(),
                photos: Vec::new(),
                second: None,
            },
            Offer::Close { recheck } => Command::Close { recheck, note: said() },
            Offer::AskExtension => {
                let until = match self.due {
                    Due::By(due) => due.max(doing.on()).plus_days(1),
                    Due::OnTheSpot => doing.on().plus_days(1),
                };
                Command::AskExtension { until, reason: said() }
            }
            Offer::AnswerExtension { ask } => {
                Command::AnswerExtension { ask, answer: Answer::Denied, reason: said() }
            }
            Offer::Escalate => Command::Escalate { reason: said() },
            Offer::List => Command::List { level: ListingLevel::County, reason: said() },
            Offer::Delist { listing } => Command::Delist { listing, reason: said() },
            Offer::OrderMeasure => {
                let in_force = |it: &Measure| self.life.measures.iter().any(|order| order.measure == *it);
                let free = Measure::ALL.into_iter().find(|it| !in_force(it));
                Command::OrderMeasure { measure: free.unwrap_or(Measure::StopUse), reason: said() }
            }
            Offer::CarryOut { measure } => Command::CarryOut { measure, note: said(), photos: Vec::new() },
            Offer::AskLift { measure } => Command::AskLift { measure, reason: said() },
            Offer::AnswerLift { measure, ask } => {
                Command::AnswerLift { measure, ask, answer: Answer::Denied, reason: said() }
            }
            Offer::Lift { measure } => Command::Lift { measure },
            Offer::Transfer => Command::Transfer { to: Department::CivilAffairs, reason: said() },
            Offer::ReceiveTransfer { transfer } => Command::ReceiveTransfer { transfer, number: said() },
            Offer::ReturnTransfer { transfer } => Command::ReturnTransfer {
                transfer,
                outcome: TransferOutcome::NotCompetent,
                reply: said(),
                photos: Vec::new(),
            },
            Offer::NotEstablished => Command::NotEstablished { reason: said() },
            Offer::Duplicate => {
                let of = HazardId::from_parts(Instant::from_unix_millis(0), Entropy(0));
                Command::Duplicate { of }
            }
            Offer::Reopen => Command::Reopen { reason: said(), photos: Vec::new() },
            Offer::Remark => Command::Remark { text: said() },
        }
    }
}
