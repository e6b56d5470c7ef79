//! Applying an edit: first everything that can be refused, then the change, then the signatures that it voids.

use super::checklist::{Answered as _, ItemState};
use super::draft::{Draft, DraftPhoto, Filled, Inspector, Keeping, PhotoOf, SitePerson, SiteSigning};
use super::edit::{Edit, EditRefused, SheetChange};
use super::part::PartKey;
use super::sheet::{FreeHazard, HazardOf, MeasureDecision, Responsible, SecondOpinion, Sheet};
use crate::evidence::Signature;
use crate::rules::{self, Answer, Grade, ItemId, Pack, Undecided, Verdict};

/// Whether an edit changed something that people sign.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    None,
    Content,
}

impl Draft {
    /// The longest free text in characters: what still fits on a page of the printed record.
    pub const MAX_TEXT_CHARS: usize = 2_000;

    /// Applies one edit and answers which parts are to be stored, at least one. An edit that says what already
    /// stands there is fine and changes nothing.
    ///
    /// A change of what people sign voids the signatures given so far, since they name the hash of what was
    /// shown; then [`PartKey::Signing`] is among the parts. Another second inspector voids the second opinions
    /// too: they were another person's.
    ///
    /// # Errors
    /// [`EditRefused`]; the draft is as before.
    pub fn apply(&mut self, edit: Edit, pack: &Pack) -> Result<Vec<PartKey>, EditRefused> {
        self.admit(&edit, pack)?;
        let (mut parts, change) = self.change(edit);
        if change == Change::Content && self.void_signatures() && !parts.contains(&PartKey::Signing) {
            parts.push(PartKey::Signing);
        }
        Ok(parts)
    }

    /// Everything for which an edit is refused. Changes nothing.
    fn admit(&self, edit: &Edit, pack: &Pack) -> Result<(), EditRefused> {
        match edit {
            Edit::Answer { item, answer, .. } => match answer {
                Some(answer) => self.admit_answer(item, answer, pack),
                None => self.admit_item(item, pack),
            },
            Edit::Decide { item, .. } => {
                self.admit_item(item, pack)?;
                match self.answer(item) {
                    Some(Answer::Number(_) | Answer::Judged { .. }) => Ok(()),
                    _ => Err(EditRefused::WrongKindOfAnswer(item.clone())),
                }
            }
            Edit::Note { item, note } => {
                self.admit_item(item, pack)?;
                admit_text(note)
            }
            Edit::Sheet { of, change } => {
                match of {
                    HazardOf::Item(item) => self.admit_item(item, pack)?,
                    HazardOf::Free(hazard) if self.free.contains_key(hazard) => {}
                    HazardOf::Free(_) => return Err(EditRefused::UnknownHazard),
                }
                self.admit_sheet_change(of, change, pack)
            }
            Edit::DescribeFree { hazard, title, .. } => {
                self.free.get(hazard).ok_or(EditRefused::UnknownHazard)?;
                admit_text(title)
            }
            Edit::RemoveFree(hazard) | Edit::RestoreFree(hazard) => {
                self.free.get(hazard).ok_or(EditRefused::UnknownHazard).map(drop)
            }
            Edit::AddPhoto(photo) => self.admit_photo(photo, pack),
            Edit::RemovePhoto(photo) | Edit::RestorePhoto(photo) => {
                self.photos.get(photo).ok_or(EditRefused::UnknownPhoto).map(drop)
            }
            Edit::Revisit { revisit, .. } => revisit.iter().try_for_each(|revisit| admit_text(&revisit.note)),
            Edit::Second(Some(second)) if second.account == self.head.lead.account => {
                Err(EditRefused::SecondIsLead)
            }
            Edit::Site(Some(SitePerson { name, post })) => admit_text(name).and_then(|()| admit_text(post)),
            Edit::SignLead(Some(signature))
            | Edit::SignSecond(Some(signature))
            | Edit::SignSite(Some(SiteSigning::Signed(signature))) => self.admit_signature(signature, pack),
            Edit::SignSite(Some(SiteSigning::Refused { reason, witness, witness_signature })) => {
                admit_text(reason)?;
                admit_text(witness)?;
                witness_signature.iter().try_for_each(|signature| self.admit_signature(signature, pack))
            }
            Edit::AddFree { .. }
            | Edit::Profile(_)
            | Edit::Bookmark(_)
            | Edit::Second(_)
            | Edit::Site(None)
            | Edit::SignLead(None)
            | Edit::SignSecond(None)
            | Edit::SignSite(None) => Ok(()),
        }
    }

    fn admit_item(&self, item: &ItemId, pack: &Pack) -> Result<(), EditRefused> {
        match pack.item(item.as_str()) {
            Some(known) if known.applies_to.contains(&self.facility_type()) => Ok(()),
            _ => Err(EditRefused::UnknownItem(item.clone())),
        }
    }

    /// An answer of the right kind is admitted even when it does not settle the item yet: a value is typed digit
    /// by digit, and each of them is saved.
    fn admit_answer(&self, id: &ItemId, answer: &Answer, pack: &Pack) -> Result<(), EditRefused> {
        let item = pack.item(id.as_str()).ok_or_else(|| EditRefused::UnknownItem(id.clone()))?;
        match rules::grade(pack, item, answer, self.facility_type(), self.on()) {
            Verdict::NeedsDecision(Undecided::OtherFacilityType) => Err(EditRefused::UnknownItem(id.clone())),
            Verdict::NeedsDecision(Undecided::OtherKindOfAnswer) => {
                Err(EditRefused::WrongKindOfAnswer(id.clone()))
            }
            _ => self.admit_item(id, pack),
        }
    }

    fn admit_sheet_change(
        &self,
        of: &HazardOf,
        change: &SheetChange,
        pack: &Pack,
    ) -> Result<(), EditRefused> {
        match change {
            SheetChange::Place(text)
            | SheetChange::Description(text)
            | SheetChange::Measures(MeasureDecision::NotNeeded { reason: text })
            | SheetChange::Responsible(Some(Responsible { name: text, .. })) => admit_text(text),
            SheetChange::SecondOpinion(Some(opinion)) => {
                if self.proposed_grade(of, pack) != Some(Grade::Major) {
                    return Err(EditRefused::NotProposedMajor);
                }
                match opinion {
                    SecondOpinion::Agrees => Ok(()),
                    SecondOpinion::Disagrees { reason } => admit_text(reason),
                }
            }
            SheetChange::Due(_)
            | SheetChange::Measures(MeasureDecision::Undecided | MeasureDecision::Ordered { .. })
            | SheetChange::Responsible(None)
            | SheetChange::SecondOpinion(None)
            | SheetChange::Remedy(_) => Ok(()),
        }
    }

    fn proposed_grade(&self, of: &HazardOf, pack: &Pack) -> Option<Grade> {
        match of {
            HazardOf::Free(hazard) => self.free.get(hazard)?.grade,
            HazardOf::Item(item) => match self.item_state(pack.item(item.as_str())?, pack) {
                ItemState::Failed(finding) => Some(finding.grade),
                _ => None,
            },
        }
    }

    fn admit_photo(&self, photo: &DraftPhoto, pack: &Pack) -> Result<(), EditRefused> {
        match &photo.shows {
            PhotoOf::Item(item) => self.admit_item(item, pack)?,
            PhotoOf::Free(hazard) if !self.free.contains_key(hazard) => {
                return Err(EditRefused::UnknownHazard);
            }
            PhotoOf::Free(_) | PhotoOf::Revisit(_) | PhotoOf::Visit => {}
        }
        match self.photos.get(&photo.manifest.id) {
            Some(there) if there.manifest != photo.manifest || there.shows != photo.shows => {
                Err(EditRefused::PhotoIdTaken)
            }
            _ => Ok(()),
        }
    }

    fn admit_signature(&self, signature: &Signature, pack: &Pack) -> Result<(), EditRefused> {
        if !Signature::is_drawn(&signature.strokes) {
            return Err(EditRefused::NotDrawn);
        }
        let content = self.content(pack).ok_or(EditRefused::NotReadyToSign)?;
        if signature.content == content.digest() { Ok(()) } else { Err(EditRefused::SignedOtherContent) }
    }

    /// Makes the change. Cannot fail: [`Draft::admit`] has been asked.
    fn change(&mut self, edit: Edit) -> (Vec<PartKey>, Change) {
        match edit {
            Edit::Answer { item, answer, at } => {
                let filled = self.items.entry(item.clone()).or_default();
                let content = replace(&mut filled.answer, answer);
                if content == Change::Content {
                    filled.touched = Some(at);
                }
                (vec![PartKey::Item(item)], content)
            }
            Edit::Decide { item, ruling } => self.change_item(item, |filled| {
                let Some(Answer::Number(value) | Answer::Judged { value, .. }) = filled.answer else {
                    return Change::None;
                };
                let answer = ruling.map_or(Answer::Number(value), |ruling| Answer::Judged { value, ruling });
                replace(&mut filled.answer, Some(answer))
            }),
            Edit::Note { item, note } => self.change_item(item, |filled| replace(&mut filled.note, note)),
            Edit::Sheet { of: HazardOf::Item(item), change } => {
                self.change_item(item, |filled| change_sheet(filled.sheet.get_or_insert_default(), change))
            }
            Edit::Sheet { of: HazardOf::Free(hazard), change } => {
                let content = self.free.get_mut(&hazard).map(|free| change_sheet(&mut free.sheet, change));
                (vec![PartKey::Free(hazard)], content.unwrap_or(Change::None))
            }
            Edit::AddFree { hazard } => {
                let before = self.free.len();
                self.free.entry(hazard).or_insert_with(FreeHazard::blank);
                let content = if self.free.len() == before { Change::None } else { Change::Content };
                (vec![PartKey::Free(hazard)], content)
            }
            Edit::DescribeFree { hazard, title, grade } => {
                let content = self.free.get_mut(&hazard).map(|free| {
                    let title = replace(&mut free.title, title);
                    title.or(replace(&mut free.grade, grade))
                });
                (vec![PartKey::Free(hazard)], content.unwrap_or(Change::None))
            }
            Edit::RemoveFree(hazard) => self.keep_free(hazard, Keeping::Removed),
            Edit::RestoreFree(hazard) => self.keep_free(hazard, Keeping::Kept),
            Edit::AddPhoto(photo) => {
                let id = photo.manifest.id;
                let before = self.photos.insert(id, photo.clone());
                let content = if before == Some(photo) { Change::None } else { Change::Content };
                (vec![PartKey::Photo(id)], content)
            }
            Edit::RemovePhoto(photo) => self.keep_photo(photo, Keeping::Removed),
            Edit::RestorePhoto(photo) => self.keep_photo(photo, Keeping::Kept),
            Edit::Revisit { hazard, revisit } => {
                let before = match revisit.clone() {
                    Some(revisit) => self.revisits.insert(hazard, revisit),
                    None => self.revisits.remove(&hazard),
                };
                let content = if before == revisit { Change::None } else { Change::Content };
                (vec![PartKey::Revisit(hazard)], content)
            }
            Edit::Profile(profile) => (vec![PartKey::Head], replace(&mut self.head.profile, profile)),
            Edit::Bookmark(item) => {
                self.bookmark = item;
                (vec![PartKey::Bookmark], Change::None)
            }
            Edit::Second(second) => self.name_second(second),
            Edit::Site(site) => (vec![PartKey::Signing], replace(&mut self.signing.site, site)),
            Edit::SignLead(signature) => {
                self.signing.lead_signature = signature;
                (vec![PartKey::Signing], Change::None)
            }
            Edit::SignSecond(signature) => {
                self.signing.second_signature = signature;
                (vec![PartKey::Signing], Change::None)
            }
            Edit::SignSite(signing) => {
                self.signing.site_signing = signing;
                (vec![PartKey::Signing], Change::None)
            }
        }
    }

    fn change_item(
        &mut self,
        item: ItemId,
        change: impl FnOnce(&mut Filled) -> Change,
    ) -> (Vec<PartKey>, Change) {
        let content = change(self.items.entry(item.clone()).or_default());
        (vec![PartKey::Item(item)], content)
    }

    fn keep_free(&mut self, hazard: crate::ids::HazardId, keeping: Keeping) -> (Vec<PartKey>, Change) {
        let content = self.free.get_mut(&hazard).map(|free| replace(&mut free.keeping, keeping));
        (vec![PartKey::Free(hazard)], content.unwrap_or(Change::None))
    }

    fn keep_photo(&mut self, photo: crate::ids::PhotoId, keeping: Keeping) -> (Vec<PartKey>, Change) {
        let content = self.photos.get_mut(&photo).map(|photo| replace(&mut photo.keeping, keeping));
        (vec![PartKey::Photo(photo)], content.unwrap_or(Change::None))
    }

    fn name_second(&mut self, second: Option<Inspector>) -> (Vec<PartKey>, Change) {
        let mut parts = vec![PartKey::Signing];
        let person = |it: &Option<Inspector>| it.as_ref().map(|it| it.account);
        let before = person(&self.signing.second);
        if before.is_some() && before != person(&second) {
            for (id, filled) in &mut self.items {
                if filled.sheet.as_mut().is_some_and(|sheet| sheet.second_opinion.take().is_some()) {
                    parts.push(PartKey::Item(id.clone()));
                }
            }
            for (id, free) in &mut self.free {
                if free.sheet.second_opinion.take().is_some() {
                    parts.push(PartKey::Free(*id));
                }
            }
        }
        (parts, replace(&mut self.signing.second, second))
    }

    /// Takes back every signature; says whether there was one. The words of a refusal stay: only its witness
    /// has to sign again.
    fn void_signatures(&mut self) -> bool {
        let signing = &mut self.signing;
        let lead = signing.lead_signature.take().is_some();
        let second = signing.second_signature.take().is_some();
        let site = match &mut signing.site_signing {
            None => false,
            Some(SiteSigning::Refused { witness_signature, .. }) => witness_signature.take().is_some(),
            Some(SiteSigning::Signed(_)) => signing.site_signing.take().is_some(),
        };
        lead || second || site
    }
}

impl Change {
    fn or(self, other: Self) -> Self {
        if self == Self::Content { self } else { other }
    }
}

impl FreeHazard {
    fn blank() -> Self {
        Self { title: String::new(), grade: None, sheet: Sheet::default(), keeping: Keeping::Kept }
    }
}

fn replace<T: PartialEq>(place: &mut T, value: T) -> Change {
    if *place == value {
        return Change::None;
    }
    *place = value;
    Change::Content
}

fn change_sheet(sheet: &mut Sheet, change: SheetChange) -> Change {
    match change {
        SheetChange::Place(place) => replace(&mut sheet.place, place),
        SheetChange::Description(description) => replace(&mut sheet.description, description),
        SheetChange::Due(due) => replace(&mut sheet.due, due),
        SheetChange::Measures(measures) => replace(&mut sheet.measures, measures.in_one_spelling()),
        SheetChange::Responsible(responsible) => replace(&mut sheet.responsible, responsible),
        SheetChange::SecondOpinion(opinion) => replace(&mut sheet.second_opinion, opinion),
        SheetChange::Remedy(remedy) => replace(&mut sheet.remedy, remedy),
    }
}

fn admit_text(text: &str) -> Result<(), EditRefused> {
    // A character has at least one byte, so a short text need not be counted.
    let fits = text.len() <= Draft::MAX_TEXT_CHARS || text.chars().count() <= Draft::MAX_TEXT_CHARS;
    if fits { Ok(()) } else { Err(EditRefused::TooLong) }
}
