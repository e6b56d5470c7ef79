//! The end of a visit: one entry, signed with the phone's key, in the outbox; in one write or not at all.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::ids::EntryId;
use xunan_core::log::Body;
use xunan_core::problem::Problem;
use xunan_core::rules::FireRules;
use xunan_core::visit::{Gap, Keeping, SignRefused};

use super::open_visit::OpenVisit;
use super::saver::Saved;
use super::visit_page::VisitRoutes;
use crate::browser::clock;
use crate::i18n::texts;
use crate::session::{Closing, Phone};
use crate::store::DraftCard;
use crate::ui::{Banner, BannerKind, Button, ButtonKind, ButtonSize, Confirm, Decision, IconName};

/// Why a visit could not be closed. It is still open, as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
enum NotClosed {
    /// Core refuses.
    Refused(SignRefused),
    /// The phone could not store or sign it.
    Problem(Problem),
}

/// The last button, with the question before it.
#[component]
pub(super) fn Finish(gaps: Memo<Vec<Gap>>) -> impl IntoView {
    let (visit, routes, t) = (OpenVisit::expect(), VisitRoutes::expect(), texts().review());
    let phone = Phone::expect();
    let (asking, busy) = (RwSignal::new(false), RwSignal::new(false));
    let failed = RwSignal::new(None::<NotClosed>);
    let decided = Callback::new(move |decision| {
        asking.set(false);
        if decision != Decision::Go || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let closed = close(visit, phone).await;
            busy.try_set(false);
            match closed {
                Ok(entry) => routes.finished(entry),
                Err(not_closed) => {
                    failed.try_set(Some(not_closed));
                }
            }
        });
    });
    let words = move |not_closed| match not_closed {
        NotClosed::Refused(SignRefused::Gaps(gaps)) => t.gaps(u32::try_from(gaps.len()).unwrap_or(u32::MAX)),
        NotClosed::Refused(SignRefused::CertificateExpired(name)) => {
            format!("{name}：{}", t.gap_certificate())
        }
        NotClosed::Refused(SignRefused::OtherPack) => t.content_changed().to_owned(),
        NotClosed::Problem(problem) => texts().problem(&problem),
    };
    view! {
        <Show when=move || gaps.with(Vec::is_empty)>
            <section class="part">
                {move || failed.get().map(|not_closed| view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text=words(not_closed) /> })}
                <Button
                    kind=ButtonKind::Primary
                    size=ButtonSize::Large
                    icon=IconName::Check
                    busy
                    on_press=Callback::new(move |()| asking.set(true))
                >
                    {t.finish()}
                </Button>
                <Confirm
                    open=asking
                    title=t.finish_title()
                    text=t.finish_text()
                    go=t.finish_go()
                    stay=t.finish_stay()
                    on_decision=decided
                />
            </section>
        </Show>
    }
}

/// Closes the visit: everything saved, the record made by core, its entry signed and stored.
async fn close(visit: OpenVisit, phone: Phone) -> Result<EntryId, NotClosed> {
    if let Saved::No { problem } = visit.flushed().await {
        return Err(NotClosed::Problem(problem));
    }
    let fire = fire_rules(phone).await;
    let now = clock::now();
    let pack = visit.pack();
    let record =
        visit.with(|draft, pack| draft.sign(pack, fire.as_ref(), now)).map_err(NotClosed::Refused)?;
    let title = record.content().facility_name.clone();
    let progress = visit.progress.get_untracked();
    let closing = visit.with(|draft, _| Closing {
        card: DraftCard::of(draft, progress, now),
        dropped: draft
            .photos()
            .filter(|photo| photo.keeping == Keeping::Removed)
            .map(|photo| photo.manifest.id)
            .collect(),
    });
    let body = Body::VisitSigned(Box::new(record));
    let fire: Vec<&FireRules> = fire.iter().collect();
    let entry =
        phone.append(&body, &title, Some(closing), &[&pack], &fire).await.map_err(NotClosed::Problem)?;
    visit.close();
    Ok(entry)
}

/// The rule set of the comprehensive fire judgement, when this phone has it: without it the record leaves the
/// count out, and anybody who has the rules can make it.
async fn fire_rules(phone: Phone) -> Option<FireRules> {
    let reference = phone.fire_rules_today()?;
    phone.store().fire_rules(&reference).await.ok().flatten()
}
