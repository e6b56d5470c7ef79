//! Drafts of another phone, on today's page: what they are, and going on with one of them here.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::copying::Copying;
use super::fetch::NotTakenOver;
use super::seen::{Card, OnServer};
use crate::browser::clock;
use crate::i18n::{Texts, texts};
use crate::shell;
use crate::store::Over;
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, Duty, IconName, LineKind, Progress, TextField, Toasts,
};

/// How far taking over, or opening, is.
#[derive(Clone, PartialEq)]
enum Going {
    Idle,
    UnderWay,
    Failed(NotTakenOver),
}

pub(super) fn view(copying: &Copying) -> AnyView {
    let (copying, seen, phone) = (copying.clone(), copying.seen(), copying.sync().phone());
    let t = texts().copies();
    let others = Memo::new(move |_| {
        let here = |visit| phone.drafts.with(|drafts| drafts.iter().any(|card| card.visit == visit));
        seen.with(|seen| seen.elsewhere.iter().filter(|it| !here(it.visit)).cloned().collect::<Vec<_>>())
    });
    let held = StoredValue::new_local(copying);
    let lines = move || others.get().into_iter().map(|other| line(held.get_value(), other)).collect_view();
    view! {
        <Show when=move || !others.with(Vec::is_empty)>
            <section class="part">
                <div class="part-head"><h2>{t.elsewhere()}</h2></div>
                <p class="muted small">{t.go_on_about()}</p>
                <div class="cards">{lines}</div>
            </section>
        </Show>
    }
    .into_any()
}

fn line(copying: Copying, other: OnServer) -> impl IntoView {
    let t = texts();
    let changed = t.copies().changed(&t.time().when(other.changed, clock::now()));
    let (title, about, locked) = match &other.card {
        Card::Open(card) => {
            let about = format!("{} · {changed}", t.name().profile(card.profile));
            (card.facility_name.clone(), about, false)
        }
        Card::Locked => (t.copies().locked_title().to_owned(), changed, true),
        Card::Missing => (t.copies().unnamed().to_owned(), changed, false),
    };
    let progress = match other.card {
        Card::Open(card) => {
            let (answered, items) = (card.answered, card.items);
            Some(view! {
                <Progress done=Signal::derive(move || answered) of=Signal::derive(move || items) />
            })
        }
        Card::Locked | Card::Missing => None,
    };
    let visit = other.visit;
    view! {
        <div class="card" data-elsewhere=visit.to_string()>
            <span class="card-head"><span class="card-title">{title}</span></span>
            <span class="card-note">{about}</span>
            {progress}
            {if locked { unlock(copying, other.visit).into_any() } else { go_on(copying, other.visit).into_any() }}
        </div>
    }
}

fn go_on(copying: Copying, visit: xunan_core::ids::VisitId) -> impl IntoView {
    let (going, toasts, t) = (RwSignal::new(Going::Idle), Toasts::find(), texts());
    let busy = Signal::derive(move || going.get() == Going::UnderWay);
    let held = StoredValue::new_local(copying);
    let press = Callback::new(move |()| {
        let copying = held.get_value();
        going.set(Going::UnderWay);
        spawn_local(async move {
            match copying.take_over_draft(visit, Over::Nothing).await {
                Ok(missing) => {
                    if let (1.., Some(toasts)) = (missing, toasts) {
                        toasts.say(t.copies().missing(missing));
                    }
                    shell::go(&format!("/visits/{visit}"));
                }
                Err(why) => _ = going.try_set(Going::Failed(why)),
            }
        });
    });
    view! {
        <Outcome going />
        <Button kind=ButtonKind::Primary icon=IconName::Next busy on_press=press>{t.copies().go_on_here()}</Button>
    }
}

fn unlock(copying: Copying, visit: xunan_core::ids::VisitId) -> impl IntoView {
    let (going, password, t) = (RwSignal::new(Going::Idle), RwSignal::new(String::new()), texts().copies());
    let busy = Signal::derive(move || going.get() == Going::UnderWay);
    let held = StoredValue::new_local(copying);
    let press = Callback::new(move |()| {
        let (copying, given) = (held.get_value(), password.get_untracked());
        if given.is_empty() || busy.get_untracked() {
            return;
        }
        going.set(Going::UnderWay);
        spawn_local(async move {
            match copying.unlock(visit, &given).await {
                // The list is drawn anew, with this draft's line open.
                Ok(()) => copying.list_again(),
                Err(why) => _ = going.try_set(Going::Failed(why)),
            }
        });
    });
    view! {
        <p>{t.locked()}</p>
        <TextField label=t.old_password() value=password on_input=Callback::new(move |text| password.set(text))
            kind=LineKind::Password duty=Duty::Must />
        <Outcome going opening=true />
        <Button kind=ButtonKind::Primary busy on_press=press>{t.open()}</Button>
    }
}

/// What is under way, or why it did not work.
#[component]
fn Outcome(going: RwSignal<Going>, #[prop(optional)] opening: bool) -> impl IntoView {
    let t = texts();
    move || match going.get() {
        Going::Idle => ().into_any(),
        Going::UnderWay => {
            let words = if opening { t.copies().opening() } else { t.copies().fetching() };
            view! { <p role="status">{words}</p> }.into_any()
        }
        Going::Failed(why) => {
            let text = if opening && why == NotTakenOver::Locked {
                t.copies().wrong_password().to_owned()
            } else {
                not_taken_over(t, &why)
            };
            view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text /> }.into_any()
        }
    }
}

/// Why a draft was not taken over, in words.
pub(super) fn not_taken_over(t: Texts, why: &NotTakenOver) -> String {
    match why {
        NotTakenOver::Problem(problem) => t.problem(problem),
        NotTakenOver::Locked => t.copies().locked().to_owned(),
        NotTakenOver::Gone => t.copies().gone().to_owned(),
        NotTakenOver::OtherWindow => t.shell().other_window().to_owned(),
    }
}
