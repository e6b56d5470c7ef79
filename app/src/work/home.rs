//! The home of institutions, their firms and their staff: what is to be done now, and nothing else.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::access::{Account, Role};
use xunan_core::clock::Instant;
use xunan_core::ids::HazardId;
use xunan_core::ledger::HazardCard;

use super::deed::{deed_in_words, deed_of, deeds};
use super::facts::days_left;
use super::own_facilities;
use super::report::ReportPage;
use super::round_list::{Expiring, Rounds, RoundsPage, Which};
use crate::browser::clock;
use crate::i18n::texts;
use crate::session::Phone;
use crate::shell::Frame;
use crate::store::Work;
use crate::today::{Install, Waiting};
use crate::ui::{ButtonKind, ButtonSize, GradeMark, Icon, IconName, LinkButton};

/// Today's page of those who work for an institution.
#[component]
pub fn HomePage() -> impl IntoView {
    view! {
        <Frame title=texts().today().title()>
            <Waiting />
            <Home />
            <Install />
        </Frame>
    }
}

/// What the button in the middle leads to: a round, or for staff a report.
#[component]
pub fn StartOwnPage() -> impl IntoView {
    match Phone::expect().account().role {
        Role::Staff { .. } => view! { <ReportPage /> }.into_any(),
        _ => view! { <RoundsPage /> }.into_any(),
    }
}

#[component]
fn Home() -> impl IntoView {
    let phone = Phone::expect();
    let account = phone.account();
    match account.role {
        Role::Staff { .. } => view! { <StaffHome /> }.into_any(),
        _ => view! {
            <ToDo />
            <Rounds which=Which::Due />
            <Begun />
            <Expiring />
            <div class="stack" data-gap="small">
                <LinkButton href="/rounds" icon=IconName::Checklist>{texts().rounds().title()}</LinkButton>
                <LinkButton href="/certificates" icon=IconName::Info>{texts().rounds().certificates()}</LinkButton>
            </div>
        }
        .into_any(),
    }
}

/// A hazard in a list, with what is owed of it.
#[derive(Clone, PartialEq)]
struct Line {
    card: HazardCard,
    owed: Option<String>,
}

fn lines(phone: Phone, account: &Account) -> Vec<Line> {
    let own = own_facilities(account);
    phone.rows.with(|rows| {
        let mine = rows.open_hazards().into_iter().filter(|card| own.contains(&card.facility));
        let line = |card: &HazardCard| Line {
            owed: deeds(account, card).next.and_then(deed_of).map(|deed| deed_in_words(deed, texts())),
            card: card.clone(),
        };
        mine.map(line).collect()
    })
}

/// The hazards that wait for this account, then the others that are open.
#[component]
fn ToDo() -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts().steps());
    let account = phone.account();
    let all = Memo::new(move |_| lines(phone, &account));
    let part = move |owed: bool| {
        all.with(|all| all.iter().filter(|line| line.owed.is_some() == owed).cloned().collect::<Vec<_>>())
    };
    view! {
        <section class="part">
            <div class="part-head"><h2>{t.to_do()}</h2></div>
            <Show when=move || part(true).is_empty()><p class="muted">{t.nothing_to_do()}</p></Show>
            <div class="cards">{move || part(true).into_iter().map(hazard_line).collect_view()}</div>
        </section>
        <Show when=move || !part(false).is_empty()>
            <section class="part">
                <div class="part-head"><h2>{t.open_hazards()}</h2></div>
                <div class="cards">{move || part(false).into_iter().map(hazard_line).collect_view()}</div>
            </section>
        </Show>
    }
}

fn hazard_line(line: Line) -> impl IntoView {
    let (t, today) = (texts(), Phone::today());
    let Line { card, owed } = line;
    let due = match card.due {
        xunan_core::visit::Due::OnTheSpot => card.found.date(),
        xunan_core::visit::Due::By(date) => date,
    };
    let about = format!("{} · {}", t.name().hazard_state(card.state), days_left(due, today));
    view! {
        <a class="card" href=format!("/hazards/{}", card.id)>
            <span class="card-head">
                <span class="card-title">{card.title}</span>
                <GradeMark grade=card.grade />
            </span>
            {(!card.place.is_empty()).then(|| view! { <span class="card-note">{card.place}</span> })}
            <span class="card-note">{about}</span>
            {owed.map(|owed| view! { <span class="card-next">{owed}<Icon name=IconName::Next small=true /></span> })}
        </a>
    }
}

/// Staff and residents: report, and learn what becomes of it.
#[component]
fn StaffHome() -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let account = phone.account();
    let all = Memo::new(move |_| lines(phone, &account));
    view! {
        <LinkButton href="/report" kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Camera>
            {t.rounds().report()}
        </LinkButton>
        <p class="muted">{t.rounds().report_about()}</p>
        <section class="part">
            <div class="part-head"><h2>{t.steps().open_hazards()}</h2></div>
            <Show when=move || all.with(Vec::is_empty)><p class="muted">{t.steps().no_open_hazards()}</p></Show>
            <div class="cards">{move || all.get().into_iter().map(hazard_line).collect_view()}</div>
        </section>
    }
}

/// What was begun and is not finished, so that it is not forgotten.
#[component]
fn Begun() -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let begun = RwSignal::new(Vec::<(Work, Instant)>::new());
    Effect::new(move || {
        phone.drafts.track();
        spawn_local(async move {
            // What cannot be read now is found again where it was begun.
            _ = phone.store().works().await.map(|works| begun.try_set(works));
        });
    });
    let line = move |(work, touched): (Work, Instant)| {
        let (href, title) = link_of(phone, &work)?;
        let when = t.steps().begun_at(&t.time().when(touched, clock::now()));
        Some(view! {
            <li><a class="row" href=href>
                <span class="row-text"><span class="row-title">{title}</span><span class="row-note">{when}</span></span>
                <span class="row-end"><Icon name=IconName::Next small=true /></span>
            </a></li>
        })
    };
    view! {
        <Show when=move || !begun.with(Vec::is_empty)>
            <section class="part">
                <div class="part-head"><h2>{t.steps().begun()}</h2></div>
                <ul class="rows">{move || begun.get().into_iter().filter_map(line).collect_view()}</ul>
            </section>
        </Show>
    }
}

fn link_of(phone: Phone, work: &Work) -> Option<(String, String)> {
    let t = texts();
    let title = |hazard: HazardId| {
        phone.rows.with_untracked(|rows| rows.hazard(hazard).map(|card| card.title.clone()))
    };
    Some(match work {
        Work::Step { hazard, deed } => {
            let name = format!("{} · {}", deed_in_words(*deed, texts()), title(*hazard)?);
            (format!("/hazards/{hazard}"), name)
        }
        Work::Round { facility, kind } => {
            (format!("/rounds/{}/{facility}", kind.name()), t.round_names().kind(*kind).to_owned())
        }
        Work::Report { .. } => ("/report".to_owned(), t.rounds().report().to_owned()),
        Work::Certificate { .. } => ("/certificates".to_owned(), t.rounds().certificates().to_owned()),
    })
}
