//! The office's name in a document: as the region has decided, or filled in here where it has not.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::letterhead::{Letterhead, OfficeKind};
use xunan_core::problem::DocumentRefusal;

use super::issue::Issuing;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{ChoiceLine, Choices, Choose, Duty, TextField};

/// What has been filled in.
#[derive(Clone, Copy)]
pub(super) struct LetterheadForm {
    kind: RwSignal<OfficeKind>,
    name: RwSignal<String>,
    mark: RwSignal<String>,
    review_body: RwSignal<String>,
    court: RwSignal<String>,
}

impl LetterheadForm {
    /// As the region has decided, once that is read; until then the account's organisation.
    pub(super) fn new(phone: Phone) -> Self {
        let form = Self {
            kind: RwSignal::default(),
            name: RwSignal::new(phone.account().organisation),
            mark: RwSignal::default(),
            review_body: RwSignal::default(),
            court: RwSignal::default(),
        };
        spawn_local(async move {
            // What is not known, or of a later version, is filled in by hand.
            let rules = phone.store().region_rules().await.unwrap_or_default();
            let decided = rules.letterhead.and_then(|letterhead| letterhead.read().ok());
            if let Some(decided) = decided {
                form.fill(decided);
            }
        });
        form
    }

    fn fill(self, decided: Letterhead) {
        self.kind.try_set(decided.kind);
        for (field, value) in [
            (self.name, decided.name),
            (self.mark, decided.mark),
            (self.review_body, decided.review_body),
            (self.court, decided.court),
        ] {
            field.try_set(value);
        }
    }

    /// By whose law the office acts.
    pub(super) fn kind(self) -> OfficeKind {
        self.kind.get()
    }

    /// The letterhead as filled in: of the account's own office.
    pub(super) fn read(self, phone: Phone) -> Letterhead {
        let text = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
        Letterhead {
            division: phone.account().region,
            kind: self.kind.get_untracked(),
            name: text(self.name),
            mark: text(self.mark),
            review_body: text(self.review_body),
            court: text(self.court),
        }
    }
}

/// The fields: folded away, since they are filled in for most; unfolded when one of them is refused.
#[component]
pub(super) fn LetterheadFields(form: LetterheadForm, issuing: Issuing) -> impl IntoView {
    let t = texts().documents();
    let set = |field: RwSignal<String>| Callback::new(move |text| field.set(text));
    let kinds = OfficeKind::ALL.map(|kind| ChoiceLine::plain(t.office_kind(kind)));
    let chosen = Signal::derive(move || {
        OfficeKind::ALL.iter().position(|kind| *kind == form.kind.get()).into_iter().collect()
    });
    let choose =
        Callback::new(move |at: usize| OfficeKind::ALL.get(at).into_iter().for_each(|it| form.kind.set(*it)));
    let empty = move |field: RwSignal<String>, why: DocumentRefusal| {
        Signal::derive(move || {
            let refused = issuing.refusal() == Some(why) && field.with(|text| text.trim().is_empty());
            refused.then(|| t.refusal(why).to_owned())
        })
    };
    let [name, mark] = [form.name, form.mark].map(|it| empty(it, DocumentRefusal::OfficeMissing));
    let [review, court] =
        [form.review_body, form.court].map(|it| empty(it, DocumentRefusal::RemediesMissing));
    let refused = move || {
        let about = [DocumentRefusal::OfficeMissing, DocumentRefusal::RemediesMissing];
        issuing.refusal().is_some_and(|why| about.contains(&why))
    };
    view! {
        <details class="part" open=refused>
            <summary>{t.office()}": "{move || form.name.get()}</summary>
            <Choices label=t.office_law() choose=Choose::One lines=kinds.into() chosen=chosen on_choose=choose />
            <TextField label=t.office_name() value=form.name on_input=set(form.name) duty=Duty::Must wrong=name />
            <TextField label=t.office_mark() value=form.mark on_input=set(form.mark) duty=Duty::Must wrong=mark />
            <TextField label=t.review_body() value=form.review_body on_input=set(form.review_body) duty=Duty::Must wrong=review />
            <TextField label=t.court() value=form.court on_input=set(form.court) duty=Duty::Must wrong=court />
        </details>
    }
}
