//! The hazard sheet, the signature, the camera.

use leptos::html::Video;
use leptos::prelude::*;
use xunan_app::i18n::texts;
use xunan_app::ui::*;
use xunan_core::evidence::Stroke;
use xunan_core::rules::{Grade, Measure, Standing};

use crate::walk::{WalkPage, thumbs};

/// The hazard sheet over the walk.
#[component]
pub fn HazardPage() -> impl IntoView {
    let t = texts();
    let open = RwSignal::new(true);
    let close = Callback::new(move |()| open.set(false));
    let chosen = RwSignal::new(vec![0_usize]);
    let name = RwSignal::new("王建国".to_owned());
    let place = RwSignal::new(String::new());
    let due = RwSignal::new(vec![0_usize]);
    let lines = [Measure::OpenNow, Measure::PostWatch, Measure::Evacuate]
        .map(|it| ChoiceLine::plain(t.name().measure(it)));
    let foot = move || view! { <SheetFoot><Button kind=ButtonKind::Primary on_press=close>{texts().hazard().done()}</Button></SheetFoot> };
    view! {
        <WalkPage />
        <Sheet title="疏散通道锁闭" open on_close=close foot=foot>
            <div class="stack">
                <GradeMark grade=Grade::Major standing=Standing::ProposedNeedsSecondInspector large=true />
                <div class="reason" data-grade="major">
                    <p>{t.hazard().grade_direct()}</p>
                    <p class="reason-basis">"《消防法》第二十八条 · 条文已核"</p>
                </div>
            </div>
            <PhotoGrid photos=Signal::stored(thumbs()) on_open=Callback::new(|_| {}) on_remove=Callback::new(|_| {}) on_add=Callback::new(|()| {}) />
            <Choices
                label=format!("{}（{}）", t.hazard().measures(), t.hazard().measures_must())
                choose=Choose::Several
                lines=lines.to_vec()
                chosen
                on_choose=Callback::new(move |at| chosen.update(|chosen| {
                    if chosen.contains(&at) { chosen.retain(|it| *it != at) } else { chosen.push(at) }
                }))
            />
            <TextField label=t.hazard().place() value=place on_input=Callback::new(move |text| place.set(text)) example=t.hazard().place_hint() />
            <TextField label=t.hazard().responsible_name() value=name on_input=Callback::new(move |text| name.set(text)) duty=Duty::Must />
            <Choices
                label=t.hazard().due()
                choose=Choose::One
                lines=vec![ChoiceLine::plain(t.hazard().due_on_the_spot()), ChoiceLine { text: t.hazard().due_by().to_owned(), note: t.hazard().due_proposed(3) }]
                chosen=due
                on_choose=Callback::new(move |at| due.set(vec![at]))
            />
        </Sheet>
    }
}

/// One signature, on the whole screen.
#[component]
pub fn SignPage() -> impl IntoView {
    let t = texts();
    let wave = |from: i16| {
        (0..40_i16).map(move |at| (from + at * 6, 130 + ((at * 37) % 60) - (at % 7) * 9)).collect()
    };
    let strokes = RwSignal::new(vec![Stroke(wave(260)), Stroke(vec![(300, 90), (420, 220), (470, 120)])]);
    view! {
        <SignScreen
            open=Signal::stored(true)
            name="李明"
            post=format!("{} · {}", t.review().lead(), t.review().certificate("X3401-0072"))
            strokes
            on_strokes=Callback::new(move |all| strokes.set(all))
            on_done=Callback::new(|()| {})
            on_close=Callback::new(|()| {})
        />
    }
}

/// The camera without a stream.
#[component]
pub fn CameraPage() -> impl IntoView {
    let press = Callback::new(|()| {});
    let video = NodeRef::<Video>::new();
    view! {
        <CameraFrame
            open=Signal::stored(true)
            subject="疏散门未上锁、可从内打开"
            video
            says=texts().photo().stored(3)
            ready=Signal::stored(true)
            on_shutter=press
            on_turn=press
            on_pick=press
            on_close=press
        />
    }
}
