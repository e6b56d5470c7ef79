//! What a hazard is that a report becomes: where, in the office's words, how grave, and until when. Nothing but the
//! institution is taken over from the report.

use leptos::prelude::*;
use xunan_core::facility::Facility;
use xunan_core::ids::{FacilityId, HazardId};
use xunan_core::rules::Grade;
use xunan_core::snap::NewHazard;

use crate::browser::clock;
use crate::desk::step_inputs::{day, line, lines, plain};
use crate::desk::visits::MOST_ROWS;
use crate::i18n::{Texts, texts};
use crate::session::Phone;
use crate::ui::{CountingSelectField, SearchField};

/// The grades that a hazard may have, in the order of their lines. Advice is no hazard.
const GRADES: [Grade; 2] = [Grade::General, Grade::Major];

/// What has been filled in.
#[derive(Clone, Copy)]
pub(super) struct HazardFields {
    /// The institution's id; empty before one was chosen.
    facility: RwSignal<String>,
    search: RwSignal<String>,
    title: RwSignal<String>,
    place: RwSignal<String>,
    /// Which line of [`GRADES`]; none before somebody chose.
    grade: RwSignal<Option<usize>>,
    due: RwSignal<String>,
}

impl HazardFields {
    /// An empty form. The institution that the reporter named is what the form begins with.
    pub(super) fn new(named: Option<FacilityId>) -> Self {
        Self {
            facility: RwSignal::new(named.map(|id| id.to_string()).unwrap_or_default()),
            search: RwSignal::default(),
            title: RwSignal::default(),
            place: RwSignal::default(),
            grade: RwSignal::new(None),
            due: RwSignal::default(),
        }
    }

    /// The hazard as filled in; its words are core's to judge.
    ///
    /// # Errors
    /// What is to be chosen still.
    pub(super) fn read(self, t: Texts) -> Result<NewHazard, &'static str> {
        let t = t.snaps();
        let said = |signal: RwSignal<String>| signal.get_untracked().trim().to_owned();
        let grade = self.grade.get_untracked().and_then(|at| GRADES.get(at).copied());
        Ok(NewHazard {
            id: HazardId::from_parts(clock::now(), clock::entropy()),
            facility: said(self.facility).parse().map_err(|_| t.choose_facility())?,
            title: said(self.title),
            place: said(self.place),
            grade: grade.ok_or_else(|| t.choose_grade())?,
            due: said(self.due).parse().map_err(|_| t.choose_day())?,
        })
    }
}

/// The fields.
#[component]
pub(super) fn HazardForm(fields: HazardFields) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let options = Signal::derive(move || options(phone, fields));
    let find = Callback::new(move |words| fields.search.set(words));
    let choose = Callback::new(move |id| fields.facility.set(id));
    let grades = GRADES.map(|grade| t.name().grade_in_full(grade)).to_vec();
    view! {
        <p class="muted">{t.snaps().hazard_about()}</p>
        <SearchField label=t.snaps().find_facility() value=fields.search on_search=find />
        <CountingSelectField label=t.snaps().which_facility() options value=fields.facility on_choose=choose />
        {line(t.snaps().hazard_title(), fields.title)}
        {line(t.snaps().hazard_place(), fields.place)}
        {lines(t.desk().col_grade(), plain(grades), fields.grade)}
        {day(t.snaps().hazard_due(), fields.due)}
    }
}

/// The institutions that the search finds, and in any case the one that is chosen.
fn options(phone: Phone, fields: HazardFields) -> Vec<(String, String)> {
    let words = fields.search.with(|words| words.trim().to_lowercase());
    let chosen = fields.facility.get();
    let mut options = vec![(String::new(), texts().snaps().choose().to_owned())];
    phone.rows.with(|rows| {
        let fits = |it: &&Facility| {
            it.name.to_lowercase().contains(&words)
                || it.address.to_lowercase().contains(&words)
                || it.id.to_string() == chosen
        };
        let found = rows.facilities().into_iter().filter(fits).take(MOST_ROWS);
        options.extend(found.map(|it| (it.id.to_string(), it.name.clone())));
    });
    options
}
