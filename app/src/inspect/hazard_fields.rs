//! The fields of a hazard sheet. Each writes its own change, so that a keystroke stores one small part.

use leptos::prelude::*;
use xunan_core::clock::Date;
use xunan_core::facility::Party;
use xunan_core::rules::{Deadline, Finding, Measure};
use xunan_core::visit::{Due, Edit, EditRefused, HazardOf, MeasureDecision, Responsible, Sheet, SheetChange};

use super::open_visit::OpenVisit;
use crate::i18n::texts;
use crate::ui::{ChoiceLine, Choices, Choose, Duty, LineKind, Segments, SelectField, TextArea, TextField};

/// What stands on the sheet now.
fn sheet_of(visit: OpenVisit, of: &HazardOf) -> Sheet {
    visit.with(|draft, pack| draft.hazard(of, pack)).map(|hazard| hazard.sheet).unwrap_or_default()
}

fn change(visit: OpenVisit, of: &HazardOf, change: SheetChange) -> Option<String> {
    match visit.edit(Edit::Sheet { of: of.clone(), change }) {
        Ok(()) => None,
        Err(EditRefused::TooLong) => Some(texts().walk().too_long(super::MAX_TEXT_CHARS)),
        // The sheet is open only while its hazard is there.
        Err(_) => None,
    }
}

/// Where in the building 部位.
#[component]
pub(super) fn PlaceField(of: HazardOf) -> impl IntoView {
    let (visit, t) = (OpenVisit::expect(), texts().hazard());
    let value = RwSignal::new(sheet_of(visit, &of).place);
    let wrong = RwSignal::new(None);
    let typed = Callback::new(move |text: String| {
        value.set(text.clone());
        wrong.set(change(visit, &of, SheetChange::Place(text)));
    });
    view! { <TextField label=t.place() example=t.place_hint() value wrong on_input=typed /> }
}

/// What is wrong, in the inspector's words.
#[component]
pub(super) fn Description(of: HazardOf) -> impl IntoView {
    let (visit, t) = (OpenVisit::expect(), texts().hazard());
    let value = RwSignal::new(sheet_of(visit, &of).description);
    let wrong = RwSignal::new(None);
    let typed = Callback::new(move |text: String| {
        value.set(text.clone());
        wrong.set(change(visit, &of, SheetChange::Description(text)));
    });
    view! { <TextArea label=t.description() value wrong on_input=typed /> }
}

/// Until when.
#[component]
pub(super) fn DueField(
    of: HazardOf,
    /// What the rules say; they propose a deadline.
    finding: Option<Box<Finding>>,
) -> impl IntoView {
    let (visit, t) = (OpenVisit::expect(), texts().hazard());
    let today = visit.with(|draft, _| draft.date());
    let now = visit.with(|draft, pack| draft.hazard(&of, pack)).and_then(|hazard| hazard.due);
    let due = RwSignal::new(now);
    let of = StoredValue::new(of);
    let set = move |now: Due| {
        due.set(Some(now));
        let _a_due_is_never_too_long = of.with_value(|of| change(visit, of, SheetChange::Due(Some(now))));
    };
    let chosen = Signal::derive(move || match due.get() {
        Some(Due::OnTheSpot) => 0,
        Some(Due::By(_)) => 1,
        None => usize::MAX,
    });
    let proposed = finding.map(|finding| finding.deadline);
    let fallback = match proposed {
        Some(Deadline::Days(days)) => today.plus_days(days),
        _ => today.plus_days(7),
    };
    let choose = Callback::new(move |at| set(if at == 0 { Due::OnTheSpot } else { Due::By(fallback) }));
    let date = Signal::derive(move || match due.get() {
        Some(Due::By(date)) => date.to_string(),
        _ => String::new(),
    });
    let typed = Callback::new(move |text: String| {
        if let Ok(date) = text.parse::<Date>() {
            set(Due::By(date));
        }
    });
    let wrong = Signal::derive(move || match due.get() {
        Some(Due::By(date)) if date < today => Some(t.due_in_the_past().to_owned()),
        _ => None,
    });
    let help = proposed.map(|deadline| match deadline {
        Deadline::OnTheSpot => t.due_on_the_spot().to_owned(),
        Deadline::Days(days) => t.due_proposed(u32::from(days)),
    });
    view! {
        <section class="stack" aria-label=t.due()>
            <h3 class="field-label">{t.due()}</h3>
            <Segments label=t.due() words=vec![t.due_on_the_spot(), t.due_by()] chosen on_choose=choose />
            <Show when=move || matches!(due.get(), Some(Due::By(_)))>
                <TextField label=t.due_date() kind=LineKind::Date value=date wrong on_input=typed />
            </Show>
            {help.map(|help| view! { <p class="field-help">{help}</p> })}
        </section>
    }
}

/// Who rectifies it: one of the six parties, by name; names that the card knows are filled in.
#[component]
pub(super) fn ResponsibleField(of: HazardOf) -> impl IntoView {
    let (visit, t) = (OpenVisit::expect(), texts());
    let now = sheet_of(visit, &of).responsible;
    let holder = move |party: Party| {
        let holder =
            visit.with(|draft, _| draft.head().facility.holder(party).map(|holder| holder.name.clone()));
        holder.unwrap_or_default()
    };
    let party = RwSignal::new(now.as_ref().map(|it| it.party));
    let name = RwSignal::new(now.map(|it| it.name).unwrap_or_default());
    let of = StoredValue::new(of);
    let wrong = RwSignal::new(None);
    let write = move || {
        let responsible =
            party.get_untracked().map(|party| Responsible { party, name: name.get_untracked() });
        wrong.set(of.with_value(|of| change(visit, of, SheetChange::Responsible(responsible))));
    };
    let mut options = vec![(String::new(), t.words().none().to_owned())];
    options.extend(Party::ALL.iter().enumerate().map(|(at, party)| {
        let holder = holder(*party);
        let words = t.name().party(*party);
        (at.to_string(), if holder.is_empty() { words.to_owned() } else { format!("{words} · {holder}") })
    }));
    let value = Signal::derive(move || {
        let at = party.get().and_then(|party| Party::ALL.iter().position(|it| *it == party));
        at.map(|at| at.to_string()).unwrap_or_default()
    });
    let choose = Callback::new(move |at: String| {
        let chosen = at.parse::<usize>().ok().and_then(|at| Party::ALL.get(at).copied());
        party.set(chosen);
        name.set(chosen.map(holder).unwrap_or_default());
        write();
    });
    let typed = Callback::new(move |text| {
        name.set(text);
        write();
    });
    view! {
        <section class="stack" aria-label=t.hazard().responsible()>
            <SelectField label=t.hazard().responsible() options value on_choose=choose duty=Duty::Must />
            <Show when=move || party.get().is_some()>
                <TextField label=t.hazard().responsible_name() value=name wrong on_input=typed duty=Duty::Must />
            </Show>
        </section>
    }
}

/// Immediate measures 立即措施: must be decided where the rules say so and on every major hazard.
#[component]
pub(super) fn MeasureField(
    of: HazardOf,
    /// Of these one has to be ordered, or declined with a reason.
    must: Vec<Measure>,
    /// These may be ordered besides.
    may: Vec<Measure>,
) -> impl IntoView {
    let (visit, t) = (OpenVisit::expect(), texts());
    let decision = RwSignal::new(sheet_of(visit, &of).measures);
    let of = StoredValue::new(of);
    let wrong = RwSignal::new(None);
    let set = move |now: MeasureDecision| {
        decision.set(now.clone());
        wrong.set(of.with_value(|of| change(visit, of, SheetChange::Measures(now))));
    };
    let offered: Vec<Measure> = must.iter().chain(&may).copied().collect();
    let none = offered.len();
    let mut lines: Vec<_> = offered.iter().map(|it| ChoiceLine::plain(t.name().measure(*it))).collect();
    lines.push(ChoiceLine::plain(t.hazard().measures_none()));
    let shown = offered.clone();
    let chosen = Signal::derive(move || match decision.get() {
        MeasureDecision::Undecided => Vec::new(),
        MeasureDecision::NotNeeded { .. } => vec![none],
        MeasureDecision::Ordered { measures } => {
            measures.iter().filter_map(|measure| shown.iter().position(|it| it == measure)).collect()
        }
    });
    let choose = Callback::new(move |at: usize| {
        let Some(measure) = offered.get(at).copied() else {
            return set(match decision.get_untracked() {
                MeasureDecision::NotNeeded { .. } => MeasureDecision::Undecided,
                _ => MeasureDecision::NotNeeded { reason: String::new() },
            });
        };
        let mut ordered = decision.with_untracked(|now| now.ordered().to_vec());
        if ordered.contains(&measure) {
            ordered.retain(|it| *it != measure);
        } else {
            ordered.push(measure);
        }
        set(if ordered.is_empty() {
            MeasureDecision::Undecided
        } else {
            MeasureDecision::Ordered { measures: ordered }
        });
    });
    let reason = Signal::derive(move || match decision.get() {
        MeasureDecision::NotNeeded { reason } => reason,
        _ => String::new(),
    });
    let typed = Callback::new(move |reason| set(MeasureDecision::NotNeeded { reason }));
    let label = if must.is_empty() {
        t.hazard().measures().to_owned()
    } else {
        format!("{} · {}", t.hazard().measures(), t.hazard().measures_must())
    };
    view! {
        <section class="stack">
            <Choices label choose=Choose::Several lines chosen on_choose=choose />
            <Show when=move || matches!(decision.get(), MeasureDecision::NotNeeded { .. })>
                <TextField
                    label=t.hazard().measures_reason()
                    example=t.hazard().measures_reason_hint()
                    value=reason
                    wrong
                    on_input=typed
                    duty=Duty::Must
                />
            </Show>
        </section>
    }
}
