//! One thing that a page asks the server for, again and again. What was said last stays on the page while it cannot be asked.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::problem::Problem;

use super::reading::{Answers, Questions, Reading};
use crate::i18n::texts;
use crate::ui::{Banner, BannerKind, Button, IconName};

/// What a page knows of its thing.
pub(super) struct Asked<T: Send + Sync + 'static> {
    /// What the server said last.
    pub(super) seen: RwSignal<Reading<Box<T>>>,
    /// Why it could not be asked again.
    pub(super) stale: RwSignal<Option<Problem>>,
    questions: Questions,
}

impl<T: Send + Sync + 'static> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Asked<T> {}

impl<T: Send + Sync + 'static> Asked<T> {
    /// Nothing so far.
    pub(super) fn new() -> Self {
        Self {
            seen: RwSignal::new(Reading::UnderWay),
            stale: RwSignal::new(None),
            questions: Questions::new(),
        }
    }

    /// Asks: `answer` is what the server says.
    pub(super) fn read(self, answer: impl Future<Output = Result<T, Problem>> + 'static) {
        let question = self.questions.ask();
        spawn_local(async move {
            let answer = answer.await;
            if question.answers() == Answers::AnOlder {
                return;
            }
            let is_here = self.seen.with_untracked(|seen| matches!(seen, Reading::Here(_)));
            match answer {
                Err(problem) if is_here && !takes_away(&problem) => self.stale.set(Some(problem)),
                answer => {
                    self.stale.set(None);
                    self.seen.set(answer.map(Box::new).into());
                }
            }
        });
    }
}

/// Whether a problem says that what was read before is not this account's to see any more.
const fn takes_away(problem: &Problem) -> bool {
    matches!(problem, Problem::NotFound | Problem::NotSignedIn | Problem::AccountLocked)
}

/// That what stands below was read before, why, and asking once more. `words` are those of the problem.
pub(super) fn read_before(problem: &Problem, words: &str, again: Callback<()>) -> impl IntoView + use<> {
    let t = texts();
    let (kind, icon, text) = match problem {
        Problem::Unreachable => (BannerKind::Note, IconName::Offline, t.desk().of_before().to_owned()),
        problem => (BannerKind::Warning, IconName::Warning, t.desk().not_read(words, problem.number())),
    };
    view! { <Banner kind icon text><Button on_press=again>{t.words().retry()}</Button></Banner> }
}

/// That a list is at the server alone and cannot be read now, in the place of the list.
pub(super) fn unlisted(words: &'static str, again: Callback<()>) -> impl IntoView {
    view! {
        <Banner kind=BannerKind::Note icon=IconName::Offline text=words>
            <Button on_press=again>{texts().words().retry()}</Button>
        </Banner>
    }
}
