//! What a hazard has been through: who did what, when, with its photos; and how it looked before and after, side by side.

use leptos::prelude::*;
use xunan_core::hazard::{Life, PhotoRef, StepKind, StoryLine};
use xunan_core::ledger::HazardCard;

use super::visits::count;
use crate::browser::clock;
use crate::i18n::texts;

/// Every line of the story, the oldest first.
#[component]
pub(super) fn Story(life: Life) -> impl IntoView {
    let t = texts();
    view! {
        <section class="part">
            <h2>{t.desk_loop().story()}</h2>
            <ol class="timeline" aria-label=t.desk_loop().story()>{life.story.into_iter().map(line).collect_view()}</ol>
        </section>
    }
}

fn line(line: StoryLine) -> impl IntoView {
    let t = texts();
    let now = clock::now();
    let what = t.hazard_loop().step(line.kind);
    let measure = line.measure.map(|measure| format!(" · {}", t.name().measure(measure)));
    let date = line.date.map(|date| format!(" · {}", t.steps().by(&t.time().date_in_full(date))));
    let by = format!("{} {}", line.mark.organisation, line.mark.name);
    let refused = matches!(
        line.kind,
        StepKind::Declined | StepKind::SentBack | StepKind::RecheckedNotFixed | StepKind::SeenStillThere
    );
    view! {
        <li class="event" data-kind=if refused { "refused" } else { "done" }>
            <span class="event-what">{what}{measure}{date}</span>
            <span class="event-when" title=t.time().exact(line.mark.at)>{t.time().when(line.mark.at, now)}" · "{by}</span>
            {(!line.note.is_empty()).then(|| view! { <p>{line.note.clone()}</p> })}
            {photos(what, &line.photos)}
        </li>
    }
}

/// The photos of a line, each a link to itself alone.
pub(super) fn photos(what: &str, photos: &[PhotoRef]) -> Option<impl IntoView + use<>> {
    let t = texts().desk_loop();
    let figure = |(at, (_, digest)): (usize, &PhotoRef)| {
        let (address, words) = (format!("/api/photos/{}", digest.hex()), t.photo_of(what, count(at + 1)));
        let source = address.clone();
        view! { <li><a href=address target="_blank"><img src=source alt=words loading="lazy" decoding="async" /></a></li> }
    };
    (!photos.is_empty()).then(|| {
        view! { <ul class="story-photos">{photos.iter().enumerate().map(figure).collect_view()}</ul> }
    })
}

/// The photos of the finding beside those of the last submission.
#[component]
pub(super) fn BeforeAndAfter(card: HazardCard, life: Life) -> impl IntoView {
    let t = texts().desk_loop();
    let after = life
        .story
        .iter()
        .rev()
        .find(|line| {
            let shows_after = matches!(
                line.kind,
                StepKind::Submitted
                    | StepKind::TransferHandled
                    | StepKind::RecheckedFixed
                    | StepKind::SeenFixed
            );
            shows_after && !line.photos.is_empty()
        })
        .map(|line| line.photos.clone())
        .unwrap_or_default();
    let side = |words: &'static str, shown: &[PhotoRef]| {
        let pictures = photos(words, shown);
        let none = shown.is_empty().then(|| view! { <p class="muted">{t.no_after_photos()}</p> });
        view! { <figure><figcaption>{words}</figcaption>{pictures}{none}</figure> }
    };
    view! {
        <div class="before-after">
            {side(t.before_photos(), &card.photos)}
            {side(t.after_photos(), &after)}
        </div>
    }
}
