//! The own password, and changing it: on the phone and at the desk alike.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::account::check_chosen_password;
use xunan_core::clock::Span;
use xunan_core::problem::Problem;

use crate::browser::clock;
use crate::browser::page::{self, Network};
use crate::i18n::{Texts, texts};
use crate::session::{NotChanged, Phone, change_password};
use crate::sync::Sync;
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, Duty, IconName, LineKind, Sheet, SheetFoot, TextField,
};

/// How far changing is.
#[derive(Clone, PartialEq)]
enum Going {
    Asking,
    UnderWay,
    Failed(NotChanged),
    Done,
}

/// What is typed, for as long as the sheet is open, and how far it is.
#[derive(Clone, Copy)]
struct Form {
    before: RwSignal<String>,
    chosen: RwSignal<String>,
    again: RwSignal<String>,
    checked: RwSignal<bool>,
    going: RwSignal<Going>,
}

/// Which of its boxes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Before,
    Chosen,
    Again,
}

impl Form {
    fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            before: text(),
            chosen: text(),
            again: text(),
            checked: RwSignal::new(false),
            going: RwSignal::new(Going::Asking),
        }
    }

    /// What was typed lives no longer than the sheet.
    fn forget(self) {
        for text in [self.before, self.chosen, self.again] {
            text.set(String::new());
        }
        self.checked.set(false);
    }

    /// What was said of something else is said no longer.
    fn typed(self) {
        if matches!(self.going.get_untracked(), Going::Failed(_)) {
            self.going.set(Going::Asking);
        }
    }

    /// What is wrong with a box, before or after it was sent.
    fn fault(self, of: Field, t: Texts) -> Option<String> {
        let words = t.password();
        let (before, chosen) = (self.before.get(), self.chosen.get());
        if let (Going::Failed(NotChanged::Problem(problem)), true) = (self.going.get(), self.checked.get()) {
            match (of, problem) {
                (Field::Before, Problem::WrongPassword) => return Some(words.wrong().to_owned()),
                (Field::Chosen, Problem::PasswordRefused { why }) => {
                    return Some(words.refusal(why).to_owned());
                }
                _ => {}
            }
        }
        if !self.checked.get() {
            return None;
        }
        let fault = match of {
            Field::Before => before.is_empty().then(|| words.before_missing()),
            Field::Chosen if chosen.is_empty() => Some(words.chosen_missing()),
            Field::Chosen => check_chosen_password(&chosen, &before).err().map(|why| words.refusal(why)),
            Field::Again => (self.again.get() != chosen).then(|| words.not_the_same()),
        };
        fault.map(str::to_owned)
    }

    /// Changes it, when nothing is wrong with what was typed.
    fn go(self, phone: Phone, sync: Sync, open: RwSignal<bool>) {
        let t = texts();
        self.going.set(Going::Asking);
        self.checked.set(true);
        if untrack(|| {
            [Field::Before, Field::Chosen, Field::Again].iter().any(|it| self.fault(*it, t).is_some())
        }) {
            return;
        }
        self.going.set(Going::UnderWay);
        let (before, chosen) = (self.before.get_untracked(), self.chosen.get_untracked());
        spawn_local(async move {
            match change_password(&phone.store(), &before, &chosen).await {
                Ok(()) => {
                    sync.signed_in();
                    self.going.try_set(Going::Done);
                    open.try_set(false);
                }
                Err(why) => _ = self.going.try_set(Going::Failed(why)),
            }
        });
    }
}

/// The section, with the sheet that changes it.
#[component]
pub(crate) fn PasswordPart() -> impl IntoView {
    let (form, open, t) = (Form::new(), RwSignal::new(false), texts().password());
    let begin = Callback::new(move |()| {
        form.going.set(Going::Asking);
        open.set(true);
    });
    let done = move || {
        (form.going.get() == Going::Done).then(|| {
            view! { <Banner kind=BannerKind::Note icon=IconName::Check text=t.done() /> }
        })
    };
    view! {
        <section class="part" id="password">
            <div class="part-head"><h2>{t.title()}</h2></div>
            <p class="muted">{t.about()}</p>
            {done}
            <Button icon=IconName::Lock on_press=begin>{t.change()}</Button>
            <ChangeSheet form open />
        </section>
    }
}

#[component]
fn ChangeSheet(form: Form, open: RwSignal<bool>) -> impl IntoView {
    let (phone, sync, t) = (Phone::expect(), Sync::expect(), texts());
    let busy = Signal::derive(move || form.going.get() == Going::UnderWay);
    let close = Callback::new(move |()| open.set(false));
    Effect::new(move |_| {
        if !open.get() {
            form.forget();
        }
    });
    let go = Callback::new(move |()| {
        if !busy.get_untracked() {
            form.go(phone, sync, open);
        }
    });
    let set = move |text: RwSignal<String>| {
        Callback::new(move |typed| {
            form.typed();
            text.set(typed);
        })
    };
    let fault = move |of| Signal::derive(move || form.fault(of, t));
    let words = t.password();
    view! {
        <Sheet title=words.change() open on_close=close
            foot=move || view! {
                <SheetFoot>
                    // Beside the button: what went wrong is in view however small the screen.
                    <Outcome form />
                    <Button kind=ButtonKind::Primary icon=IconName::Lock busy on_press=go>{words.change()}</Button>
                </SheetFoot>
            }>
            <form class="stack" data-gap="large" novalidate on:submit=move |event| { event.prevent_default(); go.run(()); }>
                <p class="muted small">{words.effects()}</p>
                <TextField label=words.before() value=form.before on_input=set(form.before)
                    kind=LineKind::Password duty=Duty::Must wrong=fault(Field::Before) />
                <TextField label=words.chosen() value=form.chosen on_input=set(form.chosen)
                    kind=LineKind::NewPassword duty=Duty::Must help=words.rule() wrong=fault(Field::Chosen) />
                <TextField label=words.again() value=form.again on_input=set(form.again)
                    kind=LineKind::NewPassword duty=Duty::Must wrong=fault(Field::Again) />
                <p class="muted small">{words.exports()}</p>
                // Enter in a field submits only with a submit button; the one below is none.
                <button type="submit" class="unseen" tabindex=-1 aria-hidden="true"></button>
            </form>
        </Sheet>
    }
}

/// What is under way, or why it did not work, where no box says it.
#[component]
fn Outcome(form: Form) -> impl IntoView {
    let t = texts();
    let gone = page::network() == Network::Gone;
    move || match form.going.get() {
        Going::UnderWay => view! { <p role="status">{t.password().going()}</p> }.into_any(),
        Going::Failed(why) => failed(t, &why)
            .map(|text| view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text /> })
            .into_any(),
        Going::Asking | Going::Done if gone => {
            let text = t.password().needs_network();
            view! { <Banner kind=BannerKind::Warning icon=IconName::Offline text /> }.into_any()
        }
        Going::Asking | Going::Done => {
            view! { <p class="muted small">{t.password().needs_network()}</p> }.into_any()
        }
    }
}

fn failed(t: Texts, why: &NotChanged) -> Option<String> {
    let words = t.password();
    Some(match why {
        // The boxes say it.
        NotChanged::Problem(Problem::WrongPassword | Problem::PasswordRefused { .. }) => return None,
        NotChanged::Unanswered => words.unanswered().to_owned(),
        NotChanged::Problem(Problem::Unreachable) => words.offline().to_owned(),
        NotChanged::Problem(Problem::TooMany { retry_after_seconds }) => {
            let until = clock::now().plus(Span::seconds(i64::from(*retry_after_seconds)));
            words.too_many(&retry_after_seconds.to_string(), &t.time().clock(until))
        }
        NotChanged::Problem(problem) => t.problem(problem),
    })
}
