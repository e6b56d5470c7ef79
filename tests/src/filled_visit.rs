//! A finished visit, made with core's own commands as the pages make it, for tests of the server alone.

use xunan_core::access::Role;
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::evidence::{PhotoManifest, Signature, Stroke};
use xunan_core::facility::{Facility, Party};
use xunan_core::ids::{PhotoId, VisitId};
use xunan_core::ledger::{Colleague, Row};
use xunan_core::plan::NoticeMode;
use xunan_core::rules::{Answer, AnswerKind, Grade, Item, Pack, Profile, Ruling};
use xunan_core::sync::Pulled;
use xunan_core::visit::{
    Draft, DraftPhoto, Edit, Gap, HazardOf, Head, Inspector, ItemState, Keeping, MeasureDecision, PhotoOf,
    Responsible, SecondOpinion, SheetChange, SitePerson, SiteSigning, VisitRecord,
};

use crate::phone::{Phone, now};

/// What a phone has pulled before a walk.
#[derive(Debug)]
pub struct Provisions {
    /// The institutions it may see.
    pub facilities: Vec<Facility>,
    /// Its colleagues.
    pub colleagues: Vec<Colleague>,
    /// The rule pack.
    pub pack: Pack,
}

impl Provisions {
    /// Pulls all of it.
    ///
    /// # Panics
    /// When the server does not give it.
    pub async fn pulled(phone: &Phone) -> Self {
        let (mut facilities, mut colleagues, mut pack) = (Vec::new(), Vec::new(), None);
        let mut after = 0;
        loop {
            let pulled: Pulled = phone.http.get(&format!("/api/pull?after={after}&limit=500")).await.json();
            for row in pulled.rows {
                match row {
                    Row::Facility(facility) => facilities.push(facility),
                    Row::Colleague(colleague) => colleagues.push(colleague),
                    Row::Pack { pack: reference, .. } => pack = Some(reference),
                    _ => {}
                }
            }
            after = pulled.cursor.0;
            if pulled.more == xunan_core::sync::More::No {
                break;
            }
        }
        let reference = pack.expect("the server names a pack");
        let bytes = phone.http.get(&format!("/api/packs/{}", reference.hash.hex())).await.body;
        assert_eq!(Digest::of(&bytes), reference.hash);
        Self { facilities, colleagues, pack: Pack::load(&bytes).expect("the pack is whole") }
    }
}

/// What kind of visit to make.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// How many items fail, the first ones that can.
    pub failing: usize,
    /// Photos to attach to each failing item; the same bytes may be used often.
    pub photos: &'a [&'a [u8]],
    /// The checklist.
    pub profile: Profile,
}

/// Makes a signed record of a visit at `facility`.
///
/// # Panics
/// When core refuses a step: the test's own mistake.
pub fn filled_visit(
    phone: &mut Phone,
    provisions: &Provisions,
    facility: &Facility,
    wish: Wish<'_>,
) -> VisitRecord {
    let pack = &provisions.pack;
    let second = provisions.colleagues.iter().find(|it| it.account != phone.account.id).expect("a colleague");
    let Role::Inspector { certificate } = phone.account.role.clone() else { panic!("only inspectors walk") };
    let lead = Inspector { account: phone.account.id, name: phone.account.name.clone(), certificate };
    let second = Inspector {
        account: second.account,
        name: second.name.clone(),
        certificate: second.certificate.clone(),
    };
    let head = Head {
        visit: VisitId::from_parts(now(), phone.entropy()),
        plan: None,
        facility: facility.clone(),
        pack: pack.reference().clone(),
        profile: wish.profile,
        notice: NoticeMode::OnArrival,
        started: now(),
        lead,
    };
    let mut draft = Draft::begin(head);
    let mut left_to_fail = wish.failing;
    for item in pack.items_for(facility.facility_type, wish.profile) {
        let fails = left_to_fail > 0 && matches!(item.answer, AnswerKind::Tri);
        left_to_fail -= usize::from(fails);
        fill_item(&mut draft, pack, item, fails, &wish, phone);
    }
    apply(&mut draft, pack, Edit::Second(Some(second)));
    apply(
        &mut draft,
        pack,
        Edit::Site(Some(SitePerson { name: "演示甲".to_owned(), post: "院长".to_owned() })),
    );
    let content = draft.content(pack).expect("nothing is missing").digest();
    apply(&mut draft, pack, Edit::SignLead(Some(signature(content))));
    apply(&mut draft, pack, Edit::SignSecond(Some(signature(content))));
    apply(&mut draft, pack, Edit::SignSite(Some(SiteSigning::Signed(signature(content)))));
    draft.sign(pack, None, now()).expect("a visit without gaps")
}

fn fill_item(draft: &mut Draft, pack: &Pack, item: &Item, fails: bool, wish: &Wish<'_>, phone: &mut Phone) {
    let id = item.id.clone();
    let answer = if fails {
        Answer::Fail
    } else {
        match item.answer {
            AnswerKind::Tri => Answer::Pass,
            _ => Answer::NotApplicable,
        }
    };
    apply(draft, pack, Edit::Answer { item: id.clone(), answer: Some(answer), at: now() });
    if matches!(draft.item_state(item, pack), ItemState::NeedsDecision(_)) {
        apply(draft, pack, Edit::Decide { item: id.clone(), ruling: Some(Ruling::Pass) });
    }
    for bytes in wish.photos.iter().take(if fails { usize::MAX } else { 0 }) {
        add_photo(draft, pack, PhotoOf::Item(id.clone()), bytes, phone);
    }
    if draft.item_gaps(item, pack).contains(&Gap::PhotoMissing(id.clone())) {
        let bytes = wish.photos.first().expect("a photo for items that need one");
        add_photo(draft, pack, PhotoOf::Item(id.clone()), bytes, phone);
    }
    if fails {
        let of = HazardOf::Item(id);
        let responsible = Responsible { party: Party::Head, name: "演示甲".to_owned() };
        sheet(draft, pack, &of, SheetChange::Responsible(Some(responsible)));
        let measures = match item.must_offer.first() {
            Some(measure) => MeasureDecision::Ordered { measures: vec![*measure] },
            None => MeasureDecision::NotNeeded { reason: "现场已处置".to_owned() },
        };
        sheet(draft, pack, &of, SheetChange::Measures(measures));
        if draft.hazard(&of, pack).is_some_and(|hazard| hazard.proposed == Some(Grade::Major)) {
            sheet(draft, pack, &of, SheetChange::SecondOpinion(Some(SecondOpinion::Agrees)));
        }
    }
}

fn add_photo(draft: &mut Draft, pack: &Pack, shows: PhotoOf, bytes: &[u8], phone: &mut Phone) {
    let manifest =
        PhotoManifest::untouched(PhotoId::from_parts(now(), phone.entropy()), bytes, (1600, 1200), now());
    apply(draft, pack, Edit::AddPhoto(DraftPhoto { manifest, shows, keeping: Keeping::Kept }));
}

fn sheet(draft: &mut Draft, pack: &Pack, of: &HazardOf, change: SheetChange) {
    apply(draft, pack, Edit::Sheet { of: of.clone(), change });
}

fn apply(draft: &mut Draft, pack: &Pack, edit: Edit) {
    draft.apply(edit.clone(), pack).unwrap_or_else(|refused| panic!("{edit:?}: {refused}"));
}

fn signature(content: Digest) -> Signature {
    Signature {
        strokes: vec![Stroke(vec![(100, 100), (400, 250), (700, 120)])],
        at: Instant::from_unix_millis(now().unix_millis()),
        content,
    }
}
