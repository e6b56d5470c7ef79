//! Two certified inspectors, chosen from the roster: who acts in a document that no visit names them for.

use leptos::prelude::*;
use xunan_core::document::Officer;
use xunan_core::ids::AccountId;
use xunan_core::ledger::Rows;

use super::issue::Issuing;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{Duty, SelectField};

/// What has been chosen, as the browser gives it.
#[derive(Clone, Copy)]
pub(super) struct TwoOfficers {
    first: RwSignal<String>,
    second: RwSignal<String>,
}

impl TwoOfficers {
    /// An inspector is the first; whoever is none chooses both.
    pub(super) fn new(phone: Phone) -> Self {
        let own = phone.account().id;
        let listed = phone.rows.with_untracked(|rows| rows.colleague(own).is_some());
        let first = if listed { own.to_string() } else { String::new() };
        Self { first: RwSignal::new(first), second: RwSignal::default() }
    }

    /// Those that were chosen: core says whether they are enough.
    pub(super) fn chosen(self, phone: Phone) -> Vec<Officer> {
        phone.rows.with_untracked(|rows| {
            let chosen = [self.first, self.second].map(|chosen| officer(rows, &chosen.get_untracked()));
            chosen.into_iter().flatten().collect()
        })
    }
}

/// The two lists, with what is wrong with the second one beside it.
#[component]
pub(super) fn OfficerFields(officers: TwoOfficers, issuing: Issuing) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts().documents());
    let roster = phone.rows.with_untracked(|rows| roster(rows, phone));
    let set = |field: RwSignal<String>| Callback::new(move |text| field.set(text));
    let TwoOfficers { first, second } = officers;
    let wrong = Signal::derive(move || {
        let why = issuing.refusal().filter(|why| why.is_about_officers());
        why.map(|why| t.refusal(why).to_owned())
    });
    view! {
        <SelectField label=t.officer_first() options=roster.clone() value=first on_choose=set(first) duty=Duty::Must />
        <SelectField label=t.officer_second() options=roster value=second on_choose=set(second) duty=Duty::Must wrong />
    }
}

fn officer(rows: &Rows, chosen: &str) -> Option<Officer> {
    let colleague = rows.colleague(chosen.parse::<AccountId>().ok()?)?;
    Some(Officer {
        account: colleague.account,
        name: colleague.name.clone(),
        certificate: colleague.certificate.number.clone(),
    })
}

/// Certified inspectors, oneself among them, with "choose" before them.
fn roster(rows: &Rows, phone: Phone) -> Vec<(String, String)> {
    let mut options = vec![(String::new(), texts().documents().choose().to_owned())];
    let own = rows.colleague(phone.account().id);
    let all = own.into_iter().chain(rows.companions_of(phone.account().id, Phone::today()));
    options.extend(all.map(|it| (it.account.to_string(), format!("{} · {}", it.name, it.organisation))));
    options
}
