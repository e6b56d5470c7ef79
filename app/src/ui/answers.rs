//! ✓合格 ✗不合格 –不适用: the three buttons that are pressed a hundred times a visit.

use leptos::html::Div;
use leptos::prelude::*;
use xunan_core::rules::Answer;

use crate::browser::radio;
use crate::i18n::texts;

/// One of the three answers that a thumb can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// 合格
    Pass,
    /// 不合格
    Fail,
    /// 不适用
    NotApplicable,
}

impl Mark {
    /// In the order of the buttons.
    pub const ALL: [Self; 3] = [Self::Pass, Self::Fail, Self::NotApplicable];

    /// The mark that an answer is; `None` for numbers and dates.
    pub const fn of(answer: &Answer) -> Option<Self> {
        match answer {
            Answer::Pass => Some(Self::Pass),
            Answer::Fail => Some(Self::Fail),
            Answer::NotApplicable => Some(Self::NotApplicable),
            _ => None,
        }
    }

    /// For `data-answer` on the card that holds the buttons.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::NotApplicable => "not-applicable",
        }
    }
}

impl From<Mark> for Answer {
    fn from(mark: Mark) -> Self {
        match mark {
            Mark::Pass => Self::Pass,
            Mark::Fail => Self::Fail,
            Mark::NotApplicable => Self::NotApplicable,
        }
    }
}

/// Three buttons of which at most one is chosen. Pressing the chosen one again reports it again: on a failed
/// item that opens its hazard sheet.
#[component]
pub fn AnswerButtons(
    /// Which is chosen.
    #[prop(into)]
    chosen: Signal<Option<Mark>>,
    /// The question, for screen readers.
    #[prop(into)]
    label: String,
    /// One was pressed.
    on_answer: Callback<Mark>,
) -> impl IntoView {
    let t = texts().words();
    let row = NodeRef::<Div>::new();
    Effect::new(move || {
        let (Some(row), chosen) = (row.get(), chosen.get()) else { return };
        radio::show_chosen(&row, chosen.and_then(|mark| Mark::ALL.iter().position(|it| *it == mark)));
    });
    let press = move |event| {
        if let Some(mark) = radio::pressed(&event).and_then(|at| Mark::ALL.get(at).copied()) {
            on_answer.run(mark);
        }
    };
    view! {
        <div class="answers" role="radiogroup" aria-label=label node_ref=row on:click=press on:keydown=move |event| radio::walk_along(&event)>
            <button type="button" class="answer" role="radio" data-answer="pass" aria-checked="false">{t.pass()}</button>
            <button type="button" class="answer" role="radio" data-answer="fail" aria-checked="false">{t.fail()}</button>
            <button type="button" class="answer" role="radio" data-answer="not-applicable" aria-checked="false">{t.not_applicable()}</button>
        </div>
    }
}
