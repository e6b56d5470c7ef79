//! "Export all, encrypted": asks for the password with which the file will open, and makes the file.

use leptos::prelude::*;

use super::export::Protection;
use super::{start, unsent};
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{Button, ButtonKind, Duty, IconName, LineKind, Sheet, SheetFoot, TextField};

/// The button and its sheet.
#[component]
pub(super) fn ExportSealed() -> impl IntoView {
    let phone = Phone::expect();
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let (password, checked) = (RwSignal::new(String::new()), RwSignal::new(false));
    let t = texts().outbox();
    let missing = Signal::derive(move || {
        (checked.get() && password.with(String::is_empty))
            .then(|| texts().sign_in().password_missing().to_owned())
    });
    let close = Callback::new(move |()| {
        open.set(false);
        checked.set(false);
        // What was typed lives no longer than the sheet.
        password.set(String::new());
    });
    let go = Callback::new(move |()| {
        checked.set(true);
        let typed = password.get_untracked();
        if !typed.is_empty() {
            start(unsent(phone), Protection::Password(typed), busy);
            close.run(());
        }
    });
    view! {
        <Button icon=IconName::Lock busy on_press=Callback::new(move |()| open.set(true))>{t.export_sealed()}</Button>
        <Sheet title=t.export_sealed() open on_close=close
            foot=move || view! {
                <SheetFoot>
                    <Button kind=ButtonKind::Primary icon=IconName::Lock on_press=go>{t.export_sealed_go()}</Button>
                </SheetFoot>
            }>
            <div class="stack">
                <p>{t.export_sealed_about()}</p>
                <TextField label=t.export_sealed_password() value=password on_input=Callback::new(move |text| password.set(text))
                    kind=LineKind::Password duty=Duty::Must wrong=missing />
                <p class="muted small">{t.export_sealed_limits()}</p>
            </div>
        </Sheet>
    }
}
