//! What became of the hazards of the earlier round: one is closed, others are with the firm, with the fire brigade, or
//! listed, so that each list of the desk has something in it.

use xunan_core::clock::Instant;
use xunan_core::department::Department;
use xunan_core::evidence::PhotoManifest;
use xunan_core::facility::Party;
use xunan_core::hazard::{
    Answer, Assignment, Command, HazardState, ListingLevel, MeasureState, RecheckOutcome, RecheckWay, Stage,
    Standing, Step,
};
use xunan_core::ids::{EntryId, HazardId, PhotoId};
use xunan_core::log::Body;
use xunan_core::rules::Grade;
use xunan_core::sync::{HazardQuery, HazardScope};
use xunan_core::unit::{Unit, UnitKind};

use super::walk::Photo;
use super::{County, DemoError};
use crate::clock::id_entropy;
use crate::ledger_store::HazardsAsked;

const OFFICE: &str = "supervisor1";
const FIRE: &str = "fire1";

impl County<'_> {
    pub(super) fn take_steps(&mut self) -> Result<(), DemoError> {
        self.close_the_sockets()?;
        self.list_the_exit()?;
        self.give_work_to_the_firm()?;
        let store = self.hazard_of(12, "fire.flammable.store")?;
        let reason = "储存汽油，依法移送消防救援部门处理".to_owned();
        self.step(OFFICE, 9, store, Command::Transfer { to: Department::FireRescue, reason })
    }

    /// The whole loop, from assignment to closing.
    fn close_the_sockets(&mut self) -> Result<(), DemoError> {
        let sockets = self.hazard_of(1, "elec.wiring")?;
        let fire = unit(UnitKind::Department(Department::FireRescue), "云溪县消防救援大队（演示）");
        self.assign(32, sockets, fire, Vec::new(), "更换接线板，单独布线")?;
        let assignment = self.answered(sockets)?;
        self.step(FIRE, 31, sockets, Command::SignFor { assignment })?;
        let photos = vec![self.photo(Photo::CorridorClear, 26)?];
        self.step(FIRE, 26, sockets, Command::Submit { note: "已更换".to_owned(), photos })?;
        let submission = Some(self.answered(sockets)?);
        let recheck = Command::Recheck {
            submission,
            way: RecheckWay::ByPhotos,
            outcome: RecheckOutcome::Fixed,
            note: "照片清楚，已更换".to_owned(),
            photos: Vec::new(),
            second: None,
        };
        self.step("inspector1", 25, sockets, recheck)?;
        let recheck = self.answered(sockets)?;
        self.lift_measures(sockets)?;
        self.step(OFFICE, 24, sockets, Command::Close { recheck, note: String::new() })
    }

    /// What was ordered on the spot ends with the consent of the office.
    fn lift_measures(&mut self, hazard: HazardId) -> Result<(), DemoError> {
        for order in self.standing(hazard)?.life.measures {
            let (measure, reason) = (order.measure, "已整改".to_owned());
            self.step(FIRE, 25, hazard, Command::AskLift { measure, reason: reason.clone() })?;
            let asked = self.standing(hazard)?.life.measures.into_iter().find(|it| it.measure == measure);
            let Some(MeasureState::LiftAsked { mark }) = asked.map(|it| it.state) else { continue };
            let answer = Answer::Granted;
            self.step(OFFICE, 24, hazard, Command::AnswerLift { measure, ask: mark.entry, answer, reason })?;
        }
        Ok(())
    }

    fn list_the_exit(&mut self) -> Result<(), DemoError> {
        let exit = self.hazard_of(1, "fire.exit.locked")?;
        self.assign(
            32,
            exit,
            unit(UnitKind::Party(Party::Head), "养老院"),
            Vec::new(),
            "拆除铁链，保持畅通",
        )?;
        if self.tables.hazard(exit)?.is_some_and(|hazard| hazard.grade != Grade::Major) {
            let reason = "会商认定为重大事故隐患".to_owned();
            self.step(OFFICE, 11, exit, Command::Escalate { reason })?;
        }
        let reason = "超期未整改，县安委办挂牌督办".to_owned();
        self.step(OFFICE, 10, exit, Command::List { level: ListingLevel::County, reason })
    }

    fn give_work_to_the_firm(&mut self) -> Result<(), DemoError> {
        let sockets = self.hazard_of(3, "elec.wiring")?;
        let firm = unit(UnitKind::Party(Party::Maintenance), "云溪电气维保（演示）");
        self.assign(18, sockets, unit(UnitKind::Party(Party::Head), "儿童福利院"), vec![firm], "更换接线板")?;
        let assignment = self.answered(sockets)?;
        self.step("institution2", 17, sockets, Command::SignFor { assignment })
    }

    fn assign(
        &mut self,
        days_ago: i64,
        hazard: HazardId,
        primary: Unit,
        supporting: Vec<Unit>,
        measure: &str,
    ) -> Result<(), DemoError> {
        let assignment = Assignment {
            primary,
            supporting,
            person: "演示责任人".to_owned(),
            measure: measure.to_owned(),
            due: self.ago(days_ago - 10, 0).date(),
        };
        self.step(OFFICE, days_ago, hazard, Command::Assign { assignment })
    }

    fn step(
        &mut self,
        login: &str,
        days_ago: i64,
        hazard: HazardId,
        command: Command,
    ) -> Result<(), DemoError> {
        let at = self.ago(days_ago, 0);
        self.write(login, at, &Body::HazardStep(Box::new(Step { hazard, command })))
    }

    /// The hazard of an item of an institution.
    fn hazard_of(&self, facility: usize, item: &str) -> Result<HazardId, DemoError> {
        let place = self.facilities.get(facility).map(|facility| facility.id);
        let query = HazardQuery { facility: place, scope: HazardScope::All, ..HazardQuery::default() };
        let asked = HazardsAsked::of(self.account(OFFICE)?, &query, self.now.date());
        let found = self.tables.hazards(&asked)?.into_iter().find(|hazard| {
            hazard.state == HazardState::Found && hazard.item.as_ref().is_some_and(|own| own.as_str() == item)
        });
        found.map(|hazard| hazard.id).ok_or_else(|| DemoError::Refused(format!("no hazard of {item}")))
    }

    /// The entry that the next step of a hazard answers.
    fn answered(&self, hazard: HazardId) -> Result<EntryId, DemoError> {
        let mark = match self.standing(hazard)?.life.stage {
            Stage::Assigned { mark } | Stage::Rectifying { mark } => mark,
            Stage::Submitted { submission } => submission.mark,
            Stage::Rechecked { recheck, .. } => recheck.mark,
            _ => return Err(DemoError::Refused("nothing to answer".to_owned())),
        };
        Ok(mark.entry)
    }

    fn standing(&self, hazard: HazardId) -> Result<Standing, DemoError> {
        let card = self.tables.hazard(hazard)?;
        let card = card.ok_or_else(|| DemoError::Refused("no such hazard".to_owned()))?;
        card.standing().map_err(DemoError::Entry)
    }

    fn photo(&self, photo: Photo, days_ago: i64) -> Result<PhotoManifest, DemoError> {
        let taken: Instant = self.ago(days_ago, 1);
        Ok(PhotoManifest::untouched(
            PhotoId::from_parts(taken, id_entropy()?),
            photo.bytes(),
            (640, 480),
            taken,
        ))
    }
}

fn unit(kind: UnitKind, name: &str) -> Unit {
    Unit { kind, name: name.to_owned() }
}
