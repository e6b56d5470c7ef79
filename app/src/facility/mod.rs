//! Facilities 机构: the list, one facility's card, and the way into a visit.

mod card;
mod start_at;

pub use card::FacilityPage;
pub use start_at::StartAtPage;

use leptos::prelude::*;
use xunan_core::facility::{Facility, FacilityType};
use xunan_core::ids::FacilityId;

use crate::i18n::texts;
use crate::session::Phone;
use crate::shell::Frame;
use crate::ui::{Icon, IconName, Screen, ScreenKind, SearchField, SelectField};

/// Where a line of the list leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leads {
    /// To the facility's card.
    ToCard,
    /// To the start of a visit.
    ToStart,
}

/// All facilities of the region.
#[component]
pub fn FacilitiesPage() -> impl IntoView {
    view! { <Frame title=texts().facility().title()><FacilityList leads=Leads::ToCard /></Frame> }
}

/// A visit without a plan: where?
#[component]
pub fn StartPage() -> impl IntoView {
    view! { <Frame title=texts().today().choose_facility()><FacilityList leads=Leads::ToStart /></Frame> }
}

/// One line of the list.
#[derive(Clone, PartialEq)]
struct Line {
    id: FacilityId,
    name: String,
    facility_type: FacilityType,
    address: String,
    hazards: u32,
}

#[component]
fn FacilityList(leads: Leads) -> impl IntoView {
    let phone = Phone::expect();
    let t = texts();
    let (wanted, kind) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let all = Memo::new(move |_| {
        phone.rows.with(|rows| {
            let count = |id| u32::try_from(rows.open_hazards_of(id).len()).unwrap_or(u32::MAX);
            rows.facilities()
                .into_iter()
                .map(|facility| line_of(facility, count(facility.id)))
                .collect::<Vec<_>>()
        })
    });
    let found = Memo::new(move |_| {
        let (wanted, kind) = (wanted.get().trim().to_lowercase(), kind.get());
        let fits = |line: &&Line| {
            let text =
                line.name.to_lowercase().contains(&wanted) || line.address.to_lowercase().contains(&wanted);
            text && (kind.is_empty() || kind_key(line.facility_type) == kind)
        };
        all.with(|all| all.iter().filter(fits).cloned().collect::<Vec<_>>())
    });
    let mut kinds = vec![(String::new(), t.facility().all_types().to_owned())];
    kinds.extend(FacilityType::ALL.map(|it| (kind_key(it), t.name().facility_type(it).to_owned())));
    view! {
        <SearchField label=t.facility().search() value=wanted on_search=Callback::new(move |text| wanted.set(text)) />
        <SelectField label=t.facility().facility_type() options=kinds value=kind on_choose=Callback::new(move |text| kind.set(text)) />
        <Show when=move || all.with(Vec::is_empty)>
            <Screen kind=ScreenKind::Empty { title: t.facility().none_title(), text: t.facility().none_text() } />
        </Show>
        <Show when=move || !all.with(Vec::is_empty) && found.with(Vec::is_empty)>
            <p role="status">{t.facility().none_found()}</p>
        </Show>
        <Show when=move || !found.with(Vec::is_empty)>
            <ul class="rows">
                <For each=move || found.get() key=|line| (line.id, line.hazards) children=move |line| row(line, leads) />
            </ul>
        </Show>
    }
}

fn line_of(facility: &Facility, hazards: u32) -> Line {
    let Facility { id, name, facility_type, address, .. } = facility;
    Line { id: *id, name: name.clone(), facility_type: *facility_type, address: address.clone(), hazards }
}

fn row(line: Line, leads: Leads) -> impl IntoView {
    let t = texts();
    let href = match leads {
        Leads::ToCard => format!("/facilities/{}", line.id),
        Leads::ToStart => format!("/facilities/{}/start", line.id),
    };
    view! {
        <li>
            <a class="row" href=href>
                <span class="row-text">
                    <span class="row-title">{line.name}</span>
                    <span class="row-note">{t.name().facility_type(line.facility_type)}" · "{line.address}</span>
                    {(line.hazards > 0).then(|| view! { <span class="row-note">{t.today().open_hazards(line.hazards)}</span> })}
                </span>
                <span class="row-end"><Icon name=IconName::Next small=true /></span>
            </a>
        </li>
    }
}

/// A facility type as the value of a choice.
fn kind_key(kind: FacilityType) -> String {
    format!("{kind:?}")
}
