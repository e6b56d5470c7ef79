//! What became of the photos when the page was gone while the camera was open: exactly what was kept, and what was not.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::evidence::CameraWay;
use xunan_core::problem::Problem;

use super::hold::Hold;
use super::photo_intake::PhotoIntake;
use super::photos_of::PhotosOf;
use crate::i18n::texts;
use crate::store::{CameraOpened, Shot, StoreFailed};
use crate::ui::{Banner, BannerKind, Button, ButtonKind, IconName};

/// What is to be said.
#[derive(Clone, PartialEq)]
struct Found {
    /// The camera that was open, if it was this visit's.
    camera: Option<CameraOpened>,
    /// Photos that were stored while it was.
    kept: u32,
    /// Frames that became photos only now.
    recovered: u32,
    /// Presses of which nothing was kept.
    lost: Vec<Shot>,
}

/// Goes on with what was left behind, and says it. Nothing is drawn when nothing was.
#[component]
pub(crate) fn AfterKill(
    /// Whose photos.
    of: PhotosOf,
) -> impl IntoView {
    let intake = PhotoIntake::expect();
    let found = RwSignal::new(None::<Result<Found, Problem>>);
    Effect::new(move || {
        // A window that only reads leaves it to the one that writes.
        if of.hold().get() == Hold::Ours && found.with_untracked(Option::is_none) {
            spawn_local(async move {
                let looked = look(of, intake).await;
                found.try_set(Some(looked));
            });
        }
    });
    let understood = Callback::new(move |()| {
        if let Some(Ok(said)) = found.get_untracked() {
            let (store, key) = (of.store(), of.key());
            spawn_local(async move {
                for shot in &said.lost {
                    // Said again by the next page, should this fail.
                    let _ = store.forget_shot(&key, shot.photo).await;
                }
                let _ = store.close_camera().await;
            });
        }
        found.set(None);
    });
    move || match found.get() {
        None => None,
        Some(Err(problem)) => {
            let text = texts().problem(&problem);
            Some(view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text /> }.into_any())
        }
        Some(Ok(found)) => found.is_worth_saying().then(|| said(of, &found, understood).into_any()),
    }
}

impl Found {
    fn is_worth_saying(&self) -> bool {
        self.camera.is_some() || self.recovered > 0 || !self.lost.is_empty()
    }
}

async fn look(of: PhotosOf, intake: PhotoIntake) -> Result<Found, Problem> {
    let key = of.key();
    let camera = of.store().opened_camera().await?.filter(|camera| camera.draft == key);
    if of.is_gone() {
        return Err(StoreFailed::Closed.into());
    }
    let kept = camera.as_ref().map_or(0, |camera| of.photos_after(camera.last));
    let (lost, recovered) = intake.recover(of).await?;
    Ok(Found { camera, kept, recovered, lost })
}

fn said(of: PhotosOf, found: &Found, understood: Callback<()>) -> impl IntoView + use<> {
    let t = texts().photo();
    let mut text = match &found.camera {
        Some(camera) if camera.way == CameraWay::Picked => t.killed_while_picking().to_owned(),
        Some(camera) => t.killed_while_shooting(&format!("{:#}", camera.at.time_of_day())),
        None => String::new(),
    };
    text.push_str(&t.killed_kept(found.kept, found.recovered));
    for shot in &found.lost {
        let what = of.in_words(&shot.shows);
        text.push_str(&t.killed_lost(&shot.time.at.time_of_day().to_string(), &what));
    }
    let kind = if found.lost.is_empty() { BannerKind::Note } else { BannerKind::Warning };
    view! {
        // Over the walk, which stands where the inspector was: above, nobody would see it.
        <div class="after-kill">
            <Banner kind icon=IconName::Camera text>
                <Button kind=ButtonKind::Plain on_press=understood>{texts().words().understood()}</Button>
            </Banner>
        </div>
    }
}
