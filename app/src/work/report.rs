//! Reporting a hazard from inside: what, where, photos; who reported, nobody inside learns.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::facility::Facility;
use xunan_core::ids::{FacilityId, HazardId};
use xunan_core::log::Body;
use xunan_core::problem::{Problem, StepRefusal};
use xunan_core::rounds::InternalReport;

use super::deed_fields::{Note, Text};
use super::deed_sheet::saved_state;
use super::open_work::{About, OpenWork};
use super::own_facilities;
use super::with_work::WithWork;
use super::work_photos::WorkPhotos;
use crate::browser::clock;
use crate::i18n::{Texts, texts};
use crate::session::Phone;
use crate::shell::{self, Frame};
use crate::store::Work;
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, ButtonSize, Duty, IconName, SavedMark, Screen, ScreenKind, Toasts,
};

/// The page.
#[component]
pub fn ReportPage() -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts().rounds());
    let own = own_facilities(&phone.account()).first().copied();
    let card = Memo::new(move |_| phone.rows.with(|rows| rows.facility(own?).cloned()));
    // Whether it is there: news of it must not take the form from under anybody's hands.
    let is_there = Memo::new(move |_| card.with(Option::is_some));
    view! {
        <Frame title=t.report() back="/">
            {move || {
                is_there.track();
                match card.get_untracked() {
                    Some(card) => view! { <Page card /> }.into_any(),
                    None => view! { <Screen kind=ScreenKind::Empty { title: t.report(), text: t.no_facility() } /> }.into_any(),
                }
            }}
        </Frame>
    }
}

#[component]
fn Page(card: Facility) -> impl IntoView {
    let facility = card.id;
    // No author: the picture would tell who reported.
    let about = About { institution: card.name, author: None, title: texts().rounds().report().to_owned() };
    let inside = move |work: OpenWork| view! { <Fields work facility /> }.into_any();
    view! { <WithWork work=Work::Report { facility } about inside=Rc::new(inside) /> }
}

const TITLE: usize = 0;
const PLACE: usize = 1;

#[component]
fn Fields(work: OpenWork, facility: FacilityId) -> impl IntoView {
    let (phone, t, toasts) = (Phone::expect(), texts(), Toasts::find());
    let (busy, refused) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let held = work.is_held();
    let go = Callback::new(move |()| {
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            let done = finish(work, facility, phone, t).await;
            busy.try_set(false);
            match done {
                Ok(()) => {
                    if let Some(toasts) = toasts {
                        toasts.say(t.rounds().reported());
                    }
                    shell::go("/");
                }
                Err(problem) => {
                    let words = match problem {
                        Problem::StepRefused { why: StepRefusal::ReasonMissing } => {
                            t.rounds().title_missing().to_owned()
                        }
                        problem => t.problem(&problem),
                    };
                    refused.try_set(Some(words));
                }
            }
        });
    });
    view! {
        <div class="stack">
            <p class="muted">{t.rounds().report_about()}</p>
            <WorkPhotos part=0 />
            <Text at=TITLE label=t.rounds().what() duty=Duty::Must />
            <Text at=PLACE label=t.rounds().place() duty=Duty::May />
            <Note label=t.rounds().report_more() duty=Duty::May />
            {move || refused.get().map(|text| view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text /> })}
            <Button kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Send busy disabled=held on_press=go>{t.rounds().report_go()}</Button>
            <SavedMark state=saved_state(work) />
        </div>
    }
}

async fn finish(work: OpenWork, facility: FacilityId, phone: Phone, t: Texts) -> Result<(), Problem> {
    let form = work.form.get_untracked();
    let report = InternalReport {
        hazard: HazardId::from_parts(clock::now(), clock::entropy()),
        facility,
        title: form.text(TITLE).trim().to_owned(),
        place: form.text(PLACE).trim().to_owned(),
        description: form.note.trim().to_owned(),
        photos: untrack(|| work.kept(0)),
    };
    report.check()?;
    let title = format!("{} · {}", t.rounds().report(), report.title);
    let body = Body::ReportMade(Box::new(report));
    work.append(phone, &body, &title).await.map(|_| ())
}
