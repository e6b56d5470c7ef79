//! What was signed on this computer about articles: on its way, received, or without effect.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::access::Account;
use xunan_core::clock::Instant;
use xunan_core::ids::{ArticleId, EntryId};
use xunan_core::knowledge::{Article, Command, Doing, Step};
use xunan_core::log::{ArticleBody, SignedEntry};
use xunan_core::outbox::Delivery;
use xunan_core::problem::Problem;

use crate::desk::reading::{Answers, Questions};
use crate::i18n::{Texts, texts};
use crate::outbox::says;
use crate::session::Phone;
use crate::store::Queued;
use crate::sync::Sync;
use crate::ui::{Banner, BannerKind, IconName};

/// A step that was signed here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OwnStep {
    entry: EntryId,
    at: Instant,
    step: Step,
    queued: Queued,
}

/// The steps that were signed here about an article, `None` before they were looked for; what cannot be read says why.
pub(super) type OwnSteps = Option<Result<Vec<OwnStep>, Problem>>;

/// What entries say. They never change, so each is read once.
type Known = StoredValue<BTreeMap<EntryId, Option<Step>>>;

/// How many steps of articles the server has answered, in order to hear when that grows.
pub(super) fn answered(phone: Phone) -> Memo<usize> {
    Memo::new(move |_| {
        let answered = |queued: &&Queued| {
            matches!(queued.item.delivery(), Delivery::Acknowledged { .. }) && is_step(queued)
        };
        phone.outbox.with(|outbox| outbox.items().iter().filter(answered).count())
    })
}

fn is_step(queued: &Queued) -> bool {
    queued.item.kind() == ArticleBody::STEPPED
}

/// Follows the outbox for as long as the page lives.
pub(super) fn follow(phone: Phone, article: ArticleId) -> RwSignal<OwnSteps> {
    phone.follow_outbox();
    let (known, questions) = (Known::new(BTreeMap::new()), Questions::new());
    let steps: RwSignal<OwnSteps> = RwSignal::new(None);
    Effect::new(move || {
        let listed = |queued: &&Queued| is_step(queued) && Phone::is_listed(&queued.item);
        let queued: Vec<Queued> =
            phone.outbox.with(|outbox| outbox.items().iter().filter(listed).cloned().collect());
        let question = questions.ask();
        spawn_local(async move {
            let read = Some(read(phone, article, queued, known).await);
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

async fn read(
    phone: Phone,
    article: ArticleId,
    queued: Vec<Queued>,
    known: Known,
) -> Result<Vec<OwnStep>, Problem> {
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
        if let Some(step) = step.filter(|step| step.article == article) {
            steps.push(OwnStep { entry, at: queued.item.written(), step, queued });
        }
    }
    Ok(steps)
}

/// What an entry says of an article; `None` when it is not here any more.
async fn read_step(phone: Phone, entry: EntryId) -> Result<Option<Step>, Problem> {
    let Some(compact) = phone.store().entry(entry).await? else { return Ok(None) };
    let signed = SignedEntry::parse(&compact).map_err(|_| Problem::Damaged)?;
    match ArticleBody::of(signed.entry()) {
        Some(Ok(body)) => Ok(Some(*body.0)),
        Some(Err(problem)) => Err(problem),
        None => Ok(None),
    }
}

/// Lays own steps over what the server said, by the fold that the server runs. One that does not fit any more is left out: what
/// became of it the server says.
pub(super) fn laid_over(seen: Option<Article>, own: &[OwnStep], account: &Account) -> Option<Article> {
    let has_none = |delivery: &Delivery| {
        matches!(delivery, Delivery::Refused { .. } | Delivery::Acknowledged { without_effect: Some(_), .. })
    };
    own.iter().filter(|own| !has_none(own.queued.item.delivery())).fold(seen, |article, own| {
        let told = |article: &Article| article.story().any(|line| line.mark.entry == own.entry);
        if article.as_ref().is_some_and(told) {
            return article;
        }
        let doing = Doing { actor: account, entry: own.entry, at: own.at, received: own.at };
        Article::after(article.as_ref(), &own.step, &doing).ok().or(article)
    })
}

/// What is on its way, what had no effect and why. What the server has and tells of stands in the story.
#[component]
pub(super) fn OwnStepLines(steps: RwSignal<OwnSteps>) -> impl IntoView {
    let (sync, t) = (Sync::expect(), texts());
    let lines = move || match steps.get() {
        None => Vec::new(),
        Some(Err(problem)) => {
            let text = format!("{}：{}", t.articles().own_unreadable(), t.articles().numbered(&problem));
            vec![view! { <Banner kind=BannerKind::Warning icon=IconName::Warning text /> }.into_any()]
        }
        Some(Ok(steps)) => steps.iter().filter_map(|own| line(own, sync, t)).collect(),
    };
    view! { <div class="stack" data-gap="small" role="group" aria-label=t.articles().own_steps()>{lines}</div> }
}

fn line(own: &OwnStep, sync: Sync, t: Texts) -> Option<AnyView> {
    let verb = verb(&own.step.command, t);
    let t_own = t.articles();
    let says = || says(t, &own.queued, sync.sending.get(), sync.network.get());
    let (kind, icon, text) = match own.queued.item.delivery() {
        Delivery::Acknowledged { without_effect: None, .. } => return None,
        Delivery::Acknowledged { without_effect: Some(problem), .. } => {
            let text = t_own.own_without_effect(verb, &t_own.problem(problem), problem.number());
            (BannerKind::Warning, IconName::Warning, text)
        }
        Delivery::Refused { .. } => (BannerKind::Warning, IconName::Warning, t_own.own_step(verb, &says())),
        Delivery::Waiting | Delivery::Sending { .. } | Delivery::RetryAt { .. } | Delivery::NeedsSignIn => {
            (BannerKind::Note, IconName::Send, t_own.own_step(verb, &says()))
        }
    };
    Some(view! { <Banner kind icon text /> }.into_any())
}

/// What was done, in a verb.
pub(super) const fn verb(command: &Command, t: Texts) -> &'static str {
    match command {
        Command::Publish { .. } => t.articles().publish(),
        Command::Revise { .. } => t.articles().revise(),
        Command::Withdraw { .. } => t.articles().withdraw(),
    }
}
