//! One round: who went, what was found or that nothing was; done in one tap when all is in order.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::facility::Facility;
use xunan_core::ids::{FacilityId, RoundId};
use xunan_core::log::Body;
use xunan_core::problem::Problem;
use xunan_core::rounds::{Finding, Found, Mending, Round, RoundKind, RoundRefused};
use xunan_core::rules::Grade;

use super::deed_fields::{Note, Text};
use super::deed_sheet::saved_state;
use super::findings::Findings;
use super::open_work::{About, OpenWork};
use super::with_work::WithWork;
use super::work_photos::WorkPhotos;
use crate::browser::clock;
use crate::i18n::{Texts, texts};
use crate::session::Phone;
use crate::shell::{self, Frame};
use crate::store::{Form, Work};
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, ButtonSize, Duty, IconName, SavedMark, Screen, ScreenKind, Toasts,
};

/// The page of one round.
#[component]
pub fn RoundPage(kind: RoundKind, facility: FacilityId) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let card = Memo::new(move |_| phone.rows.with(|rows| rows.facility(facility).cloned()));
    let title = t.round_names().kind(kind);
    // Whether it is there: news of it must not take the form from under anybody's hands.
    let is_there = Memo::new(move |_| card.with(Option::is_some));
    move || {
        is_there.track();
        match card.get_untracked() {
        Some(card) => view! { <Frame title back="/rounds"><Page kind card /></Frame> }.into_any(),
        None => view! {
            <Frame title back="/rounds"><Screen kind=ScreenKind::Empty { title, text: t.rounds().no_facility() } /></Frame>
        }
        .into_any(),
    }
    }
}

#[component]
fn Page(kind: RoundKind, card: Facility) -> impl IntoView {
    let phone = Phone::expect();
    let title = texts().round_names().kind(kind).to_owned();
    let about = About { institution: card.name.clone(), author: Some(phone.account().name), title };
    let facility = card.id;
    let work = Work::Round { facility, kind };
    let inside = move |work: OpenWork| view! { <Fields work kind facility /> }.into_any();
    view! {
        <WithWork work about inside=Rc::new(inside) />
        <Lately kind facility />
    }
}

/// Who went: whose account it is, unless another name was written.
const BY: usize = 0;

#[component]
fn Fields(work: OpenWork, kind: RoundKind, facility: FacilityId) -> impl IntoView {
    let (phone, t, toasts) = (Phone::expect(), texts(), Toasts::find());
    if work.form.with_untracked(|form| form.text(BY).is_empty()) {
        // Not an edit: what nobody touched is not begun.
        work.form.update_untracked(|form| form.set_text(BY, phone.account().name));
    }
    let (busy, refused) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let held = work.is_held();
    let go = Callback::new(move |()| {
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            let done = finish(work, kind, facility, phone, t).await;
            busy.try_set(false);
            match done {
                Ok(()) => {
                    if let Some(toasts) = toasts {
                        toasts.say(t.rounds().sent());
                    }
                    shell::go("/");
                }
                Err(words) => _ = refused.try_set(Some(words)),
            }
        });
    });
    let words = move || match work.form.with(|form| form.findings.len()) {
        0 if kind == RoundKind::ZeroReport => t.rounds().zero_go().to_owned(),
        0 => t.rounds().nothing().to_owned(),
        found => t.rounds().submit_findings(u32::try_from(found).unwrap_or(u32::MAX)),
    };
    let zero = kind == RoundKind::ZeroReport;
    view! {
        <div class="stack">
            {zero.then(|| view! { <p class="muted">{t.rounds().zero_about()}</p> })}
            <Text at=BY label=t.rounds().by() duty=Duty::Must />
            {(!zero).then(|| view! {
                <Findings />
                <Note label=t.rounds().note() duty=Duty::May />
                <section class="stack" data-gap="small">
                    <h2 class="field-label">{t.rounds().photos()}</h2>
                    <WorkPhotos part=0 />
                </section>
            })}
            {move || refused.get().map(|text| view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text /> })}
            <Button kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Check busy disabled=held on_press=go>{words}</Button>
            <SavedMark state=saved_state(work) />
        </div>
    }
}

/// Signs the round and stores it. What core refuses is said in words, and everything stays as it was.
async fn finish(
    work: OpenWork,
    kind: RoundKind,
    facility: FacilityId,
    phone: Phone,
    t: Texts,
) -> Result<(), String> {
    let form = work.form.get_untracked();
    let now = clock::now();
    let round = Round {
        id: RoundId::from_parts(now, clock::entropy()),
        facility,
        kind,
        at: now,
        by: form.text(BY).trim().to_owned(),
        note: form.note.trim().to_owned(),
        found: found(work, &form),
        photos: untrack(|| work.kept(0)),
    };
    round.check().map_err(|refused| refusal_in_words(refused, t))?;
    let title = t.round_names().kind(kind);
    let body = Body::RoundDone(Box::new(round));
    let appended = work.append(phone, &body, title).await;
    appended.map(|_| ()).map_err(|problem| t.problem(&problem))
}

fn found(work: OpenWork, form: &Form) -> Found {
    let finding = |(it, part): (&crate::store::FindingForm, u32)| Finding {
        title: it.title.trim().to_owned(),
        place: it.place.trim().to_owned(),
        description: String::new(),
        grade: if it.major { Grade::Major } else { Grade::General },
        mending: it.by.map_or(Mending::OnTheSpot, Mending::By),
        photos: untrack(|| work.kept(part)),
    };
    let findings: Vec<Finding> = form.findings.iter().zip(1..).map(finding).collect();
    if findings.is_empty() { Found::Nothing } else { Found::Findings(findings) }
}

fn refusal_in_words(refused: RoundRefused, t: Texts) -> String {
    match refused {
        RoundRefused::NobodyNamed => t.rounds().by_missing().to_owned(),
        RoundRefused::TitleMissing => t.rounds().title_missing().to_owned(),
        RoundRefused::DueInThePast => t.rounds().date_missing().to_owned(),
        RoundRefused::TooLong => {
            t.hazard_loop().refusal(xunan_core::problem::StepRefusal::TooLong).to_owned()
        }
        refused => t.problem(&Problem::RecordInconsistent { detail: refused.to_string() }),
    }
}

/// The last rounds of this kind.
#[component]
fn Lately(kind: RoundKind, facility: FacilityId) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let lines = Memo::new(move |_| {
        let card = phone.rows.with(|rows| rows.rounds(facility, kind).cloned());
        card.and_then(|card| card.lines.read().ok()).unwrap_or_default()
    });
    let row = move |line: xunan_core::ledger::RoundLine| {
        let found = if line.findings == 0 {
            t.rounds().found_nothing().to_owned()
        } else {
            t.rounds().found(line.findings)
        };
        view! {
            <li class="row"><span class="row-text">
                <span class="row-title">{t.time().when(line.at, clock::now())}</span>
                <span class="row-note">{line.by}" · "{found}</span>
            </span></li>
        }
    };
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <section class="part">
                <div class="part-head"><h2>{t.rounds().history()}</h2></div>
                <ul class="rows">{move || lines.get().into_iter().take(10).map(row).collect_view()}</ul>
            </section>
        </Show>
    }
}
