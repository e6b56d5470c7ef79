//! Checking a record that came from elsewhere, by the rules by which it was made.
//!
//! Whoever holds a device's key can sign any JSON. So nothing in a record is believed that can be worked out
//! again: every grade is recomputed, every gap is looked for, and every name must lead somewhere.

use std::collections::BTreeSet;

use super::checklist::{self, ItemState};
use super::draft::Draft;
use super::gaps::{Gap, owes_photo};
use super::hazard::{Duties, is_blank};
use super::record::{Content, FindingRecord, FindingSource, SiteSignature, VisitRecord};
use super::sheet::{HazardOf, MeasureDecision, SecondOpinion};
use crate::digest::Digest;
use crate::evidence::{PhotoStep, Signature};
use crate::ids::{HazardId, PhotoId};
use crate::problem::Problem;
use crate::rules::{FireRules, Grade, Measure, Pack};

impl VisitRecord {
    /// Checks a record that came from elsewhere: two different inspectors, certified on that day; every item of
    /// the checklist answered and graded as the pack grades it; no gap; photos named once and all there; the
    /// comprehensive fire judgement as `fire` gives it; signatures over exactly this content.
    ///
    /// `fire` is the rule set that the record names, if it names one.
    ///
    /// # Errors
    /// The first problem found: [`Problem::UnknownPack`] when `pack` or `fire` is not the one that the record
    /// names, [`Problem::UnknownItem`], [`Problem::RecordIncomplete`], [`Problem::GradeMismatch`], or
    /// [`Problem::RecordInconsistent`].
    pub fn check(&self, pack: &Pack, fire: Option<&FireRules>) -> Result<(), Problem> {
        let content = &self.content;
        if content.pack != *pack.reference() {
            return Err(Problem::UnknownPack { hash: content.pack.hash });
        }
        content.check_people()?;
        content.check_items(pack)?;
        content.check_findings(pack)?;
        content.check_complete(pack, &self.site)?;
        content.check_photos()?;
        content.check_texts(&self.site)?;
        self.check_fire(pack, fire)?;
        self.check_signatures()
    }

    fn check_fire(&self, pack: &Pack, fire: Option<&FireRules>) -> Result<(), Problem> {
        let Some(count) = &self.fire else { return Ok(()) };
        match fire {
            Some(fire) if *fire.reference() == count.rules => {
                let same = self.content.count_fire(pack, fire) == *count;
                if same {
                    Ok(())
                } else {
                    Err(inconsistent("the comprehensive fire judgement comes out otherwise"))
                }
            }
            _ => Err(Problem::UnknownPack { hash: count.rules.hash }),
        }
    }

    fn check_signatures(&self) -> Result<(), Problem> {
        let site = match &self.site {
            SiteSignature::Signed(signature) => signature,
            SiteSignature::Refused { witness, .. } => &witness.signature,
        };
        let digest: Digest = self.content.digest();
        for signature in [&self.lead_signature, &self.second_signature, site] {
            if signature.content != digest {
                return Err(inconsistent("a signature is over another content"));
            }
            if !Signature::is_drawn(&signature.strokes) {
                return Err(inconsistent("a signature is not drawn"));
            }
        }
        Ok(())
    }
}

impl Content {
    fn check_people(&self) -> Result<(), Problem> {
        let [lead, second] = &self.inspectors;
        if lead.account == second.account {
            return Err(inconsistent("the two inspectors are the same person"));
        }
        if !lead.is_certified(self.started.date()) || !second.is_certified(self.started.date()) {
            return Err(inconsistent("an inspector's certificate is not valid on the day of the visit"));
        }
        Ok(())
    }

    fn check_items(&self, pack: &Pack) -> Result<(), Problem> {
        for id in self.items.keys() {
            let known =
                pack.item(id.as_str()).is_some_and(|item| item.is_for(self.facility_type, self.profile));
            if !known {
                return Err(Problem::UnknownItem { item: id.to_string() });
            }
        }
        Ok(())
    }

    /// The findings of items are exactly those that the rules give, in walking order; then come those that no
    /// item covers.
    fn check_findings(&self, pack: &Pack) -> Result<(), Problem> {
        let mut ids = BTreeSet::new();
        let mut found = self.findings.iter();
        for failure in checklist::failures(self, pack) {
            let mismatch = || Problem::GradeMismatch { item: failure.item.id.to_string() };
            let finding = found.next().ok_or_else(mismatch)?;
            let FindingSource::Item { item, finding: recorded, also } = &finding.source else {
                return Err(mismatch());
            };
            let same = *item == failure.item.id
                && *recorded == failure.finding
                && also.iter().eq(failure.also.iter().map(|(item, _)| &item.id));
            if !same {
                return Err(mismatch());
            }
            if finding.hazard != HazardId::of_item(self.visit, item.as_str()) {
                return Err(inconsistent("a hazard's id does not come from the visit and the item"));
            }
            finding.check_grade(failure.finding.grade, mismatch)?;
            ids.insert(finding.hazard);
        }
        for finding in found {
            let FindingSource::Free { proposed, .. } = &finding.source else {
                let HazardOf::Item(item) = finding.source.hazard_of(finding.hazard) else { continue };
                return Err(Problem::GradeMismatch { item: item.to_string() });
            };
            finding.check_grade(*proposed, || {
                inconsistent("a hazard's grade is not the one that was proposed")
            })?;
            if !ids.insert(finding.hazard) {
                return Err(inconsistent("two hazards have the same id"));
            }
        }
        Ok(())
    }

    fn check_complete(&self, pack: &Pack, site: &SiteSignature) -> Result<(), Problem> {
        let mut gaps = Vec::new();
        for item in pack.items_for(self.facility_type, self.profile) {
            let state = checklist::item_state(self, pack, item);
            match state {
                ItemState::Untouched => gaps.push(Gap::Unanswered(item.id.clone())),
                ItemState::NeedsDecision(_) => gaps.push(Gap::Undecided(item.id.clone())),
                ItemState::Passed | ItemState::NotApplicable | ItemState::Failed(_) => {}
            }
            let photographed = self.items.get(&item.id).is_some_and(|record| !record.photos.is_empty());
            if owes_photo(&state, item.photo) && !photographed {
                gaps.push(Gap::PhotoMissing(item.id.clone()));
            }
        }
        for finding in &self.findings {
            finding.push_gaps(self, &mut gaps);
        }
        if is_blank(&self.site_person.name) {
            gaps.push(Gap::SitePersonMissing);
        }
        match site {
            SiteSignature::Refused { reason, witness } if is_blank(reason) || is_blank(&witness.name) => {
                gaps.push(Gap::RefusalIncomplete);
            }
            SiteSignature::Refused { .. } | SiteSignature::Signed(_) => {}
        }
        match u32::try_from(gaps.len()) {
            Ok(0) => Ok(()),
            gaps => Err(Problem::RecordIncomplete { gaps: gaps.unwrap_or(u32::MAX) }),
        }
    }

    /// A photo shows one thing, and each has its manifest, once.
    fn check_photos(&self) -> Result<(), Problem> {
        let of_items = self.items.values().flat_map(|record| &record.photos);
        let of_free = self.findings.iter().filter(|it| matches!(it.source, FindingSource::Free { .. }));
        let of_revisits = self.revisits.values().flat_map(|record| &record.photos);
        let named: Vec<PhotoId> = of_items
            .chain(of_free.flat_map(|finding| &finding.photos))
            .chain(of_revisits)
            .chain(&self.visit_photos)
            .copied()
            .collect();
        let once: BTreeSet<PhotoId> = named.iter().copied().collect();
        if once.len() != named.len() {
            return Err(inconsistent("a photo is named twice"));
        }
        let manifests: BTreeSet<PhotoId> = self.photos.iter().map(|manifest| manifest.id).collect();
        if manifests.len() != self.photos.len() || manifests != once {
            return Err(inconsistent("the photos that are named are not those that are listed"));
        }
        let captures = || self.photos.iter().filter_map(|it| Some((it, it.capture.as_deref()?)));
        let misnamed =
            |photo: PhotoId, original: Option<PhotoId>| original.is_some_and(|it| it != photo.of_original());
        if captures().any(|(manifest, capture)| misnamed(manifest.id, capture.original)) {
            return Err(inconsistent("an original has another id than its photo gives it"));
        }
        if captures().any(|(manifest, capture)| capture.time.at != manifest.taken) {
            return Err(inconsistent("a photo has two times"));
        }
        for finding in &self.findings {
            let FindingSource::Item { item, also, .. } = &finding.source else { continue };
            let of_item = std::iter::once(item).chain(also).filter_map(|id| self.items.get(id));
            if !finding.photos.iter().eq(of_item.flat_map(|record| &record.photos)) {
                return Err(inconsistent("a hazard's photos are not its item's"));
            }
        }
        Ok(())
    }

    fn check_texts(&self, site: &SiteSignature) -> Result<(), Problem> {
        let mut texts = vec![self.site_person.name.as_str(), &self.site_person.post];
        texts.extend(self.items.values().map(|record| record.note.as_str()));
        texts.extend(self.revisits.values().map(|record| record.revisit.note.as_str()));
        for finding in &self.findings {
            texts.extend(finding.texts());
        }
        let captures = self.photos.iter().filter_map(|it| it.capture.as_deref());
        texts.extend(captures.flat_map(|it| &it.steps).flat_map(PhotoStep::texts).map(String::as_str));
        if let SiteSignature::Refused { reason, witness } = site {
            texts.extend([reason.as_str(), &witness.name]);
        }
        match texts.into_iter().all(|text| text.chars().count() <= Draft::MAX_TEXT_CHARS) {
            true => Ok(()),
            false => Err(inconsistent("a text is longer than allowed")),
        }
    }
}

impl FindingRecord {
    fn check_grade(&self, proposed: Grade, mismatch: impl Fn() -> Problem) -> Result<(), Problem> {
        let opinion = self.second_opinion.as_ref();
        if self.grade != SecondOpinion::settle(proposed, opinion) {
            return Err(mismatch());
        }
        if opinion.is_some() && proposed != Grade::Major {
            return Err(inconsistent("a second opinion on a hazard that nobody proposed as major"));
        }
        Ok(())
    }

    fn push_gaps(&self, content: &Content, gaps: &mut Vec<Gap>) {
        let nothing: &[Measure] = &[];
        let (proposed, must_offer) = match &self.source {
            FindingSource::Item { finding, .. } => (finding.grade, finding.must_offer.as_slice()),
            FindingSource::Free { title, proposed } => {
                if is_blank(title) {
                    gaps.push(Gap::TitleMissing(self.hazard));
                }
                (*proposed, nothing)
            }
        };
        let duties = Duties {
            proposed,
            must_offer,
            due: self.due,
            measures: &self.measures,
            responsible: self.responsible.as_ref(),
            second_opinion: self.second_opinion.as_ref(),
        };
        duties.gaps(&self.source.hazard_of(self.hazard), content.started.date(), gaps);
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        let title = match &self.source {
            FindingSource::Free { title, .. } => Some(title),
            FindingSource::Item { .. } => None,
        };
        let declined = match &self.measures {
            MeasureDecision::NotNeeded { reason } => Some(reason),
            MeasureDecision::Undecided | MeasureDecision::Ordered { .. } => None,
        };
        let disagreed = match &self.second_opinion {
            Some(SecondOpinion::Disagrees { reason }) => Some(reason),
            Some(SecondOpinion::Agrees) | None => None,
        };
        let responsible = self.responsible.as_ref().map(|it| &it.name);
        let optional = [title, declined, disagreed, responsible].into_iter().flatten();
        [&self.description, &self.place].into_iter().chain(optional).map(String::as_str)
    }
}

fn inconsistent(detail: &str) -> Problem {
    Problem::RecordInconsistent { detail: detail.to_owned() }
}
