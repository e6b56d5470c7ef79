//! In "Me": whether drafts are copied, why not, and when that was last.

use leptos::prelude::*;

use super::copying::Copying;
use super::seen::KeyIs;
use crate::browser::clock;
use crate::i18n::texts;
use crate::ui::{Banner, BannerKind, IconName, LinkButton};

pub(super) fn view(copying: &Copying) -> AnyView {
    let (seen, t) = (copying.seen(), texts());
    let key = Memo::new(move |_| seen.with(|seen| seen.key));
    let last = Memo::new(move |_| seen.with(|seen| seen.last));
    let trouble = Memo::new(move |_| seen.with(|seen| seen.trouble.clone()));
    let standing = move || match key.get() {
        KeyIs::Unread => ().into_any(),
        KeyIs::Here => view! { <p>{t.copies().on()}</p> }.into_any(),
        KeyIs::Missing => view! {
            <Banner kind=BannerKind::Warning icon=IconName::Warning text=t.copies().off()>
                <LinkButton href="/sign-in">{t.copies().sign_in()}</LinkButton>
            </Banner>
        }
        .into_any(),
    };
    let when = move || match last.get() {
        Some(at) => t.copies().last(&t.time().when(at, clock::now())),
        None => t.copies().never().to_owned(),
    };
    let why = move || {
        trouble.get().map(|problem| {
            view! { <p role="status">{t.copies().trouble(&t.problem(&problem))}</p> }
        })
    };
    view! {
        <section class="part">
            <div class="part-head"><h2>{t.copies().title()}</h2></div>
            {standing}
            <p class="muted">{when}</p>
            {why}
            <p class="muted small">{t.copies().about()}</p>
        </section>
    }
    .into_any()
}
