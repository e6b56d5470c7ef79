//! Issuing: core checks, the phone signs and stores, and the document is there.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::document::Issue;
use xunan_core::ids::DocumentId;
use xunan_core::log::Body;
use xunan_core::problem::{DocumentRefusal, Problem};

use super::paths::DocumentPaths;
use crate::i18n::texts;
use crate::session::Phone;
use crate::shell;
use crate::ui::{Banner, BannerKind, IconName};

/// How far issuing is.
#[derive(Clone, Copy)]
pub(super) struct Issuing {
    pub(super) busy: RwSignal<bool>,
    failed: RwSignal<Option<Problem>>,
}

impl Issuing {
    pub(super) fn new() -> Self {
        Self { busy: RwSignal::new(false), failed: RwSignal::new(None) }
    }

    /// Says why nothing was issued.
    pub(super) fn fail(self, problem: Problem) {
        self.busy.try_set(false);
        self.failed.try_set(Some(problem));
    }

    /// Why core refused it; none of whatever else went wrong. Read by the boxes that it is about.
    pub(super) fn refusal(self) -> Option<DocumentRefusal> {
        match self.failed.get() {
            Some(Problem::DocumentRefused { why }) => Some(why),
            _ => None,
        }
    }

    /// Issues it and shows it; or says why not, and nothing was written.
    pub(super) fn issue(self, phone: Phone, paths: DocumentPaths, issue: Issue) {
        self.busy.set(true);
        self.failed.set(None);
        spawn_local(async move {
            match signed(phone, issue).await {
                Ok(id) => {
                    self.busy.try_set(false);
                    shell::go(&paths.document(id));
                }
                Err(problem) => self.fail(problem),
            }
        });
    }
}

async fn signed(phone: Phone, issue: Issue) -> Result<DocumentId, Problem> {
    issue.check()?;
    let (id, title) = (issue.id, issue.addressee.name.clone());
    phone.append(&Body::DocumentIssued(Box::new(issue)), &title, None, &[], &[]).await?;
    Ok(id)
}

/// Why nothing was issued.
#[component]
pub(super) fn NotIssued(issuing: Issuing) -> impl IntoView {
    move || {
        let problem = issuing.failed.get()?;
        let text = match &problem {
            Problem::DocumentRefused { why } => texts().documents().refusal(*why).to_owned(),
            problem => texts().problem(problem),
        };
        Some(view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text /> })
    }
}
