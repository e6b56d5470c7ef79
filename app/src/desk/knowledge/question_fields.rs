//! The questions of an article, while they are written.

use leptos::prelude::*;
use xunan_core::knowledge::{ChoiceWords, Question, QuestionWords, WhyWords};

use crate::desk::step_inputs::{line, text};
use crate::i18n::{Texts, texts};
use crate::ui::{Button, CountingSelectField, IconName};

/// What has been filled in of one question.
#[derive(Clone, Copy)]
pub(super) struct QuestionFields {
    /// What tells it from the others while they come and go.
    key: u32,
    text: RwSignal<String>,
    /// One on each line.
    choices: RwSignal<String>,
    /// The place of the right one; empty before one was chosen.
    right: RwSignal<String>,
    why: RwSignal<String>,
}

/// The lines that say something.
fn choices_of(lines: &str) -> Vec<String> {
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

impl QuestionFields {
    fn new(key: u32) -> Self {
        let (text, choices) = (RwSignal::default(), RwSignal::default());
        Self { key, text, choices, right: RwSignal::default(), why: RwSignal::default() }
    }

    /// Those of a question that was written before.
    pub(super) fn of(key: u32, question: &Question) -> Self {
        let choices: Vec<&str> = question.choices().iter().map(|it| it.as_str()).collect();
        Self {
            key,
            text: RwSignal::new(question.text().as_str().to_owned()),
            choices: RwSignal::new(choices.join("\n")),
            right: RwSignal::new(question.right().to_string()),
            why: RwSignal::new(question.why().as_str().to_owned()),
        }
    }

    pub(super) fn track(self) {
        [self.text, self.choices, self.right, self.why].iter().for_each(Track::track);
    }

    /// What stands in the fields.
    pub(super) fn typed(self) -> [String; 4] {
        [self.text, self.choices, self.right, self.why].map(|it| it.get_untracked())
    }

    /// The question as filled in; `number` is its place from 1 on.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(super) fn question(self, number: usize, t: Texts) -> Result<Question, String> {
        let t = t.articles();
        let wrong = t.choices_wrong(number);
        let text = self.text.with_untracked(|text| QuestionWords::of(text));
        let choices: Result<Vec<ChoiceWords>, _> = self
            .choices
            .with_untracked(|lines| choices_of(lines).iter().map(|it| ChoiceWords::of(it)).collect());
        let choices = choices.map_err(|_| wrong.clone())?;
        let right = self.right.with_untracked(|right| right.parse::<usize>().ok());
        let right = right.filter(|right| *right < choices.len()).ok_or_else(|| t.right_wrong(number));
        let why = self.why.with_untracked(|why| WhyWords::of(why));
        Question::of(
            text.map_err(|_| t.question_wrong(number))?,
            choices,
            right?,
            why.map_err(|_| t.why_wrong(number))?,
        )
        .map_err(|_| wrong)
    }
}

/// All questions, with the buttons that add and remove one. The fields of one that is added are the `owner`'s.
#[component]
pub(super) fn QuestionList(
    questions: RwSignal<Vec<QuestionFields>>,
    owner: StoredValue<Owner>,
) -> impl IntoView {
    let t = texts().articles();
    let add = Callback::new(move |()| {
        let last = questions.with_untracked(|all| all.iter().map(|it| it.key).max());
        let added = owner.with_value(|owner| owner.with(|| QuestionFields::new(last.map_or(0, |it| it + 1))));
        questions.update(|all| all.push(added));
    });
    view! {
        <section class="part">
            <h3>{t.quiz()}</h3>
            <p class="muted">{t.quiz_about()}</p>
            <For each=move || questions.get().into_iter().enumerate() key=|(at, it)| (*at, it.key) let((at, it))>
                {one(at + 1, it, questions)}
            </For>
            <Button icon=IconName::Plus on_press=add>{t.add_question()}</Button>
        </section>
    }
}

fn one(number: usize, fields: QuestionFields, all: RwSignal<Vec<QuestionFields>>) -> impl IntoView {
    let t = texts().articles();
    let QuestionFields { key, text: asked, choices, right, why } = fields;
    let remove = Callback::new(move |()| all.update(|all| all.retain(|it| it.key != key)));
    let options = Signal::derive(move || {
        let lines = choices.with(|lines| choices_of(lines)).into_iter().enumerate();
        let lines = lines.map(|(place, words)| (place.to_string(), words));
        std::iter::once((String::new(), t.choose().to_owned())).chain(lines).collect::<Vec<_>>()
    });
    let choose = Callback::new(move |place| right.set(place));
    view! {
        <div class="stack" role="group" aria-label=t.question(number)>
            <h4>{t.question(number)}</h4>
            {line(t.question_text(), asked)}
            {text(t.choices(), choices)}
            <CountingSelectField label=t.right_choice() options value=right on_choose=choose />
            {text(t.why(), why)}
            <Button icon=IconName::Bin on_press=remove>{t.remove_question()}</Button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_that_says_something_is_an_answer() {
        assert_eq!(choices_of(" 断电 \n\n用水浇\r\n  \n"), ["断电", "用水浇"]);
        assert!(choices_of(" \n").is_empty());
    }
}
