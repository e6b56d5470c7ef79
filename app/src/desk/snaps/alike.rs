//! Which reports may be of the same matter, and why: a hint with its reasons, and a link. A person decides.

use leptos::prelude::*;
use xunan_core::snap::CaseNumber;
use xunan_core::sync::AlikeSnap;

use super::facts::photos;
use super::rows::{place, state};
use crate::desk::route::DeskRoute;
use crate::i18n::texts;

/// The suggestions, the most reasons first.
#[component]
pub(super) fn AlikeSnaps(alike: Vec<AlikeSnap>) -> impl IntoView {
    let t = texts().snaps();
    let none = alike.is_empty();
    view! {
        <section class="part" id="alike">
            <h2>{t.alike()}</h2>
            <p class="muted">{if none { t.alike_none() } else { t.alike_text() }}</p>
            <ul class="cards">{alike.into_iter().map(suggestion).collect_view()}</ul>
        </section>
    }
}

fn suggestion(AlikeSnap { snap, why }: AlikeSnap) -> impl IntoView {
    let t = texts();
    let why: Vec<String> = why.into_iter().map(|why| t.snaps().why_alike(why)).collect();
    let title = format!("{} · {}", CaseNumber::of(snap.id()), t.snap_name().category(snap.report.category));
    view! {
        <li class="card">
            <p class="card-head"><a class="card-title" href=DeskRoute::Snap(snap.id()).path()>{title}</a>{state(&snap)}</p>
            <p><strong>{why.join("；")}</strong></p>
            <p class="card-note">{place(&snap)}</p>
            <p>{snap.report.words.to_string()}</p>
            {photos(&snap.report.photos)}
        </li>
    }
}
