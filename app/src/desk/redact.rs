//! A copy of a photo for the public 公开用照片: what nobody may see is covered by hand, and a new picture is made of it.
//!
//! ```text
//! record, report ─► photo ─► sketch (boxes, strokes; the lines are covered from the start)
//!                ─► photo worker ─► picture ─► append_photo: entry and picture, one transaction ─► outbox
//! ```
//!
//! This page is that of a record's photo; that of a citizen's report has its own, with the same [`Editor`].
//!
//! The photo itself is fetched and looked at, and nothing here writes it.

use std::rc::Rc;

use leptos::prelude::*;
use xunan_core::access::{Action, Permission, may_do};
use xunan_core::evidence::{PhotoManifest, Shape};
use xunan_core::ids::{PhotoId, VisitId};

use super::kept::Kept;
use super::record::address;
use super::redact_board::Board;
use super::redact_list::Covered;
use super::redact_made::{Asks, Current, Make, Maker, make_copy};
use super::route::DeskRoute;
use super::sketch::{Room, Sketch};
use super::unread::unread;
use super::visit::{Reading, reading_of};
use super::visits::count;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{
    Banner, BannerKind, Button, Chip, IconName, LinkButton, Screen, ScreenKind, Segments, Skeleton,
};

/// What a pointer draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    /// Boxes.
    Box,
    /// Strokes of this thickness, in thousandths of the picture's longer edge.
    Brush(u16),
}

/// Thicknesses of the brush: an eye, a face near by, a plate.
const BRUSHES: [u16; 3] = [20, 45, 90];

/// The photo that is covered.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// The visit whose record names it.
    pub visit: VisitId,
    /// The institution's name, for the outbox.
    pub facility: String,
    /// Its number in the record.
    pub number: u32,
    /// What the record says of it.
    pub photo: PhotoManifest,
}

impl Source {
    fn picture(&self) -> Picture {
        let PhotoManifest { width_px, height_px, .. } = self.photo;
        Picture { address: address(&self.photo), number: self.number, width_px, height_px }
    }
}

/// A photo as it is shown to whoever covers it.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    /// Where it is.
    pub address: String,
    /// Its number beside others.
    pub number: u32,
    /// Its width, in pixels.
    pub width_px: u32,
    /// Its height, in pixels.
    pub height_px: u32,
}

/// The page.
#[component]
pub(super) fn RedactPage(visit: VisitId, photo: PhotoId) -> impl IntoView {
    let t = texts();
    let (reading, _, again) = reading_of(visit);
    view! {
        <nav class="desk-filters">
            <LinkButton href=DeskRoute::Visit(visit).path() icon=IconName::Back>{t.redact().back()}</LinkButton>
        </nav>
        {move || match reading.get() {
            Reading::UnderWay => view! { <h1 class="unseen">{t.redact().title()}</h1><Skeleton cards=3 /> }.into_any(),
            Reading::NoSuchVisit => view! { <Screen kind=ScreenKind::NotFound /> }.into_any(),
            Reading::Here(kept) => editor(&kept, photo),
            Reading::Failed(problem) => unread(problem, again, (DeskRoute::Visits, texts().desk().inbox())).into_any(),
        }}
    }
}

fn editor(kept: &Rc<Kept>, photo: PhotoId) -> AnyView {
    let content = kept.record.content();
    let make = Action::MakePublicCopy { division: &content.division };
    if may_do(&Phone::expect().account(), &make) != Permission::Granted {
        return view! { <Screen kind=ScreenKind::Denied /> }.into_any();
    }
    match (1..).zip(&content.photos).find(|(_, it)| it.id == photo) {
        Some((number, photo)) => {
            let facility = content.facility_name.clone();
            let source = Source { visit: content.visit, facility, number, photo: photo.clone() };
            of_record(source).into_any()
        }
        None => view! { <Screen kind=ScreenKind::NotFound /> }.into_any(),
    }
}

/// The editor of a record's photo, and the newest copy below it.
fn of_record(source: Source) -> impl IntoView {
    let phone = Phone::expect();
    let ours = RwSignal::new(None);
    let (picture, lines) = (source.picture(), Shape::over_lines_of(&source.photo));
    let maker: Maker = {
        let source = source.clone();
        Rc::new(move |worker, shapes, reason| {
            let source = source.clone();
            Box::pin(async move {
                let entry = make_copy(phone, &worker, &source, shapes, reason).await?;
                ours.try_set(Some(entry));
                Ok(())
            })
        })
    };
    view! {
        <Editor picture lines maker asks=Asks::WhatFor />
        <Current source ours />
    }
}

/// A photo, what is covered in it, and the button that makes the picture of both.
#[component]
pub(super) fn Editor(
    /// The photo.
    picture: Picture,
    /// What is covered in any case.
    lines: Option<Shape>,
    /// Makes the picture.
    maker: Maker,
    /// What is asked beside the shapes.
    asks: Asks,
) -> impl IntoView {
    let t = texts().redact();
    let lines_covered = lines.is_some().then(|| view! { <p class="muted">{t.lines_covered()}</p> });
    let sketch = RwSignal::new(Sketch::over(lines));
    let (tool, chosen, preview) =
        (RwSignal::new(Tool::Box), RwSignal::new(None), RwSignal::new(Looks::Working));
    let is_full = move || sketch.with(|sketch| sketch.room() == Room::None);
    view! {
        <header class="desk-head"><h1>{t.title_of(picture.number)}</h1></header>
        <p class="redact-words">{t.what_to_cover()}</p>
        {lines_covered}
        <div class="redact">
            <div class="stack">
                <Tools sketch tool chosen preview />
                <Board picture sketch tool chosen preview />
                <Show when=is_full>
                    <Banner kind=BannerKind::Warning icon=IconName::Info text=t.full() />
                </Show>
            </div>
            <div class="stack">
                <Covered sketch chosen />
                <Make sketch maker asks />
            </div>
        </div>
    }
}

/// How the board shows what is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    /// One sees through, to see whether it covers what it should.
    Working,
    /// As it will be.
    Made,
}

/// What a box is that was added by a button: in the middle, for the keyboard to move.
fn middle_box() -> Shape {
    Shape::Box { from: (400, 400), to: (600, 550) }
}

#[component]
fn Tools(
    sketch: RwSignal<Sketch>,
    tool: RwSignal<Tool>,
    chosen: RwSignal<Option<usize>>,
    preview: RwSignal<Looks>,
) -> impl IntoView {
    let t = texts().redact();
    let brush = RwSignal::new(1_usize);
    let thickness = move || BRUSHES.get(brush.get()).copied().unwrap_or(BRUSHES[0]);
    let choose_tool = Callback::new(move |at: usize| {
        tool.set(if at == 0 { Tool::Box } else { Tool::Brush(untrack(thickness)) });
    });
    let choose_brush = Callback::new(move |at: usize| {
        brush.set(at);
        tool.set(Tool::Brush(untrack(thickness)));
    });
    let tool_at = Signal::derive(move || usize::from(tool.get() != Tool::Box));
    let add = Callback::new(move |()| {
        sketch.update(|sketch| sketch.add(middle_box()));
        chosen.set(sketch.with_untracked(|sketch| sketch.drawn().len().checked_sub(1)));
    });
    let undo = Callback::new(move |()| {
        sketch.update(Sketch::undo);
        chosen.set(None);
    });
    let nothing_to_undo = Signal::derive(move || sketch.with(|sketch| !sketch.can_undo()));
    let is_preview = Signal::derive(move || preview.get() == Looks::Made);
    let turn = Callback::new(move |()| {
        preview.update(|looks| {
            *looks = match looks {
                Looks::Working => Looks::Made,
                Looks::Made => Looks::Working,
            };
        });
    });
    view! {
        <div class="redact-tools">
            <Segments label=t.tool() words=vec![t.tool_box(), t.tool_brush()] chosen=tool_at on_choose=choose_tool />
            <Show when=move || tool.get() != Tool::Box>
                <Segments
                    label=t.brush()
                    words=vec![t.brush_thin(), t.brush_middle(), t.brush_thick()]
                    chosen=brush
                    on_choose=choose_brush
                />
            </Show>
            <Button icon=IconName::Plus on_press=add>{t.add_box()}</Button>
            <Button icon=IconName::Undo disabled=nothing_to_undo on_press=undo>{t.undo()}</Button>
            <Chip on=is_preview on_toggle=turn>{t.preview()}</Chip>
        </div>
        <p class="muted" aria-live="polite">{move || t.covered(sketch.with(|sketch| count(sketch.drawn().len())))}</p>
    }
}
