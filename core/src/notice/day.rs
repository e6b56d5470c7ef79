//! Notices of the passing of days: due soon, due today, overdue, and upward when nobody reacts 逾期升级.

use super::message::{About, Addressed, DueStanding, Notice, Sender, What, Whom, office, units};
use crate::calendar::Calendar;
use crate::clock::Date;
use crate::hazard::{Deadline, DeadlineOf, Stage, Standing, StepKind, Terms};
use crate::ledger::{HazardCard, PlanCard, PlanState, SnapCard};
use crate::plan::{NoticeMode, Plan};
use crate::problem::Problem;
use crate::snap::TermsTable;

/// When a reminder goes out, and when it goes up. No law gives these numbers: they are this project's proposals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReminderTerms {
    /// Days before the last one. Proposal.
    pub soon_days: u16,
    /// Work days after the last day without a reaction, until the office above learns of it. Proposal.
    pub raise_work_days: u16,
    /// The same, until the office above that one does. Proposal.
    pub raise_again_work_days: u16,
}

impl Default for ReminderTerms {
    fn default() -> Self {
        Self { soon_days: 3, raise_work_days: 3, raise_again_work_days: 10 }
    }
}

/// The notices that a hazard's deadlines ask for on a day. They depend on how it stands and not on the day on which that
/// was last asked: a server that was off for a week tells what is overdue, once.
///
/// # Errors
/// [`Problem::Damaged`] when its life cannot be read.
pub fn of_day(
    card: &HazardCard,
    today: Date,
    calendar: &Calendar,
    terms: &Terms,
    reminders: &ReminderTerms,
) -> Result<Vec<Addressed>, Problem> {
    let standing = card.standing()?;
    let mut notices = Vec::new();
    for deadline in standing.deadlines(card.found, calendar, terms) {
        let Deadline { by, of } = deadline;
        let (since, told) = since(of, by, &standing);
        for how in standings(by, told, today, calendar, reminders) {
            let what = What::Due { of, by, standing: how };
            // A date that was put off is another cause; so is the same date after the hazard went round.
            let cause = format!("{by} {since}");
            let notice = Notice::new(what, About::hazard(card), &card.division, &cause);
            let sender = Sender::Office(card.division.clone());
            notices.push(Addressed { notice, to: audience(of, how, card, &standing), but: None, sender });
        }
    }
    Ok(notices)
}

/// The notices that the last day of an open plan asks for on a day, like those of a hazard's deadlines.
pub fn of_day_of_plan(
    card: &PlanCard,
    today: Date,
    calendar: &Calendar,
    reminders: &ReminderTerms,
) -> Vec<Addressed> {
    let plan = &card.plan;
    if card.state != PlanState::Open {
        return Vec::new();
    }
    let addressed = |how: DueStanding| {
        let what = What::PlanDue { by: plan.until, standing: how };
        // The days of a plan never change: its id and its last day are cause enough.
        let notice = Notice::new(what, About::plan(plan), &card.division, &plan.until.to_string());
        Addressed { notice, to: visitors(how, plan), but: None, sender: Sender::Office(plan.office.clone()) }
    };
    standings(plan.until, Some(plan.id.made().date()), today, calendar, reminders)
        .into_iter()
        .map(addressed)
        .collect()
}

/// The notices that a citizen's report asks for on a day: it waits to be accepted, or to be answered. Like those of a
/// hazard's deadlines; they go to the office that has it, and upward when it does nothing.
pub fn of_day_of_snap(
    card: &SnapCard,
    today: Date,
    calendar: &Calendar,
    table: &TermsTable,
    reminders: &ReminderTerms,
) -> Vec<Addressed> {
    let Some(deadline) = card.life.deadline(card.division(), table, calendar) else { return Vec::new() };
    let (by, of, began) = (deadline.by, deadline.of, card.life.since());
    // A clock that began anew, since the reporter says that it is not really fixed, is another cause.
    let cause = format!("{by} {}", began.unix_millis());
    let addressed = |standing: DueStanding| {
        let what = What::SnapDue { of, by, standing };
        let above = match standing {
            DueStanding::Soon | DueStanding::Today | DueStanding::Overdue => 0,
            DueStanding::Raised => 1,
            DueStanding::RaisedAgain => 2,
        };
        Addressed {
            notice: Notice::new(what, About::snap(card), card.division(), &cause),
            to: vec![office(card.division(), above)],
            but: None,
            sender: Sender::Office(card.division().clone()),
        }
    };
    standings(by, Some(began.date()), today, calendar, reminders).into_iter().map(addressed).collect()
}

/// Who has to learn that a visit is due: its inspectors; from the day after on, the office that planned it as well; then
/// the offices above that one. A secret plan 四不两直 goes no further than the office that made it, and none ever to the
/// visited side: nobody there owes anything.
fn visitors(how: DueStanding, plan: &Plan) -> Vec<Whom> {
    let inspectors = || plan.inspectors.iter().copied().map(Whom::Account);
    let above = |offices: u8| match plan.notice {
        NoticeMode::Secret => office(&plan.office, 0),
        NoticeMode::Advance | NoticeMode::OnArrival => office(&plan.office, offices),
    };
    match how {
        DueStanding::Soon | DueStanding::Today => inspectors().collect(),
        DueStanding::Overdue => inspectors().chain([above(0)]).collect(),
        DueStanding::Raised => vec![above(1)],
        DueStanding::RaisedAgain => vec![above(2)],
    }
}

/// How it stands with a last day, all that is true. `told` is the day on which it was set.
fn standings(
    by: Date,
    told: Option<Date>,
    today: Date,
    calendar: &Calendar,
    reminders: &ReminderTerms,
) -> Vec<DueStanding> {
    if today == by {
        return vec![DueStanding::Today];
    }
    if today < by {
        // Nobody is reminded of what was just told.
        let soon = by <= today.plus_days(reminders.soon_days);
        let was_far = told.is_none_or(|told| told.plus_days(reminders.soon_days) < by);
        return if soon && was_far { vec![DueStanding::Soon] } else { Vec::new() };
    }
    // Counted from the last day on: that may lie centuries back, when a device said so.
    let late = |days: u16| calendar.plus_work_days(by, days) <= today;
    let mut all = vec![DueStanding::Overdue];
    if late(reminders.raise_work_days) {
        all.push(DueStanding::Raised);
    }
    if late(reminders.raise_again_work_days) {
        all.push(DueStanding::RaisedAgain);
    }
    all
}

/// The entry and the day by which a deadline came to be: what set its date, or the last step before it.
fn since(of: DeadlineOf, by: Date, standing: &Standing) -> (String, Option<Date>) {
    let story = &standing.life.story;
    let sets = |kind: StepKind| match of {
        DeadlineOf::Rectify => matches!(
            kind,
            StepKind::Assigned | StepKind::ExtensionGranted | StepKind::Found | StepKind::Reopened
        ),
        DeadlineOf::Assign => kind.asks_to_assign(),
        DeadlineOf::SignFor => matches!(kind, StepKind::Assigned),
        DeadlineOf::Recheck => matches!(kind, StepKind::Submitted | StepKind::TransferHandled),
        DeadlineOf::Close => matches!(kind, StepKind::RecheckedFixed | StepKind::SeenFixed),
        DeadlineOf::AnswerExtension => matches!(kind, StepKind::ExtensionAsked),
        DeadlineOf::CarryOut => matches!(kind, StepKind::MeasureOrdered),
        DeadlineOf::AnswerLift => matches!(kind, StepKind::LiftAsked),
        DeadlineOf::Receive => matches!(kind, StepKind::Transferred),
    };
    let line = story.iter().rev().find(|line| sets(line.kind)).or_else(|| story.first());
    match line {
        Some(line) => (line.mark.entry.to_string(), Some(line.mark.received.date())),
        None => (by.to_string(), None),
    }
}

/// Who has to learn of it: who owes it; from the day after on, the supervisors as well; then the offices above.
fn audience(of: DeadlineOf, how: DueStanding, card: &HazardCard, standing: &Standing) -> Vec<Whom> {
    let supervisors = || office(&card.division, 0);
    match how {
        DueStanding::Raised => return vec![office(&card.division, 1)],
        DueStanding::RaisedAgain => return vec![office(&card.division, 2)],
        DueStanding::Soon | DueStanding::Today | DueStanding::Overdue => {}
    }
    let mut to = match of {
        DeadlineOf::SignFor | DeadlineOf::Rectify | DeadlineOf::CarryOut => units(card),
        DeadlineOf::Receive => match &standing.life.stage {
            Stage::Transferred { transfer } => vec![Whom::Department(transfer.to, card.division.clone())],
            _ => Vec::new(),
        },
        DeadlineOf::Assign
        | DeadlineOf::Recheck
        | DeadlineOf::Close
        | DeadlineOf::AnswerExtension
        | DeadlineOf::AnswerLift => vec![supervisors()],
    };
    if how == DueStanding::Overdue && !to.contains(&supervisors()) {
        to.push(supervisors());
    }
    to
}
