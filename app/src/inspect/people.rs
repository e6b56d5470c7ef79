//! Who is there: the second inspector from the roster, and the person in charge on site.

use leptos::prelude::*;
use xunan_core::facility::Party;
use xunan_core::ledger::Colleague;
use xunan_core::visit::{Edit, Inspector, SitePerson};

use super::open_visit::OpenVisit;
use crate::i18n::texts;
use crate::ui::{Duty, SelectField, TextField};

/// The inspectors who can be the second, as they were pulled.
#[derive(Clone, Default)]
pub(super) struct Roster(pub(super) Vec<Colleague>);

/// The two fields.
#[component]
pub(super) fn People() -> impl IntoView {
    view! {
        <section class="part stack">
            <SecondField />
            <SiteFields />
        </section>
    }
}

#[component]
fn SecondField() -> impl IntoView {
    let (visit, t) = (OpenVisit::expect(), texts().review());
    let Roster(roster) = use_context().unwrap_or_default();
    let lead = visit.with(|draft, _| draft.head().lead.account);
    let roster: Vec<_> = roster.into_iter().filter(|colleague| colleague.account != lead).collect();
    let chosen = RwSignal::new(visit.with(|draft, _| draft.signing().second.clone()));
    let mut options = vec![(String::new(), texts().words().none().to_owned())];
    options.extend(
        roster.iter().map(|it| (it.account.to_string(), format!("{} · {}", it.name, it.organisation))),
    );
    let value = Signal::derive(move || {
        chosen.with(|it| it.as_ref().map(|it| it.account.to_string()).unwrap_or_default())
    });
    let choose = Callback::new(move |account: String| {
        let colleague = roster.iter().find(|it| it.account.to_string() == account);
        let second = colleague.map(|it| Inspector {
            account: it.account,
            name: it.name.clone(),
            certificate: it.certificate.clone(),
        });
        if visit.edit(Edit::Second(second.clone())).is_ok() {
            chosen.set(second);
        }
    });
    let day = visit.with(|draft, _| draft.date());
    let wrong = Signal::derive(move || {
        let expired = chosen.with(|it| it.as_ref().is_some_and(|it| it.certificate.valid_until < day));
        expired.then(|| t.gap_certificate().to_owned())
    });
    view! { <SelectField label=t.second() options value on_choose=choose wrong duty=Duty::Must /> }
}

#[component]
fn SiteFields() -> impl IntoView {
    let (visit, t) = (OpenVisit::expect(), texts().review());
    let now = visit.with(|draft, _| draft.signing().site.clone());
    let name = RwSignal::new(now.as_ref().map(|it| it.name.clone()).unwrap_or_default());
    let post = RwSignal::new(now.map(|it| it.post).unwrap_or_default());
    let wrong = RwSignal::new(None);
    let head = visit.with(|draft, _| draft.head().facility.holder(Party::Head).map(|it| it.name.clone()));
    let write = move || {
        let site = SitePerson { name: name.get_untracked(), post: post.get_untracked() };
        let refused = visit.edit(Edit::Site(Some(site))).err();
        wrong.set(refused.map(|_| texts().walk().too_long(super::MAX_TEXT_CHARS)));
    };
    let named = Callback::new(move |text| {
        name.set(text);
        write();
    });
    let posted = Callback::new(move |text| {
        post.set(text);
        write();
    });
    view! {
        <TextField label=t.site() example=head.unwrap_or_default() value=name wrong on_input=named duty=Duty::Must />
        <TextField label=t.post() value=post on_input=posted />
    }
}
