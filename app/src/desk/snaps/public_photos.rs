//! What residents see of a report's photos: each with whether it is shown, and the way to the page that covers it.

use leptos::prelude::*;
use xunan_core::digest::Digest;
use xunan_core::ledger::SnapCard;
use xunan_core::snap::{Publication, SnapPhoto};

use super::seen::Now;
use super::take;
use crate::desk::route::DeskRoute;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{IconName, LinkButton};

/// The photos of a report, those of its story behind those that it came with.
pub(super) fn photos_of(card: &SnapCard) -> impl Iterator<Item = &SnapPhoto> {
    let told = card.life.story.iter().flat_map(|line| &line.photos);
    card.report.photos.iter().chain(told)
}

/// Where a photo of a report is.
pub(super) fn address(photo: Digest) -> String {
    format!("/api/photos/{}", photo.hex())
}

/// The photos of a report that is public; nothing of one that is not, or that has none.
#[component]
pub(super) fn PublicPhotos(now: Now) -> impl IntoView {
    let t = texts().snaps();
    let is_told = now.card.life.publication.is_some() && photos_of(&now.card).next().is_some();
    is_told.then(|| {
        let lines = photos_of(&now.card).zip(1_u32..).map(|(photo, number)| line(&now, photo, number));
        view! {
            <section class="part public-photos">
                <h2>{t.public_photos()}</h2>
                <p class="muted">{t.public_photos_about()}</p>
                <ul class="story-photos">{lines.collect_view()}</ul>
            </section>
        }
    })
}

fn line(now: &Now, photo: &SnapPhoto, number: u32) -> impl IntoView + use<> {
    let (phone, t) = (Phone::expect(), texts());
    let shown = |publication: &Option<Publication>| {
        let photos = publication.iter().flat_map(|it| &it.photos);
        photos.into_iter().find(|it| it.photo == photo.id).map(|it| it.digest)
    };
    // What was signed here shows once the server has it: before, its bytes are not there to be looked at.
    let (ours, theirs) =
        (shown(&now.card.life.publication), shown(&now.seen.detail.due.snap.life.publication));
    let has_arrived = ours.is_some() && ours == theirs;
    let source = address(theirs.filter(|_| has_arrived).unwrap_or(photo.stored));
    let words = if has_arrived { t.snaps().is_shown() } else { t.snaps().shown_later() };
    let href = DeskRoute::SnapPhoto(now.card.id(), photo.id).path();
    let verb = if ours.is_some() { t.snaps().cover_anew() } else { t.snaps().cover_and_show() };
    let link = take::may_show(phone, now, photo.id).map(|_| {
        view! { <LinkButton href icon=IconName::Pen>{verb}</LinkButton> }
    });
    view! {
        <li>
            <img src=source alt=t.redact().title_of(number) loading="lazy" decoding="async" />
            {ours.map(|_| view! { <p class="muted small">{words}</p> })}
            {link}
        </li>
    }
}
