//! The register of certificates: what ends when, the most urgent first; a line is noted, renewed or ended.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::ids::{CertificateId, FacilityId};
use xunan_core::log::Body;
use xunan_core::rounds::{Certificate, CertificateKind, CertificateStanding, Expiry};

use super::deed_fields::Text;
use super::open_work::{About, OpenWork};
use super::own_facilities;
use super::with_work::WithWork;
use crate::browser::clock;
use crate::i18n::{Texts, texts};
use crate::session::Phone;
use crate::shell::Frame;
use crate::store::Work;
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, ButtonSize, Duty, IconName, LineKind, SelectField, Sheet,
    TextField, Toasts,
};

/// What the sheet is open for.
#[derive(Clone, PartialEq)]
enum Editing {
    Nothing,
    New,
    Line(Certificate),
}

/// The register.
#[component]
pub fn CertificatesPage() -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts().rounds());
    let own = own_facilities(&phone.account()).first().copied();
    let lines = Memo::new(move |_| {
        let Some(facility) = own else { return Vec::new() };
        let read = |rows: &xunan_core::ledger::Rows| -> Vec<Certificate> {
            let cards = rows.certificates_of(facility).into_iter();
            cards.filter_map(|card| card.certificate.read().ok()).collect()
        };
        let mut lines = phone.rows.with(read);
        lines.retain(|line| line.standing == CertificateStanding::InForce);
        // What does not end comes last.
        lines.sort_by_key(|line| (line.valid_until.is_none(), line.valid_until, line.id));
        lines
    });
    let editing = RwSignal::new(Editing::Nothing);
    view! {
        <Frame title=t.certificates() back="/">
            <Show when=move || lines.with(Vec::is_empty)>
                <p>{t.no_certificates()}</p><p class="muted">{t.no_certificates_about()}</p>
            </Show>
            <div class="cards">{move || lines.get().into_iter().map(|line| card(line, editing)).collect_view()}</div>
            <Button kind=ButtonKind::Primary icon=IconName::Plus on_press=Callback::new(move |()| editing.set(Editing::New))>
                {t.add_certificate()}
            </Button>
            {own.map(|facility| view! { <EditSheet facility editing /> })}
        </Frame>
    }
}

fn card(line: Certificate, editing: RwSignal<Editing>) -> impl IntoView {
    let (t, today) = (texts(), Phone::today());
    let tag = line.expiry(today).map(|expiry| {
        let kind = if expiry == Expiry::Expired { "stopped" } else { "act" };
        view! { <span class="tag" data-kind=kind>{t.round_names().expiry(expiry)}</span> }
    });
    let until = line.valid_until.map_or_else(
        || t.rounds().no_end().to_owned(),
        |date| t.rounds().until_date(&t.time().date_in_full(date)),
    );
    let number = (!line.number.is_empty()).then(|| format!(" · {}", line.number));
    let (holder, kind) = (line.holder.clone(), line.kind);
    view! {
        <article class="card">
            <div class="card-head"><h2 class="card-title">{t.round_names().certificate(kind)}</h2>{tag}</div>
            <p class="card-note">{holder}{number}</p>
            <p class="card-note">{until}</p>
            <Button kind=ButtonKind::Plain icon=IconName::Pen on_press=Callback::new(move |()| editing.set(Editing::Line(line.clone())))>
                {t.rounds().change_certificate()}
            </Button>
        </article>
    }
}

#[component]
fn EditSheet(facility: FacilityId, editing: RwSignal<Editing>) -> impl IntoView {
    let t = texts().rounds();
    let open = Signal::derive(move || editing.with(|now| *now != Editing::Nothing));
    let close = Callback::new(move |()| editing.set(Editing::Nothing));
    view! {
        <Sheet title=t.certificates() open on_close=close>
            {move || {
                let line = match editing.get() {
                    Editing::Nothing => return None,
                    Editing::New => None,
                    Editing::Line(line) => Some(line),
                };
                let work = Work::Certificate { facility, certificate: line.as_ref().map(|it| it.id) };
                let about = About { institution: String::new(), author: None, title: t.certificates().to_owned() };
                let inside = move |work: OpenWork| {
                    view! { <Fields work facility line=line.clone() close /> }.into_any()
                };
                Some(view! { <WithWork work about inside=Rc::new(inside) /> })
            }}
        </Sheet>
    }
}

const HOLDER: usize = 0;
const NUMBER: usize = 1;

/// Fills the form with the line that is changed, unless it was begun before.
fn fill(work: OpenWork, line: Option<&Certificate>) {
    let Some(line) = line else { return };
    if work.form.with_untracked(|form| form.kind.is_some()) {
        return;
    }
    work.form.update_untracked(|form| {
        form.kind = Some(line.kind);
        form.date = line.valid_until;
        form.set_text(HOLDER, line.holder.clone());
        form.set_text(NUMBER, line.number.clone());
    });
}

#[component]
fn Fields(
    work: OpenWork,
    facility: FacilityId,
    line: Option<Certificate>,
    close: Callback<()>,
) -> impl IntoView {
    let (phone, t, toasts) = (Phone::expect(), texts(), Toasts::find());
    fill(work, line.as_ref());
    let id = line.as_ref().map(|line| line.id);
    let (busy, refused) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let held = work.is_held();
    let note = move |standing: CertificateStanding| {
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            let done = finish(work, facility, id, standing, phone, t).await;
            busy.try_set(false);
            match done {
                Ok(()) => {
                    if let Some(toasts) = toasts {
                        toasts.say(t.rounds().sent());
                    }
                    close.run(());
                }
                Err(words) => _ = refused.try_set(Some(words)),
            }
        });
    };
    let kinds = CertificateKind::ALL
        .into_iter()
        .map(|kind| (format!("{kind:?}"), t.round_names().certificate(kind).to_owned()))
        .collect::<Vec<_>>();
    let kind = Signal::derive(move || format!("{:?}", work.form.with(kind_of)));
    let pick = Callback::new(move |text: String| {
        let chosen = CertificateKind::ALL.into_iter().find(|kind| format!("{kind:?}") == text);
        work.edit(|form| form.kind = chosen);
    });
    let until = Signal::derive(move || {
        work.form.with(|form| form.date.map(|date| date.to_string()).unwrap_or_default())
    });
    view! {
        <div class="stack">
            <SelectField label=t.rounds().certificate_kind() options=kinds value=kind on_choose=pick />
            <Text at=HOLDER label=t.rounds().holder() duty=Duty::Must />
            <Text at=NUMBER label=t.rounds().number() duty=Duty::May />
            <TextField label=t.rounds().valid_until() kind=LineKind::Date value=until
                on_input=Callback::new(move |text: String| work.edit(|form| form.date = text.parse().ok())) />
            {move || refused.get().map(|text| view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text /> })}
            <Button kind=ButtonKind::Primary size=ButtonSize::Large busy disabled=held on_press=Callback::new(move |()| note(CertificateStanding::InForce))>
                {t.rounds().save_certificate()}
            </Button>
            {id.map(|_| view! {
                <Button kind=ButtonKind::Danger busy disabled=held on_press=Callback::new(move |()| note(CertificateStanding::Ended))>
                    {t.rounds().end_certificate()}
                </Button>
            })}
        </div>
    }
}

fn kind_of(form: &crate::store::Form) -> CertificateKind {
    form.kind.unwrap_or(CertificateKind::FireOperator)
}

async fn finish(
    work: OpenWork,
    facility: FacilityId,
    id: Option<CertificateId>,
    standing: CertificateStanding,
    phone: Phone,
    t: Texts,
) -> Result<(), String> {
    let form = work.form.get_untracked();
    let certificate = Certificate {
        id: id.unwrap_or_else(|| CertificateId::from_parts(clock::now(), clock::entropy())),
        facility,
        kind: kind_of(&form),
        holder: form.text(HOLDER).trim().to_owned(),
        number: form.text(NUMBER).trim().to_owned(),
        valid_until: form.date,
        standing,
    };
    if !certificate.is_complete() {
        return Err(t.rounds().holder_missing().to_owned());
    }
    let title = format!("{} · {}", t.round_names().certificate(certificate.kind), certificate.holder);
    let body = Body::CertificateNoted(Box::new(certificate));
    let appended = work.append(phone, &body, &title).await;
    appended.map(|_| ()).map_err(|problem| t.problem(&problem))
}
