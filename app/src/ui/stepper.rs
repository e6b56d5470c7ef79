//! A number between two big steps, with its unit.

use leptos::html::Input;
use leptos::prelude::*;
use xunan_core::rules::{Quantity, Unit};

use super::field::{Duty, around, fresh_id};
use super::icon::{Icon, IconName};
use crate::browser::input;
use crate::i18n::texts;

/// A box for a number. It reports what was typed, as typed; core reads it ([`Quantity::from_typed`]), so that
/// full-width digits and a half-typed "12." are not fought.
#[component]
pub fn NumberField(
    /// Above the box.
    #[prop(into)]
    label: String,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Every keystroke and step, with the whole text.
    on_input: Callback<String>,
    /// What it counts or measures; steps stay within what the unit can be.
    #[prop(optional, into)]
    unit: Option<Unit>,
    /// Whether it must be filled in.
    #[prop(optional)]
    duty: Duty,
    /// A hint below, such as the threshold.
    #[prop(optional, into)]
    help: Option<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    wrong: Signal<Option<String>>,
) -> impl IntoView {
    let t = texts();
    let id = fresh_id();
    let element = NodeRef::<Input>::new();
    Effect::new(move || {
        if let Some(element) = element.get() {
            input::show_value(&element, &value.get());
        }
    });
    let step = move |direction| {
        if let Some(next) = stepped(&value.get_untracked(), direction, unit) {
            on_input.run(next);
        }
    };
    let inside = view! {
        <div class="stepper" data-wrong=move || wrong.with(Option::is_some)>
            <button type="button" class="stepper-step" aria-label=t.words().decrease() on:click=move |_| step(Direction::Down)>
                <Icon name=IconName::Minus />
            </button>
            <input
                class="field-box"
                id=id.clone()
                node_ref=element
                type="text"
                inputmode="decimal"
                autocomplete="off"
                aria-describedby=format!("{id}h")
                aria-required=(duty == Duty::Must).then_some("true")
                aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                on:input=move |event| on_input.run(input::value_of(&event))
            />
            {unit.map(|unit| view! { <span class="stepper-unit">{t.name().unit(unit)}</span> })}
            <button type="button" class="stepper-step" aria-label=t.words().increase() on:click=move |_| step(Direction::Up)>
                <Icon name=IconName::Plus />
            </button>
        </div>
    };
    around(&id, label, duty, help, wrong, inside.into_any())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Down,
    Up,
}

/// The next whole number in a direction; from an empty box, 0. `None` where the unit ends or what stands there
/// is not a number.
fn stepped(typed: &str, direction: Direction, unit: Option<Unit>) -> Option<String> {
    if typed.trim().is_empty() {
        return Some(Quantity::ZERO.to_string());
    }
    let now = Quantity::from_typed(typed).ok()?;
    let whole = now.thousandths().div_euclid(1000);
    let next = match direction {
        Direction::Up => whole + 1,
        Direction::Down if now.is_whole() => whole - 1,
        Direction::Down => whole,
    };
    let next = Quantity::whole(i32::try_from(next).ok()?);
    let admitted = unit.is_none_or(|unit| unit.admits(next));
    (admitted && next != now).then(|| next.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_goes_to_the_next_whole_number_within_the_unit() {
        use Direction::{Down, Up};
        for (typed, direction, unit, next) in [
            ("", Up, None, Some("0")),
            ("2", Up, None, Some("3")),
            ("2.5", Up, None, Some("3")),
            ("2.5", Down, None, Some("2")),
            ("-2.5", Down, None, Some("-3")),
            ("-2.5", Up, None, Some("-2")),
            ("0", Down, Some(Unit::People), None),
            ("0", Down, Some(Unit::Celsius), Some("-1")),
            ("100", Up, Some(Unit::Percent), None),
            ("１２", Up, None, Some("13")),
            ("十", Up, None, None),
        ] {
            assert_eq!(stepped(typed, direction, unit).as_deref(), next, "{typed} {direction:?}");
        }
    }
}
