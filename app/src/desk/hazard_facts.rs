//! What a hazard is: found how and when, by which clause, who puts it right until when, and what is in force.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::calendar::Calendar;
use xunan_core::hazard::{MeasureState, Standing, StepKind, Terms};
use xunan_core::ledger::{HazardCard, Origin};
use xunan_core::rules::{ItemId, Pack};

use crate::browser::clock;
use crate::i18n::texts;
use crate::session::Phone;
use crate::sync::Sync;

/// The facts.
#[component]
pub(super) fn Facts(card: HazardCard, standing: Standing) -> impl IntoView {
    let t = texts();
    let line = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <dt>{name}</dt><dd>{value}</dd> })
    };
    let origin = match card.origin {
        Origin::Visit(_) => t.desk_loop().origin_visit(),
        Origin::OwnRound(_) => t.desk_loop().origin_own(),
        Origin::Report => t.desk_loop().origin_report(),
        Origin::Snap => t.desk_loop().origin_snap(),
    };
    let life = &standing.life;
    let assignment = life.assignment.as_ref();
    let unit = assignment.map(|it| it.primary.name.clone()).unwrap_or_default();
    let supporting = assignment
        .map(|it| it.supporting.iter().map(|unit| unit.name.clone()).collect::<Vec<_>>().join("、"))
        .unwrap_or_default();
    let person = match (assignment, &card.responsible) {
        (Some(assignment), _) => assignment.person.clone(),
        (None, Some(person)) => format!("{} {}", t.name().party(person.party), person.name),
        (None, None) => String::new(),
    };
    let measure = assignment.map(|it| it.measure.clone()).unwrap_or_default();
    let immediate: Vec<String> = life
        .measures
        .iter()
        .map(|order| format!("{}（{}）", t.name().measure(order.measure), state_of(&order.state)))
        .collect();
    let listing = life.listing.as_ref().map(|it| t.hazard_loop().listing(it.level).to_owned());
    let wish = life.extension.as_ref().map(|it| t.desk_loop().wish_until(&it.until.to_string()));
    let plan = life.plan.as_ref().map(|plan| {
        let texts = plan.parts().map(str::to_owned);
        view! {
            <details class="desk-more"><summary>{t.desk_loop().treatment()}" · "{plan.until.to_string()}</summary>
                <ol>{texts.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ol>
            </details>
        }
    });
    view! {
        <Deadlines card=card.clone() standing=standing.clone() />
        <dl class="facts">
            {line(t.desk_loop().origin(), origin.to_owned())}
            {line(t.desk_loop().found_at(), t.time().when(card.found, clock::now()))}
            {line(t.desk_loop().assigned_to(), unit)}
            {line(t.desk_loop().supporting(), supporting)}
            {line(t.desk_loop().person(), person)}
            {line(t.desk_loop().measure(), measure)}
            {line(t.desk_loop().immediate(), immediate.join("；"))}
            {line(t.desk_loop().listing(), listing.unwrap_or_default())}
            {line(t.hazard_loop().step(StepKind::ExtensionAsked), wish.unwrap_or_default())}
            {card.item.clone().map(|item| view! { <Clause item /> })}
        </dl>
        {plan}
    }
}

fn state_of(state: &MeasureState) -> &'static str {
    let t = texts().desk_loop();
    match state {
        MeasureState::Ordered => t.measure_ordered(),
        MeasureState::CarriedOut { .. } => t.measure_carried_out(),
        MeasureState::LiftAsked { .. } => t.measure_lift_asked(),
        MeasureState::Consented { .. } => t.measure_consented(),
        MeasureState::Lifted { .. } => t.measure_lifted(),
    }
}

/// Everything that is due, the first one first.
#[component]
fn Deadlines(card: HazardCard, standing: Standing) -> impl IntoView {
    let (t, today) = (texts(), Phone::today());
    let due = standing.deadlines(card.found, &Calendar::shipped(), &Terms::default());
    let line = |deadline: xunan_core::hazard::Deadline| {
        let late = deadline.by < today;
        let words =
            t.desk_loop().deadline(t.hazard_loop().deadline(deadline.of), &t.time().date(deadline.by, today));
        let overdue = late
            .then(|| view! { " "<strong class="tag" data-kind="stopped">{t.desk_loop().late()}</strong> });
        view! { <li>{words}{overdue}</li> }
    };
    (!due.is_empty()).then(|| {
        view! {
            <section class="part"><h2>{t.desk_loop().deadlines()}</h2>
                <ul class="due">{due.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}

/// The clauses of its item, by the checklist in force.
#[component]
fn Clause(item: ItemId) -> impl IntoView {
    let (phone, sync, t) = (Phone::expect(), Sync::expect(), texts());
    let clause = RwSignal::new(None::<String>);
    if let Some(pack) = phone.pack_today() {
        spawn_local(async move {
            // Without the checklist the item's code says where to look.
            let fetched = sync.fetch_pack(&pack).await;
            if let (Ok(()), Ok(Some(pack))) = (fetched, phone.store().pack(&pack).await) {
                clause.try_set(clauses(&pack, &item));
            }
        });
    }
    move || clause.get().map(|clause| view! { <dt>{t.desk_loop().basis()}</dt><dd>{clause}</dd> })
}

fn clauses(pack: &Pack, item: &ItemId) -> Option<String> {
    let t = texts();
    let item = pack.item(item.as_str())?;
    let clause = |citation: &xunan_core::rules::Citation| {
        let cite = citation.cite.as_str();
        let title = pack.legal_basis(cite).map_or(cite, |basis| t.lang().of(&basis.title));
        t.walk().clause(title, &citation.clause)
    };
    let all: Vec<String> = item.basis.iter().map(clause).collect();
    (!all.is_empty()).then(|| all.join("；"))
}
