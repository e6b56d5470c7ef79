//! One hazard: what was found, how it stands, and the steps that this account can take now.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::hazard::Offer;
use xunan_core::ids::HazardId;
use xunan_core::ledger::HazardCard;

use super::deed::{deed_in_words, deed_of, deeds};
use super::deed_sheet::DeedSheet;
use super::facts::{Head, Owed, Story};
use super::pictures::{Pictures, photos_of};
use crate::document::may_issue;
use crate::i18n::texts;
use crate::session::Phone;
use crate::shell::Frame;
use crate::store::{Deed, Work};
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, ButtonSize, IconName, LinkButton, Screen, ScreenKind,
};

/// The page of one hazard.
#[component]
pub fn HazardPage(hazard: HazardId) -> impl IntoView {
    let phone = Phone::expect();
    let card = Memo::new(move |_| phone.rows.with(|rows| rows.hazard(hazard).cloned()));
    let t = texts();
    let offer = RwSignal::new(None::<Offer>);
    let before = RwSignal::new(None::<String>);
    // News of the hazard draw it anew; a sheet that is open stays as it is under somebody's hands.
    view! {
        <Frame title=t.steps().hazard() back="/">
            {move || match card.get() {
                Some(card) => view! { <Sections card offer before /> }.into_any(),
                // A closed hazard leaves the phones of those who have no more to do with it.
                None => view! {
                    <Screen kind=ScreenKind::Empty { title: t.steps().not_here(), text: t.steps().not_here_about() }>
                        <LinkButton href="/">{t.shell().empty_today()}</LinkButton>
                    </Screen>
                }
                .into_any(),
            }}
            <DeedSheet card offer before />
        </Frame>
    }
}

#[component]
fn Sections(
    card: HazardCard,
    offer: RwSignal<Option<Offer>>,
    before: RwSignal<Option<String>>,
) -> impl IntoView {
    let photos = photos_of(&card);
    let pictures = (!photos.is_empty()).then(|| {
        view! {
            <section class="part">
                <div class="part-head"><h2>{texts().steps().photos()}</h2></div>
                <Pictures photos first=before />
            </section>
        }
    });
    let documents = may_issue(Phone::expect(), &card).then(|| {
        let href = format!("/hazards/{}/documents", card.id);
        view! { <LinkButton href icon=IconName::Pen>{texts().documents().title()}</LinkButton> }
    });
    view! {
        <Head card=card.clone() />
        {pictures}
        <Steps card=card.clone() offer />
        {documents}
        <Owed card=card.clone() />
        <Story card />
    }
}

/// The steps: what is owed as the one filled button, the others below it.
#[component]
fn Steps(card: HazardCard, offer: RwSignal<Option<Offer>>) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts().steps());
    let deeds = deeds(&phone.account(), &card);
    let begun = RwSignal::new(Vec::<Deed>::new());
    let hazard = card.id;
    Effect::new(move || {
        // Closing a sheet may have left something begun.
        offer.track();
        spawn_local(async move {
            // What cannot be read now is read when its sheet is opened, which says why.
            let Ok(works) = phone.store().works().await else { return };
            let mine = works.into_iter().filter_map(|(work, _)| match work {
                Work::Step { hazard: of, deed } if of == hazard => Some(deed),
                _ => None,
            });
            begun.try_set(mine.collect());
        });
    });
    let button = move |now: Offer, kind: ButtonKind| {
        let deed = deed_of(now)?;
        let size = if kind == ButtonKind::Primary { ButtonSize::Large } else { ButtonSize::Normal };
        let press = Callback::new(move |()| offer.set(Some(now)));
        let words = move || {
            let name = deed_in_words(deed, texts());
            if begun.with(|begun| begun.contains(&deed)) { t.go_on_with(&name) } else { name }
        };
        Some(view! { <Button kind size on_press=press>{words}</Button> })
    };
    let held = deeds.held.and_then(|(offer, why)| {
        let words = texts().hazard_loop().refusal(why);
        let text = format!("{}：{words}", deed_in_words(deed_of(offer)?, texts()));
        Some(view! { <Banner kind=BannerKind::Note icon=IconName::Info text /> })
    });
    let others: Vec<_> = deeds.others.iter().filter_map(|now| button(*now, ButtonKind::Secondary)).collect();
    view! {
        <section class="part" aria-label=t.steps()>
            {held}
            <div class="stack">
                {deeds.next.and_then(|now| button(now, ButtonKind::Primary))}
                {others}
            </div>
        </section>
    }
}
