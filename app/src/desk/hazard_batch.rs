//! Several hazards in one go: each gets a step of its own, and what cannot be done says why, line by line.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::hazard::{Command, Offer};
use xunan_core::ids::HazardId;
use xunan_core::ledger::HazardCard;

use super::assign_form::{AssignFields, AssignForm, for_another};
use super::take_step::{self, offers};
use super::visits::count;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{Button, ButtonKind, IconName, Progress, Sheet, TextArea};

/// What can be done with several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Assign,
    Close,
    Remark,
}

impl Verb {
    fn words(self) -> &'static str {
        let steps = texts().desk_steps();
        match self {
            Self::Assign => steps.offer(Offer::Assign),
            Self::Close => texts().hazard_loop().deadline(xunan_core::hazard::DeadlineOf::Close),
            Self::Remark => steps.offer(Offer::Remark),
        }
    }
}

/// What is chosen, and what became of it: a context of the list.
#[derive(Clone, Copy, Default)]
pub(super) struct Batch {
    /// Which are chosen, in the order in which they were.
    pub(super) chosen: RwSignal<Vec<HazardId>>,
    verb: RwSignal<Option<Verb>>,
    /// How many were tried, of how many; `None` before it began.
    progress: RwSignal<Option<(u32, u32)>>,
    /// Titles and reasons of those that were not done.
    refused: RwSignal<Vec<(String, String)>>,
}

impl Batch {
    /// Chooses one, or not any more.
    pub(super) fn toggle(self, id: HazardId) {
        self.chosen.update(|chosen| match chosen.iter().position(|own| *own == id) {
            Some(at) => _ = chosen.remove(at),
            None => chosen.push(id),
        });
    }

    fn open(self, verb: Verb) {
        self.progress.set(None);
        self.refused.set(Vec::new());
        self.verb.set(Some(verb));
    }
}

/// How many are chosen, and what to do with them.
#[component]
pub(super) fn BatchBar(shown: Memo<Vec<HazardCard>>) -> impl IntoView {
    let (batch, t) = (expect_context::<Batch>(), texts());
    let chosen = Signal::derive(move || count(batch.chosen.with(Vec::len)));
    let open = move |verb| Callback::new(move |()| batch.open(verb));
    let title = move || {
        let verb = batch.verb.get().map_or("", Verb::words);
        t.desk_loop().batch_title(verb, chosen.get())
    };
    view! {
        <Show when=move || chosen.get() != 0>
            <div class="desk-filters batch" role="group" aria-label=t.desk_loop().col_select()>
                <strong aria-live="polite">{move || t.desk_loop().selected(chosen.get())}</strong>
                <span data-key="a"><Button on_press=open(Verb::Assign)>{Verb::Assign.words()}</Button></span>
                <Button on_press=open(Verb::Close)>{Verb::Close.words()}</Button>
                <Button on_press=open(Verb::Remark)>{Verb::Remark.words()}</Button>
                <Button kind=ButtonKind::Plain icon=IconName::Cross on_press=Callback::new(move |()| batch.chosen.set(Vec::new()))>
                    {t.desk_loop().clear_selection()}
                </Button>
            </div>
        </Show>
        <Sheet title=title open=Signal::derive(move || batch.verb.get().is_some())
            on_close=Callback::new(move |()| batch.verb.set(None))>
            {move || batch.verb.get().map(|verb| view! { <BatchForm verb shown /> })}
        </Sheet>
    }
}

#[component]
fn BatchForm(verb: Verb, shown: Memo<Vec<HazardCard>>) -> impl IntoView {
    let (phone, batch, t) = (Phone::expect(), expect_context::<Batch>(), texts());
    let note = RwSignal::new(String::new());
    let first = shown.with_untracked(|shown| {
        let chosen = batch.chosen.get_untracked();
        shown.iter().find(|hazard| chosen.contains(&hazard.id)).cloned()
    });
    let assign = AssignFields::new(first.as_ref());
    let of_first = first.as_ref().map(|hazard| hazard.facility);
    let busy = Signal::derive(move || batch.progress.get().is_some_and(|(done, of)| done < of));
    let run = Callback::new(move |()| {
        let chosen = batch.chosen.get_untracked();
        let cards: Vec<HazardCard> =
            shown.with_untracked(|all| all.iter().filter(|it| chosen.contains(&it.id)).cloned().collect());
        let of = count(cards.len());
        batch.refused.set(Vec::new());
        batch.progress.set(Some((0, of)));
        let (text, assignment) = (note.get_untracked(), assign.read());
        spawn_local(async move {
            for (at, card) in cards.iter().enumerate() {
                let command = match verb {
                    Verb::Assign if Some(card.facility) == of_first => {
                        Some(Command::Assign { assignment: assignment.clone() })
                    }
                    Verb::Assign => {
                        Some(Command::Assign { assignment: for_another(&assignment, card, phone) })
                    }
                    Verb::Close => closing(phone, card, &text),
                    Verb::Remark => Some(Command::Remark { text: text.clone() }),
                };
                let taken = match command {
                    Some(command) => take_step::take(phone, card, command, t).await,
                    None => Err(t.hazard_loop().refusal(xunan_core::problem::StepRefusal::NotNow).to_owned()),
                };
                match taken {
                    Ok(()) => {
                        batch.chosen.try_update(|chosen| chosen.retain(|id| *id != card.id));
                    }
                    Err(why) => {
                        batch.refused.try_update(|refused| refused.push((card.title.clone(), why)));
                    }
                }
                batch.progress.try_set(Some((count(at + 1), of)));
            }
        });
    });
    let form = match verb {
        Verb::Assign => view! { <AssignForm fields=assign hazard=first /> }.into_any(),
        Verb::Close | Verb::Remark => view! {
            <TextArea label=t.desk_loop().note() value=note on_input=Callback::new(move |text| note.set(text)) />
        }
        .into_any(),
    };
    view! {
        <form class="stack" on:submit=|event| event.prevent_default()>
            <p class="muted">{t.desk_loop().batch_each()}</p>
            {form}
            <Button kind=ButtonKind::Primary icon=IconName::Check busy on_press=run>{verb.words()}</Button>
            {move || batch.progress.get().map(|progress| done(batch, progress))}
        </form>
    }
}

/// How far it is, and what was not done.
fn done(batch: Batch, (tried, of): (u32, u32)) -> impl IntoView {
    let t = texts().desk_loop();
    let refused = batch.refused.get();
    let good = tried.saturating_sub(count(refused.len()));
    view! {
        <Progress done=Signal::stored(tried) of=Signal::stored(of) />
        <p role="status">{t.batch_done(good)}</p>
        {(!refused.is_empty()).then(|| view! {
            <p><strong>{t.batch_refused(count(refused.len()))}</strong></p>
            <ul class="refusals">
                {refused.into_iter().map(|(title, why)| view! { <li><strong>{title}</strong>" "{why}</li> }).collect_view()}
            </ul>
        })}
    }
}

/// Closing answers the re-check that stands now.
fn closing(phone: Phone, card: &HazardCard, note: &str) -> Option<Command> {
    let offers = offers(phone, card)?;
    offers.all().chain(offers.held.map(|(offer, _)| offer)).find_map(|offer| match offer {
        Offer::Close { recheck } => Some(Command::Close { recheck, note: note.to_owned() }),
        _ => None,
    })
}
