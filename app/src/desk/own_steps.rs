//! What was signed on this computer about a thing that is no row, a citizen's report or an article: on its way, received, or without
//! effect.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::clock::Instant;
use xunan_core::ids::EntryId;
use xunan_core::log::{Entry, SignedEntry};
use xunan_core::outbox::Delivery;
use xunan_core::problem::Problem;

use super::reading::{Answers, Questions};
use crate::i18n::{Texts, texts};
use crate::outbox::says;
use crate::session::Phone;
use crate::store::Queued;
use crate::sync::Sync;
use crate::ui::{Banner, BannerKind, IconName};

/// A step with a thing that is no row.
pub(super) trait StepOfThing: Clone + PartialEq + Send + std::marker::Sync + 'static {
    /// What tells one thing from another.
    type Id: Copy + PartialEq + 'static;
    /// The kind of its entries.
    const KIND: &'static str;

    /// What an entry says; `None` when it is no such step.
    fn read(entry: &Entry) -> Option<Result<Self, Problem>>;
    /// With which thing it is a step.
    fn thing(&self) -> Self::Id;
    /// What was done, in a verb.
    fn verb(&self, t: Texts) -> &'static str;
    /// That it had no effect, and why.
    fn without_effect(&self, t: Texts, problem: &Problem) -> String;
}

/// A step that was signed here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OwnStep<S> {
    /// Its entry.
    pub(super) entry: EntryId,
    /// When it was signed.
    pub(super) at: Instant,
    /// What was done.
    pub(super) step: S,
    /// How its delivery goes.
    queued: Queued,
}

/// What is to be expected of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outlook {
    /// It has an effect, or will have one as far as is known here.
    Effect,
    /// It has none.
    NoEffect,
}

impl<S> OwnStep<S> {
    /// What is to be expected of it.
    pub(super) const fn outlook(&self) -> Outlook {
        match self.queued.item.delivery() {
            Delivery::Refused { .. } | Delivery::Acknowledged { without_effect: Some(_), .. } => {
                Outlook::NoEffect
            }
            _ => Outlook::Effect,
        }
    }
}

/// The steps that were signed here with one thing, `None` before they were looked for; what cannot be read says why.
pub(super) type OwnSteps<S> = Option<Result<Vec<OwnStep<S>>, Problem>>;

/// What entries say. They never change, so each is read once.
type Known<S> = StoredValue<BTreeMap<EntryId, Option<S>>>;

/// How many of these steps the server has answered, in order to hear when that grows.
pub(super) fn answered<S: StepOfThing>(phone: Phone) -> Memo<usize> {
    Memo::new(move |_| {
        let answered = |queued: &&Queued| {
            matches!(queued.item.delivery(), Delivery::Acknowledged { .. }) && is_step::<S>(queued)
        };
        phone.outbox.with(|outbox| outbox.items().iter().filter(answered).count())
    })
}

fn is_step<S: StepOfThing>(queued: &Queued) -> bool {
    queued.item.kind() == S::KIND
}

/// Follows the outbox for as long as the page lives.
pub(super) fn follow<S: StepOfThing>(phone: Phone, thing: S::Id) -> RwSignal<OwnSteps<S>> {
    phone.follow_outbox();
    let (known, questions) = (Known::new(BTreeMap::new()), Questions::new());
    let steps: RwSignal<OwnSteps<S>> = RwSignal::new(None);
    Effect::new(move || {
        let listed = |queued: &&Queued| is_step::<S>(queued) && Phone::is_listed(&queued.item);
        let queued: Vec<Queued> =
            phone.outbox.with(|outbox| outbox.items().iter().filter(listed).cloned().collect());
        let question = questions.ask();
        spawn_local(async move {
            let read = Some(read(phone, thing, queued, known).await);
            if question.answers() == Answers::TheLast {
                steps.try_update(|steps| {
                    if *steps != read {
                        *steps = read;
                    }
                });
            }
        });
    });
    steps
}

async fn read<S: StepOfThing>(
    phone: Phone,
    thing: S::Id,
    queued: Vec<Queued>,
    known: Known<S>,
) -> Result<Vec<OwnStep<S>>, Problem> {
    let mut steps = Vec::new();
    for queued in queued {
        let entry = queued.item.entry();
        let before = known.try_with_value(|known| known.get(&entry).cloned()).flatten();
        let step = match before {
            Some(step) => step,
            None => {
                let step = read_step::<S>(phone, entry).await?;
                known.try_update_value(|known| known.insert(entry, step.clone()));
                step
            }
        };
        if let Some(step) = step.filter(|step| step.thing() == thing) {
            steps.push(OwnStep { entry, at: queued.item.written(), step, queued });
        }
    }
    Ok(steps)
}

/// What an entry says; `None` when it is not here any more.
async fn read_step<S: StepOfThing>(phone: Phone, entry: EntryId) -> Result<Option<S>, Problem> {
    let Some(compact) = phone.store().entry(entry).await? else { return Ok(None) };
    let signed = SignedEntry::parse(&compact).map_err(|_| Problem::Damaged)?;
    S::read(signed.entry()).transpose()
}

/// What is on its way, what had no effect and why. What the server has and tells of stands in the story.
#[component]
pub(super) fn OwnStepLines<S: StepOfThing>(steps: RwSignal<OwnSteps<S>>) -> impl IntoView {
    let (sync, t) = (Sync::expect(), texts());
    let lines = move || match steps.get() {
        None => Vec::new(),
        Some(Err(problem)) => {
            let number = t.words().problem_number(problem.number());
            let text = format!("{}：{}（{number}）", t.desk().own_unreadable(), t.problem(&problem));
            vec![view! { <Banner kind=BannerKind::Warning icon=IconName::Warning text /> }.into_any()]
        }
        Some(Ok(steps)) => steps.iter().filter_map(|own| line(own, sync, t)).collect(),
    };
    view! { <div class="stack" data-gap="small" role="group" aria-label=t.desk().own_steps()>{lines}</div> }
}

fn line<S: StepOfThing>(own: &OwnStep<S>, sync: Sync, t: Texts) -> Option<AnyView> {
    let says = || {
        let says = says(t, &own.queued, sync.sending.get(), sync.network.get());
        t.desk().own_step(own.step.verb(t), &says)
    };
    let (kind, icon, text) = match own.queued.item.delivery() {
        Delivery::Acknowledged { without_effect: None, .. } => return None,
        Delivery::Acknowledged { without_effect: Some(problem), .. } => {
            (BannerKind::Warning, IconName::Warning, own.step.without_effect(t, problem))
        }
        Delivery::Refused { .. } => (BannerKind::Warning, IconName::Warning, says()),
        Delivery::Waiting | Delivery::Sending { .. } | Delivery::RetryAt { .. } | Delivery::NeedsSignIn => {
            (BannerKind::Note, IconName::Send, says())
        }
    };
    Some(view! { <Banner kind icon text /> }.into_any())
}
