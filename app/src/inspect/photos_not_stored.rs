//! Photos that do not count: why, and of those whose frame is kept, once more or not at all.

use leptos::prelude::*;
use xunan_core::ids::PhotoId;

use super::hold::Hold;
use super::photo_intake::{Coming, PhotoIntake};
use super::photos_of::PhotosOf;
use crate::i18n::texts;
use crate::store::Shows;
use crate::ui::{Banner, BannerKind, Button, ButtonKind, IconName};

/// Those of one part, or of all of the draft.
#[component]
pub(crate) fn PhotosNotStored(
    /// Whose photos.
    of: PhotosOf,
    /// What they show; all of them when it is left out.
    #[prop(optional)]
    shows: Option<Shows>,
) -> impl IntoView {
    let intake = PhotoIntake::expect();
    let listed = Memo::new(move |_| {
        let all = intake.coming.get().into_iter();
        let wanted = all.filter(|(_, what, _)| shows.as_ref().is_none_or(|shows| shows == what));
        wanted.filter_map(|(id, _, state)| Some((id, state.words()?, state))).collect::<Vec<_>>()
    });
    move || listed.get().into_iter().map(|(id, text, state)| banner(of, id, text, &state)).collect_view()
}

fn banner(of: PhotosOf, photo: PhotoId, text: String, state: &Coming) -> impl IntoView + use<> {
    let (intake, t) = (PhotoIntake::expect(), texts());
    let decide = if matches!(state, Coming::Later(_)) {
        let (again, leave_out) = (
            Callback::new(move |()| intake.try_again(of)),
            Callback::new(move |()| intake.leave_out(of, photo)),
        );
        // A window that only reads decides nothing.
        let reads = Signal::derive(move || of.hold().get() == Hold::Elsewhere);
        view! {
            <Button disabled=reads on_press=again>{t.photo().store_again()}</Button>
            <Button kind=ButtonKind::Plain disabled=reads on_press=leave_out>{t.photo().leave_out()}</Button>
        }
        .into_any()
    } else {
        let close = Callback::new(move |()| intake.dismiss(photo));
        view! { <Button kind=ButtonKind::Plain on_press=close>{t.words().close()}</Button> }.into_any()
    };
    view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text>{decide}</Banner> }
}
