//! The hazards of a visit that is still open: those of failed items, and those that no item covers.

use super::checklist::{self, Answered as _, Broader, Failure, ItemState};
use super::draft::{Draft, Keeping, KeptPhotos, PhotoOf};
use super::gaps::Gap;
use super::record::Due;
use super::sheet::{FreeHazard, HazardOf, MeasureDecision, Responsible, SecondOpinion, Sheet};
use crate::clock::Date;
use crate::ids::{HazardId, PhotoId};
use crate::rules::{Deadline, Finding, Grade, ItemId, Measure, Pack};

/// A hazard as it stands in a draft: what the rules say, what was decided on its sheet, and what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftHazard {
    /// Which one.
    pub of: HazardOf,
    /// The id that it will have in the record.
    pub id: HazardId,
    /// What the rules say; `None` for one that no item covers.
    pub finding: Option<Box<Finding>>,
    /// Narrower items that failed for the same cause: this hazard stands for them too.
    pub also: Vec<ItemId>,
    /// The grade that the rules or the inspector propose; `None` while a free one has none.
    pub proposed: Option<Grade>,
    /// The grade after the second inspector's word.
    pub grade: Option<Grade>,
    /// Until when: as decided, else as the rule proposes; `None` while nobody has said.
    pub due: Option<Due>,
    /// Measures of which one has to be ordered, or declined with a reason.
    pub must_offer: Vec<Measure>,
    /// Measures that may be ordered besides.
    pub may_offer: Vec<Measure>,
    /// What was decided.
    pub sheet: Sheet,
    /// Its photos that stand, those of the narrower items included.
    pub photos: Vec<PhotoId>,
}

impl Due {
    /// What a rule's deadline means for a visit on that day. Calendar days: no law counts work days here.
    ///
    /// ```
    /// use xunan_core::rules::Deadline;
    /// use xunan_core::visit::Due;
    ///
    /// let on = "2026-11-22".parse()?;
    /// assert_eq!(Due::proposed(Deadline::OnTheSpot, on), Due::OnTheSpot);
    /// assert_eq!(Due::proposed(Deadline::Days(15), on), Due::By("2026-12-07".parse()?));
    /// # Ok::<(), xunan_core::clock::NotADate>(())
    /// ```
    pub fn proposed(deadline: Deadline, on: Date) -> Self {
        match deadline {
            Deadline::OnTheSpot => Self::OnTheSpot,
            Deadline::Days(days) => Self::By(on.plus_days(days)),
        }
    }
}

/// What a hazard must have before anybody signs; the same for a draft and a record.
pub(super) struct Duties<'a> {
    pub(super) proposed: Grade,
    pub(super) must_offer: &'a [Measure],
    pub(super) due: Option<Due>,
    pub(super) measures: &'a MeasureDecision,
    pub(super) responsible: Option<&'a Responsible>,
    pub(super) second_opinion: Option<&'a SecondOpinion>,
}

impl Duties<'_> {
    /// What is missing.
    ///
    /// * An immediate measure, or why none is needed, wherever the rules must offer one and on every major
    ///   hazard (安全生产法 65(3): where safety cannot be assured, people are withdrawn or use is stopped).
    /// * A due date and a person (隐患整改“五到位”: measures, funds, deadline, person, emergency plan).
    /// * The second inspector's word on a proposed major hazard.
    ///
    /// Advice 提示 is no hazard and owes nothing.
    pub(super) fn gaps(&self, of: &HazardOf, on: Date, gaps: &mut Vec<Gap>) {
        if self.proposed == Grade::Advice {
            return;
        }
        let major = self.proposed == Grade::Major;
        let undecided = match self.measures {
            MeasureDecision::Undecided => true,
            MeasureDecision::Ordered { measures } => measures.is_empty(),
            MeasureDecision::NotNeeded { reason } => is_blank(reason),
        };
        if undecided && (major || !self.must_offer.is_empty()) {
            gaps.push(Gap::MeasuresUndecided(of.clone()));
        }
        match self.due {
            None => gaps.push(Gap::DueMissing(of.clone())),
            Some(Due::By(date)) if date < on => gaps.push(Gap::DueInThePast(of.clone())),
            Some(Due::By(_) | Due::OnTheSpot) => {}
        }
        if self.responsible.is_none_or(|it| is_blank(&it.name)) {
            gaps.push(Gap::ResponsibleMissing(of.clone()));
        }
        let said = match self.second_opinion {
            None => false,
            Some(SecondOpinion::Agrees) => true,
            Some(SecondOpinion::Disagrees { reason }) => !is_blank(reason),
        };
        if major && !said {
            gaps.push(Gap::SecondOpinionMissing(of.clone()));
        }
    }
}

/// Whether a text says nothing.
pub(super) fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

impl DraftHazard {
    /// What is missing of it, in the order of its sheet.
    pub fn gaps(&self, on: Date) -> Vec<Gap> {
        let mut gaps = Vec::new();
        self.push_gaps(on, &mut gaps);
        gaps
    }

    pub(super) fn push_gaps(&self, on: Date, gaps: &mut Vec<Gap>) {
        let Some(proposed) = self.proposed else { return gaps.push(Gap::GradeMissing(self.id)) };
        let duties = Duties {
            proposed,
            must_offer: &self.must_offer,
            due: self.due,
            measures: &self.sheet.measures,
            responsible: self.sheet.responsible.as_ref(),
            second_opinion: self.sheet.second_opinion.as_ref(),
        };
        duties.gaps(&self.of, on, gaps);
    }
}

impl Draft {
    /// Every hazard of the draft: those of failed items in walking order, then those that no item covers in the
    /// order in which they were added. Advice 提示 is among them, though it is no hazard by law.
    pub fn hazards(&self, pack: &Pack) -> Vec<DraftHazard> {
        let photos = self.kept_photos();
        let of_items =
            checklist::failures(self, pack).into_iter().map(|it| self.hazard_of_failure(it, &photos));
        of_items.chain(self.kept_free().map(|(id, free)| self.hazard_of_free(id, free, &photos))).collect()
    }

    /// One hazard. That of an item is the one under which its failure is registered, which may be a broader
    /// item's; `None` when the item does not fail, or nobody added it, or it was taken back.
    pub fn hazard(&self, of: &HazardOf, pack: &Pack) -> Option<DraftHazard> {
        match of {
            HazardOf::Free(id) => {
                let free = self.free.get(id).filter(|it| it.keeping == Keeping::Kept)?;
                Some(self.hazard_of_free(*id, free, &self.kept_photos()))
            }
            HazardOf::Item(id) => {
                let item = pack.item(id.as_str())?;
                let ItemState::Failed(finding) = self.item_state(item, pack) else { return None };
                let host = Broader::of(self, pack).host(item, finding.grade);
                let failure = checklist::failures(self, pack).into_iter().find(|it| it.item.id == host.id)?;
                Some(self.hazard_of_failure(failure, &self.kept_photos()))
            }
        }
    }

    /// The hazards that no item covers and that were not taken back.
    pub(super) fn kept_free(&self) -> impl Iterator<Item = (HazardId, &FreeHazard)> {
        self.free_hazards().filter(|(_, free)| free.keeping == Keeping::Kept)
    }

    pub(super) fn hazard_of_failure(&self, failure: Failure<'_>, photos: &KeptPhotos<'_>) -> DraftHazard {
        let Failure { item, finding, also } = failure;
        let sheet = self.items.get(&item.id).and_then(|filled| filled.sheet.clone()).unwrap_or_default();
        let shown = std::iter::once(&item.id).chain(also.iter().map(|(item, _)| &item.id));
        DraftHazard {
            of: HazardOf::Item(item.id.clone()),
            id: HazardId::of_item(self.head.visit, item.id.as_str()),
            also: also.iter().map(|(item, _)| item.id.clone()).collect(),
            proposed: Some(finding.grade),
            grade: Some(SecondOpinion::settle(finding.grade, sheet.second_opinion.as_ref())),
            due: Some(sheet.due.unwrap_or_else(|| Due::proposed(finding.deadline, self.on()))),
            must_offer: finding.must_offer.clone(),
            may_offer: finding.may_offer.clone(),
            photos: shown.flat_map(|id| photos.of(&PhotoOf::Item(id.clone())).to_vec()).collect(),
            finding: Some(finding),
            sheet,
        }
    }

    pub(super) fn hazard_of_free(
        &self,
        id: HazardId,
        free: &FreeHazard,
        photos: &KeptPhotos<'_>,
    ) -> DraftHazard {
        DraftHazard {
            of: HazardOf::Free(id),
            id,
            finding: None,
            also: Vec::new(),
            proposed: free.grade,
            grade: free.grade.map(|grade| SecondOpinion::settle(grade, free.sheet.second_opinion.as_ref())),
            // No rule proposes one: the inspector says until when (责令立即排除或限期排除，安全生产法 65).
            due: free.sheet.due,
            must_offer: Vec::new(),
            may_offer: Measure::ALL.to_vec(),
            sheet: free.sheet.clone(),
            photos: photos.of(&PhotoOf::Free(id)).to_vec(),
        }
    }
}
