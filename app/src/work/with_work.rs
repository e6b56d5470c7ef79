//! Opens a piece of work: holds it so that no other window writes, reads it, and shows what is done with it.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::problem::Problem;

use super::open_work::{About, OpenWork};
use crate::i18n::texts;
use crate::inspect::{
    AfterKill, Camera, HeldDraft, Hold, PhotoIntake, PhotosNotStored, PhotosOf, Place, hold_draft,
};
use crate::session::Phone;
use crate::store::{Shows, Work};
use crate::ui::{Banner, BannerKind, Button, ButtonKind, Confirm, Decision, IconName, Skeleton, Toasts};

/// What the camera of the work around is open for.
#[derive(Clone, Copy)]
pub(super) struct Aim(pub(super) RwSignal<Option<Shows>>);

/// A piece of work with its camera. `inside` is built once it was read.
#[component]
pub(super) fn WithWork(
    /// What it is.
    work: Work,
    /// What it is about.
    about: About,
    /// A picture of before, to find the same view again.
    #[prop(optional, into)]
    ghost: Signal<Option<String>>,
    /// What is done with it.
    inside: Rc<dyn Fn(OpenWork) -> AnyView>,
) -> impl IntoView {
    let phone = Phone::expect();
    let HeldDraft { read, hold, take_over } = hold_draft(&work.key().to_string(), async move || {
        phone.store().work(&work).await.map(|found| found.map(Rc::new)).map_err(Problem::from)
    });
    let (about, inside) = (StoredValue::new_local(about), StoredValue::new_local(inside));
    move || match read.get() {
        None => view! { <Skeleton cards=1 /> }.into_any(),
        Some(Err(problem)) => {
            let text = texts().problem(&problem);
            view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text /> }.into_any()
        }
        Some(Ok(before)) => {
            let before = before.map(|before| (*before).clone());
            let open = OpenWork::new(work, before, about.get_value(), phone.store(), hold);
            provide_context(open);
            let location =
                phone.rows.with_untracked(|rows| rows.facility(facility_of(phone, &work)?)?.location);
            let place = Place::new(location);
            provide_context(place);
            provide_context(PhotoIntake::new(place));
            let aim = Aim(RwSignal::new(None));
            provide_context(aim);
            view! {
                <Show when=move || hold.get() == Hold::Elsewhere>
                    <Banner kind=BannerKind::Warning icon=IconName::Lock text=texts().shell().other_window()>
                        <Button on_press=take_over>{texts().shell().take_over()}</Button>
                    </Banner>
                </Show>
                {move || open.not_saved().map(|text| view! {
                    <Banner kind=BannerKind::Stop icon=IconName::Warning text>
                        <Button on_press=Callback::new(move |()| open.save())>{texts().words().retry()}</Button>
                    </Banner>
                })}
                <AfterKill of=PhotosOf::Work(open) />
                {inside.with_value(|inside| inside(open))}
                // Beside the button that they hold back; of a finding that was taken away, too.
                <PhotosNotStored of=PhotosOf::Work(open) />
                <Discard work=open />
                <Camera of=PhotosOf::Work(open) aim=aim.0 ghost />
            }
            .into_any()
        }
    }
}

/// Throws away what was begun, after a question.
#[component]
fn Discard(work: OpenWork) -> impl IntoView {
    let (t, toasts, asked) = (texts(), Toasts::find(), RwSignal::new(false));
    let decided = Callback::new(move |decision| {
        asked.set(false);
        if decision != Decision::Go {
            return;
        }
        spawn_local(async move {
            if let (Err(problem), Some(toasts)) = (work.discard().await, toasts) {
                toasts.say(t.problem(&problem));
            }
        });
    });
    view! {
        <Show when=move || work.is_begun() && work.hold.get() == Hold::Ours>
            <Button kind=ButtonKind::Plain icon=IconName::Bin on_press=Callback::new(move |()| asked.set(true))>
                {t.rounds().discard()}
            </Button>
        </Show>
        <Confirm
            open=asked
            title=t.rounds().discard_title()
            text=t.rounds().discard_text()
            go=t.rounds().discard()
            stay=t.today().discard_stay()
            kind=ButtonKind::Danger
            on_decision=decided
        />
    }
}

fn facility_of(phone: Phone, work: &Work) -> Option<xunan_core::ids::FacilityId> {
    match work {
        Work::Step { hazard, .. } => {
            phone.rows.with_untracked(|rows| rows.hazard(*hazard).map(|it| it.facility))
        }
        Work::Round { facility, .. } | Work::Report { facility } | Work::Certificate { facility, .. } => {
            Some(*facility)
        }
    }
}
