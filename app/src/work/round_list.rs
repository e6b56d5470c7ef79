//! Which rounds are due, by the institution's rhythms; and all of them, for whoever wants to do one now.

use leptos::prelude::*;
use xunan_core::access::{Account, Role};
use xunan_core::facility::Facility;
use xunan_core::ids::FacilityId;
use xunan_core::ledger::Rows;
use xunan_core::rounds::{DueRound, Expiry, RoundKind, RoundTiming, due_rounds};

use super::own_facilities;
use crate::browser::clock;
use crate::i18n::texts;
use crate::session::Phone;
use crate::shell::Frame;
use crate::ui::{Banner, BannerKind, Icon, IconName, LinkButton};

/// Which rounds are listed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Those that are due today, or were before.
    Due,
    /// The others.
    Others,
}

/// A round of an institution that somebody may do.
#[derive(Clone, PartialEq)]
struct Line {
    facility: FacilityId,
    facility_name: String,
    due: DueRound,
}

/// Whether this account does that kind of round.
const fn does(account: &Account, kind: RoundKind) -> bool {
    match account.role {
        Role::Institution { .. } => !matches!(kind, RoundKind::MaintenanceVisit),
        Role::Maintenance { .. } => matches!(kind, RoundKind::MaintenanceVisit),
        _ => false,
    }
}

fn due_at(rows: &Rows, facility: &Facility) -> Vec<DueRound> {
    let mut done = Vec::new();
    for kind in RoundKind::ALL {
        let lines = rows.rounds(facility.id, kind).and_then(|card| card.lines.read().ok());
        done.extend(lines.unwrap_or_default().iter().map(|line| (kind, line.at)));
    }
    due_rounds(facility.facility_type, &done, clock::now())
}

fn lines(phone: Phone, which: Which) -> Vec<Line> {
    let (account, today) = (phone.account(), Phone::today());
    phone.rows.with(|rows| {
        let mut lines = Vec::new();
        for id in own_facilities(&account) {
            let Some(facility) = rows.facility(id) else { continue };
            let due = due_at(rows, facility).into_iter().filter(|due| does(&account, due.kind));
            let wanted =
                due.filter(|due| (due.timing(today) == RoundTiming::Ahead) == (which == Which::Others));
            lines.extend(wanted.map(|due| Line { facility: id, facility_name: facility.name.clone(), due }));
        }
        lines
    })
}

/// The rounds that are due, or the others.
#[component]
pub(super) fn Rounds(which: Which) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts().rounds());
    let several = own_facilities(&phone.account()).len() > 1;
    let all = Memo::new(move |_| lines(phone, which));
    let title = if which == Which::Due { t.to_do_today() } else { t.other_rounds() };
    view! {
        <section class="part">
            <div class="part-head"><h2>{title}</h2></div>
            <Show when=move || which == Which::Due && all.with(Vec::is_empty)><p class="muted">{t.all_done()}</p></Show>
            <ul class="rows">{move || all.get().into_iter().map(|line| row(line, several)).collect_view()}</ul>
        </section>
    }
}

fn row(line: Line, several: bool) -> impl IntoView {
    let (t, today) = (texts(), Phone::today());
    let Line { facility, facility_name, due } = line;
    let last = due.last.map_or_else(
        || t.rounds().never().to_owned(),
        |last| t.rounds().last(&t.time().when(last, clock::now())),
    );
    let note = format!("{last} · {}", t.round_names().source(due.source));
    let (tag, kind) = match due.timing(today) {
        RoundTiming::Late => (t.rounds().late_since(&t.time().date(due.by, today)), "stopped"),
        RoundTiming::Today => (t.rounds().due_today().to_owned(), "act"),
        RoundTiming::Ahead => (t.rounds().due(&t.time().date(due.by, today)), "open"),
    };
    view! {
        <li><a class="row" href=format!("/rounds/{}/{facility}", due.kind.name())>
            <span class="row-text">
                <span class="row-title">{t.round_names().kind(due.kind)}</span>
                {several.then(|| view! { <span class="row-note">{facility_name}</span> })}
                <span class="row-note">{note}</span>
            </span>
            <span class="tag" data-kind=kind>{tag}</span>
            <span class="row-end"><Icon name=IconName::Next small=true /></span>
        </a></li>
    }
}

/// Every round that this account does.
#[component]
pub fn RoundsPage() -> impl IntoView {
    view! {
        <Frame title=texts().rounds().title()>
            <Rounds which=Which::Due />
            <Rounds which=Which::Others />
            <LinkButton href="/certificates" icon=IconName::Info>{texts().rounds().certificates()}</LinkButton>
        </Frame>
    }
}

/// Certificates whose end is near, in one line.
#[component]
pub(super) fn Expiring() -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let worst = Memo::new(move |_| {
        let own = own_facilities(&phone.account());
        phone.rows.with(|rows| {
            let cards = own.into_iter().flat_map(|facility| rows.certificates_of(facility));
            let read = cards.filter_map(|card| card.certificate.read().ok());
            let near = read.filter_map(|it| Some((it.expiry(Phone::today())?, it.kind)));
            near.min_by_key(|(expiry, _)| *expiry)
        })
    });
    move || {
        worst.get().map(|(expiry, kind)| {
            let text = format!("{}：{}", t.round_names().certificate(kind), t.round_names().expiry(expiry));
            let kind = if expiry == Expiry::Expired { BannerKind::Stop } else { BannerKind::Warning };
            view! { <Banner kind icon=IconName::Clock text><LinkButton href="/certificates">{t.words().details()}</LinkButton></Banner> }
        })
    }
}
