//! Making documents from what is on record, so that nobody types twice what somebody has signed.

use std::collections::BTreeSet;

use super::issue::{
    Addressee, Before, CheckLine, Grounds, HazardPlan, Inspection, Issue, Matter, Officer, OrderedLine,
    Recheck, RecheckLine, TransferOut,
};
use super::wording;
use crate::clock::{Date, Instant};
use crate::facility::{Facility, Party};
use crate::ids::{DocumentId, VisitId};
use crate::letterhead::Letterhead;
use crate::rules::{
    Answer, Citation, Confidence, Evidence, Grade, ItemId, Measure, Pack, Quantity, Remedy, Ruling,
};
use crate::visit::{Content, FindingRecord, FindingSource, Inspector, VisitRecord};

/// A document that is being written: everything but what it says.
#[derive(Clone, Copy, Debug)]
pub struct Drafting<'a> {
    /// Its id.
    pub id: DocumentId,
    /// Who issues it.
    pub office: &'a Letterhead,
    /// The institution's card.
    pub facility: &'a Facility,
    /// Its day.
    pub on: Date,
}

impl Drafting<'_> {
    /// 现场检查记录 of a signed visit.
    pub fn inspection_record(&self, record: &VisitRecord, pack: &Pack) -> Issue {
        let content = record.content();
        let problems = content.findings.iter().map(|finding| what_is_wrong(finding, pack));
        let mut lines: Vec<String> = problems.collect();
        if lines.is_empty() {
            lines.push(wording::NOTHING_FOUND.to_owned());
        }
        let inspection = Inspection {
            place: self.facility.address.clone(),
            from: content.started,
            until: record.ended(),
            site_person: content.site_person.name.clone(),
            lines,
        };
        self.of_visit(content, Matter::InspectionRecord(inspection))
    }

    /// 检查表: every item of the visit with its result, in the checklist's order.
    pub fn checklist(&self, record: &VisitRecord, pack: &Pack) -> Issue {
        let content = record.content();
        let failed = failed_items(content);
        let answered = pack.items().iter().filter_map(|item| Some((item, content.items.get(&item.id)?)));
        let lines = answered.map(|(item, told)| {
            let section = pack.sections().iter().find(|section| section.id == item.section);
            CheckLine {
                section: section.map(|it| it.text.zh.clone()).unwrap_or_default(),
                text: item.text.zh.clone(),
                result: result(&told.answer, failed.contains(&item.id)),
                note: told.note.clone(),
            }
        });
        self.of_visit(content, Matter::Checklist(lines.collect()))
    }

    /// 责令限期整改指令书 of what a signed visit found and was not put right on the spot. Advice is no order.
    pub fn order(&self, record: &VisitRecord, pack: &Pack) -> Issue {
        let content = record.content();
        let open = content.findings.iter().filter(|finding| is_ordered(finding));
        let lines = open.map(|finding| ordered_line(finding, pack));
        self.of_visit(content, Matter::RectificationOrder(lines.collect()))
    }

    /// 责令限期整改指令书 of hazards on record, whoever found them.
    pub fn order_of(&self, lines: Vec<OrderedLine>, officers: Vec<Officer>) -> Issue {
        self.with(None, officers, Matter::RectificationOrder(lines))
    }

    /// 现场处理措施决定书 of the immediate measures that a signed visit ordered.
    pub fn measures_decision(&self, record: &VisitRecord, pack: &Pack) -> Issue {
        let content = record.content();
        let ordered: Vec<&FindingRecord> =
            content.findings.iter().filter(|finding| !finding.measures.ordered().is_empty()).collect();
        let named: BTreeSet<Measure> =
            ordered.iter().flat_map(|finding| finding.measures.ordered()).copied().collect();
        let words = |measure: &Measure| pack.words().measures.get(measure).map(|text| text.zh.clone());
        let grounds = Grounds {
            hazards: ordered.iter().map(|finding| finding.hazard).collect(),
            facts: ordered.iter().map(|finding| what_is_wrong(finding, pack)).collect(),
            basis: wording::measures_basis(self.office.kind, content.facility_type).to_owned(),
            measures: named.iter().filter_map(words).collect(),
            from: record.ended(),
        };
        self.of_visit(content, Matter::MeasuresDecision(grounds))
    }

    /// 强制措施决定书. Its facts, basis and measures are the office's own words: the head of the office approves them
    /// (安全生产法 70).
    pub fn coercive_decision(
        &self,
        visit: Option<VisitId>,
        officers: Vec<Officer>,
        grounds: Grounds,
    ) -> Issue {
        self.with(visit, officers, Matter::CoerciveDecision(grounds))
    }

    /// 整改复查意见书 on an earlier document: a line for each of its lines, by the office's two reviewers.
    pub fn recheck(&self, before: Option<Before>, lines: Vec<RecheckLine>, reviewers: Vec<Officer>) -> Issue {
        self.with(None, reviewers, Matter::RecheckNotice(Recheck { before, lines }))
    }

    /// 重大隐患治理方案
    pub fn treatment_plan(&self, plan: HazardPlan) -> Issue {
        self.with(None, Vec::new(), Matter::TreatmentPlan(plan))
    }

    /// 移送书
    pub fn transfer(&self, transfer: TransferOut, officers: Vec<Officer>) -> Issue {
        self.with(None, officers, Matter::Transfer(transfer))
    }

    fn of_visit(&self, content: &Content, matter: Matter) -> Issue {
        self.with(Some(content.visit), content.inspectors.iter().map(Officer::of).collect(), matter)
    }

    fn with(&self, visit: Option<VisitId>, officers: Vec<Officer>, matter: Matter) -> Issue {
        let head = self.facility.holder(Party::Head);
        let addressee = Addressee {
            facility: self.facility.id,
            facility_type: self.facility.facility_type,
            name: self.facility.name.clone(),
            address: self.facility.address.clone(),
            head: head.map(|it| it.name.clone()).unwrap_or_default(),
            post: head.map(|it| it.post.clone()).unwrap_or_default(),
            telephone: self.facility.telephone.clone().unwrap_or_default(),
        };
        Issue { id: self.id, office: self.office.clone(), addressee, on: self.on, visit, officers, matter }
    }
}

impl Officer {
    /// An inspector of a visit.
    pub fn of(inspector: &Inspector) -> Self {
        Self {
            account: inspector.account,
            name: inspector.name.clone(),
            certificate: inspector.certificate.number.clone(),
        }
    }
}

impl Issue {
    /// What an earlier document ordered, line by line, for its re-check: nothing is said of any line yet.
    pub fn ordered_lines(&self) -> Vec<(Option<crate::ids::HazardId>, String)> {
        match &self.matter {
            Matter::RectificationOrder(lines) => {
                lines.iter().map(|line| (Some(line.hazard), line.what.clone())).collect()
            }
            Matter::MeasuresDecision(grounds) | Matter::CoerciveDecision(grounds) => {
                grounds.measures.iter().map(|measure| (None, measure.clone())).collect()
            }
            _ => Vec::new(),
        }
    }

    /// How a later document names this one.
    pub fn as_before(&self, number: Option<u32>) -> Before {
        Before {
            document: self.id,
            kind: self.kind(),
            number: number.map(|number| self.number_text(number)).unwrap_or_default(),
            on: self.on,
        }
    }
}

/// Whether a finding is ordered to be put right: a hazard that is still there.
fn is_ordered(finding: &FindingRecord) -> bool {
    finding.grade != Grade::Advice && finding.remedy == Remedy::Outstanding
}

fn ordered_line(finding: &FindingRecord, pack: &Pack) -> OrderedLine {
    let basis = match &finding.source {
        FindingSource::Item { finding, .. } => cited(&finding.basis, pack),
        FindingSource::Free { .. } => String::new(),
    };
    OrderedLine { hazard: finding.hazard, what: what_is_wrong(finding, pack), basis, due: finding.due }
}

/// What is wrong and where, in one line: the inspector's words, or else that the item's requirement is not met.
fn what_is_wrong(finding: &FindingRecord, pack: &Pack) -> String {
    let required = match &finding.source {
        FindingSource::Item { item, .. } => {
            let text = pack.item(item.as_str()).map_or(item.as_str(), |item| item.text.zh.as_str());
            wording::not_met(text)
        }
        FindingSource::Free { title, .. } => title.clone(),
    };
    let place = if finding.place.is_empty() { String::new() } else { format!("{}：", finding.place) };
    let description =
        if finding.description.is_empty() { String::new() } else { format!("（{}）", finding.description) };
    format!("{place}{required}{description}")
}

/// What a requirement stands on, as far as an order may cite it: places that were read themselves, and no reports of what
/// some other county does.
fn cited(basis: &[Citation], pack: &Pack) -> String {
    let cited = basis.iter().filter(|citation| citation.confidence == Confidence::Sourced);
    let cited = cited.filter_map(|citation| {
        let basis =
            pack.legal_basis(citation.cite.as_str()).filter(|basis| basis.evidence != Evidence::Seed)?;
        Some(wording::clause(&basis.title.zh, &citation.clause))
    });
    cited.collect::<Vec<_>>().join("；")
}

fn failed_items(content: &Content) -> BTreeSet<&ItemId> {
    let sources = content.findings.iter().map(|finding| &finding.source);
    let failed = sources.flat_map(|source| match source {
        FindingSource::Item { item, also, .. } => std::iter::once(item).chain(also).collect(),
        FindingSource::Free { .. } => Vec::new(),
    });
    failed.collect()
}

fn result(answer: &Answer, failed: bool) -> String {
    let word = if failed { wording::FAILED } else { wording::PASSED };
    let measured = |value: &Quantity| format!("{word}（{value}）");
    match answer {
        Answer::NotApplicable => wording::NOT_APPLICABLE.to_owned(),
        Answer::Pass | Answer::Fail => word.to_owned(),
        Answer::Number(value) => measured(value),
        Answer::Judged { value, ruling: Ruling::Pass | Ruling::Fail } => measured(value),
        Answer::Date(date) => format!("{word}（{date}）"),
    }
}

/// The minute at which something ends or begins, as documents write it.
pub(super) fn minute(at: Instant) -> String {
    let time = at.time_of_day();
    format!("{}{}时{:02}分", day(at.date()), time.hour, time.minute)
}

/// A day as documents write it.
pub(super) fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}
