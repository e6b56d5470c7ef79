//! What a report has been through, as lines to read. The reporter stands in them without a name.

use leptos::prelude::*;
use xunan_core::hazard::Mark;
use xunan_core::ledger::SnapCard;
use xunan_core::snap::{CaseNumber, NotAcceptedReason, Stage, StepKind, StoryLine};

use super::facts::photos;
use crate::browser::clock;
use crate::i18n::texts;
use crate::ui::{EventKind, Timeline, TimelineEvent};

/// Every line of the story, the oldest first, and below it what the reporter showed when an answer did not hold.
#[component]
pub(super) fn Story(card: SnapCard) -> impl IntoView {
    let t = texts().snaps();
    let events: Vec<TimelineEvent> = card.life.story.iter().map(|line| event(&card, line)).collect();
    let shown = card.life.story.iter().filter(|line| !line.photos.is_empty()).map(|line| {
        let when = texts().time().when(line.mark.received, clock::now());
        view! { <p class="muted">{t.shown_by_reporter(&when)}</p>{photos(&line.photos)} }
    });
    view! {
        <section class="part snap-photos"><h2>{t.story()}</h2><Timeline events />{shown.collect_view()}</section>
    }
}

fn event(card: &SnapCard, line: &StoryLine) -> TimelineEvent {
    let t = texts();
    let mark = &line.mark;
    let note: Vec<String> =
        more(card, line).into_iter().chain([line.words.clone()]).filter(|it| !it.is_empty()).collect();
    TimelineEvent {
        kind: EventKind::Done,
        what: t.snap_name().step(line.kind).to_owned(),
        when: when_and_by(mark),
        note: note.join(" · "),
    }
}

/// When something was done, and by whom: the reporter has no name.
pub(super) fn when_and_by(mark: &Mark) -> String {
    let t = texts();
    let by = if mark.is_named() {
        format!("{} {}", mark.organisation, mark.name)
    } else {
        t.snaps().reporter().to_owned()
    };
    format!("{} · {by}", t.time().when(mark.received, clock::now()))
}

/// What the stage tells of the line that brought the report there.
fn more(card: &SnapCard, line: &StoryLine) -> Option<String> {
    let t = texts();
    let is = |entry| entry == line.mark.entry;
    match &card.life.stage {
        // Another reason stands in the office's words.
        Stage::NotAccepted { reason: NotAcceptedReason::Other, .. } => None,
        Stage::NotAccepted { mark, reason } if is(mark.entry) => {
            Some(t.snap_name().reason(*reason).to_owned())
        }
        Stage::Transferred { mark, to } if is(mark.entry) => {
            Some(t.snaps().transferred_to(t.hazard_loop().department(*to)))
        }
        Stage::Duplicate { mark, of } if is(mark.entry) => {
            Some(t.snaps().same_as(&CaseNumber::of(*of).to_string()))
        }
        Stage::Answered { satisfaction: Some(said), .. } if line.kind == StepKind::Rated => {
            Some(t.snaps().rated(t.snap_name().satisfaction(*said)))
        }
        _ => None,
    }
}
