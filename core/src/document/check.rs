//! What keeps a document from being issued: asked where it is made, and again by the ledger.

use super::issue::{Grounds, Inspection, Issue, Matter, OrderedLine, Recheck};
use crate::clock::Date;
use crate::problem::{DocumentRefusal, Problem};
use crate::visit::Due;

/// Characters of one text, at most: a page of A4.
const MAX_TEXT_CHARS: usize = 2000;
/// Lines of one document, at most: three times the longest checklist that is shipped.
const MAX_LINES: usize = 300;

type Checked = Result<(), DocumentRefusal>;

impl Issue {
    /// What keeps it from being issued, as far as it can be told from itself. Whether its officers are certified and its
    /// hazards the institution's, the ledger asks besides.
    ///
    /// No upper limit of days is asked for: the law sets none for an order (安全生产法 65: “责令立即排除或者限期排除”).
    ///
    /// # Errors
    /// [`Problem::DocumentRefused`].
    pub fn check(&self) -> Result<(), Problem> {
        self.refusal().map_err(|why| Problem::DocumentRefused { why })
    }

    fn refusal(&self) -> Checked {
        must(says(&self.office.name) && says(&self.office.mark), DocumentRefusal::OfficeMissing)?;
        must(says(&self.addressee.name), DocumentRefusal::AddresseeMissing)?;
        must(self.texts().all(|text| text.chars().count() <= MAX_TEXT_CHARS), DocumentRefusal::TooLong)?;
        must(self.lines() <= MAX_LINES, DocumentRefusal::TooLong)?;
        self.check_officers()?;
        if self.kind().names_remedies() {
            let told = says(&self.office.review_body) && says(&self.office.court);
            must(told, DocumentRefusal::RemediesMissing)?;
        }
        match &self.matter {
            Matter::InspectionRecord(inspection) => check_inspection(inspection),
            Matter::Checklist(lines) => must(!lines.is_empty(), DocumentRefusal::NothingSaid),
            Matter::RectificationOrder(lines) => check_order(lines, self.on),
            Matter::MeasuresDecision(grounds) | Matter::CoerciveDecision(grounds) => check_grounds(grounds),
            Matter::RecheckNotice(recheck) => check_recheck(recheck),
            Matter::TreatmentPlan(plan) => {
                must(says(&plan.what), DocumentRefusal::NothingSaid)?;
                must(plan.plan.is_complete(), DocumentRefusal::PlanIncomplete)
            }
            Matter::Transfer(transfer) => {
                must(says(&transfer.what), DocumentRefusal::NothingSaid)?;
                let complete = says(&transfer.to_name) && says(&transfer.reason);
                must(complete, DocumentRefusal::TransferIncomplete)
            }
        }
    }

    /// Two different officers with certificates, where the kind wants them.
    fn check_officers(&self) -> Checked {
        if self.kind().needs_two_officers() {
            must(self.officers.len() >= 2, DocumentRefusal::OfficersMissing)?;
        }
        for (at, officer) in self.officers.iter().enumerate() {
            must(says(&officer.name), DocumentRefusal::OfficersMissing)?;
            must(says(&officer.certificate), DocumentRefusal::CertificateMissing)?;
            let twice = self.officers[..at].iter().any(|other| other.account == officer.account);
            must(!twice, DocumentRefusal::SameOfficerTwice)?;
        }
        Ok(())
    }

    fn lines(&self) -> usize {
        let many = match &self.matter {
            Matter::InspectionRecord(inspection) => inspection.lines.len(),
            Matter::Checklist(lines) => lines.len(),
            Matter::RectificationOrder(lines) => lines.len(),
            Matter::MeasuresDecision(grounds) | Matter::CoerciveDecision(grounds) => {
                grounds.facts.len() + grounds.measures.len() + grounds.hazards.len()
            }
            Matter::RecheckNotice(recheck) => recheck.lines.len(),
            Matter::TreatmentPlan(_) => 0,
            Matter::Transfer(transfer) => transfer.attachments.len(),
        };
        many + self.officers.len()
    }

    fn texts(&self) -> impl Iterator<Item = &String> {
        let (office, to) = (&self.office, &self.addressee);
        let mut texts = vec![&office.name, &office.mark, &office.review_body, &office.court];
        texts.extend([&to.name, &to.address, &to.head, &to.post, &to.telephone]);
        texts.extend(self.officers.iter().flat_map(|officer| [&officer.name, &officer.certificate]));
        match &self.matter {
            Matter::InspectionRecord(it) => {
                texts.extend([&it.place, &it.site_person].into_iter().chain(&it.lines));
            }
            Matter::Checklist(lines) => {
                texts.extend(lines.iter().flat_map(|it| [&it.section, &it.text, &it.result, &it.note]));
            }
            Matter::RectificationOrder(lines) => {
                texts.extend(lines.iter().flat_map(|line| [&line.what, &line.basis]));
            }
            Matter::MeasuresDecision(it) | Matter::CoerciveDecision(it) => {
                texts.extend(std::iter::once(&it.basis).chain(&it.facts).chain(&it.measures));
            }
            Matter::RecheckNotice(it) => {
                texts.extend(it.before.iter().map(|before| &before.number));
                texts.extend(it.lines.iter().flat_map(|line| [&line.what, &line.note]));
            }
            Matter::TreatmentPlan(it) => {
                let plan = &it.plan;
                texts.extend([&it.what, &plan.goals, &plan.methods, &plan.funds]);
                texts.extend([&plan.people, &plan.requirements, &plan.emergency]);
            }
            Matter::Transfer(it) => {
                texts.extend([&it.to_name, &it.what, &it.reason].into_iter().chain(&it.attachments));
            }
        }
        texts.into_iter()
    }
}

fn check_inspection(inspection: &Inspection) -> Checked {
    let told = says(&inspection.place) && inspection.from <= inspection.until;
    must(told, DocumentRefusal::TimesMissing)?;
    all_say(&inspection.lines, DocumentRefusal::NothingSaid)
}

fn check_order(lines: &[OrderedLine], on: Date) -> Checked {
    must(!lines.is_empty() && lines.iter().all(|line| says(&line.what)), DocumentRefusal::NothingSaid)?;
    for line in lines {
        match line.due {
            None => return Err(DocumentRefusal::DueMissing),
            Some(Due::By(day)) if day < on => return Err(DocumentRefusal::DueInThePast),
            Some(Due::By(_) | Due::OnTheSpot) => {}
        }
    }
    Ok(())
}

fn check_grounds(grounds: &Grounds) -> Checked {
    must(grounds.missing().is_empty(), DocumentRefusal::GroundsMissing)
}

fn check_recheck(recheck: &Recheck) -> Checked {
    let before = recheck.before.as_ref().ok_or(DocumentRefusal::PredecessorMissing)?;
    must(before.kind.can_be_rechecked(), DocumentRefusal::PredecessorOther)?;
    let all = !recheck.lines.is_empty() && recheck.lines.iter().all(|line| says(&line.what));
    must(all, DocumentRefusal::NothingSaid)
}

fn all_say(lines: &[String], refusal: DocumentRefusal) -> Checked {
    must(!lines.is_empty() && lines.iter().all(|line| says(line)), refusal)
}

fn says(text: &str) -> bool {
    !text.trim().is_empty()
}

const fn must(holds: bool, refusal: DocumentRefusal) -> Checked {
    if holds { Ok(()) } else { Err(refusal) }
}
