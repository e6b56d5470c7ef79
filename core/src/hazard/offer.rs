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
use crate::offers::Offers;
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
        /// The submission, or the re-check that is not trusted.
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

impl Standing {
    /// What the actor of `doing` can do now. The entry and the other hazard that it names are not looked at.
    pub fn offers(&self, doing: &Doing<'_>) -> Offers<Offer> {
        Offers::of(
            self.candidates(),
            |offer| self.is_owed(offer, &doing.actor.role),
            |offer| self.tried(offer, doing),
        )
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
            Stage::Rechecked { recheck, .. } => {
                let recheck = recheck.mark.entry;
                offers.extend([Offer::Close { recheck }, Offer::SendBack { submission: recheck }]);
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Account, Certificate};
    use crate::clock::Span;
    use crate::hazard::{Life, StepKind, StoryLine};
    use crate::ids::{AccountId, FacilityId};
    use crate::rules::Grade;

    fn at(hours: i64) -> Instant {
        Instant::from_unix_millis(1_790_000_000_000).plus(Span::minutes(60 * hours))
    }

    fn facility() -> FacilityId {
        FacilityId::from_parts(at(0), Entropy(1))
    }

    fn account(number: u128, role: Role) -> Account {
        Account {
            id: AccountId::from_parts(at(0), Entropy(number)),
            name: format!("演示{number}"),
            organisation: String::new(),
            region: "999901".parse().unwrap(),
            role,
        }
    }

    fn office() -> Account {
        account(1, Role::Supervisor)
    }

    fn home() -> Account {
        account(2, Role::Institution { facility: facility() })
    }

    fn fire() -> Account {
        account(3, Role::Department { department: Department::FireRescue })
    }

    fn inspector() -> Account {
        let certificate = Certificate { number: "1".to_owned(), valid_until: "2030-01-01".parse().unwrap() };
        account(4, Role::Inspector { certificate })
    }

    /// A hazard and the hours that have passed.
    struct Hazard {
        standing: Standing,
        hours: u8,
    }

    impl Hazard {
        fn found(grade: Grade) -> Self {
            let by = inspector();
            let mark = doing(&by, 0, |doing| doing.mark());
            let line = StoryLine {
                kind: StepKind::Found,
                mark,
                note: String::new(),
                date: None,
                measure: None,
                photos: Vec::new(),
            };
            Self { standing: Standing { grade, due: Due::OnTheSpot, life: Life::found(line) }, hours: 0 }
        }

        fn offers(&self, actor: &Account) -> Offers<Offer> {
            doing(actor, self.hours, |doing| self.standing.offers(doing))
        }

        /// Takes an offered step, filled in as `offers` itself does.
        fn take(mut self, actor: &Account, offer: Offer) -> Self {
            self.hours += 1;
            let command = doing(actor, self.hours, |doing| self.standing.filled(offer, doing));
            self.take_command(actor, &command)
        }

        fn take_command(mut self, actor: &Account, command: &Command) -> Self {
            self.standing = doing(actor, self.hours, |doing| self.standing.take(command, doing)).unwrap();
            self
        }

        /// The step that somebody owes is taken.
        fn take_next(self, actor: &Account) -> Self {
            let next = self.offers(actor).next.unwrap();
            self.take(actor, next)
        }

        fn next(&self) -> [Option<Offer>; 4] {
            [office(), home(), fire(), inspector()].map(|actor| self.offers(&actor).next)
        }
    }

    fn doing<T>(actor: &Account, hours: u8, then: impl FnOnce(&Doing<'_>) -> T) -> T {
        let now = at(hours.into());
        then(&Doing {
            actor,
            entry: EntryId::from_parts(now, Entropy(hours.into())),
            at: now,
            received: now,
            hazard: HazardId::from_parts(at(0), Entropy(9)),
            facility: facility(),
            division: &"999901001".parse().unwrap(),
            other: None,
        })
    }

    #[test]
    fn the_next_step_is_of_whoever_owes_it_and_of_nobody_else() {
        let entry = |hours: u8| EntryId::from_parts(at(hours.into()), Entropy(hours.into()));
        let hazard = Hazard::found(Grade::General);
        assert_eq!(hazard.next(), [Some(Offer::Assign), None, None, None]);
        let hazard = hazard.take_next(&office());
        assert_eq!(hazard.next(), [None, Some(Offer::SignFor { assignment: entry(1) }), None, None]);
        let hazard = hazard.take_next(&home());
        assert_eq!(hazard.next(), [None, Some(Offer::Submit), None, None]);
        // More time comes first: whoever waits for an answer waits for the supervisor.
        let asked = Hazard { standing: hazard.standing.clone(), ..hazard }.take(&home(), Offer::AskExtension);
        assert_eq!(asked.next()[0], Some(Offer::AnswerExtension { ask: entry(3) }));
        let hazard = asked.take_next(&office());
        assert_eq!(hazard.next(), [None, Some(Offer::Submit), None, None]);
        let transferred = hazard.take(&office(), Offer::Transfer);
        assert_eq!(transferred.next(), [None; 4], "it went to civil affairs, and none of these is of it");
        assert_eq!(transferred.offers(&home()).all().collect::<Vec<_>>(), [Offer::Remark]);
    }

    #[test]
    fn a_department_receives_and_returns_what_was_transferred_to_it() {
        let to_fire = Command::Transfer { to: Department::FireRescue, reason: "消防".to_owned() };
        let hazard = Hazard::found(Grade::General).take_command(&office(), &to_fire);
        let offers = hazard.offers(&fire());
        assert!(matches!(offers.next, Some(Offer::ReceiveTransfer { .. })), "{offers:?}");
        assert!(offers.others.iter().any(|offer| matches!(offer, Offer::ReturnTransfer { .. })));
        assert!(
            hazard.offers(&office()).all().any(|it| matches!(it, Offer::ReceiveTransfer { .. })),
            "on paper"
        );
        let hazard = hazard.take_next(&fire());
        assert!(matches!(hazard.offers(&fire()).next, Some(Offer::ReturnTransfer { .. })));
        let hazard = hazard.take_next(&fire());
        assert_eq!(hazard.next(), [Some(Offer::Assign), None, None, None]);
    }

    #[test]
    fn what_cannot_be_closed_yet_says_why() {
        let ordered = Command::OrderMeasure { measure: Measure::StopUse, reason: "危险".to_owned() };
        let hazard = Hazard::found(Grade::General).take_command(&office(), &ordered);
        assert_eq!(hazard.next()[1], Some(Offer::CarryOut { measure: Measure::StopUse }));
        let mut hazard = hazard;
        let mark = doing(&home(), 1, |doing| doing.mark());
        hazard.standing.life.stage = Stage::Rechecked {
            submission: None,
            recheck: crate::hazard::Recheck { mark, second: None, photos: Vec::new() },
        };
        let offers = hazard.offers(&office());
        assert_eq!(offers.next, None);
        assert!(
            matches!(offers.held, Some((Offer::Close { .. }, StepRefusal::MeasuresStillInForce))),
            "{offers:?}"
        );
        let hazard = hazard.take(&home(), Offer::AskLift { measure: Measure::StopUse });
        assert!(matches!(hazard.next()[0], Some(Offer::AnswerLift { .. })));
    }

    #[test]
    fn a_major_hazard_is_closed_by_another_person_and_submitted_with_a_plan() {
        let hazard = Hazard::found(Grade::Major).take_next(&office()).take_next(&home());
        assert_eq!(hazard.next()[1], Some(Offer::Plan));
        assert!(hazard.offers(&home()).all().all(|offer| offer != Offer::Submit));
        let mut hazard = hazard.take_next(&home());
        assert_eq!(hazard.next()[1], Some(Offer::Submit));
        let mark = doing(&office(), 4, |doing| doing.mark());
        hazard.standing.life.stage = Stage::Rechecked {
            submission: None,
            recheck: crate::hazard::Recheck { mark, second: None, photos: Vec::new() },
        };
        let held = hazard.offers(&office()).held;
        assert!(matches!(held, Some((Offer::Close { .. }, StepRefusal::SecondVerifierNeeded))), "{held:?}");
        let another = account(7, Role::Supervisor);
        assert!(matches!(hazard.offers(&another).next, Some(Offer::Close { .. })));
        // Where there is no second person, the way back is open.
        let back =
            hazard.offers(&office()).others.into_iter().find(|it| matches!(it, Offer::SendBack { .. }));
        let hazard = hazard.take(&office(), back.unwrap());
        assert_eq!(hazard.standing.life.stage.state(), HazardState::Rectifying);
    }

    #[test]
    fn what_is_off_the_open_list_is_opened_again_or_remarked_on() {
        let hazard = Hazard::found(Grade::General).take(&office(), Offer::NotEstablished);
        assert_eq!(hazard.offers(&office()).all().collect::<Vec<_>>(), [Offer::Reopen, Offer::Remark]);
        assert_eq!(hazard.offers(&home()).all().collect::<Vec<_>>(), [Offer::Remark]);
        assert_eq!(hazard.next(), [None; 4]);
    }
}
