//! What is still missing before a visit can be signed, and how far it is.

use super::checklist::{self, Answered, Broader, ItemState};
use super::draft::{Draft, Keeping, KeptPhotos, PhotoOf, SiteSigning};
use super::hazard::is_blank;
use super::sheet::HazardOf;
use crate::clock::Date;
use crate::digest::Digest;
use crate::evidence::Signature;
use crate::facility::FacilityType;
use crate::ids::HazardId;
use crate::rules::{self, Answer, Grade, Item, ItemId, Pack, PhotoDuty, Profile, Verdict};

/// One thing that is missing. Each leads to the place where it is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The item has no answer.
    Unanswered(ItemId),
    /// The answer does not settle the item: a measured value without a configured threshold needs the
    /// inspector's own ruling, an impossible value another one.
    Undecided(ItemId),
    /// The item needs a photo.
    PhotoMissing(ItemId),
    /// A hazard that no item covers has no title.
    TitleMissing(HazardId),
    /// A hazard that no item covers has no grade.
    GradeMissing(HazardId),
    /// Nothing is decided about immediate measures where they must be offered.
    MeasuresUndecided(HazardOf),
    /// Nobody has said until when a hazard that no item covers is to be rectified.
    DueMissing(HazardOf),
    /// The due date lies before the visit.
    DueInThePast(HazardOf),
    /// Nobody is named who rectifies it.
    ResponsibleMissing(HazardOf),
    /// The second inspector has not said whether it is major.
    SecondOpinionMissing(HazardOf),
    /// There are photos of an earlier hazard, but nobody has said what was found.
    RevisitOutcomeMissing(HazardId),
    /// Nobody is named as the second inspector.
    SecondInspectorMissing,
    /// Nobody is named who is in charge on site.
    SitePersonMissing,
    /// The lead has not signed.
    LeadSignatureMissing,
    /// The second inspector has not signed.
    SecondSignatureMissing,
    /// The site person has neither signed nor refused.
    SiteSignatureMissing,
    /// A refusal has no reason, no witness, or no witness's signature.
    RefusalIncomplete,
}

/// At which stage of a visit a gap is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// On the walk.
    Walk,
    /// When the others are named.
    People,
    /// When the second inspector has the phone.
    SecondOpinion,
    /// When people sign. Only gaps of this stage may be open while [`Draft::content`] is shown.
    Signatures,
}

impl Gap {
    /// When it is closed.
    pub const fn stage(&self) -> Stage {
        match self {
            Self::Unanswered(_)
            | Self::Undecided(_)
            | Self::PhotoMissing(_)
            | Self::TitleMissing(_)
            | Self::GradeMissing(_)
            | Self::MeasuresUndecided(_)
            | Self::DueMissing(_)
            | Self::DueInThePast(_)
            | Self::ResponsibleMissing(_)
            | Self::RevisitOutcomeMissing(_) => Stage::Walk,
            Self::SecondInspectorMissing | Self::SitePersonMissing => Stage::People,
            Self::SecondOpinionMissing(_) => Stage::SecondOpinion,
            Self::LeadSignatureMissing
            | Self::SecondSignatureMissing
            | Self::SiteSignatureMissing
            | Self::RefusalIncomplete => Stage::Signatures,
        }
    }
}

/// How far a visit is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Items that the profile asks.
    pub items: usize,
    /// Of those, settled by an answer.
    pub answered: usize,
    /// Of those, failed.
    pub failed: usize,
    /// Failed items graded major, and free hazards that the inspector proposes as major.
    pub major: usize,
    /// Photos that stand.
    pub photos: usize,
}

impl Progress {
    /// Takes one item's new state into account, so that a touch need not count all items again.
    pub fn replace(&mut self, before: &ItemState, after: &ItemState) {
        self.answered = self.answered - settled(before) + settled(after);
        self.failed = self.failed - failed(before) + failed(after);
        self.major = self.major - major(before) + major(after);
    }
}

fn settled(state: &ItemState) -> usize {
    usize::from(!matches!(state, ItemState::Untouched | ItemState::NeedsDecision(_)))
}

fn failed(state: &ItemState) -> usize {
    usize::from(matches!(state, ItemState::Failed(_)))
}

fn major(state: &ItemState) -> usize {
    usize::from(state.finding().is_some_and(|finding| finding.grade == Grade::Major))
}

/// Whether an item in this state owes a photo. What does not apply, or is not settled, owes none.
pub(super) fn owes_photo(state: &ItemState, duty: PhotoDuty) -> bool {
    match state {
        ItemState::Passed => duty == PhotoDuty::Required,
        ItemState::Failed(_) => matches!(duty, PhotoDuty::Required | PhotoDuty::OnFail),
        ItemState::Untouched | ItemState::NotApplicable | ItemState::NeedsDecision(_) => false,
    }
}

impl Answered for Draft {
    fn facility_type(&self) -> FacilityType {
        self.head.facility.facility_type
    }

    fn profile(&self) -> Profile {
        self.head.profile
    }

    fn on(&self) -> Date {
        self.date()
    }

    fn answer(&self, item: &ItemId) -> Option<&Answer> {
        self.items.get(item)?.answer.as_ref()
    }
}

impl Draft {
    /// What an item's answer comes to; `None` without an answer.
    pub fn verdict(&self, item: &Item, pack: &Pack) -> Option<Verdict> {
        let answer = self.answer(&item.id)?;
        Some(rules::grade(pack, item, answer, self.facility_type(), self.on()))
    }

    /// How one item stands: what its card shows.
    pub fn item_state(&self, item: &Item, pack: &Pack) -> ItemState {
        checklist::item_state(self, pack, item)
    }

    /// What is missing of one item and its hazard, in the order of its card.
    pub fn item_gaps(&self, item: &Item, pack: &Pack) -> Vec<Gap> {
        let mut gaps = Vec::new();
        self.push_item_gaps(item, pack, &Broader::of(self, pack), &self.kept_photos(), &mut gaps);
        gaps
    }

    /// Everything that is missing: items in walking order, hazards that no item covers, people, signatures.
    /// Empty when the visit can be signed off.
    pub fn gaps(&self, pack: &Pack) -> Vec<Gap> {
        let mut gaps = self.gaps_before_signing(pack);
        let signed = gaps.is_empty() && self.signing.anybody_signed();
        let shown = if signed { self.content(pack).map(|content| content.digest()) } else { None };
        self.push_signature_gaps(shown, &mut gaps);
        gaps
    }

    /// How far the visit is.
    pub fn progress(&self, pack: &Pack) -> Progress {
        let free_major = self.kept_free().filter(|(_, free)| free.grade == Some(Grade::Major)).count();
        let photos = self.photos().filter(|photo| photo.keeping == Keeping::Kept).count();
        let mut progress = Progress { major: free_major, photos, ..Progress::default() };
        for item in pack.items_for(self.facility_type(), self.profile()) {
            progress.items += 1;
            progress.replace(&ItemState::Untouched, &self.item_state(item, pack));
        }
        progress
    }

    /// Everything that is missing except signatures.
    pub(super) fn gaps_before_signing(&self, pack: &Pack) -> Vec<Gap> {
        let mut gaps = Vec::new();
        let (broader, photos) = (Broader::of(self, pack), self.kept_photos());
        for item in pack.items_for(self.facility_type(), self.profile()) {
            self.push_item_gaps(item, pack, &broader, &photos, &mut gaps);
        }
        for (id, free) in self.kept_free() {
            if is_blank(&free.title) {
                gaps.push(Gap::TitleMissing(id));
            }
            self.hazard_of_free(id, free, &photos).push_gaps(self.on(), &mut gaps);
        }
        let mut photographed: Vec<HazardId> =
            self.photos.values().filter_map(|photo| photo.earlier_hazard()).collect();
        photographed.sort_unstable();
        photographed.dedup();
        photographed.retain(|hazard| !self.revisits.contains_key(hazard));
        gaps.extend(photographed.into_iter().map(Gap::RevisitOutcomeMissing));
        if self.signing.second.is_none() {
            gaps.push(Gap::SecondInspectorMissing);
        }
        if self.signing.site.as_ref().is_none_or(|person| is_blank(&person.name)) {
            gaps.push(Gap::SitePersonMissing);
        }
        gaps
    }

    fn push_item_gaps<'a>(
        &self,
        item: &'a Item,
        pack: &'a Pack,
        broader: &Broader<'a>,
        photos: &KeptPhotos<'_>,
        gaps: &mut Vec<Gap>,
    ) {
        let state = self.item_state(item, pack);
        match state {
            ItemState::Untouched => gaps.push(Gap::Unanswered(item.id.clone())),
            ItemState::NeedsDecision(_) => gaps.push(Gap::Undecided(item.id.clone())),
            ItemState::Passed | ItemState::NotApplicable | ItemState::Failed(_) => {}
        }
        if owes_photo(&state, item.photo) && photos.of(&PhotoOf::Item(item.id.clone())).is_empty() {
            gaps.push(Gap::PhotoMissing(item.id.clone()));
        }
        if let ItemState::Failed(finding) = state
            && broader.host(item, finding.grade).id == item.id
        {
            let failure = checklist::Failure { item, finding, also: Vec::new() };
            self.hazard_of_failure(failure, photos).push_gaps(self.on(), gaps);
        }
    }

    /// `shown` is the hash of what stands there now; a signature over anything else counts as none. That
    /// happens when another tab has written a part after it was given.
    fn push_signature_gaps(&self, shown: Option<Digest>, gaps: &mut Vec<Gap>) {
        let stands =
            |signature: &Option<Signature>| signature.as_ref().is_some_and(|it| Some(it.content) == shown);
        if !stands(&self.signing.lead_signature) {
            gaps.push(Gap::LeadSignatureMissing);
        }
        if !stands(&self.signing.second_signature) {
            gaps.push(Gap::SecondSignatureMissing);
        }
        match &self.signing.site_signing {
            Some(SiteSigning::Signed(signature)) if Some(signature.content) == shown => {}
            None | Some(SiteSigning::Signed(_)) => gaps.push(Gap::SiteSignatureMissing),
            Some(SiteSigning::Refused { reason, witness, witness_signature }) => {
                if is_blank(reason) || is_blank(witness) || !stands(witness_signature) {
                    gaps.push(Gap::RefusalIncomplete);
                }
            }
        }
    }
}
