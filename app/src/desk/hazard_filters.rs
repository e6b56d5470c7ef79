//! What the list of hazards is asked for: chips and lists, all of it in the address; and views that have a name.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::department::Department;
use xunan_core::facility::Party;
use xunan_core::hazard::HazardState;
use xunan_core::rules::Grade;
use xunan_core::sync::{HazardScope, HazardSort, Only, state_name, unit_name, unit_of};
use xunan_core::unit::UnitKind;

use super::hazards::{Listed, query_of, question_of};
use crate::browser::history;
use crate::i18n::texts;
use crate::session::Phone;
use crate::store::SavedView;
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, Chip, CountingSelectField, IconName, SearchField, SelectField,
    Sheet, TextField,
};

/// All of it.
#[component]
pub(super) fn Filters() -> impl IntoView {
    let (listed, t) = (expect_context::<Listed>(), texts());
    let scope = move |own: HazardScope, words: &'static str| {
        let on = Signal::derive(move || listed.query.with(|query| query.scope == own));
        let press = Callback::new(move |()| listed.ask(|query| query.scope = own));
        view! { <Chip on on_toggle=press>{words}</Chip> }
    };
    let flip = |only: &mut Only| {
        *only = match only {
            Only::Any => Only::Those,
            Only::Those => Only::Any,
        };
    };
    let overdue = Signal::derive(move || listed.query.with(|query| query.overdue == Only::Those));
    let listed_only = Signal::derive(move || listed.query.with(|query| query.listed == Only::Those));
    let words = Signal::derive(move || listed.query.with(|query| query.words.clone()));
    view! {
        <div class="desk-filters">
            {scope(HazardScope::Mine, t.desk_loop().scope_mine())}
            {scope(HazardScope::Open, t.desk_loop().scope_open())}
            {scope(HazardScope::All, t.desk_loop().scope_all())}
            <Chip on=overdue on_toggle=Callback::new(move |()| listed.ask(|query| flip(&mut query.overdue)))>{t.desk().filter_overdue()}</Chip>
            <Chip on=listed_only on_toggle=Callback::new(move |()| listed.ask(|query| flip(&mut query.listed)))>{t.desk_loop().filter_listed()}</Chip>
            <SearchField label=t.desk().search_hazards() value=words
                on_search=Callback::new(move |words: String| listed.ask(|query| query.words = words.chars().take(50).collect())) />
        </div>
        <div class="desk-filters desk-selects">
            <StateSelect /><GradeSelect /><PlaceSelect /><UnitSelect /><SortSelect />
        </div>
        <Views />
    }
}

#[component]
fn StateSelect() -> impl IntoView {
    let (listed, t) = (expect_context::<Listed>(), texts());
    let value = Signal::derive(move || {
        listed
            .query
            .with(|query| query.states.first().map(|state| state_name(*state).to_owned()))
            .unwrap_or_default()
    });
    let choose = Callback::new(move |name: String| {
        let state = HazardState::ALL.into_iter().find(|state| state_name(*state) == name);
        listed.ask(|query| {
            query.states = state.into_iter().collect();
            if state.is_some_and(|state| !state.is_open()) {
                query.scope = HazardScope::All;
            }
        });
    });
    let options = Signal::derive(move || {
        let counts = listed.counts.get();
        let mut options = vec![(String::new(), t.desk_loop().any().to_owned())];
        options.extend(HazardState::ALL.map(|state| {
            let count = counts.iter().find(|count| count.state == state).map(|count| count.hazards);
            let words = t.name().hazard_state(state);
            let words = count.map_or_else(|| words.to_owned(), |n| t.desk_loop().state_count(words, n));
            (state_name(state).to_owned(), words)
        }));
        options
    });
    view! { <CountingSelectField label=t.desk_loop().filter_state() options value on_choose=choose /> }
}

#[component]
fn GradeSelect() -> impl IntoView {
    let (listed, t) = (expect_context::<Listed>(), texts());
    let grades = [("major", Grade::Major), ("general", Grade::General)];
    let mut options = vec![(String::new(), t.desk_loop().any().to_owned())];
    options.extend(grades.map(|(name, grade)| (name.to_owned(), t.name().grade(grade).to_owned())));
    let value = Signal::derive(move || {
        let grade = listed.query.with(|query| query.grade);
        grades
            .iter()
            .find(|(_, own)| Some(*own) == grade)
            .map(|(name, _)| (*name).to_owned())
            .unwrap_or_default()
    });
    let choose = Callback::new(move |name: String| {
        let grade = grades.iter().find(|(own, _)| *own == name).map(|(_, grade)| *grade);
        listed.ask(|query| query.grade = grade);
    });
    view! { <SelectField label=t.desk_loop().filter_grade() options value on_choose=choose /> }
}

/// The places of the institutions that this computer knows: townships have no names in the data, so they are told by code.
#[component]
fn PlaceSelect() -> impl IntoView {
    let (phone, listed, t) = (Phone::expect(), expect_context::<Listed>(), texts());
    let value = Signal::derive(move || {
        listed.query.with(|query| query.division.as_ref().map(ToString::to_string)).unwrap_or_default()
    });
    let choose = Callback::new(move |code: String| listed.ask(|query| query.division = code.parse().ok()));
    let codes = Memo::new(move |_| {
        let mut codes: Vec<String> =
            phone.rows.with(|rows| rows.facilities().into_iter().map(|it| it.division.to_string()).collect());
        codes.dedup();
        codes
    });
    move || {
        let mut options = vec![(String::new(), t.desk_loop().any().to_owned())];
        options.extend(codes.get().into_iter().map(|code| (code.clone(), code)));
        view! { <SelectField label=t.desk_loop().filter_place() options value on_choose=choose /> }
    }
}

#[component]
fn UnitSelect() -> impl IntoView {
    let (listed, t) = (expect_context::<Listed>(), texts());
    let units = Party::ALL
        .into_iter()
        .map(UnitKind::Party)
        .chain(Department::ALL.into_iter().map(UnitKind::Department));
    let mut options = vec![(String::new(), t.desk_loop().any().to_owned())];
    options.extend(units.map(|unit| (unit_name(unit), t.hazard_loop().unit(unit).to_owned())));
    let value =
        Signal::derive(move || listed.query.with(|query| query.unit.map(unit_name)).unwrap_or_default());
    let choose = Callback::new(move |name: String| listed.ask(|query| query.unit = unit_of(&name)));
    view! { <SelectField label=t.desk_loop().filter_unit() options value on_choose=choose /> }
}

#[component]
fn SortSelect() -> impl IntoView {
    let (listed, t) = (expect_context::<Listed>(), texts().desk_loop());
    let sorts = [
        ("due", HazardSort::Due, t.sort_due()),
        ("found", HazardSort::Found, t.sort_found()),
        ("grade", HazardSort::Grade, t.sort_grade()),
    ];
    let options = sorts.map(|(name, _, words)| (name.to_owned(), words.to_owned())).to_vec();
    let value = Signal::derive(move || {
        let sort = listed.query.with(|query| query.sort);
        sorts.iter().find(|(_, own, _)| *own == sort).map(|(name, ..)| (*name).to_owned()).unwrap_or_default()
    });
    let choose = Callback::new(move |name: String| {
        let sort = sorts.iter().find(|(own, ..)| *own == name).map(|(_, sort, _)| *sort);
        listed.ask(|query| query.sort = sort.unwrap_or_default());
    });
    view! { <SelectField label=t.sort_by() options value on_choose=choose /> }
}

/// Views that were saved under a name, and saving this one.
#[component]
fn Views() -> impl IntoView {
    let (phone, listed, all) = (Phone::expect(), expect_context::<Listed>(), texts());
    let t = all.desk_loop();
    let (views, open, name) =
        (RwSignal::new(Vec::<SavedView>::new()), RwSignal::new(false), RwSignal::new(String::new()));
    let failed = RwSignal::new(None::<String>);
    spawn_local(async move {
        // Without them the list is as good; saving says what is wrong.
        _ = phone.store().saved_views().await.map(|saved| views.try_set(saved));
    });
    let keep = move |changed: Vec<SavedView>| {
        spawn_local(async move {
            match phone.store().save_views(&changed).await {
                Ok(()) => _ = views.try_set(changed),
                Err(error) => _ = failed.try_set(Some(all.problem(&error.into()))),
            }
        });
    };
    let save = Callback::new(move |()| {
        let own = name.get_untracked().trim().to_owned();
        if own.is_empty() {
            return;
        }
        let question = listed.query.with_untracked(question_of);
        let mut changed = views.get_untracked();
        changed.retain(|view| view.name != own);
        changed.push(SavedView { name: own, question });
        keep(changed);
        open.set(false);
        name.set(String::new());
    });
    let chip = move |view: SavedView| {
        let (question, own) = (view.question.clone(), view.question.clone());
        let on = Signal::derive(move || listed.query.with(question_of) == own);
        let go = Callback::new(move |()| {
            let saved = query_of(&history::pairs(&question));
            listed.ask(|query| *query = saved);
        });
        view! { <Chip on on_toggle=go>{view.name}</Chip> }
    };
    let line = move |view: SavedView| {
        let own = view.name.clone();
        let remove = Callback::new(move |()| {
            let mut changed = views.get_untracked();
            changed.retain(|view| view.name != own);
            keep(changed);
        });
        view! { <Button kind=ButtonKind::Danger icon=IconName::Bin on_press=remove>{t.remove_view(&view.name)}</Button> }
    };
    view! {
        <div class="desk-filters">
            {move || views.get().into_iter().map(chip).collect_view()}
            <Button kind=ButtonKind::Plain icon=IconName::Plus on_press=Callback::new(move |()| open.set(true))>{t.save_view()}</Button>
        </div>
        {move || failed.get().map(|text| view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text /> })}
        <Sheet title=t.save_view() open on_close=Callback::new(move |()| open.set(false))>
            <div class="stack">
                <TextField label=t.view_name() value=name on_input=Callback::new(move |text| name.set(text)) />
                <Button kind=ButtonKind::Primary icon=IconName::Check on_press=save>{t.save_view()}</Button>
                {move || views.get().into_iter().map(line).collect_view()}
            </div>
        </Sheet>
    }
}
