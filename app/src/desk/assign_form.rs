//! Assigning 交办: one responsible unit, others that support it, a person, what is to be done, and until when.

use leptos::prelude::*;
use xunan_core::clock::Date;
use xunan_core::department::Department;
use xunan_core::facility::Party;
use xunan_core::hazard::Assignment;
use xunan_core::ledger::HazardCard;
use xunan_core::sync::{unit_name, unit_of};
use xunan_core::unit::{Unit, UnitKind};

use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{ChoiceLine, Choices, Choose, Duty, LineKind, SelectField, TextArea, TextField};

/// Days that are proposed for what has no date yet. A proposal, not law.
const USUAL_DAYS: u16 = 15;

/// What has been filled in.
#[derive(Clone, Copy)]
pub(super) struct AssignFields {
    kind: RwSignal<UnitKind>,
    name: RwSignal<String>,
    supporting: RwSignal<Vec<UnitKind>>,
    person: RwSignal<String>,
    measure: RwSignal<String>,
    due: RwSignal<String>,
}

fn units() -> Vec<UnitKind> {
    let parties = Party::ALL.into_iter().map(UnitKind::Party);
    parties.chain(Department::ALL.into_iter().map(UnitKind::Department)).collect()
}

/// The departments that core proposes for a hazard.
fn competent(hazard: Option<&HazardCard>) -> &'static [Department] {
    let item = hazard.and_then(|hazard| hazard.item.as_ref());
    item.map_or(&[], |item| Department::competent_for(item.as_str()))
}

impl AssignFields {
    /// As the hazard proposes: its institution's head puts it right, by the day on record.
    pub(super) fn new(hazard: Option<&HazardCard>) -> Self {
        let today = Phone::today();
        let due = hazard.map(HazardCard::due_day).filter(|due| *due >= today);
        let responsible = hazard.and_then(|hazard| hazard.responsible.as_ref());
        let before = hazard.and_then(|hazard| hazard.standing().ok()).and_then(|it| it.life.assignment);
        let fields = Self {
            kind: RwSignal::new(
                responsible.map_or(UnitKind::Party(Party::Head), |it| UnitKind::Party(it.party)),
            ),
            name: RwSignal::new(hazard.map(|hazard| hazard.facility_name.clone()).unwrap_or_default()),
            supporting: RwSignal::new(Vec::new()),
            person: RwSignal::new(responsible.map(|it| it.name.clone()).unwrap_or_default()),
            measure: RwSignal::default(),
            due: RwSignal::new(due.unwrap_or_else(|| today.plus_days(USUAL_DAYS)).to_string()),
        };
        if let Some(before) = before {
            fields.kind.set(before.primary.kind);
            fields.name.set(before.primary.name);
            fields.supporting.set(before.supporting.into_iter().map(|unit| unit.kind).collect());
            fields.person.set(before.person);
            fields.measure.set(before.measure);
        }
        fields
    }

    /// The assignment as filled in: core says what is missing in it.
    pub(super) fn read(self) -> Assignment {
        let primary = self.kind.get_untracked();
        let supporting = self.supporting.get_untracked().into_iter().filter(|kind| *kind != primary);
        let named = |kind| Unit { kind, name: texts().hazard_loop().unit(kind).to_owned() };
        Assignment {
            primary: Unit { kind: primary, name: self.name.get_untracked().trim().to_owned() },
            supporting: supporting.map(named).collect(),
            person: self.person.get_untracked().trim().to_owned(),
            measure: self.measure.get_untracked().trim().to_owned(),
            due: self.due.get_untracked().parse::<Date>().unwrap_or_else(|_| Phone::today()),
        }
    }
}

/// An assignment that was filled in for one hazard, for another: its own institution's party, and who that is there.
pub(super) fn for_another(assignment: &Assignment, hazard: &HazardCard, phone: Phone) -> Assignment {
    let mut own = assignment.clone();
    if let UnitKind::Party(party) = own.primary.kind {
        own.primary.name.clone_from(&hazard.facility_name);
        let holder = phone.rows.with_untracked(|rows| {
            let facility = rows.facility(hazard.facility)?;
            facility.holder(party).map(|holder| holder.name.clone())
        });
        own.person = holder.unwrap_or(own.person);
    }
    own
}

/// The fields.
#[component]
pub(super) fn AssignForm(
    /// What they hold.
    fields: AssignFields,
    /// The hazard that proposes; the first one, when there are several.
    hazard: Option<HazardCard>,
) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let proposed = competent(hazard.as_ref());
    let word = move |kind: UnitKind| {
        let name = t.hazard_loop().unit(kind);
        match kind {
            UnitKind::Department(department) if proposed.contains(&department) => {
                format!("{name} · {}", t.desk_loop().proposed())
            }
            _ => name.to_owned(),
        }
    };
    let all = units();
    let options = all.iter().map(|kind| (unit_name(*kind), word(*kind))).collect();
    let facility = hazard
        .as_ref()
        .and_then(|hazard| phone.rows.with_untracked(|rows| rows.facility(hazard.facility).cloned()));
    let own_name = hazard.map(|hazard| hazard.facility_name).unwrap_or_default();
    let choose = Callback::new(move |name: String| {
        let Some(kind) = unit_of(&name) else { return };
        fields.kind.set(kind);
        match kind {
            UnitKind::Department(department) => {
                fields.name.set(t.hazard_loop().department(department).to_owned());
                fields.person.set(String::new());
            }
            UnitKind::Party(party) => {
                let holder = facility.as_ref().and_then(|facility| facility.holder(party));
                fields.name.set(own_name.clone());
                fields.person.set(holder.map(|holder| holder.name.clone()).unwrap_or_default());
            }
        }
    });
    let lines: Vec<ChoiceLine> = all.iter().map(|kind| ChoiceLine::plain(word(*kind))).collect();
    let offered = StoredValue::new(all);
    let chosen = Signal::derive(move || {
        let supporting = fields.supporting.get();
        offered.with_value(|all| {
            all.iter().enumerate().filter(|(_, kind)| supporting.contains(kind)).map(|(at, _)| at).collect()
        })
    });
    let support = Callback::new(move |at: usize| {
        let Some(kind) = offered.with_value(|all| all.get(at).copied()) else { return };
        fields.supporting.update(|supporting| match supporting.iter().position(|own| *own == kind) {
            Some(at) => _ = supporting.remove(at),
            None => supporting.push(kind),
        });
    });
    let set = |signal: RwSignal<String>| Callback::new(move |text| signal.set(text));
    view! {
        <SelectField label=t.desk_loop().unit_kind() options value=Signal::derive(move || unit_name(fields.kind.get())) on_choose=choose duty=Duty::Must />
        <TextField label=t.desk_loop().primary_unit() value=fields.name on_input=set(fields.name) duty=Duty::Must />
        <TextField label=t.desk_loop().person() value=fields.person on_input=set(fields.person) duty=Duty::Must />
        <TextArea label=t.desk_loop().measure() value=fields.measure on_input=set(fields.measure) duty=Duty::Must />
        <TextField label=t.desk_loop().due() kind=LineKind::Date value=fields.due on_input=set(fields.due) duty=Duty::Must />
        <details class="desk-more">
            <summary>{t.desk_loop().supporting_units()}</summary>
            <Choices label=t.desk_loop().supporting_units() choose=Choose::Several lines chosen on_choose=support />
        </details>
    }
}
