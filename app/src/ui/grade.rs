//! A grade is colour and shape and word, always all three: octagon 重大, diamond 一般, circle 提示.

use leptos::html::Div;
use leptos::prelude::*;
use xunan_core::rules::{Grade, Standing};

use crate::browser::radio;
use crate::i18n::texts;

/// For `data-grade`, from which the style sheet takes the colour.
pub const fn grade_name(grade: Grade) -> &'static str {
    match grade {
        Grade::Major => "major",
        Grade::General => "general",
        Grade::Advice => "low",
    }
}

const fn shape(grade: Grade) -> &'static str {
    match grade {
        Grade::Major => "M8 2h8l6 6v8l-6 6H8l-6-6V8z",
        Grade::General => "M12 1.5 22.5 12 12 22.5 1.5 12z",
        Grade::Advice => "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20z",
    }
}

fn shape_of(grade: Grade) -> impl IntoView {
    view! {
        <svg class="grade-shape" viewBox="0 0 24 24" aria-hidden="true">
            <path d=shape(grade) />
        </svg>
    }
}

/// The mark of a grade.
#[component]
pub fn GradeMark(
    /// The grade.
    grade: Grade,
    /// Whether it stands or waits for a second inspector; then it says 建议.
    #[prop(default = Standing::Stands)]
    standing: Standing,
    /// Larger, at the head of a sheet.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let t = texts();
    let proposed = (standing == Standing::ProposedNeedsSecondInspector).then(|| t.words().proposed());
    view! {
        <span class="grade" data-grade=grade_name(grade) data-size=large.then_some("large")>
            {shape_of(grade)}
            <span>{t.name().grade(grade)}{proposed}</span>
        </span>
    }
}

/// Choosing a grade for a hazard that no item covers.
#[component]
pub fn GradePick(
    /// Which is chosen.
    #[prop(into)]
    chosen: Signal<Option<Grade>>,
    /// One was pressed.
    on_grade: Callback<Grade>,
) -> impl IntoView {
    const OFFERED: [Grade; 3] = [Grade::Major, Grade::General, Grade::Advice];
    let t = texts();
    let row = NodeRef::<Div>::new();
    Effect::new(move || {
        let (Some(row), chosen) = (row.get(), chosen.get()) else { return };
        radio::show_chosen(&row, OFFERED.iter().position(|grade| chosen == Some(*grade)));
    });
    let press = move |event| {
        if let Some(grade) = radio::pressed(&event).and_then(|at| OFFERED.get(at).copied()) {
            on_grade.run(grade);
        }
    };
    view! {
        <div class="grade-pick" role="radiogroup" aria-label=t.hazard().grade() node_ref=row on:click=press on:keydown=move |event| radio::walk_along(&event)>
            {OFFERED
                .map(|grade| {
                    view! {
                        <button type="button" class="grade-choice" role="radio" aria-checked="false" data-grade=grade_name(grade)>
                            {shape_of(grade)}
                            {t.name().grade(grade)}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
}
