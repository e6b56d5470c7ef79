//! Taking photos inside the page: the camera stays open, each frame is stored before it counts.
//!
//! The phone's own camera app would put this page to sleep, and phones kill sleeping pages; picking a file is the
//! other way, for phones that give a page no camera.

use std::rc::Rc;

use leptos::html::{Input, Video};
use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::evidence::CameraWay;

use super::photo_intake::{Coming, PhotoIntake};
use super::photos_of::PhotosOf;
use super::place::Place;
use crate::browser::camera::{Camera as Device, NoCamera};
use crate::browser::{clock, files};
use crate::i18n::texts;
use crate::store::{CameraOpened, Shows};
use crate::ui::CameraFrame;

/// How long a camera needs until its picture is one: phones take 200 to 400 ms to set exposure.
const WARM_UP_MILLIS: u32 = 400;

/// What the camera is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lens {
    Closed,
    Opening,
    Ready,
    Without(NoCamera),
}

/// The camera over a page.
#[component]
pub(crate) fn Camera(
    /// Whose photos.
    of: PhotosOf,
    /// What it is open for.
    aim: RwSignal<Option<Shows>>,
    /// A picture of before, to find the same view again: its address.
    #[prop(optional, into)]
    ghost: Signal<Option<String>>,
) -> impl IntoView {
    let intake = PhotoIntake::expect();
    let place = Place::expect();
    let (video, file) = (NodeRef::<Video>::new(), NodeRef::<Input>::new());
    let device = StoredValue::new_local(None::<Rc<Device>>);
    let lens = RwSignal::new(Lens::Closed);
    let open = Signal::derive(move || aim.with(Option::is_some));
    Effect::new(move || {
        if open.get() {
            place.watch();
            note_open(of, aim, CameraWay::InPage);
            switch_on(device, lens, video, intake);
        } else if lens.get_untracked() != Lens::Closed {
            switch_off(device, lens);
            note_closed(of);
        }
    });
    on_cleanup(move || {
        if lens.try_get_untracked().is_some_and(|lens| lens != Lens::Closed) {
            switch_off(device, lens);
            note_closed(of);
        }
    });
    let shoot = Callback::new(move |()| {
        let (Some(shows), Some(frame)) = (aim.get_untracked(), video.get_untracked()) else { return };
        let Some(Some(device)) = device.try_get_value() else { return };
        intake.take(of, shows, CameraWay::InPage, async move { device.shoot(&frame).await });
    });
    let picked = move |_| {
        let (Some(shows), Some(input)) = (aim.get_untracked(), file.get_untracked()) else { return };
        note_open(of, aim, CameraWay::InPage);
        for original in files::picked(&input) {
            intake.take(of, shows.clone(), CameraWay::Picked, async move { Ok(original) });
        }
    };
    let pick = Callback::new(move |()| {
        if let Some(input) = file.get_untracked() {
            // The phone's own camera may push this page out of memory: then the next one knows why a photo is missing.
            note_open(of, aim, CameraWay::Picked);
            input.click();
        }
    });
    let says = Signal::derive(move || says(lens.get(), of, intake));
    view! {
        <CameraFrame
            open
            subject=Signal::derive(move || aim.get().map(|shows| of.in_words(&shows)).unwrap_or_default())
            video
            says
            ghost
            ready=Signal::derive(move || lens.get() == Lens::Ready)
            on_shutter=shoot
            on_pick=pick
            on_close=Callback::new(move |()| aim.set(None))
        />
        <input hidden type="file" accept="image/*" multiple node_ref=file on:change=picked on:cancel=move |_: leptos::ev::Event| note_open(of, aim, CameraWay::InPage) />
    }
}

/// Notes what is open, for the page after this one.
fn note_open(of: PhotosOf, aim: RwSignal<Option<Shows>>, way: CameraWay) {
    let Some(shows) = aim.get_untracked() else { return };
    let opened = CameraOpened { draft: of.key(), shows, way, at: clock::now(), last: of.last_photo() };
    let store = of.store();
    spawn_local(async move {
        // Without the note the frames still tell what was kept; a full disk says so at the shutter.
        let _ = store.open_camera(&opened).await;
    });
}

fn note_closed(of: PhotosOf) {
    let store = of.store();
    spawn_local(async move {
        let _ = store.close_camera().await;
    });
}

fn switch_on(
    device: StoredValue<Option<Rc<Device>>, LocalStorage>,
    lens: RwSignal<Lens>,
    video: NodeRef<Video>,
    intake: PhotoIntake,
) {
    intake.stored.set(0);
    lens.set(Lens::Opening);
    spawn_local(async move {
        let opened = Device::open().await;
        // Closed again while the question "may this page use the camera?" stood on the screen.
        if lens.try_get_untracked() != Some(Lens::Opening) {
            return;
        }
        match (opened, video.get_untracked()) {
            (Ok(camera), Some(video)) => {
                camera.show_in(&video);
                // The first frames of a camera are dark or blank: they would be refused.
                clock::sleep_millis(WARM_UP_MILLIS).await;
                device.set_value(Some(Rc::new(camera)));
                lens.set(Lens::Ready);
            }
            (Ok(_), None) => lens.set(Lens::Closed),
            (Err(why), _) => lens.set(Lens::Without(why)),
        }
    });
}

fn switch_off(device: StoredValue<Option<Rc<Device>>, LocalStorage>, lens: RwSignal<Lens>) {
    // Dropping the device switches the light beside the lens off.
    device.try_update_value(Option::take);
    lens.try_set(Lens::Closed);
}

/// What is to be said now.
fn says(lens: Lens, of: PhotosOf, intake: PhotoIntake) -> String {
    let t = texts().photo();
    // An earlier one that waits for later is said where the photos are.
    let last = of.last_photo();
    let why_not = intake.coming.with(|coming| {
        coming.last().filter(|(photo, ..)| Some(*photo) > last).and_then(|(.., state)| state.words())
    });
    let storing = intake.coming.with(|coming| coming.iter().any(|(_, _, state)| *state == Coming::Storing));
    match (lens, why_not, intake.stored.get()) {
        (_, Some(words), _) => words,
        _ if storing => t.storing().to_owned(),
        (_, _, stored @ 1..) => t.stored(stored),
        (Lens::Opening, ..) => t.opening().to_owned(),
        (Lens::Without(NoCamera::Denied), ..) => t.camera_denied().to_owned(),
        (Lens::Without(NoCamera::Missing), ..) => t.camera_none().to_owned(),
        (Lens::Ready | Lens::Closed, ..) => t.counted_when_stored().to_owned(),
    }
}
