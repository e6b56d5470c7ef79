//! Photos of a record that are used elsewhere too, each pair side by side: only a person can tell what it means.

use std::rc::Rc;

use leptos::prelude::*;
use xunan_core::ledger::Reuse;
use xunan_core::sync::ReusedPhoto;

use super::kept::Kept;
use super::route::DeskRoute;
use super::visits::count;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{Banner, BannerKind, IconName, LinkButton};

/// The pairs; nothing when there are none.
#[component]
pub(super) fn ReusedPhotos(kept: Rc<Kept>) -> impl IntoView {
    let t = texts();
    let reused = match &kept.reused {
        Ok(reused) if reused.is_empty() => return ().into_any(),
        Ok(reused) => reused,
        Err(problem) => {
            let text = format!("{}{}", t.evidence().reuse_unknown(), t.problem(problem));
            return view! { <Banner kind=BannerKind::Warning icon=IconName::Info text /> }.into_any();
        }
    };
    let text = t.evidence().reused_title(count(reused.len()));
    view! {
        <section class="part no-print" id="reused-photos">
            <Banner kind=BannerKind::Warning icon=IconName::Warning text />
            <ul class="photo-pairs">{reused.iter().map(|reused| pair(&kept, reused)).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn pair(kept: &Kept, reused: &ReusedPhoto) -> impl IntoView + use<> {
    let (phone, t) = (Phone::expect(), texts().evidence());
    let photos = &kept.record.content().photos;
    let at = photos.iter().position(|photo| photo.id == reused.photo);
    let ours = at.and_then(|at| photos.get(at)).map(|photo| photo.stored.hex()).unwrap_or_default();
    let other = &reused.other;
    let facility = phone.rows.with_untracked(|rows| {
        rows.facility(other.facility).map_or_else(|| other.facility.to_string(), |it| it.name.clone())
    });
    let how = match reused.how {
        Reuse::SameFile => t.same_file().to_owned(),
        Reuse::Alike(distance) => t.alike(distance),
    };
    let figure = |hex: &str, caption: String| {
        view! {
            <figure>
                <img src=format!("/api/photos/{hex}") alt=caption.clone() decoding="async" />
                <figcaption>{caption}</figcaption>
            </figure>
        }
    };
    let ours = figure(&ours, t.this_photo(count(at.map_or(0, |at| at + 1))));
    let theirs = figure(&other.stored.hex(), t.other_photo(&facility, &texts().time().exact(other.taken)));
    let visit = other.visit.filter(|_| other.entry != kept.entry);
    let elsewhere = visit.map(|visit| {
        view! { <LinkButton href=DeskRoute::Visit(visit).path()>{t.open_other()}</LinkButton> }
    });
    view! {
        <li class="photo-pair">
            <p><strong>{how}</strong></p>
            <div class="photo-pair-pictures">{ours}{theirs}</div>
            {elsewhere}
        </li>
    }
}
