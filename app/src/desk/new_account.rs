//! A new account: what it is here to do decides what must be said of it. Whether it may be is the server's to say, with
//! core's rule; its password is shown once.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::access::{Certificate, Role};
use xunan_core::department::Department;
use xunan_core::ids::FacilityId;
use xunan_core::problem::Problem;
use xunan_core::sync::{AccountAnswer, MakeAccount};

use super::accounts::is_administrator;
use super::route::DeskRoute;
use super::told_password::{Told, ToldPassword};
use crate::browser::http::Request;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, ButtonSize, ChoiceLine, Choices, Choose, Duty, IconName,
    LineKind, LinkButton, Screen, ScreenKind, SelectField, TextField,
};

/// What an account is here to do, while what belongs to it is not filled in yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Inspector,
    Supervisor,
    Administrator,
    RewardOfficer,
    Institution,
    Staff,
    Maintenance,
    Department,
}

impl Wanted {
    const ALL: [Self; 8] = [
        Self::Inspector,
        Self::Supervisor,
        Self::Administrator,
        Self::RewardOfficer,
        Self::Institution,
        Self::Staff,
        Self::Maintenance,
        Self::Department,
    ];
}

#[derive(Clone, Copy)]
struct Form {
    wanted: RwSignal<Wanted>,
    name: RwSignal<String>,
    login: RwSignal<String>,
    organisation: RwSignal<String>,
    region: RwSignal<String>,
    certificate: RwSignal<String>,
    certificate_until: RwSignal<String>,
    facility: RwSignal<String>,
    facilities: RwSignal<Vec<FacilityId>>,
    department: RwSignal<String>,
    /// What is wrong, after a try.
    fault: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    told: RwSignal<Option<Told>>,
}

impl Form {
    fn new(phone: Phone) -> Self {
        let account = phone.account();
        Self {
            wanted: RwSignal::new(Wanted::Inspector),
            name: RwSignal::default(),
            login: RwSignal::default(),
            organisation: RwSignal::new(account.organisation),
            region: RwSignal::new(account.region.to_string()),
            certificate: RwSignal::default(),
            certificate_until: RwSignal::default(),
            facility: RwSignal::default(),
            facilities: RwSignal::default(),
            department: RwSignal::default(),
            fault: RwSignal::default(),
            busy: RwSignal::new(false),
            told: RwSignal::default(),
        }
    }

    fn role(self) -> Result<Role, String> {
        let t = texts().accounts();
        let missing = |label: &str| format!("{label}：{}", t.must());
        let facility = || {
            let chosen = self.facility.with_untracked(|id| id.parse::<FacilityId>());
            chosen.map_err(|_| missing(t.facility()))
        };
        Ok(match self.wanted.get_untracked() {
            Wanted::Supervisor => Role::Supervisor,
            Wanted::Administrator => Role::Administrator,
            Wanted::RewardOfficer => Role::RewardOfficer,
            Wanted::Inspector => {
                let until = self.certificate_until.with_untracked(|date| date.parse());
                let valid_until = until.map_err(|_| missing(t.certificate_until()))?;
                let number = self.certificate.get_untracked().trim().to_owned();
                Role::Inspector { certificate: Certificate { number, valid_until } }
            }
            Wanted::Institution => Role::Institution { facility: facility()? },
            Wanted::Staff => Role::Staff { facility: facility()? },
            Wanted::Maintenance => Role::Maintenance { facilities: self.facilities.get_untracked() },
            Wanted::Department => {
                let at = self.department.with_untracked(|at| at.parse::<usize>().ok());
                let department = at.and_then(|at| Department::ALL.get(at).copied());
                Role::Department { department: department.ok_or_else(|| missing(t.department()))? }
            }
        })
    }

    fn read(self) -> Result<MakeAccount, String> {
        let region = self.region.with_untracked(|code| code.trim().parse());
        Ok(MakeAccount {
            login: self.login.get_untracked().trim().to_owned(),
            name: self.name.get_untracked().trim().to_owned(),
            organisation: self.organisation.get_untracked().trim().to_owned(),
            region: region.map_err(|_| texts().accounts().region_wrong().to_owned())?,
            role: self.role()?,
        })
    }

    fn send(self) {
        let (t, words) = (texts().accounts(), texts());
        self.fault.set(None);
        let wanted = match self.read() {
            Ok(wanted) => wanted,
            Err(fault) => return self.fault.set(Some(fault)),
        };
        self.busy.set(true);
        spawn_local(async move {
            let answer = make(&wanted).await;
            self.busy.try_set(false);
            match answer {
                Ok(AccountAnswer::Done { card, password, .. }) => {
                    let password = password.map(|it| it.0).unwrap_or_default();
                    self.told.try_set(Some(Told { name: card.account.name, password }));
                    self.name.try_set(String::new());
                    self.login.try_set(String::new());
                }
                Ok(AccountAnswer::Refused { fault }) => {
                    _ = self.fault.try_set(Some(t.fault(fault).to_owned()))
                }
                Err(problem) => _ = self.fault.try_set(Some(words.problem(&problem))),
            }
        });
    }
}

async fn make(wanted: &MakeAccount) -> Result<AccountAnswer, Problem> {
    Request::post_json("/api/accounts", wanted)?.json().await
}

/// The page.
#[component]
pub(super) fn NewAccountPage() -> impl IntoView {
    if !is_administrator() {
        return view! { <Screen kind=ScreenKind::Denied>{texts().accounts().only_administrators()}</Screen> }
            .into_any();
    }
    let t = texts().accounts();
    let form = Form::new(Phone::expect());
    let set = |signal: RwSignal<String>| Callback::new(move |text| signal.set(text));
    let roles = Wanted::ALL.map(|wanted| ChoiceLine::plain(role_name(wanted)));
    let chosen = Signal::derive(move || {
        Wanted::ALL.iter().position(|it| *it == form.wanted.get()).into_iter().collect::<Vec<_>>()
    });
    let choose = Callback::new(move |at: usize| {
        Wanted::ALL.get(at).into_iter().for_each(|wanted| form.wanted.set(*wanted));
    });
    view! {
        <header class="desk-head"><h1>{t.new_account()}</h1>
            <LinkButton href=DeskRoute::Accounts.path() icon=IconName::Back>{t.title()}</LinkButton>
        </header>
        <ToldPassword told=form.told />
        <form class="stack desk-form" data-gap="large" on:submit=|event| event.prevent_default()>
            <Choices label=t.role() choose=Choose::One lines=roles.into() chosen on_choose=choose />
            <div class="desk-pair">
                <TextField label=t.name() value=form.name on_input=set(form.name) duty=Duty::Must />
                <TextField label=t.login() kind=LineKind::Login value=form.login on_input=set(form.login) duty=Duty::Must help=t.login_help().to_owned() />
            </div>
            <div class="desk-pair">
                <TextField label=t.organisation() value=form.organisation on_input=set(form.organisation) duty=Duty::Must />
                <TextField label=t.region() kind=LineKind::Number value=form.region on_input=set(form.region) duty=Duty::Must help=t.region_help().to_owned() />
            </div>
            <OfRole form />
            {move || form.fault.get().map(|text| view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text /> })}
            <Button kind=ButtonKind::Primary size=ButtonSize::Large busy=form.busy on_press=Callback::new(move |()| form.send())>
                {t.make()}
            </Button>
        </form>
    }
    .into_any()
}

fn role_name(wanted: Wanted) -> &'static str {
    // The word of a role does not depend on what belongs to it.
    let nowhere =
        FacilityId::from_parts(xunan_core::clock::Instant::from_unix_millis(0), xunan_core::ids::Entropy(0));
    let role = match wanted {
        Wanted::Supervisor => Role::Supervisor,
        Wanted::Administrator => Role::Administrator,
        Wanted::RewardOfficer => Role::RewardOfficer,
        Wanted::Inspector => {
            let valid_until = xunan_core::clock::Instant::from_unix_millis(0).date();
            Role::Inspector { certificate: Certificate { number: String::new(), valid_until } }
        }
        Wanted::Institution => Role::Institution { facility: nowhere },
        Wanted::Staff => Role::Staff { facility: nowhere },
        Wanted::Maintenance => Role::Maintenance { facilities: Vec::new() },
        Wanted::Department => Role::Department { department: Department::CivilAffairs },
    };
    texts().name().role(&role)
}

/// What must be said besides, by role.
#[component]
fn OfRole(form: Form) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts().accounts());
    let set = |signal: RwSignal<String>| Callback::new(move |text| signal.set(text));
    let first = move || (String::new(), t.choose().to_owned());
    let facilities: Vec<(FacilityId, String)> = phone
        .rows
        .with_untracked(|rows| rows.facilities().into_iter().map(|it| (it.id, it.name.clone())).collect());
    move || {
        match form.wanted.get() {
        Wanted::Supervisor | Wanted::Administrator | Wanted::RewardOfficer => ().into_any(),
        Wanted::Inspector => view! {
            <div class="desk-pair">
                <TextField label=t.certificate() value=form.certificate on_input=set(form.certificate) duty=Duty::Must />
                <TextField label=t.certificate_until() kind=LineKind::Date value=form.certificate_until on_input=set(form.certificate_until) duty=Duty::Must />
            </div>
        }
        .into_any(),
        Wanted::Institution | Wanted::Staff => {
            let known = facilities.iter().map(|(id, name)| (id.to_string(), name.clone()));
            let options = std::iter::once(first()).chain(known).collect();
            view! { <SelectField label=t.facility() options value=form.facility on_choose=set(form.facility) duty=Duty::Must /> }.into_any()
        }
        Wanted::Maintenance => {
            let ids: Vec<FacilityId> = facilities.iter().map(|(id, _)| *id).collect();
            let lines = facilities.iter().map(|(_, name)| ChoiceLine::plain(name.clone())).collect();
            let places = ids.clone();
            let chosen = Signal::derive(move || {
                let chosen = form.facilities.get();
                (0..places.len()).filter(|at| places.get(*at).is_some_and(|id| chosen.contains(id))).collect::<Vec<_>>()
            });
            let toggle = Callback::new(move |at: usize| {
                let Some(id) = ids.get(at).copied() else { return };
                form.facilities.update(|chosen| match chosen.iter().position(|it| *it == id) {
                    Some(at) => _ = chosen.remove(at),
                    None => chosen.push(id),
                });
            });
            view! { <Choices label=t.facilities() choose=Choose::Several lines chosen on_choose=toggle /> }.into_any()
        }
        Wanted::Department => {
            let named = Department::ALL.iter().enumerate().map(|(at, it)| (at.to_string(), texts().hazard_loop().department(*it).to_owned()));
            let options = std::iter::once(first()).chain(named).collect();
            view! { <SelectField label=t.department() options value=form.department on_choose=set(form.department) duty=Duty::Must /> }.into_any()
        }
    }
    }
}
