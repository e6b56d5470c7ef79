//! What entries about citizens' reports change: the card of the report and, when it is turned into one, a hazard.

use serde::{Deserialize, Serialize};

use super::fold::{View, inconsistent};
use super::rounds::{hazard_of, must_be_new};
use super::row::{HazardCard, Origin};
use crate::access::{Account, Action, Permission, Sight, SnapPart, Subject, may_do, may_see};
use crate::clock::Instant;
use crate::facility::Facility;
use crate::hazard::Mark;
use crate::ids::{FacilityId, SnapId};
use crate::log::{Entry, SnapBody};
use crate::problem::Problem;
use crate::region::DivisionCode;
use crate::reward::RewardTermsTable;
use crate::rounds::{Finding, Mending};
use crate::snap::{Command, Doing, Life, MayPublish, NewHazard, Report, Standing, Step, TermsTable};

/// A report with what became of it. It is no row: phones do not pull it, and whoever may see it asks the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SnapCard {
    /// As it was made.
    pub report: Report,
    /// The institution's name at that time; empty when none is named.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub facility_name: String,
    /// When the ledger had it.
    pub received: Instant,
    /// What it has been through.
    pub life: Life,
}

impl SnapCard {
    /// Its id.
    pub const fn id(&self) -> SnapId {
        self.report.snap
    }

    /// Whose office has it.
    pub const fn division(&self) -> &DivisionCode {
        &self.report.division
    }

    /// Whether `account` may see it.
    pub fn seen_by(&self, account: &Account) -> Sight {
        may_see(account, &Subject::Snap { division: self.division() })
    }

    /// Whether `account` may listen to what was recorded for it 听语音、看视频: whoever triages it. A reward officer, who may learn
    /// the reporter's name, learns no voice to it.
    pub fn heard_by(&self, account: &Account) -> Sight {
        let triages = Action::StepOnSnap { part: SnapPart::Triage, division: self.division() };
        match (self.seen_by(account), may_do(account, &triages)) {
            (Sight::Visible, Permission::Granted) => Sight::Visible,
            _ => Sight::Hidden,
        }
    }
}

/// What a fold of reports may look at.
pub struct SnapView<'a, V> {
    /// What every fold may.
    pub rows: &'a V,
    /// A report's card.
    pub snap: &'a dyn Fn(SnapId) -> Option<SnapCard>,
}

/// What an entry about a report changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapChange {
    /// The card after it.
    pub card: SnapCard,
    /// The hazard that it makes.
    pub hazard: Option<Box<HazardCard>>,
}

/// Folds one complete entry about a report, as [`fold`](super::fold) does all others.
///
/// # Errors
/// The reason for which it has no effect.
pub fn fold_snap(
    entry: &Entry,
    body: &SnapBody,
    actor: &Account,
    view: &SnapView<'_, impl View>,
    received: Instant,
) -> Result<SnapChange, Problem> {
    match body {
        SnapBody::Reported(report) => fold_report(entry, report, actor, view, received),
        SnapBody::Stepped(step) => fold_step(entry, step, actor, view, received),
    }
}

fn fold_report(
    entry: &Entry,
    report: &Report,
    actor: &Account,
    view: &SnapView<'_, impl View>,
    received: Instant,
) -> Result<SnapChange, Problem> {
    let part = SnapPart::Reporter;
    super::fold::permit(actor, &Action::StepOnSnap { part, division: &report.division })?;
    report.check().map_err(|fault| inconsistent(&fault.to_string()))?;
    let terms = TermsTable::shipped().of(&report.division, received.date());
    if !report.recordings().all(|(kind, _)| terms.video.takes(kind)) {
        return Err(inconsistent("no videos are taken there"));
    }
    if (view.snap)(report.snap).is_some() {
        return Err(inconsistent("there is a report with that id"));
    }
    let facility = report.place.facility.map(|id| known_facility(id, view)).transpose()?;
    if facility.as_ref().is_some_and(|it| it.division != report.division) {
        return Err(inconsistent("the report is another office's"));
    }
    let card = SnapCard {
        report: report.clone(),
        facility_name: facility.map(|it| it.name).unwrap_or_default(),
        received,
        life: Life::received(Mark::nameless(entry.id, entry.time.at, received)),
    };
    Ok(SnapChange { card, hazard: None })
}

/// Who may not see a report learns no more of it than that there is none such. Its reporter sees it by its secret, for which
/// the server answers that signs the reporter's steps.
fn fold_step(
    entry: &Entry,
    step: &Step,
    actor: &Account,
    view: &SnapView<'_, impl View>,
    received: Instant,
) -> Result<SnapChange, Problem> {
    let unknown = || inconsistent("there is no such report");
    let card = (view.snap)(step.snap).ok_or_else(unknown)?;
    if step.command.part() != SnapPart::Reporter && card.seen_by(actor) == Sight::Hidden {
        return Err(unknown());
    }
    let other = match &step.command {
        Command::Duplicate { of } => (view.snap)(*of).filter(|it| it.seen_by(actor) == Sight::Visible),
        _ => None,
    };
    let hazard = card.life.hazard.and_then(|id| view.rows.hazard(id));
    let of_hazard = match &step.command {
        Command::TurnIntoHazard { hazard } => Some(hazard.facility),
        _ => hazard.as_ref().map(|hazard| hazard.facility),
    };
    let facilities = card.report.place.facility.into_iter().chain(of_hazard);
    let kinds = facilities.map(|id| view.rows.facility(id).map(|facility| facility.facility_type));
    let terms = TermsTable::shipped().of(card.division(), received.date());
    let rewards = RewardTermsTable::shipped().of(card.division(), received.date());
    let grade = hazard.as_ref().map(|hazard| hazard.grade);
    let doing = Doing {
        actor,
        entry: entry.id,
        at: entry.time.at,
        received,
        snap: card.id(),
        division: card.division(),
        other: other.map(|it| it.life.stage.state()),
        hazard: hazard.map(|hazard| hazard.state),
        may_publish: MayPublish::of(kinds, terms.publishing),
        photos: &card.report.photos,
        most_reward: rewards.most(grade),
    };
    let next = Standing { life: card.life.clone() }.take(&step.command, &doing)?;
    let hazard = match &step.command {
        Command::TurnIntoHazard { hazard } => Some(Box::new(new_hazard(hazard, &doing, view)?)),
        _ => None,
    };
    Ok(SnapChange { card: SnapCard { life: next.life, ..card }, hazard })
}

fn known_facility(id: FacilityId, view: &SnapView<'_, impl View>) -> Result<Facility, Problem> {
    view.rows.facility(id).ok_or_else(|| inconsistent("there is no such institution"))
}

/// It bears the office's words and no photo: what the reporter wrote and showed could tell the institution who it was.
fn new_hazard(
    hazard: &NewHazard,
    doing: &Doing<'_>,
    view: &SnapView<'_, impl View>,
) -> Result<HazardCard, Problem> {
    must_be_new(hazard.id, view.rows)?;
    let facility = known_facility(hazard.facility, view)?;
    let sees = Subject::Facility { division: &facility.division, facility: facility.id };
    if may_see(doing.actor, &sees) == Sight::Hidden {
        return Err(inconsistent("there is no such institution"));
    }
    let finding = Finding {
        title: hazard.title.clone(),
        place: hazard.place.clone(),
        description: String::new(),
        grade: hazard.grade,
        mending: Mending::By(hazard.due),
        photos: Vec::new(),
    };
    let made = hazard_of(hazard.id, &finding, &doing.mark(), &facility);
    Ok(HazardCard { origin: Origin::Snap, ..made })
}
