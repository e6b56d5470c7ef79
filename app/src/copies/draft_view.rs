//! On a draft: how its copies are, and which of two drafts to keep when another phone goes on with the visit.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::copies::{Copied, Standing};
use xunan_core::ids::VisitId;

use super::copying::Copying;
use super::seen::KeyIs;
use super::today_view::not_taken_over;
use crate::browser::clock;
use crate::i18n::texts;
use crate::store::Over;
use crate::ui::{Banner, BannerKind, Button, ButtonKind, Confirm, Decision, IconName, LinkButton, Toasts};

/// What is asked before it is done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Nothing,
    KeepMine,
    TakeTheirs,
}

/// What is known of the copies of a draft; `None` while there are none.
fn copied(copying: &Copying, visit: VisitId) -> Memo<Option<Copied>> {
    let seen = copying.seen();
    Memo::new(move |_| seen.with(|seen| seen.copied.get(&visit).cloned()))
}

/// On the draft's card on today's page.
pub(super) fn on_draft(copying: &Copying, visit: VisitId) -> AnyView {
    let (copied, seen) = (copied(copying, visit), copying.seen());
    let key = Memo::new(move |_| seen.with(|seen| seen.key));
    let standing = Memo::new(move |_| copied.with(|it| it.as_ref().map(|it| it.standing)));
    let held = StoredValue::new_local(copying.clone());
    let choice = move || match standing.get() {
        Some(Standing::Overtaken { .. }) => Some(choose(held.get_value(), visit)),
        _ => None,
    };
    view! {
        <Hindered standing />
        <p class="muted small">{move || (key.get() == KeyIs::Here).then(|| copied.with(|it| in_words(it.as_ref())))}</p>
        {choice}
    }
    .into_any()
}

/// In the visit: only what keeps it from being copied.
pub(super) fn in_visit(copying: &Copying, visit: VisitId) -> AnyView {
    let copied = copied(copying, visit);
    let standing = Memo::new(move |_| copied.with(|it| it.as_ref().map(|it| it.standing)));
    view! { <Hindered standing choose_on_today=true /> }.into_any()
}

/// When it was copied, and how many of its pictures are there.
fn in_words(copied: Option<&Copied>) -> String {
    let t = texts();
    match copied {
        Some(Copied { standing: Standing::Overtaken { .. } | Standing::SignedElsewhere, .. }) => {
            String::new()
        }
        Some(Copied { at: Some(at), named, photos, .. }) => {
            let when = t.copies().copied(&t.time().when(*at, clock::now()));
            // A visit has some hundred pictures at most.
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            match named.len() {
                0 => when,
                all => format!("{when} · {}", t.copies().copied_photos(count(photos.len()), count(all))),
            }
        }
        _ => t.copies().not_yet().to_owned(),
    }
}

/// Why a draft is not copied.
#[component]
fn Hindered(standing: Memo<Option<Standing>>, #[prop(optional)] choose_on_today: bool) -> impl IntoView {
    let t = texts().copies();
    move || {
        match standing.get()? {
        Standing::Ours => None,
        Standing::Overtaken { .. } => Some(
            view! {
                <Banner kind=BannerKind::Warning icon=IconName::People text=t.overtaken()>
                    {choose_on_today.then(|| view! { <LinkButton href="/">{t.choose_on_today()}</LinkButton> })}
                </Banner>
            }
            .into_any(),
        ),
        Standing::SignedElsewhere => Some(
            view! { <Banner kind=BannerKind::Note icon=IconName::Info text=t.signed_elsewhere() /> }.into_any(),
        ),
        Standing::NoRoom => Some(
            view! { <Banner kind=BannerKind::Warning icon=IconName::Warning text=t.no_room() /> }.into_any(),
        ),
    }
    }
}

/// Which of the two drafts to keep. Nothing happens until a person has said it twice.
fn choose(copying: Copying, visit: VisitId) -> AnyView {
    let (asked, busy) = (RwSignal::new(Asked::Nothing), RwSignal::new(false));
    let (toasts, t, phone) = (Toasts::find(), texts(), copying.sync().phone());
    let held = StoredValue::new_local(copying);
    let decided = move |what: Asked| {
        Callback::new(move |decision| {
            asked.set(Asked::Nothing);
            if decision != Decision::Go || busy.get_untracked() {
                return;
            }
            busy.set(true);
            let copying = held.get_value();
            spawn_local(async move {
                let words = carry_out(&copying, visit, what).await;
                _ = busy.try_set(false);
                if let (Some(words), Some(toasts)) = (words, toasts) {
                    toasts.say(words);
                }
            });
        })
    };
    let replaced = phone.drafts.with_untracked(|drafts| {
        let mine = drafts.iter().find(|card| card.visit == visit);
        mine.map_or((0, 0), |card| (card.answered, card.photos))
    });
    let asks = move |what| Signal::derive(move || asked.get() == what);
    view! {
        <div class="line">
            <Button busy on_press=Callback::new(move |()| asked.set(Asked::KeepMine))>{t.copies().keep_mine()}</Button>
            <Button busy on_press=Callback::new(move |()| asked.set(Asked::TakeTheirs))>{t.copies().take_theirs()}</Button>
        </div>
        <Confirm open=asks(Asked::KeepMine) title=t.copies().keep_mine() text=t.copies().keep_mine_text()
            go=t.copies().keep_mine() stay=t.copies().not_now() on_decision=decided(Asked::KeepMine) />
        <Confirm open=asks(Asked::TakeTheirs) title=t.copies().take_theirs()
            text=t.copies().take_theirs_text(replaced.0, replaced.1)
            go=t.copies().take_theirs() stay=t.copies().not_now() kind=ButtonKind::Danger on_decision=decided(Asked::TakeTheirs) />
    }
    .into_any()
}

/// Does what was decided; answers what there is to say.
async fn carry_out(copying: &Copying, visit: VisitId, what: Asked) -> Option<String> {
    let t = texts();
    match what {
        Asked::Nothing => None,
        Asked::KeepMine => {
            let mine = copying.seen().with_untracked(|seen| seen.copied.get(&visit).cloned())?;
            let decided = copying.store().decide_copied(visit, mine.keeping_mine()).await;
            decided.err().map(|failed| t.problem(&failed.into()))
        }
        Asked::TakeTheirs => match copying.take_over_draft(visit, Over::Mine).await {
            Ok(0) => None,
            Ok(missing) => Some(t.copies().missing(missing)),
            Err(why) => Some(not_taken_over(t, &why)),
        },
    }
}
