//! A file with a server's public keys (`/.well-known/jwks.json` of that server): for packages of another server than
//! this one. It is read on this device, and forgotten with the page.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::package::KeySet;

use crate::browser::{Binary, Refused, files};
use crate::i18n::texts;
use crate::ui::{Banner, BannerKind, Button, ButtonKind, IconName};

/// A server has a handful of keys, of some 200 bytes each; more than this is another file.
const LARGEST_BYTES: u64 = 64 * 1024;

/// Whose keys a package is checked with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Chosen {
    /// Those of this site's server.
    #[default]
    ThisSites,
    /// Those of the file that somebody chose.
    File(KeySet),
}

/// Why a file gives no keys.
#[derive(Clone, Debug)]
enum NoKeys {
    /// It is no set of P-256 keys, an empty one, or far too large.
    NotKeys,
    Unreadable(Refused),
}

/// The button for such a file, and what was chosen.
#[component]
pub(super) fn KeysFile(
    /// What holds now.
    chosen: RwSignal<Chosen>,
    /// Other keys hold from now on.
    #[prop(into)]
    on_change: Callback<()>,
) -> impl IntoView {
    let t = texts().verify();
    let wrong = RwSignal::new_local(None::<NoKeys>);
    let input = NodeRef::<Input>::new();
    let choose = Callback::new(move |()| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    });
    let picked = move |_| {
        let Some(file) = input.get_untracked().and_then(|input| files::picked(&input).pop()) else { return };
        spawn_local(async move {
            match read(&file).await {
                Ok(keys) => {
                    wrong.try_set(None);
                    if chosen.try_set(Chosen::File(keys)).is_none() {
                        on_change.run(());
                    }
                }
                // What held before holds on.
                Err(no_keys) => _ = wrong.try_set(Some(no_keys)),
            }
        });
    };
    let drop_file = Callback::new(move |()| {
        chosen.set(Chosen::ThisSites);
        on_change.run(());
    });
    view! {
        <input hidden type="file" accept=".json,application/json" node_ref=input on:change=picked />
        <p class="muted small">{t.keys_about()}</p>
        <div class="line">
            <Button icon=IconName::Lock on_press=choose>{t.keys_choose()}</Button>
            {move || matches!(chosen.get(), Chosen::File(_)).then(|| view! {
                <Button kind=ButtonKind::Plain on_press=drop_file>{t.keys_drop()}</Button>
            })}
        </div>
        {move || match chosen.get() {
            Chosen::ThisSites => None,
            Chosen::File(keys) => Some(view! { <p role="status">{t.keys_chosen(&names(&keys))}</p> }),
        }}
        {move || wrong.get().map(|no_keys| {
            let text = match no_keys {
                NoKeys::NotKeys => t.keys_wrong().to_owned(),
                NoKeys::Unreadable(refused) => t.unreadable(&refused.name),
            };
            view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text /> }
        })}
    }
}

/// What people compare keys by: the beginnings of their thumbprints (RFC 7638).
pub(super) fn names(keys: &KeySet) -> String {
    let name = |thumbprint: String| thumbprint.chars().take(12).collect::<String>() + "…";
    keys.0.iter().map(|key| name(key.thumbprint())).collect::<Vec<_>>().join(" ")
}

async fn read(file: &Binary) -> Result<KeySet, NoKeys> {
    if file.size_bytes() > LARGEST_BYTES {
        return Err(NoKeys::NotKeys);
    }
    let bytes = file.bytes().await.map_err(NoKeys::Unreadable)?;
    let keys = std::str::from_utf8(&bytes).ok().and_then(|json| KeySet::parse(json).ok());
    keys.filter(|keys| !keys.0.is_empty()).ok_or(NoKeys::NotKeys)
}
