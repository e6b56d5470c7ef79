//! Who claims a reward: asked for by a press, and gone with the page. Nothing of it is kept on this computer.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::ids::SnapId;
use xunan_core::problem::Problem;
use xunan_core::reward::Claimant;

use crate::browser::http::{Method, Request};
use crate::desk::reading::Reading;
use crate::i18n::texts;
use crate::ui::{Banner, BannerKind, Button, IconName, Skeleton};

/// The button, and what it shows.
#[component]
pub(super) fn ClaimantPart(snap: SnapId) -> impl IntoView {
    let t = texts();
    let read = RwSignal::new(None::<Reading<Claimant>>);
    let ask = Callback::new(move |()| {
        read.set(Some(Reading::UnderWay));
        spawn_local(async move {
            let answer = Request::plain(Method::Get, format!("/api/snaps/{snap}/claimant")).json().await;
            read.try_set(Some(answer.into()));
        });
    });
    view! {
        <h3>{t.rewards().claimant()}</h3>
        {move || match read.get() {
            None => view! { <p><Button icon=IconName::Person on_press=ask>{t.rewards().show_claimant()}</Button></p> }.into_any(),
            Some(Reading::UnderWay) => view! { <Skeleton cards=1 /> }.into_any(),
            Some(Reading::Here(claimant)) => shown(claimant).into_any(),
            Some(Reading::Failed(problem)) => failed(&problem, ask).into_any(),
        }}
    }
}

fn shown(claimant: Claimant) -> impl IntoView {
    let t = texts().rewards();
    let Claimant { name, identity_card, telephone, bank, account } = claimant;
    view! {
        <p class="muted">{t.claimant_about()}</p>
        <dl class="facts">
            <dt>{t.claimant_name()}</dt><dd>{name}</dd>
            <dt>{t.identity_card()}</dt><dd>{identity_card}</dd>
            <dt>{t.telephone()}</dt><dd>{telephone}</dd>
            <dt>{t.bank()}</dt><dd>{bank}</dd>
            <dt>{t.account()}</dt><dd>{account}</dd>
        </dl>
    }
}

fn failed(problem: &Problem, again: Callback<()>) -> impl IntoView + use<> {
    let t = texts();
    let text = t.desk().not_read(&t.snaps().problem(problem), problem.number());
    view! {
        <Banner kind=BannerKind::Warning icon=IconName::Warning text>
            <Button on_press=again>{t.words().retry()}</Button>
        </Banner>
    }
}
