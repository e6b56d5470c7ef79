//! What was signed on this computer about one report: on its way, received, or without effect.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::clock::Instant;
use xunan_core::ids::{EntryId, SnapId};
use xunan_core::log::{SignedEntry, SnapBody};
use xunan_core::outbox::Delivery;
use xunan_core::problem::Problem;
use xunan_core::snap::Step;

use crate::desk::reading::{Answers, Questions};
use crate::i18n::texts;
use crate::outbox::says;
use crate::session::Phone;
use crate::store::Queued;
use crate::sync::Sync;
use crate::ui::{Banner, BannerKind, IconName};

/// A step that was signed here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OwnStep {
    /// Its entry.
    pub(super) entry: EntryId,
    /// When it was signed.
    pub(super) at: Instant,
    /// What was done.
    pub(super) step: Step,
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

impl OwnStep {
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

/// The steps that were signed here about a report; what cannot be read says why.
pub(super) type OwnSteps = Result<Vec<OwnStep>, Problem>;

/// What entries say. They never change, so each is read once.
type Known = StoredValue<BTreeMap<EntryId, Option<Step>>>;

/// How many steps of reports the server has answered, in order to hear when that grows.
pub(super) fn answered(phone: Phone) -> Memo<usize> {
    Memo::new(move |_| {
        let answered = |queued: &&Queued| {
            matches!(queued.item.delivery(), Delivery::Acknowledged { .. }) && is_step(queued)
        };
        phone.outbox.with(|outbox| outbox.items().iter().filter(answered).count())
    })
}

fn is_step(queued: &Queued) -> bool {
    queued.item.kind() == SnapBody::STEPPED
}

/// Follows the outbox for as long as the page lives.
pub(super) fn follow(phone: Phone, snap: SnapId) -> RwSignal<OwnSteps> {
    phone.follow_outbox();
    let (known, questions) = (Known::new(BTreeMap::new()), Questions::new());
    let steps = RwSignal::new(Ok(Vec::new()));
    Effect::new(move || {
        let listed = |queued: &&Queued| is_step(queued) && Phone::is_listed(&queued.item);
        let queued: Vec<Queued> =
            phone.outbox.with(|outbox| outbox.items().iter().filter(listed).cloned().collect());
        let question = questions.ask();
        spawn_local(async move {
            let read = read(phone, snap, queued, known).await;
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

async fn read(phone: Phone, snap: SnapId, queued: Vec<Queued>, known: Known) -> OwnSteps {
    let mut steps = Vec::new();
    for queued in queued {
        let entry = queued.item.entry();
        let before = known.try_with_value(|known| known.get(&entry).cloned()).flatten();
        let step = match before {
            Some(step) => step,
            None => {
                let step = read_step(phone, entry).await?;
                known.try_update_value(|known| known.insert(entry, step.clone()));
                step
            }
        };
        if let Some(step) = step.filter(|step| step.snap == snap) {
            steps.push(OwnStep { entry, at: queued.item.written(), step, queued });
        }
    }
    Ok(steps)
}

/// What an entry says of a report; `None` when it is not here any more.
async fn read_step(phone: Phone, entry: EntryId) -> Result<Option<Step>, Problem> {
    let Some(compact) = phone.store().entry(entry).await? else { return Ok(None) };
    let signed = SignedEntry::parse(&compact).map_err(|_| Problem::Damaged)?;
    match SnapBody::of(signed.entry()) {
        Some(Ok(SnapBody::Stepped(step))) => Ok(Some(*step)),
        Some(Err(problem)) => Err(problem),
        Some(Ok(SnapBody::Reported(_))) | None => Ok(None),
    }
}

/// What is on its way, what had no effect and why. What the server has and tells of stands in the story.
#[component]
pub(super) fn OwnStepLines(steps: RwSignal<OwnSteps>) -> impl IntoView {
    let (sync, t) = (Sync::expect(), texts());
    let lines = move || match steps.get() {
        Err(problem) => {
            let text = format!("{}：{}", t.snaps().own_unreadable(), t.snaps().numbered(&problem));
            vec![view! { <Banner kind=BannerKind::Warning icon=IconName::Warning text /> }.into_any()]
        }
        Ok(steps) => steps.iter().filter_map(|own| line(own, sync)).collect(),
    };
    view! { <div class="stack" data-gap="small" role="group" aria-label=t.snaps().own_steps()>{lines}</div> }
}

fn line(own: &OwnStep, sync: Sync) -> Option<AnyView> {
    let t = texts();
    let verb = t.snap_name().done(own.step.command.kind());
    let says = || says(t, &own.queued, sync.sending.get(), sync.network.get());
    let (kind, icon, text) = match own.queued.item.delivery() {
        Delivery::Acknowledged { without_effect: None, .. } => return None,
        Delivery::Acknowledged { without_effect: Some(problem), .. } => {
            let why = t.snaps().problem(problem);
            let text = t.snaps().own_without_effect(verb, &why, problem.number());
            (BannerKind::Warning, IconName::Warning, text)
        }
        Delivery::Refused { .. } => {
            (BannerKind::Warning, IconName::Warning, t.snaps().own_step(verb, &says()))
        }
        Delivery::Waiting | Delivery::Sending { .. } | Delivery::RetryAt { .. } | Delivery::NeedsSignIn => {
            (BannerKind::Note, IconName::Send, t.snaps().own_step(verb, &says()))
        }
    };
    Some(view! { <Banner kind icon text /> }.into_any())
}
