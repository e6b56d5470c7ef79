//! A picture for everybody of a photo of a report: what nobody may see is covered by hand, and the picture is shown with what
//! is published.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::ids::{EntryId, PhotoId, SnapId};
use xunan_core::problem::Problem;
use xunan_core::snap::{PublicPhoto, SnapPhoto};

use super::ReportsPart;
use super::public_photos::{address, photos_of};
use super::seen::{Now, Seen};
use super::take;
use crate::browser::{clock, picture};
use crate::desk::reading::{Answers, Questions, Reading};
use crate::desk::redact::{Editor, Picture};
use crate::desk::redact_made::{Asks, Maker, cover};
use crate::desk::route::DeskRoute;
use crate::desk::unread::unread;
use crate::i18n::texts;
use crate::session::Phone;
use crate::shell;
use crate::ui::{IconName, LinkButton, Screen, ScreenKind, Skeleton};

/// A photo of a report, and what it can be shown with.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Found {
    /// It can be shown with this publication.
    Photo { now: Box<Now>, photo: Box<SnapPhoto>, publication: EntryId, number: u32, size: (u32, u32) },
    /// It cannot be shown now.
    NotNow,
    /// The report has no such photo.
    NoSuchPhoto,
}

/// Asks for the report, and how large the photo is.
async fn find(snap: SnapId, photo: PhotoId, phone: Phone) -> Result<Found, Problem> {
    let seen = Seen::fetch(snap, phone).await?;
    let may_publish = phone.rows.with_untracked(|rows| seen.may_publish(rows, clock::now().date()));
    let now = Now::of(seen, &[], &phone.account(), may_publish);
    let numbered = photos_of(&now.card).zip(1_u32..).find(|(it, _)| it.id == photo);
    let Some((photo, number)) = numbered.map(|(it, number)| (it.clone(), number)) else {
        return Ok(Found::NoSuchPhoto);
    };
    let Some(publication) = take::may_show(phone, &now, photo.id) else { return Ok(Found::NotNow) };
    let size = picture::size_of(&address(photo.stored)).await;
    let size = size.map_err(|refused| Problem::PhotoUnusable { cause: refused.name })?;
    Ok(Found::Photo { now: Box::new(now), photo: Box::new(photo), publication, number, size })
}

/// The page.
#[component]
pub(in crate::desk) fn ShowPhotoPage(snap: SnapId, photo: PhotoId) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    if ReportsPart::of(&phone.account()) != ReportsPart::Triage {
        return view! { <Screen kind=ScreenKind::Denied>{t.snaps().only_supervisors()}</Screen> }.into_any();
    }
    let (reading, questions) = (RwSignal::new(Reading::UnderWay), Questions::new());
    let read = Callback::new(move |()| {
        let question = questions.ask();
        spawn_local(async move {
            let found = find(snap, photo, phone).await;
            if question.answers() == Answers::AnOlder {
                return;
            }
            // A drawing that was begun is not taken away by a second answer.
            let is_drawn = reading.with_untracked(|it| matches!(it, Reading::Here(Found::Photo { .. })));
            if !is_drawn {
                reading.set(found.into());
            }
        });
    });
    // Kinds of institutions decide what may be shown, and come with the rows.
    Effect::new(move |had: Option<bool>| {
        let has_rows = phone.rows.with(|rows| !rows.facilities().is_empty());
        if had.is_none_or(|had| has_rows && !had) {
            read.run(());
        }
        has_rows
    });
    let back = DeskRoute::Snap(snap);
    view! {
        <nav class="desk-filters">
            <LinkButton href=back.path() icon=IconName::Back>{t.snaps().back_to_report()}</LinkButton>
        </nav>
        {move || match reading.get() {
            Reading::UnderWay => view! { <h1 class="unseen">{t.redact().title()}</h1><Skeleton cards=3 /> }.into_any(),
            Reading::Here(Found::NoSuchPhoto) => view! { <Screen kind=ScreenKind::NotFound /> }.into_any(),
            Reading::Here(Found::NotNow) => not_now(),
            Reading::Here(Found::Photo { now, photo, publication, number, size }) => {
                editor(phone, *now, *photo, publication, (number, size))
            }
            Reading::Failed(problem) => unread(problem, read, (back, t.snaps().back_to_report())).into_any(),
        }}
    }
    .into_any()
}

fn not_now() -> AnyView {
    let t = texts().snaps();
    let kind = ScreenKind::Empty { title: t.not_public_title(), text: t.not_public_text() };
    view! { <Screen kind /> }.into_any()
}

fn editor(
    phone: Phone,
    now: Now,
    photo: SnapPhoto,
    publication: EntryId,
    (number, (width_px, height_px)): (u32, (u32, u32)),
) -> AnyView {
    let t = texts();
    let picture = Picture { address: address(photo.stored), number, width_px, height_px };
    let now = Rc::new(now);
    let maker: Maker = Rc::new(move |worker, shapes, _| {
        let (now, photo) = (Rc::clone(&now), photo.clone());
        Box::pin(async move {
            let made = cover(&worker, address(photo.stored), photo.stored, &shapes).await?;
            let picture = PublicPhoto {
                photo: photo.id,
                source: photo.stored,
                id: PhotoId::from_parts(clock::now(), clock::entropy()),
                digest: made.digest,
                size_bytes: made.jpeg.size_bytes(),
                width_px: made.width_px,
                height_px: made.height_px,
                shapes,
            };
            take::show(phone, &now, publication, (picture, made.jpeg), t).await?;
            shell::go(&DeskRoute::Snap(now.card.id()).path());
            Ok(())
        })
    });
    view! { <Editor picture lines=None maker asks=Asks::Nothing /> }.into_any()
}
