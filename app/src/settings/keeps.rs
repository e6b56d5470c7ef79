//! What this phone keeps, whether the browser has promised to keep it, and whether everything is here to go offline.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::rules::{Pack, PackRef};

use crate::browser::clock;
use crate::browser::storage::{self, Keeping};
use crate::i18n::texts;
use crate::session::{Enrolment, Phone};
use crate::shell::lamp_state;
use crate::store::{DraftCard, DraftStage};
use crate::sync::{Check, Lamp};
use crate::ui::{Banner, BannerKind, Button, IconName, LampState};

/// What the phone knows of its storage.
#[derive(Clone, Copy)]
struct Known {
    keeping: Keeping,
    used_bytes: Option<u64>,
    reserve: Reserve,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reserve {
    Stands,
    GivenUp,
}

async fn look(phone: Phone) -> Known {
    let reserve = match phone.store().has_reserve().await {
        Ok(true) => Reserve::Stands,
        Ok(false) | Err(_) => Reserve::GivenUp,
    };
    Known { keeping: storage::keeping().await, used_bytes: storage::used_bytes().await, reserve }
}

/// Whether everything is on the phone.
#[component]
pub(super) fn OfflinePart() -> impl IntoView {
    let (phone, lamp) = (Phone::expect(), Lamp::expect());
    let t = texts();
    let about = move || match lamp_state(lamp) {
        LampState::On => t.shell().lamp_ready_about(),
        LampState::Working => t.shell().lamp_checking(),
        LampState::Off => t.shell().lamp_not_ready_about(),
    };
    let files = move || {
        lamp.readiness.get().shell.map(|check| t.settings().files_checked(check.verified, check.total))
    };
    let contact = move || match phone.contact.get() {
        Some(contact) => t.settings().last_contact(&t.time().when(contact.device_time, clock::now())),
        None => t.settings().never_contacted().to_owned(),
    };
    let busy = Signal::derive(move || {
        lamp.readiness.get().check == Check::UnderWay && lamp.readiness.get().shell.is_some()
    });
    view! {
        <section class="part">
            <div class="part-head"><h2>{t.settings().offline()}</h2></div>
            <p role="status">{about}</p>
            <ul class="stack" data-gap="small">
                <li class="muted">{files}</li>
                <Packs />
                <li class="muted">{contact}</li>
            </ul>
            <Button icon=IconName::Again busy on_press=Callback::new(move |()| lamp.check_again())>{t.settings().check_again()}</Button>
        </section>
    }
}

/// The checklists that are here, by their titles.
#[component]
fn Packs() -> impl IntoView {
    let phone = Phone::expect();
    let titles = RwSignal::new(Vec::<String>::new());
    let (t, lang) = (texts().settings(), texts().lang());
    Effect::new(move |_| {
        phone.rows.track();
        let store = phone.store();
        spawn_local(async move {
            let mut found = Vec::new();
            for pack in store.named_packs().await.unwrap_or_default() {
                if let Ok(Some(loaded)) = store.pack(&pack).await {
                    found.push(title(&loaded, &pack, lang, t));
                }
            }
            titles.try_set(found);
        });
    });
    move || titles.get().into_iter().map(|title| view! { <li class="muted">{title}</li> }).collect_view()
}

fn title(
    pack: &Pack,
    named: &PackRef,
    lang: crate::i18n::Lang,
    t: crate::i18n::settings::Settings,
) -> String {
    t.pack(lang.of(pack.title()), &named.edition.to_string())
}

/// What is stored, and whether the browser keeps it.
#[component]
pub(super) fn StoragePart() -> impl IntoView {
    let phone = Phone::expect();
    let t = texts().settings();
    let known = RwSignal::new(None::<Known>);
    let refused = RwSignal::new(false);
    spawn_local(async move {
        let found = look(phone).await;
        known.try_set(Some(found));
    });
    let ask = Callback::new(move |()| {
        spawn_local(async move {
            let keeping = storage::ask_to_keep().await;
            refused.try_set(keeping != Keeping::Promised);
            let found = look(phone).await;
            known.try_set(Some(found));
        })
    });
    let lines = move || {
        let known = known.get()?;
        let promised = known.keeping == Keeping::Promised;
        let used = known.used_bytes.map(|bytes| t.storage_used(&size_words(bytes)));
        let open = |drafts: &Vec<DraftCard>| drafts.iter().filter(|it| it.stage == DraftStage::Open).count();
        let drafts = phone.drafts.with(open);
        Some(view! {
            <p>{if promised { t.storage_kept() } else { t.storage_not_kept() }}</p>
            {(!promised).then(|| view! { <Button icon=IconName::Storage on_press=ask>{t.storage_ask()}</Button> })}
            {used.map(|used| view! { <p class="muted">{used}" · "{t.storage_drafts(u32::try_from(drafts).unwrap_or(u32::MAX))}</p> })}
            {(known.reserve == Reserve::GivenUp).then(|| view! {
                <Banner kind=BannerKind::Warning icon=IconName::Storage text=t.storage_full() />
            })}
            <p class="muted small">{t.storage_about()}</p>
        })
    };
    view! {
        <section class="part">
            <div class="part-head"><h2>{t.storage()}</h2></div>
            {lines}
            <Show when=move || refused.get()><p role="status" class="muted">{t.storage_ask_refused()}</p></Show>
        </section>
    }
}

/// This phone as a device.
#[component]
pub(super) fn DevicePart() -> impl IntoView {
    let phone = Phone::expect();
    let t = texts();
    let facts = move || {
        phone.enrolment.track();
        phone.device().map(|device| {
            view! {
                <dl class="facts">
                    <dt>{t.sign_in().device_name()}</dt><dd>{device.name}</dd>
                    <dt>{t.settings().device_id()}</dt><dd class="code">{device.device.to_string()}</dd>
                </dl>
            }
        })
    };
    let standing = move || match phone.enrolment.get() {
        Enrolment::Enrolled => t.sign_in().enrolled(),
        Enrolment::Missing => t.settings().device_missing(),
    };
    view! {
        <section class="part">
            <div class="part-head"><h2>{t.settings().device()}</h2></div>
            <p>{standing}</p>
            {facts}
            <p class="muted small">{t.settings().device_key()}</p>
        </section>
    }
}

/// `3.4 MB`, without floating point: tenths of a megabyte.
fn size_words(bytes: u64) -> String {
    let tenths = bytes.saturating_add(50_000) / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_tenths_of_a_megabyte() {
        assert_eq!(size_words(0), "0.0 MB");
        assert_eq!(size_words(3_449_999), "3.4 MB");
        assert_eq!(size_words(3_450_000), "3.5 MB");
    }
}
