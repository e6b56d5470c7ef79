//! What an office makes public of a report: its own words and a place no finer than a township, and below them what residents
//! will see, as core makes it.

use leptos::prelude::*;
use xunan_core::hazard::Mark;
use xunan_core::ids::EntryId;
use xunan_core::ledger::SnapCard;
use xunan_core::snap::{
    Category, PublicCard, PublicNotice, PublicPlace, PublicTitle, PublicWords, Publication, SnapState,
};

use crate::desk::step_inputs::{line, list, listed, numbered, text};
use crate::i18n::{Texts, texts};

/// What has been filled in.
#[derive(Clone, Copy)]
pub(super) struct PublicFields {
    title: RwSignal<String>,
    /// Which of all categories, by its place.
    category: RwSignal<String>,
    place: RwSignal<String>,
    words: RwSignal<String>,
    result: RwSignal<String>,
}

impl PublicFields {
    /// An empty form. The category that the reporter chose is what the form begins with.
    pub(super) fn new(category: Category) -> Self {
        let at = Category::ALL.iter().position(|it| *it == category);
        Self {
            title: RwSignal::default(),
            category: RwSignal::new(at.map(|at| at.to_string()).unwrap_or_default()),
            place: RwSignal::default(),
            words: RwSignal::default(),
            result: RwSignal::default(),
        }
    }

    /// The notice as filled in.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(super) fn notice(self, t: Texts) -> Result<PublicNotice, &'static str> {
        let t = t.snaps();
        let words = |said: RwSignal<String>| {
            said.with_untracked(|text| PublicWords::of(text)).map_err(|_| t.public_too_long())
        };
        Ok(PublicNotice {
            title: self
                .title
                .with_untracked(|text| PublicTitle::of(text))
                .map_err(|_| t.public_title_wrong())?,
            category: listed(&Category::ALL, self.category).ok_or_else(|| t.choose_category())?,
            place: self
                .place
                .with_untracked(|text| PublicPlace::of(text))
                .map_err(|_| t.public_place_wrong())?,
            words: words(self.words)?,
            result: words(self.result)?,
        })
    }
}

/// The fields, and what residents will see.
#[component]
pub(super) fn PublicForm(card: SnapCard, after: EntryId, fields: PublicFields) -> impl IntoView {
    let t = texts();
    let categories = numbered(&Category::ALL, |category| t.snap_name().category(category));
    let is_answered = card.life.stage.state() == SnapState::Answered;
    let seen = move || {
        let PublicFields { title, category, place, words, result } = fields;
        for field in [title, category, place, words, result] {
            field.track();
        }
        match fields.notice(t) {
            Ok(notice) => told(&card, after, notice).into_any(),
            Err(missing) => view! { <p class="muted">{missing}</p> }.into_any(),
        }
    };
    view! {
        <p class="muted">{t.snaps().public_about()}</p>
        {line(t.snaps().public_title(), fields.title)}
        {list(t.snaps().category(), categories, fields.category)}
        {line(t.snaps().public_place(), fields.place)}
        {text(t.snaps().public_words(), fields.words)}
        {is_answered.then(|| text(t.snaps().public_result(), fields.result))}
        <section class="part"><h3>{t.snaps().residents_see()}</h3>{seen}</section>
    }
}

/// What residents will see of the report with this notice.
fn told(card: &SnapCard, after: EntryId, notice: PublicNotice) -> Option<impl IntoView + use<>> {
    let t = texts();
    let mut life = card.life.clone();
    life.publication = Some(Publication {
        mark: Mark::nameless(after, card.received, card.received),
        after,
        notice,
        photos: Vec::new(),
    });
    let PublicCard { number, notice, state, steps, .. } = PublicCard::of(card.id(), card.division(), &life)?;
    let facts = [
        t.snap_name().category(notice.category),
        notice.place.as_str(),
        t.snap_name().state(state),
        &number.to_string(),
    ];
    let facts = facts.join(" · ");
    let steps: Vec<String> =
        steps.iter().map(|it| format!("{} {}", t.snap_name().step(it.what), it.on)).collect();
    let said = [notice.words, notice.result].map(|words| {
        (!words.is_empty()).then(|| view! { <p class="own-words">{words.as_str().to_owned()}</p> })
    });
    Some(view! {
        <p><strong>{notice.title.as_str().to_owned()}</strong></p>
        <p>{facts}</p>
        {said.into_iter().collect::<Vec<_>>()}
        <p class="muted">{steps.join(" · ")}</p>
    })
}
