//! The person in charge refuses to sign 拒签: the reason, a witness, and the witness's signature (安全生产法 68).

use leptos::prelude::*;
use xunan_core::evidence::{Signature, Stroke};
use xunan_core::visit::{Edit, EditRefused, SiteSigning};

use super::open_visit::OpenVisit;
use crate::browser::clock;
use crate::i18n::texts;
use crate::ui::{Button, ButtonKind, ButtonSize, Duty, SignaturePad, TextField};

/// The form.
#[component]
pub(super) fn Refusal(on_done: Callback<()>) -> impl IntoView {
    let (visit, t) = (OpenVisit::expect(), texts().review());
    let (reason, witness) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let strokes = RwSignal::new(Vec::<Stroke>::new());
    let wrong = RwSignal::new(None::<&'static str>);
    let note = Callback::new(move |()| {
        let blank = reason.with_untracked(|it| it.trim().is_empty())
            || witness.with_untracked(|it| it.trim().is_empty());
        let Some(content) = visit.with(|draft, pack| draft.content(pack)).filter(|_| !blank) else {
            return wrong.set(Some(t.gap_refusal()));
        };
        let signature =
            Signature { strokes: strokes.get_untracked(), at: clock::now(), content: content.digest() };
        let refused = SiteSigning::Refused {
            reason: reason.get_untracked(),
            witness: witness.get_untracked(),
            witness_signature: Some(signature),
        };
        match visit.edit(Edit::SignSite(Some(refused))) {
            Ok(()) => on_done.run(()),
            Err(EditRefused::NotDrawn) => wrong.set(Some(t.not_drawn())),
            Err(EditRefused::TooLong) => wrong.set(Some(t.gap_refusal())),
            Err(_) => wrong.set(Some(t.content_changed())),
        }
    });
    view! {
        <main class="page stack" id="main">
            <h2>{t.refuse()}</h2>
            <TextField label=t.refuse_reason() value=reason on_input=Callback::new(move |text| reason.set(text)) duty=Duty::Must />
            <TextField label=t.refuse_witness() value=witness on_input=Callback::new(move |text| witness.set(text)) duty=Duty::Must />
            <section class="part signature" aria-label=t.witness()>
                <h3>{t.witness()}</h3>
                <SignaturePad strokes on_strokes=Callback::new(move |all| strokes.set(all)) />
            </section>
            {move || wrong.get().map(|words| view! { <p class="field-wrong" role="alert">{words}</p> })}
            <Button kind=ButtonKind::Primary size=ButtonSize::Large on_press=note>{t.use_signature()}</Button>
        </main>
    }
}
