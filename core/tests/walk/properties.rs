//! Whatever an inspector does in whatever order, and however often the tab dies.

use proptest::prelude::*;
use xunan_core::rules::{Answer, Grade, Measure, Profile, Remedy, Ruling};
use xunan_core::visit::{
    Draft, Due, Edit, Gap, HazardOf, MeasureDecision, Part, PhotoOf, Revisit, RevisitOutcome, SecondOpinion,
    SheetChange, SitePerson, SiteSigning,
};

use super::support::{
    Walk, date, fire, hazard_id, inspector, minute, photo, photo_id, responsible, shows, signature,
};

const ITEMS: [&str; 11] = [
    "exit.count",
    "exit.locked",
    "config",
    "stock",
    "light",
    "supply",
    "tested",
    "licence",
    "board",
    "paths",
    "graves",
];

fn item() -> impl Strategy<Value = &'static str> {
    prop::sample::select(ITEMS.to_vec())
}

fn answer() -> impl Strategy<Value = Option<Answer>> {
    let number = |text: &str| Some(Answer::Number(text.parse().unwrap()));
    prop::sample::select(vec![
        None,
        Some(Answer::Pass),
        Some(Answer::Fail),
        Some(Answer::NotApplicable),
        number("0"),
        number("60"),
        number("-1"),
        Some(Answer::Judged { value: "3".parse().unwrap(), ruling: Ruling::Fail }),
        Some(Answer::Date(date("2026-11-01"))),
        Some(Answer::Date(date("2020-01-01"))),
    ])
}

fn text() -> impl Strategy<Value = String> {
    prop::sample::select(vec![String::new(), " ".to_owned(), "二层东侧".to_owned(), "长".repeat(2_001)])
}

fn change() -> impl Strategy<Value = SheetChange> {
    prop_oneof![
        text().prop_map(SheetChange::Place),
        text().prop_map(SheetChange::Description),
        prop::sample::select(vec![None, Some(Due::OnTheSpot), Some(Due::By(date("2026-12-01")))])
            .prop_map(SheetChange::Due),
        prop::collection::vec(prop::sample::select(Measure::ALL.to_vec()), 0..3)
            .prop_map(|measures| SheetChange::Measures(MeasureDecision::Ordered { measures })),
        text().prop_map(|reason| SheetChange::Measures(MeasureDecision::NotNeeded { reason })),
        Just(responsible()),
        Just(SheetChange::Responsible(None)),
        text().prop_map(|reason| SheetChange::SecondOpinion(Some(SecondOpinion::Disagrees { reason }))),
        Just(SheetChange::SecondOpinion(Some(SecondOpinion::Agrees))),
        Just(SheetChange::Remedy(Remedy::CorrectedOnTheSpot)),
    ]
}

fn hazard_of() -> impl Strategy<Value = HazardOf> {
    prop_oneof![
        item().prop_map(|item| HazardOf::Item(item.parse().unwrap())),
        (50_u128..53).prop_map(|number| HazardOf::Free(hazard_id(number))),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    let free = || (50_u128..53).prop_map(hazard_id);
    let photo_of = prop_oneof![
        item().prop_map(shows),
        free().prop_map(PhotoOf::Free),
        (8_u128..10).prop_map(|number| PhotoOf::Revisit(hazard_id(number))),
        Just(PhotoOf::Visit),
    ];
    let grade = prop::option::of(prop::sample::select(vec![Grade::Advice, Grade::General, Grade::Major]));
    let outcome = prop::sample::select(vec![RevisitOutcome::StillThere, RevisitOutcome::LooksFixed]);
    prop_oneof![
        6 => (item(), answer(), 1_i64..60).prop_map(|(item, answer, at)| Edit::Answer {
            item: item.parse().unwrap(),
            answer,
            at: minute(at),
        }),
        1 => (item(), prop::option::of(prop::sample::select(vec![Ruling::Pass, Ruling::Fail])))
            .prop_map(|(item, ruling)| Edit::Decide { item: item.parse().unwrap(), ruling }),
        1 => (item(), text()).prop_map(|(item, note)| Edit::Note { item: item.parse().unwrap(), note }),
        6 => (hazard_of(), change()).prop_map(|(of, change)| Edit::Sheet { of, change }),
        1 => free().prop_map(|hazard| Edit::AddFree { hazard }),
        1 => (free(), text(), grade).prop_map(|(hazard, title, grade)| Edit::DescribeFree { hazard, title, grade }),
        1 => free().prop_map(Edit::RemoveFree),
        1 => free().prop_map(Edit::RestoreFree),
        3 => (1_u128..12, photo_of).prop_map(|(number, of)| Edit::AddPhoto(photo(number, of))),
        1 => (1_u128..12).prop_map(|number| Edit::RemovePhoto(photo_id(number))),
        1 => (1_u128..12).prop_map(|number| Edit::RestorePhoto(photo_id(number))),
        1 => (8_u128..10, prop::option::of((outcome, text()))).prop_map(|(number, found)| Edit::Revisit {
            hazard: hazard_id(number),
            revisit: found.map(|(outcome, note)| Revisit { outcome, note }),
        }),
        1 => prop::sample::select(Profile::ALL.to_vec()).prop_map(Edit::Profile),
        1 => prop::option::of(item()).prop_map(|item| Edit::Bookmark(item.map(|it| it.parse().unwrap()))),
        1 => prop::option::of(1_u128..4).prop_map(|number| Edit::Second(number.map(inspector))),
        1 => prop::option::of(text()).prop_map(|name| Edit::Site(name.map(|name| SitePerson {
            name,
            post: String::new(),
        }))),
        1 => Just(Edit::SignLead(None)),
        1 => text().prop_map(|witness| Edit::SignSite(Some(SiteSigning::Refused {
            reason: "不认可".to_owned(),
            witness,
            witness_signature: None,
        }))),
    ]
}

/// Does what a gap asks for, as an inspector would.
fn close(walk: &mut Walk, gap: Gap, next_photo: &mut u128) {
    let sheet = |of, change| Edit::Sheet { of, change };
    let digest = || signature(walk.digest());
    let edit = match gap {
        Gap::Unanswered(item) | Gap::Undecided(item) => {
            Edit::Answer { item, answer: Some(Answer::NotApplicable), at: minute(61) }
        }
        Gap::PhotoMissing(item) => {
            *next_photo += 1;
            Edit::AddPhoto(photo(*next_photo, PhotoOf::Item(item)))
        }
        Gap::TitleMissing(hazard) => {
            let grade = walk.draft.free_hazards().find(|(id, _)| *id == hazard).unwrap().1.grade;
            Edit::DescribeFree { hazard, title: "井盖".to_owned(), grade }
        }
        Gap::GradeMissing(hazard) => {
            let title = walk.draft.free_hazards().find(|(id, _)| *id == hazard).unwrap().1.title.clone();
            Edit::DescribeFree { hazard, title, grade: Some(Grade::Major) }
        }
        Gap::MeasuresUndecided(of) => {
            sheet(of, SheetChange::Measures(MeasureDecision::NotNeeded { reason: "已整改".to_owned() }))
        }
        Gap::DueMissing(of) | Gap::DueInThePast(of) => sheet(of, SheetChange::Due(Some(Due::OnTheSpot))),
        Gap::ResponsibleMissing(of) => sheet(of, responsible()),
        Gap::SecondOpinionMissing(of) => sheet(of, SheetChange::SecondOpinion(Some(SecondOpinion::Agrees))),
        Gap::RevisitOutcomeMissing(hazard) => {
            let revisit = Revisit { outcome: RevisitOutcome::StillThere, note: String::new() };
            Edit::Revisit { hazard, revisit: Some(revisit) }
        }
        Gap::SecondInspectorMissing => Edit::Second(Some(inspector(2))),
        Gap::SitePersonMissing => {
            Edit::Site(Some(SitePerson { name: "院长甲".to_owned(), post: String::new() }))
        }
        Gap::LeadSignatureMissing => Edit::SignLead(Some(digest())),
        Gap::SecondSignatureMissing => Edit::SignSecond(Some(digest())),
        Gap::SiteSignatureMissing => Edit::SignSite(Some(SiteSigning::Signed(digest()))),
        Gap::RefusalIncomplete => Edit::SignSite(Some(SiteSigning::Refused {
            reason: "不认可".to_owned(),
            witness: "街道办乙".to_owned(),
            witness_signature: Some(digest()),
        })),
    };
    walk.edit(edit);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_draft_is_its_parts_and_only_the_returned_ones_change(edits in prop::collection::vec(edit(), 0..60)) {
        let mut walk = Walk::begun();
        for edit in edits {
            let before = walk.draft.clone();
            match walk.try_edit(edit.clone()) {
                Err(_) => prop_assert_eq!(&walk.draft, &before),
                Ok(parts) => {
                    prop_assert!(!parts.is_empty());
                    let mut restored = before.clone();
                    for part in &parts {
                        restored.set_part(walk.draft.part(part).unwrap());
                    }
                    prop_assert_eq!(&restored, &walk.draft);
                    // Said twice, it changes nothing more.
                    let after = walk.draft.clone();
                    prop_assert!(walk.try_edit(edit).is_ok());
                    prop_assert_eq!(&walk.draft, &after);
                }
            }
            // Another draft of the same content has the same hash; another content has another one.
            if let (Some(a), Some(b)) = (before.content(&walk.pack), walk.draft.content(&walk.pack)) {
                prop_assert_eq!(a == b, a.digest() == b.digest());
            }
        }
        let parts = walk.draft.parts();
        let json: Vec<String> = parts.iter().map(|part| serde_json::to_string(part).unwrap()).collect();
        let read: Vec<Part> = json.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
        prop_assert_eq!(Draft::from_parts(read).unwrap(), walk.draft);
    }

    #[test]
    fn closing_the_gaps_leads_to_a_record_that_checks_out(edits in prop::collection::vec(edit(), 0..60)) {
        let mut walk = Walk::begun();
        edits.into_iter().for_each(|edit| _ = walk.try_edit(edit));
        let mut next_photo = 100;
        for _ in 0..100 {
            let Some(gap) = walk.gaps().into_iter().next() else { break };
            close(&mut walk, gap, &mut next_photo);
        }
        prop_assert_eq!(walk.gaps(), []);
        let record = walk.record();
        prop_assert_eq!(record.check(&walk.pack, Some(&fire())), Ok(()));
        let json = serde_json::to_string(&record).unwrap();
        let read: xunan_core::visit::VisitRecord = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&read, &record);
        prop_assert_eq!(read.content().digest(), record.content().digest());
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), json);
    }
}
