//! Before a visit: what it will need, what is there, and whether the phone keeps it. Says, and never blocks.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::facility::FacilityType;
use xunan_core::outbox::Item;
use xunan_core::rules::{Pack, PhotoDuty, Profile};

use crate::browser::install::{self, Standing};
use crate::browser::storage::{self, Keeping};
use crate::i18n::texts;
use crate::session::Phone;
use crate::shell::State;
use crate::store::Room;
use crate::ui::{Button, Icon, IconName};

/// A photo on this phone, until there are some to be measured: 1600 px, JPEG, in bytes.
const USUAL_PHOTO_BYTES: u64 = 350_000;

/// A small picture, a note, a signature beside each photo, in bytes.
const BESIDE_PHOTO_BYTES: u64 = 25_000;

/// Photos beyond those that the checklist may ask for.
const FREE_PHOTOS: u64 = 20;

/// What a visit may need, at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Need {
    photos: u64,
    bytes: u64,
}

/// Every item that may owe a photo owes one, and some are taken besides.
fn need(pack: &Pack, facility: FacilityType, profile: Profile, photo_bytes: u64) -> Need {
    let owes = |duty: PhotoDuty| matches!(duty, PhotoDuty::Required | PhotoDuty::OnFail);
    let owed = pack.items_for(facility, profile).filter(|item| owes(item.photo)).count();
    let photos = owed as u64 + FREE_PHOTOS;
    Need { photos, bytes: photos * (photo_bytes + BESIDE_PHOTO_BYTES) }
}

/// The mean size of the photos that this phone has sent lately; what is usual when there are too few.
fn measured_photo_bytes<'a>(items: impl Iterator<Item = &'a Item>) -> u64 {
    let sizes: Vec<u64> = items.flat_map(|item| item.photos().iter().map(|photo| photo.size_bytes)).collect();
    match sizes.len() as u64 {
        0..5 => USUAL_PHOTO_BYTES,
        many => sizes.iter().sum::<u64>() / many,
    }
}

/// How a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Light {
    Good,
    Careful,
    Bad,
}

/// The lines before the button that begins.
#[component]
pub(super) fn Preflight(
    /// The rule pack in force.
    pack: Pack,
    /// What is visited.
    facility: FacilityType,
    /// The chosen checklist.
    #[prop(into)]
    profile: Signal<Profile>,
) -> impl IntoView {
    let phone = Phone::expect();
    phone.follow_outbox();
    let need = Memo::new(move |_| {
        let photo =
            phone.outbox.with(|outbox| measured_photo_bytes(outbox.items().iter().map(|it| &it.item)));
        need(&pack, facility, profile.get(), photo)
    });
    view! {
        <section class="part">
            <div class="part-head"><h2>{texts().facility().preflight()}</h2></div>
            <ul class="stack" data-gap="small">
                <RoomLine need />
                <KeepingLine />
                <InstallLine />
            </ul>
        </section>
    }
}

/// Icon, word and sentence; a button when something can be done.
fn line(light: Light, text: String, action: Option<AnyView>) -> impl IntoView {
    let t = texts().facility();
    let (kind, icon, word) = match light {
        Light::Good => ("done", IconName::Check, t.preflight_good()),
        Light::Careful => ("open", IconName::Info, t.preflight_careful()),
        Light::Bad => ("stopped", IconName::Warning, t.preflight_bad()),
    };
    view! {
        <li class="line">
            <span class="tag" data-kind=kind><Icon name=icon small=true />{word}</span>
            <span class="fill">{text}</span>
            {action}
        </li>
    }
}

#[component]
fn RoomLine(need: Memo<Need>) -> impl IntoView {
    let phone = Phone::expect();
    let t = texts().facility();
    let room = RwSignal::new(None::<Room>);
    Effect::new(move |_| {
        let wanted = need.get().bytes;
        room.set(None);
        spawn_local(async move {
            let found = phone.store().try_room(wanted).await;
            // Another checklist may have been chosen meanwhile: its own trial answers then.
            if need.try_get_untracked().is_some_and(|now| now.bytes == wanted) {
                room.try_set(Some(found));
            }
        });
    });
    move || {
        let Need { photos, bytes } = need.get();
        let needs = t.preflight_needs(photos, megabytes(bytes));
        let (light, found) = match room.get() {
            None => (Light::Careful, t.preflight_trying().to_owned()),
            Some(Room::Fits { bytes: tried }) if tried >= bytes => {
                (Light::Good, t.preflight_fits().to_owned())
            }
            Some(Room::Fits { bytes: tried }) => (Light::Good, t.preflight_fits_at_least(megabytes(tried))),
            Some(Room::Full) => (Light::Bad, t.preflight_full().to_owned()),
            Some(Room::Unknown) => (Light::Careful, t.preflight_unknown().to_owned()),
        };
        line(light, format!("{needs}{found}"), None)
    }
}

#[component]
fn KeepingLine() -> impl IntoView {
    let t = texts();
    let keeping = RwSignal::new(None::<Keeping>);
    let look = move |ask: fn() -> std::pin::Pin<Box<dyn Future<Output = Keeping>>>| {
        spawn_local(async move {
            let found = ask().await;
            keeping.try_set(Some(found));
        });
    };
    look(|| Box::pin(storage::keeping()));
    let ask = Callback::new(move |()| look(|| Box::pin(storage::ask_to_keep())));
    move || {
        keeping.get().map(|keeping| match keeping {
            Keeping::Promised => line(Light::Good, t.settings().storage_kept().to_owned(), None),
            Keeping::BestEffort | Keeping::Unknown => {
                let button = view! { <Button icon=IconName::Storage on_press=ask>{t.settings().storage_ask()}</Button> };
                line(Light::Careful, t.settings().storage_not_kept().to_owned(), Some(button.into_any()))
            }
        })
    }
}

#[component]
fn InstallLine() -> impl IntoView {
    let updates = State::expect().updates;
    let t = texts();
    move || {
        use crate::browser::install::InstallWay;
        if install::standing() == Standing::Installed {
            return line(Light::Good, t.facility().preflight_installed().to_owned(), None);
        }
        let (text, action) = match updates.install.get() {
            InstallWay::Prompt => {
                let ask = Callback::new(move |()| updates.ask_to_install());
                let button =
                    view! { <Button icon=IconName::Plus on_press=ask>{t.shell().install_now()}</Button> };
                (t.facility().preflight_not_installed().to_owned(), Some(button.into_any()))
            }
            InstallWay::ShareSheet => {
                (format!("{}{}", t.facility().preflight_not_installed(), t.shell().install_ios()), None)
            }
            InstallWay::OtherBrowser => (t.shell().wechat_hint().to_owned(), None),
            InstallWay::Nothing => (t.facility().preflight_not_installed().to_owned(), None),
        };
        line(Light::Careful, text, action)
    }
}

/// Whole megabytes, rounded up: nobody plans by tenths.
const fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_needs_room_for_every_photo_that_may_be_owed_and_twenty_more() {
        let bytes = include_bytes!("../../../core/rules/civil-affairs-2026.1.json");
        let pack = Pack::load(bytes).unwrap();
        let facility = FacilityType::ElderlyCare;
        let small = need(&pack, facility, Profile::MajorOnly, 350_000);
        let large = need(&pack, facility, Profile::Full, 350_000);
        assert!(small.photos > FREE_PHOTOS && small.photos < large.photos);
        assert_eq!(small.bytes, small.photos * 375_000);
        let of_smaller_photos = need(&pack, facility, Profile::Full, 100_000);
        assert_eq!((of_smaller_photos.photos, of_smaller_photos.bytes < large.bytes), (large.photos, true));
    }

    #[test]
    fn megabytes_are_rounded_up() {
        assert_eq!((megabytes(0), megabytes(1), megabytes(1_000_000), megabytes(1_000_001)), (0, 1, 1, 2));
    }
}
