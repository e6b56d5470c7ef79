//! A small checklist, its people, and a walk in shorthand.

use serde_json::Value;
use xunan_core::access::{Account, Certificate, Role};
use xunan_core::digest::Digest;
use xunan_core::evidence::{CameraWay, PhotoManifest, Signature, Stroke};
use xunan_core::facility::{Facility, FacilityType, Party};
use xunan_core::ids::{AccountId, DeviceId, EntryId, FacilityId, HazardId, PhotoId, PlanId, VisitId};
use xunan_core::plan::{NoticeMode, Plan};
use xunan_core::rules::{Answer, FireRules, Item, Measure, Pack, Profile};
use xunan_core::visit::{
    Draft, DraftPhoto, Edit, EditRefused, Gap, HazardOf, Head, Inspector, Keeping, MeasureDecision, PartKey,
    PhotoOf, Responsible, SecondOpinion, SheetChange, SitePerson, SiteSigning, VisitRecord,
};

pub(super) const PACK: &[u8] = include_bytes!("../golden/v1/visit_pack.json");
const FIRE: &[u8] = include_bytes!("../golden/v1/visit_fire.json");

pub(super) fn pack() -> Pack {
    Pack::load(PACK).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

pub(super) fn fire() -> FireRules {
    FireRules::load(FIRE).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

pub(super) use crate::given::{date, minute, start};

crate::given::ids! {
    at start();
    account_id: AccountId;
    facility_id: FacilityId;
    hazard_id: HazardId;
    photo_id: PhotoId;
    plan_id: PlanId;
    visit_id: VisitId;
    entry_id: EntryId;
    device_id: DeviceId;
}

pub(super) fn inspector(number: u128) -> Inspector {
    let certificate = Certificate { number: format!("ZF-{number}"), valid_until: date("2028-12-31") };
    Inspector { account: account_id(number), name: format!("检查员{number}"), certificate }
}

pub(super) fn inspector_account(number: u128, region: &str) -> Account {
    let Inspector { account, name, certificate } = inspector(number);
    Account {
        id: account,
        name,
        organisation: "样例县民政局".to_owned(),
        region: region.parse().unwrap(),
        role: Role::Inspector { certificate },
    }
}

pub(super) fn facility() -> Facility {
    Facility {
        id: facility_id(1),
        name: "样例养老院".to_owned(),
        facility_type: FacilityType::ElderlyCare,
        division: "999901001".parse().unwrap(),
        address: "样例路1号".to_owned(),
        credit_code: None,
        telephone: None,
        beds: Some(80),
        location: None,
        parties: Vec::new(),
    }
}

pub(super) fn head(pack: &Pack) -> Head {
    Head {
        visit: visit_id(1),
        plan: None,
        facility: facility(),
        pack: pack.reference().clone(),
        profile: Profile::Standard,
        notice: NoticeMode::Secret,
        started: start(),
        lead: inspector(1),
    }
}

/// A plan of the county's office for the institution of these tests.
pub(super) fn plan(notice: NoticeMode, inspectors: [u128; 2]) -> Plan {
    Plan {
        id: plan_id(1),
        facility: facility_id(1),
        office: "999901".parse().unwrap(),
        inspectors: inspectors.map(account_id),
        notice,
        profile: Profile::Standard,
        from: date("2026-11-20"),
        until: date("2026-11-30"),
        purpose: String::new(),
    }
}

pub(super) fn item_of(item: &str) -> HazardOf {
    HazardOf::Item(item.parse().unwrap())
}

pub(super) fn shows(item: &str) -> PhotoOf {
    PhotoOf::Item(item.parse().unwrap())
}

pub(super) fn photo(number: u128, shows: PhotoOf) -> DraftPhoto {
    let manifest = PhotoManifest {
        id: photo_id(number),
        original: Digest::of(format!("original {number}").as_bytes()),
        original_bytes: 2_000_000,
        stored: Digest::of(format!("stored {number}").as_bytes()),
        stored_bytes: 200_000,
        width_px: 1600,
        height_px: 1200,
        taken: minute(5),
        way: CameraWay::InPage,
        capture: None,
    };
    DraftPhoto { manifest, shows, keeping: Keeping::Kept }
}

pub(super) fn signature(content: Digest) -> Signature {
    Signature { strokes: vec![Stroke(vec![(100, 200), (500, 260), (900, 180)])], at: minute(60), content }
}

pub(super) fn responsible() -> SheetChange {
    SheetChange::Responsible(Some(Responsible { party: Party::Head, name: "院长甲".to_owned() }))
}

pub(super) fn ordered(measures: &[Measure]) -> SheetChange {
    SheetChange::Measures(MeasureDecision::Ordered { measures: measures.to_vec() })
}

/// A draft and its pack, with shorthand for edits.
#[derive(Clone)]
pub(super) struct Walk {
    pub(super) pack: Pack,
    pub(super) draft: Draft,
}

impl Walk {
    /// Nothing is filled in yet.
    pub(super) fn begun() -> Self {
        let pack = pack();
        Self { draft: Draft::begin(head(&pack)), pack }
    }

    /// Everything passes and everybody is named: only signatures are missing.
    pub(super) fn passed() -> Self {
        let mut walk = Self::begun();
        for item in ["exit.count", "exit.locked", "config", "stock", "board"] {
            walk.answer(item, Answer::Pass);
        }
        walk.answer("light", Answer::Number("0".parse().unwrap()));
        walk.answer("supply", Answer::Pass);
        walk.answer("tested", Answer::Date(date("2026-06-01")));
        walk.answer("licence", Answer::NotApplicable);
        walk.edit(Edit::AddPhoto(photo(1, shows("exit.locked"))));
        walk.edit(Edit::Second(Some(inspector(2))));
        let site = SitePerson { name: "院长甲".to_owned(), post: "院长".to_owned() };
        walk.edit(Edit::Site(Some(site)));
        walk
    }

    /// A major, a general and a free hazard and an advice, all decided: only signatures are missing.
    pub(super) fn found() -> Self {
        let mut walk = Self::passed();
        walk.answer("exit.locked", Answer::Fail);
        walk.sheet("exit.locked", ordered(&[Measure::OpenNow]));
        walk.sheet("exit.locked", responsible());
        walk.sheet("exit.locked", SheetChange::SecondOpinion(Some(SecondOpinion::Agrees)));
        walk.answer("stock", Answer::Fail);
        walk.sheet("stock", responsible());
        walk.answer("board", Answer::Fail);
        let hazard = hazard_id(50);
        walk.edit(Edit::AddFree { hazard });
        let grade = Some(xunan_core::rules::Grade::General);
        walk.edit(Edit::DescribeFree { hazard, title: "井盖缺失".to_owned(), grade });
        for change in [responsible(), SheetChange::Due(Some(xunan_core::visit::Due::By(date("2026-11-25"))))]
        {
            walk.edit(Edit::Sheet { of: HazardOf::Free(hazard), change });
        }
        walk.edit(Edit::AddPhoto(photo(2, PhotoOf::Free(hazard))));
        walk.edit(Edit::AddPhoto(photo(3, PhotoOf::Visit)));
        walk
    }

    /// The same, signed by all three.
    pub(super) fn signed(mut self) -> Self {
        let signature = signature(self.digest());
        self.edit(Edit::SignLead(Some(signature.clone())));
        self.edit(Edit::SignSecond(Some(signature.clone())));
        self.edit(Edit::SignSite(Some(SiteSigning::Signed(signature))));
        self
    }

    pub(super) fn record(&self) -> VisitRecord {
        self.draft.sign(&self.pack, Some(&fire()), minute(70)).unwrap()
    }

    pub(super) fn digest(&self) -> Digest {
        self.draft.content(&self.pack).unwrap().digest()
    }

    pub(super) fn item(&self, id: &str) -> &Item {
        self.pack.item(id).unwrap()
    }

    pub(super) fn try_edit(&mut self, edit: Edit) -> Result<Vec<PartKey>, EditRefused> {
        self.draft.apply(edit, &self.pack)
    }

    pub(super) fn edit(&mut self, edit: Edit) -> Vec<PartKey> {
        self.try_edit(edit).unwrap()
    }

    pub(super) fn answer(&mut self, item: &str, answer: Answer) -> Vec<PartKey> {
        self.edit(Edit::Answer { item: item.parse().unwrap(), answer: Some(answer), at: minute(1) })
    }

    pub(super) fn sheet(&mut self, item: &str, change: SheetChange) -> Vec<PartKey> {
        self.edit(Edit::Sheet { of: item_of(item), change })
    }

    pub(super) fn gaps(&self) -> Vec<Gap> {
        self.draft.gaps(&self.pack)
    }
}

/// A record that somebody changed outside the app.
pub(super) fn tampered(record: &VisitRecord, change: impl FnOnce(&mut Value)) -> VisitRecord {
    let mut json = serde_json::to_value(record).unwrap();
    change(&mut json);
    serde_json::from_value(json).unwrap()
}

/// The same, with signatures that name the changed content: what a forger with a device's key would send.
pub(super) fn forged(record: &VisitRecord, change: impl FnOnce(&mut Value)) -> VisitRecord {
    let changed = tampered(record, change);
    let digest = serde_json::to_value(changed.content().digest()).unwrap();
    tampered(&changed, |json| {
        for path in ["/lead_signature/content", "/second_signature/content"] {
            *json.pointer_mut(path).unwrap() = digest.clone();
        }
        for path in ["/site/content", "/site/witness/signature/content"] {
            if let Some(content) = json.pointer_mut(path) {
                *content = digest.clone();
            }
        }
    })
}
