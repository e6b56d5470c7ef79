//! An article while it is written: its fields, and what they make.

use std::collections::BTreeSet;

use leptos::html::Div;
use leptos::prelude::*;
use xunan_core::facility::FacilityType;
use xunan_core::knowledge::{ArticleText, ArticleTitle, Content, Pictures, Quiz};
use xunan_core::rules::SectionId;

use super::picture_fields::{PictureFields, PictureList, checked};
use super::question_fields::{QuestionFields, QuestionList};
use super::shown::ShownContent;
use crate::desk::step_inputs::{line, text};
use crate::i18n::{Texts, texts};
use crate::session::Phone;
use crate::ui::{Banner, BannerKind, ChoiceLine, Choices, Choose, IconName, SelectField};

/// What has been filled in.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    title: RwSignal<String>,
    text: RwSignal<String>,
    /// A section's name; empty for none.
    section: RwSignal<String>,
    /// Kinds of institution, by their places.
    types: RwSignal<Vec<usize>>,
    questions: RwSignal<Vec<QuestionFields>>,
    /// Whose the signals of further questions are: they live as long as these here, and not as the form that shows them.
    owner: StoredValue<Owner>,
    /// Its pictures.
    pub(super) pictures: PictureFields,
}

impl Fields {
    /// Those of a version that was written before; empty ones when there is none.
    pub(super) fn of(content: Option<&Content>) -> Self {
        let owner = StoredValue::new(Owner::current().unwrap_or_default());
        let Some(content) = content else {
            return Self {
                owner,
                title: RwSignal::default(),
                text: RwSignal::default(),
                section: RwSignal::default(),
                types: RwSignal::default(),
                questions: RwSignal::default(),
                pictures: PictureFields::of(&Pictures::default()),
            };
        };
        let types = FacilityType::ALL.iter().enumerate().filter(|(_, kind)| content.types.contains(kind));
        let questions = (0..).zip(content.quiz.questions()).map(|(key, it)| QuestionFields::of(key, it));
        Self {
            owner,
            title: RwSignal::new(content.title.as_str().to_owned()),
            text: RwSignal::new(content.text.as_str().to_owned()),
            section: RwSignal::new(content.section.as_ref().map(ToString::to_string).unwrap_or_default()),
            types: RwSignal::new(types.map(|(place, _)| place).collect()),
            questions: RwSignal::new(questions.collect()),
            pictures: PictureFields::of(&content.pictures),
        }
    }

    fn track(self) {
        [self.title, self.text, self.section].iter().for_each(Track::track);
        self.types.track();
        self.questions.with(|all| all.iter().for_each(|it| it.track()));
        self.pictures.track();
    }

    /// What stands in the fields, to see whether that has changed.
    pub(super) fn typed(self) -> Vec<String> {
        let own = [self.title, self.text, self.section].map(|it| it.get_untracked());
        let types = self.types.with_untracked(|types| format!("{types:?}"));
        let questions =
            self.questions.with_untracked(|all| all.iter().flat_map(|it| it.typed()).collect::<Vec<_>>());
        own.into_iter().chain([types]).chain(questions).chain(self.pictures.names()).collect()
    }

    /// What the article says as it is filled in.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(super) fn content(self, t: Texts) -> Result<Content, String> {
        let own = t.articles();
        let kinds = |places: &Vec<usize>| {
            places.iter().filter_map(|at| FacilityType::ALL.get(*at).copied()).collect::<BTreeSet<_>>()
        };
        let questions = self.questions.get_untracked().into_iter();
        let questions: Result<Vec<_>, String> =
            (1..).zip(questions).map(|(number, it)| it.question(number, t)).collect();
        let section = self.section.get_untracked();
        let content = Content {
            title: self.title.with_untracked(|it| ArticleTitle::of(it)).map_err(|_| own.title_wrong())?,
            text: self.text.with_untracked(|it| ArticleText::of(it)).map_err(|_| own.text_wrong())?,
            section: section.parse::<SectionId>().ok(),
            types: self.types.with_untracked(kinds),
            quiz: Quiz::try_from(questions?).map_err(|_| own.too_many_questions())?,
            pictures: self.pictures.pictures(t)?,
        };
        checked(content, t)
    }
}

/// The sections that can be chosen, by their names; why there are none where the checklist is not at hand.
async fn sections(phone: Phone, t: Texts) -> Option<Vec<(String, String)>> {
    let pack = phone.store().pack(&phone.pack_today()?).await.ok()??;
    let none = (String::new(), t.articles().no_section().to_owned());
    let named = pack.sections().iter().map(|it| (it.id.to_string(), t.lang().of(&it.text).to_owned()));
    Some(std::iter::once(none).chain(named).collect())
}

/// The fields, and below them what readers will see.
#[component]
pub(super) fn FieldLines(fields: Fields) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let own = t.articles();
    let Fields { title, text: words, section, types, questions, owner, pictures } = fields;
    let writing = NodeRef::<Div>::new();
    let offered = RwSignal::new(None);
    leptos::task::spawn_local(async move {
        let found = sections(phone, t).await;
        offered.try_set(Some(found));
    });
    let kinds = FacilityType::ALL.map(|kind| ChoiceLine::plain(t.name().facility_type(kind)));
    let choose = Callback::new(move |at: usize| {
        types.update(|chosen| match chosen.iter().position(|it| *it == at) {
            Some(place) => drop(chosen.remove(place)),
            None => chosen.push(at),
        });
    });
    let seen = move || {
        fields.track();
        match fields.content(t) {
            Ok(content) => view! { <ShownContent content urls=pictures.urls() /> }.into_any(),
            Err(missing) => view! { <p class="muted">{missing}</p> }.into_any(),
        }
    };
    view! {
        <p class="muted">{own.editor_about()}</p>
        {line(own.field_title(), title)}
        <div class="long-text" node_ref=writing>{text(own.field_text(), words)}</div>
        <PictureList pictures text=words writing />
        {move || match offered.get() {
            None => None,
            Some(None) => {
                Some(view! { <Banner kind=BannerKind::Note icon=IconName::Info text=own.no_sections() /> }.into_any())
            }
            Some(Some(options)) => {
                let choose = Callback::new(move |name| section.set(name));
                Some(view! { <SelectField label=own.field_section() options value=section on_choose=choose /> }.into_any())
            }
        }}
        <Choices label=own.field_types() choose=Choose::Several lines=kinds.into() chosen=types on_choose=choose />
        <QuestionList questions owner />
        <section class="part"><h3>{own.readers_see()}</h3>{seen}</section>
    }
}
