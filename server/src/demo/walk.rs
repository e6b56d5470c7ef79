//! One visit of the demo, made with core's own commands as the pages make it: answer everything, then close every
//! gap that core names.

use xunan_core::access::{Account, Role};
use xunan_core::clock::{Instant, Span};
use xunan_core::digest::Digest;
use xunan_core::evidence::{PhotoManifest, Signature, Stroke};
use xunan_core::facility::{Facility, Party};
use xunan_core::ids::{PhotoId, VisitId};
use xunan_core::plan::NoticeMode;
use xunan_core::rules::{
    Answer, AnswerKind, Bound, DateRule, FireRules, Item, Pack, Profile, Quantity, Ruling, Threshold,
};
use xunan_core::visit::{
    Draft, DraftPhoto, Edit, Gap, HazardOf, Head, Inspector, ItemState, Keeping, MeasureDecision, PhotoOf,
    Responsible, SecondOpinion, SheetChange, SitePerson, SiteSigning, Stage, VisitRecord,
};

use super::{County, DemoError};
use crate::clock::id_entropy;
use crate::ledger_store::StoredPhoto;
use crate::photo_store::UploadKey;

/// The photos of the demo: drawn, so that nobody's home is in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Photo {
    /// Something as it should be.
    CorridorClear,
    ExitChained,
    ExtinguisherBlocked,
    SocketOverloaded,
}

impl Photo {
    pub(super) const ALL: [Self; 4] =
        [Self::CorridorClear, Self::ExitChained, Self::ExtinguisherBlocked, Self::SocketOverloaded];

    pub(super) const fn bytes(self) -> &'static [u8] {
        match self {
            Self::CorridorClear => include_bytes!("photos/corridor_clear.jpg"),
            Self::ExitChained => include_bytes!("photos/exit_chained.jpg"),
            Self::ExtinguisherBlocked => include_bytes!("photos/extinguisher_blocked.jpg"),
            Self::SocketOverloaded => include_bytes!("photos/socket_overloaded.jpg"),
        }
    }
}

/// Something that a visit found.
pub(super) struct Found {
    /// The checklist's item.
    pub(super) item: &'static str,
    /// Where.
    pub(super) place: &'static str,
    /// What is wrong.
    pub(super) description: &'static str,
    /// What shows it.
    pub(super) photo: Photo,
}

/// A visit to make.
pub(super) struct Walk<'a> {
    pub(super) pack: &'a Pack,
    pub(super) fire: &'a FireRules,
    pub(super) facility: &'a Facility,
    pub(super) lead: &'a Account,
    pub(super) second: &'a Account,
    pub(super) profile: Profile,
    pub(super) started: Instant,
    pub(super) found: &'a [Found],
}

impl Walk<'_> {
    /// The signed record.
    pub(super) fn record(&self) -> Result<VisitRecord, DemoError> {
        let mut draft = Draft::begin(Head {
            visit: VisitId::from_parts(self.started, id_entropy()?),
            plan: None,
            facility: self.facility.clone(),
            pack: self.pack.reference().clone(),
            profile: self.profile,
            notice: NoticeMode::OnArrival,
            started: self.started,
            lead: inspector(self.lead)?,
        });
        for item in self.pack.items_for(self.facility.facility_type, self.profile) {
            self.answer(&mut draft, item)?;
        }
        self.apply(&mut draft, Edit::Second(Some(inspector(self.second)?)))?;
        let site = SitePerson { name: self.head_of_place(), post: "负责人".to_owned() };
        self.apply(&mut draft, Edit::Site(Some(site)))?;
        for gap in draft.gaps(self.pack) {
            if gap.stage() != Stage::Signatures {
                self.close(&mut draft, gap)?;
            }
        }
        let left = || DemoError::Refused(format!("gaps left: {:?}", draft.gaps(self.pack)));
        let content = draft.content(self.pack).ok_or_else(left)?.digest();
        let ended = self.started.plus(Span::minutes(95));
        for (sign, shape) in [
            (Edit::SignLead as fn(_) -> _, 0),
            (Edit::SignSecond as fn(_) -> _, 1),
            (
                (|signature: Option<Signature>| Edit::SignSite(signature.map(SiteSigning::Signed)))
                    as fn(_) -> _,
                2,
            ),
        ] {
            let signature = Signature { strokes: strokes(shape), at: ended, content };
            self.apply(&mut draft, sign(Some(signature)))?;
        }
        draft.sign(self.pack, Some(self.fire), ended).map_err(|error| DemoError::Refused(error.to_string()))
    }

    fn answer(&self, draft: &mut Draft, item: &Item) -> Result<(), DemoError> {
        let found = self.found.iter().find(|found| found.item == item.id.as_str());
        let answer = found.map_or_else(|| self.passing(item), |_| Answer::Fail);
        let at = self.started.plus(Span::minutes(5));
        self.apply(draft, Edit::Answer { item: item.id.clone(), answer: Some(answer), at })?;
        if matches!(draft.item_state(item, self.pack), ItemState::NeedsDecision(_)) {
            self.apply(draft, Edit::Decide { item: item.id.clone(), ruling: Some(Ruling::Pass) })?;
        }
        let Some(found) = found else { return Ok(()) };
        self.add_photo(draft, PhotoOf::Item(item.id.clone()), found.photo)?;
        let of = HazardOf::Item(item.id.clone());
        for change in [
            SheetChange::Place(found.place.to_owned()),
            SheetChange::Description(found.description.to_owned()),
        ] {
            self.apply(draft, Edit::Sheet { of: of.clone(), change })?;
        }
        Ok(())
    }

    /// An answer that passes.
    fn passing(&self, item: &Item) -> Answer {
        match &item.answer {
            AnswerKind::Tri => Answer::Pass,
            AnswerKind::Date(DateRule::WithinDays(_)) => Answer::Date(self.started.date()),
            AnswerKind::Date(DateRule::NotExpired) => Answer::Date(self.started.date().plus_days(200)),
            AnswerKind::Number(rule) => match rule.threshold(self.facility.facility_type) {
                Threshold::Set(Bound::AtMost(bound) | Bound::AtLeast(bound) | Bound::Exactly(bound)) => {
                    Answer::Number(bound)
                }
                Threshold::Set(Bound::Between(low, _)) => Answer::Number(low),
                Threshold::Set(Bound::Below(_)) => Answer::Number(Quantity::whole(0)),
                Threshold::Set(Bound::Above(_)) => Answer::NotApplicable,
                Threshold::Configurable => Answer::Pass,
            },
        }
    }

    /// Does what a gap asks for.
    fn close(&self, draft: &mut Draft, gap: Gap) -> Result<(), DemoError> {
        let (of, change) = match gap {
            Gap::PhotoMissing(item) => {
                return self.add_photo(draft, PhotoOf::Item(item), Photo::CorridorClear);
            }
            Gap::MeasuresUndecided(of) => {
                let offered =
                    draft.hazard(&of, self.pack).and_then(|hazard| hazard.must_offer.first().copied());
                let measures = match offered {
                    Some(measure) => MeasureDecision::Ordered { measures: vec![measure] },
                    None => MeasureDecision::NotNeeded { reason: "现场已采取防护".to_owned() },
                };
                (of, SheetChange::Measures(measures))
            }
            Gap::ResponsibleMissing(of) => {
                let responsible = Responsible { party: Party::Head, name: self.head_of_place() };
                (of, SheetChange::Responsible(Some(responsible)))
            }
            Gap::SecondOpinionMissing(of) => (of, SheetChange::SecondOpinion(Some(SecondOpinion::Agrees))),
            other => return Err(DemoError::Refused(format!("{other:?}"))),
        };
        self.apply(draft, Edit::Sheet { of, change })
    }

    fn add_photo(&self, draft: &mut Draft, shows: PhotoOf, photo: Photo) -> Result<(), DemoError> {
        let taken = self.started.plus(Span::minutes(20));
        let manifest = PhotoManifest::untouched(
            PhotoId::from_parts(taken, id_entropy()?),
            photo.bytes(),
            (640, 480),
            taken,
        );
        self.apply(draft, Edit::AddPhoto(DraftPhoto { manifest, shows, keeping: Keeping::Kept }))
    }

    fn head_of_place(&self) -> String {
        self.facility.holder(Party::Head).map_or_else(|| "演示".to_owned(), |holder| holder.name.clone())
    }

    fn apply(&self, draft: &mut Draft, edit: Edit) -> Result<(), DemoError> {
        let refused = |error: xunan_core::visit::EditRefused| DemoError::Refused(error.to_string());
        draft.apply(edit, self.pack).map(drop).map_err(refused)
    }
}

impl County<'_> {
    /// Puts a demo photo into the photo store, and notes that it is there.
    pub(super) fn store_photo(&self, photo: Photo, uploader: &str) -> Result<(), DemoError> {
        let (bytes, digest) = (photo.bytes(), Digest::of(photo.bytes()));
        let (folder, uploader) = (&self.parts.photos, self.account(uploader)?.id);
        let size_bytes = bytes.len() as u64;
        if folder.size_of(&digest)?.is_none() {
            let mut upload = folder.begin(UploadKey { account: uploader, digest }, size_bytes)?;
            folder.cut_back(&mut upload, 0)?;
            folder.append(&mut upload, bytes)?;
            folder.finish(&upload)?;
        }
        Ok(self.tables.insert_photo(&StoredPhoto { digest, size_bytes, uploader }, self.now)?)
    }
}

fn inspector(account: &Account) -> Result<Inspector, DemoError> {
    let Role::Inspector { certificate } = &account.role else {
        return Err(DemoError::Refused("only inspectors walk".to_owned()));
    };
    Ok(Inspector { account: account.id, name: account.name.clone(), certificate: certificate.clone() })
}

/// Three scrawls.
fn strokes(shape: usize) -> Vec<Stroke> {
    let scrawls: [&[&[(i16, i16)]]; 3] = [
        &[
            &[(120, 80), (180, 200), (240, 90), (300, 210)],
            &[(340, 140), (460, 130), (430, 230)],
            &[(520, 70), (540, 240)],
        ],
        &[&[(110, 150), (260, 100), (330, 180), (220, 230)], &[(420, 90), (430, 220), (560, 160)]],
        &[
            &[(140, 90), (150, 220)],
            &[(110, 150), (300, 140), (260, 210)],
            &[(380, 110), (520, 200), (400, 220), (540, 100)],
        ],
    ];
    scrawls[shape % 3].iter().map(|points| Stroke(points.to_vec())).collect()
}
