//! The start of a visit: which checklist, and how it was announced. Then the draft exists, on disk.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::access::Role;
use xunan_core::facility::Facility;
use xunan_core::ids::VisitId;
use xunan_core::plan::{NoticeMode, Plan};
use xunan_core::problem::Problem;
use xunan_core::rules::{Pack, Profile};
use xunan_core::visit::{Draft, Head, Inspector, PartKey};

use super::preflight::Preflight;
use crate::browser::clock;
use crate::i18n::texts;
use crate::session::Phone;
use crate::shell;
use crate::store::{DraftCard, Store};
use crate::ui::{Banner, BannerKind, Button, ButtonKind, ButtonSize, ChoiceLine, Choices, Choose, IconName};

const NOTICES: [NoticeMode; 3] = [NoticeMode::Secret, NoticeMode::OnArrival, NoticeMode::Advance];

/// The choices before a visit at `facility`; those of `plan` are made already.
#[component]
pub fn StartVisit(
    /// The institution to be visited.
    facility: Facility,
    /// The rule pack in force.
    pack: Pack,
    /// The plan that it carries out.
    #[prop(optional)]
    plan: Option<Plan>,
) -> impl IntoView {
    let t = texts();
    let phone = Phone::expect();
    let profile = RwSignal::new(plan.as_ref().map_or(Profile::Standard, |plan| plan.profile));
    let notice = RwSignal::new(plan.as_ref().map_or(NoticeMode::Secret, |plan| plan.notice));
    let problem = RwSignal::new(None::<Problem>);
    let count =
        |profile| u32::try_from(pack.items_for(facility.facility_type, profile).count()).unwrap_or(u32::MAX);
    let profiles = Profile::ALL.map(|profile| ChoiceLine {
        text: format!("{} · {}", t.name().profile(profile), t.facility().items_to_walk(count(profile))),
        note: t.name().profile_note(profile).to_owned(),
    });
    let notices = NOTICES.map(|notice| ChoiceLine {
        text: t.name().notice(notice).to_owned(),
        note: t.name().notice_note(notice).to_owned(),
    });
    let chosen_profile =
        Signal::derive(move || Profile::ALL.iter().position(|it| *it == profile.get()).into_iter().collect());
    let chosen_notice =
        Signal::derive(move || NOTICES.iter().position(|it| *it == notice.get()).into_iter().collect());
    let has_plan = plan.is_some();
    let (shown_pack, facility_type) = (pack.clone(), facility.facility_type);
    let account = phone.account();
    let expired = match &account.role {
        Role::Inspector { certificate } if certificate.valid_until < clock::now().date() => {
            Some(t.facility().certificate_expired(&certificate.valid_until.to_string()))
        }
        _ => None,
    };
    let begin = Callback::new(move |()| {
        let Role::Inspector { certificate } = account.role.clone() else { return };
        let now = clock::now();
        let head = Head {
            visit: VisitId::from_parts(now, clock::entropy()),
            plan: plan.as_ref().map(|plan| plan.id),
            facility: facility.clone(),
            pack: pack.reference().clone(),
            profile: profile.get_untracked(),
            notice: notice.get_untracked(),
            started: now,
            lead: Inspector { account: account.id, name: account.name.clone(), certificate },
        };
        let (store, draft, pack) = (phone.store(), Draft::begin(head), pack.clone());
        spawn_local(async move {
            let visit = draft.head().visit;
            match store_new(&store, &draft, &pack).await {
                Ok(()) => shell::go(&format!("/visits/{visit}")),
                Err(failed) => {
                    problem.try_set(Some(failed));
                }
            }
        });
    });
    view! {
        <section class="part stack">
            {expired.map(|text| view! { <Banner kind=BannerKind::Warning icon=IconName::Warning text /> })}
            <Choices
                label=t.facility().choose_profile()
                choose=Choose::One
                lines=profiles.into()
                chosen=chosen_profile
                on_choose=Callback::new(move |at: usize| if let Some(chosen) = Profile::ALL.get(at) { profile.set(*chosen) })
            />
            {(!has_plan).then(|| view! {
                <Choices
                    label=t.facility().choose_notice()
                    choose=Choose::One
                    lines=notices.into()
                    chosen=chosen_notice
                    on_choose=Callback::new(move |at: usize| if let Some(chosen) = NOTICES.get(at) { notice.set(*chosen) })
                />
            })}
            <Preflight pack=shown_pack facility=facility_type profile=profile />
            <p class="card-note">{t.facility().two_needed()}</p>
            {move || problem.get().map(|problem| view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text=texts().problem(&problem) /> })}
            <Button kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Checklist on_press=begin>{t.facility().begin()}</Button>
        </section>
    }
}

/// The draft exists once its head is on disk.
async fn store_new(store: &Store, draft: &Draft, pack: &Pack) -> Result<(), Problem> {
    let card = DraftCard::of(draft, draft.progress(pack), clock::now());
    let Some(head) = draft.part(&PartKey::Head) else { return Ok(()) };
    store.save_parts(draft.head().visit, &[head], Some(&card)).await.map_err(Problem::from)
}
