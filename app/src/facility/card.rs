//! One facility's card 机构卡: what it is, who answers for it, what is still open there.

use leptos::prelude::*;

use xunan_core::facility::{Facility, Party};
use xunan_core::ids::FacilityId;
use xunan_core::ledger::{HazardCard, VisitCard};
use xunan_core::visit::Due;

use crate::i18n::texts;
use crate::session::Phone;
use crate::shell::Frame;
use crate::store::DraftStage;
use crate::ui::{ButtonKind, ButtonSize, GradeMark, IconName, LinkButton, Screen, ScreenKind};
use crate::work::own_facilities;

/// The page of one facility.
#[component]
pub fn FacilityPage(facility: FacilityId) -> impl IntoView {
    let phone = Phone::expect();
    let card = Memo::new(move |_| phone.rows.with(|rows| rows.facility(facility).cloned()));
    move || {
        match card.get() {
        Some(card) => view! { <Frame title=card.name.clone() back="/facilities"><Card card /></Frame> }.into_any(),
        None => view! {
            <Frame title=texts().facility().title() back="/facilities"><Screen kind=ScreenKind::NotFound /></Frame>
        }
        .into_any(),
    }
    }
}

#[component]
fn Card(card: Facility) -> impl IntoView {
    let phone = Phone::expect();
    let t = texts();
    let inspects = own_facilities(&phone.account()).is_empty();
    let id = card.id;
    let draft = Memo::new(move |_| {
        phone.drafts.with(|drafts| {
            drafts
                .iter()
                .find(|draft| draft.facility == id && draft.stage == DraftStage::Open)
                .map(|draft| draft.visit)
        })
    });
    let hazards = Memo::new(move |_| {
        phone.rows.with(|rows| rows.open_hazards_of(id).into_iter().cloned().collect::<Vec<_>>())
    });
    let visits = Memo::new(move |_| {
        phone.rows.with(|rows| {
            rows.visits()
                .into_iter()
                .filter(|visit| visit.facility == id)
                .take(10)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let go = move || match draft.get() {
        Some(visit) => (format!("/visits/{visit}"), t.facility().go_on()),
        None => (format!("/facilities/{id}/start"), t.facility().start()),
    };
    view! {
        {move || {
            if !inspects {
                return None;
            }
            let (href, word) = go();
            Some(view! { <LinkButton href kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Checklist>{word}</LinkButton> })
        }}
        <Facts card=card.clone() />
        <section class="part">
            <div class="part-head"><h2>{t.facility().open_hazards()}</h2></div>
            <Show when=move || hazards.with(Vec::is_empty)><p class="muted">{t.facility().no_open_hazards()}</p></Show>
            <div class="cards"><For each=move || hazards.get() key=|hazard| hazard.id children=hazard_card /></div>
        </section>
        <Parties card />
        <section class="part">
            <div class="part-head"><h2>{t.facility().visits()}</h2></div>
            <Show when=move || visits.with(Vec::is_empty)><p class="muted">{t.facility().no_visits()}</p></Show>
            <div class="cards"><For each=move || visits.get() key=|visit| visit.id children=visit_line /></div>
        </section>
    }
}

#[component]
fn Facts(card: Facility) -> impl IntoView {
    let t = texts();
    let fact = |name: &'static str, value: Option<String>| {
        view! { <dt>{name}</dt><dd>{value.unwrap_or_else(|| t.words().unknown().to_owned())}</dd> }
    };
    let call = card.telephone.clone().map(|number| {
        let href = format!("tel:{number}");
        view! { <dt>{t.facility().telephone()}</dt><dd><a href=href>{number}</a></dd> }
    });
    view! {
        <dl class="facts">
            {fact(t.facility().facility_type(), Some(t.name().facility_type(card.facility_type).to_owned()))}
            {fact(t.facility().address(), Some(card.address))}
            {fact(t.facility().division(), Some(card.division.to_string()))}
            {call}
            {fact(t.facility().credit_code(), card.credit_code.map(|code| code.to_string()))}
            {card.beds.map(|beds| fact(t.facility().beds(), Some(beds.to_string())))}
        </dl>
    }
}

/// The six responsible parties, those that are not registered included.
#[component]
fn Parties(card: Facility) -> impl IntoView {
    let t = texts();
    let lines = Party::ALL.map(|party| {
        let who = card.holder(party).map(|holder| match holder.post.as_str() {
            "" => holder.name.clone(),
            post => format!("{} · {post}", holder.name),
        });
        view! { <dt>{t.name().party(party)}</dt><dd>{who.unwrap_or_else(|| t.words().unknown().to_owned())}</dd> }
    });
    view! {
        <section class="part">
            <div class="part-head"><h2>{t.facility().parties()}</h2></div>
            <dl class="facts">{lines.into_iter().collect_view()}</dl>
        </section>
    }
}

fn hazard_card(hazard: HazardCard) -> impl IntoView {
    let t = texts();
    let today = Phone::today();
    let due = match hazard.due {
        Due::OnTheSpot => t.facility().found_on(&t.time().date(hazard.found.date(), today)),
        Due::By(date) if date < today => t.facility().overdue(today.days_since(date)),
        Due::By(date) => t.facility().due_on(&t.time().date(date, today)),
    };
    let place =
        [hazard.place, hazard.description].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
    view! {
        <a class="card" href=format!("/hazards/{}", hazard.id)>
            <span class="card-head"><span class="card-title">{hazard.title}</span><GradeMark grade=hazard.grade /></span>
            {(!place.is_empty()).then(|| view! { <span class="card-note">{place.join(" · ")}</span> })}
            <span class="card-note">{due}</span>
        </a>
    }
}

fn visit_line(visit: VisitCard) -> impl IntoView {
    let t = texts();
    let today = Phone::today();
    // The major ones are among the failed.
    view! {
        <article class="card">
            <h3 class="card-title">{t.time().date(visit.started.date(), today)}</h3>
            <p class="card-note">{visit.inspectors.join("、")}" · "{t.facility().hazard_count(visit.failed)}</p>
        </article>
    }
}
