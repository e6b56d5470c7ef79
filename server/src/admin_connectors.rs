//! `xunan admin connectors`: where notices are handed to, what became of them, and again. Works beside a running server,
//! which looks for endpoints and deliveries at each round.

use std::fmt::Write as _;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::{Args, Subcommand};
use xunan_core::clock::Instant;
use xunan_core::region::DivisionCode;

use crate::admin::AdminError;
use crate::admin_payouts;
use crate::clock::Clock;
use crate::connectors::{
    Address, Dispatcher, MailSecurity, MailServer, Reach, Secret, SecureAddress, Setting, Template,
    system_authorities,
};
use crate::keys::Signer;
use crate::ledger_store::{
    Attempt, ContactKind, Delivery, DeliveryState, Endpoint, EndpointState, LedgerStore, StoreResult, Tables,
};

/// What to do about connectors.
#[derive(Debug, Subcommand)]
pub enum ConnectorsAction {
    /// Adds a program that takes notices as CloudEvents, signed after Standard Webhooks. Prints the secret.
    AddWebhook {
        /// What it is called, and for which region.
        #[command(flatten)]
        named: Named,
        /// Where notices are POSTed to.
        #[arg(long)]
        url: Address,
        /// It may stand in a private network, or on this machine.
        #[arg(long)]
        inside: bool,
    },
    /// Adds a system that pays rewards: it is told who claims one, over TLS alone. Prints the secret.
    AddPayouts {
        /// What it is called, and for which region.
        #[command(flatten)]
        named: Named,
        /// Where orders are POSTed to: https://…
        #[arg(long)]
        url: SecureAddress,
        /// It may stand in a private network, or on this machine.
        #[arg(long)]
        inside: bool,
    },
    /// Adds a gateway that sends short messages or WeChat messages to people. Prints the secret.
    AddGateway {
        /// What it is called, and for which region.
        #[command(flatten)]
        named: Named,
        /// Where messages are POSTed to.
        #[arg(long)]
        url: Address,
        /// By what people are reached.
        #[arg(long, value_enum)]
        contact: ContactKind,
        /// A file with the JSON that the gateway wants, with {to} and {text} in its texts.
        #[arg(long, value_name = "FILE")]
        template: PathBuf,
        /// It may stand in a private network, or on this machine.
        #[arg(long)]
        inside: bool,
    },
    /// Adds a mail server.
    AddMail {
        /// What it is called, and for which region.
        #[command(flatten)]
        named: Named,
        /// Its name.
        #[arg(long)]
        host: String,
        /// Its port.
        #[arg(long, default_value_t = 587)]
        port: u16,
        /// How the connection is kept secret.
        #[arg(long, value_enum, default_value_t = MailSecurity::StartTls)]
        security: MailSecurity,
        /// The address that mails come from.
        #[arg(long)]
        from: String,
        /// The login; its password is read from standard input.
        #[arg(long)]
        login: Option<String>,
    },
    /// Has people's browsers told by their push services, of those who ask for it. Makes the key.
    AddWebPush {
        /// What it is called, and for which region.
        #[command(flatten)]
        named: Named,
        /// Whom a push service may write to: mailto:… or https://…
        #[arg(long)]
        contact: String,
        /// Push services may stand in a private network, or on this machine.
        #[arg(long)]
        inside: bool,
    },
    /// Lists all endpoints, with what waits.
    List,
    /// Shows the newest deliveries of an endpoint, with every attempt.
    Log {
        /// What it is called.
        name: String,
        /// Deliveries, at most.
        #[arg(long, default_value_t = 20)]
        limit: usize,
    },
    /// Delivers one notice with made-up names now, and says what came of it.
    Test {
        /// What the endpoint is called.
        name: String,
        /// For an endpoint that reaches people: where.
        #[arg(long, default_value = "")]
        to: String,
    },
    /// Delivers again: one delivery by its number, or all that were given up.
    Replay {
        /// What the endpoint is called.
        name: String,
        /// The number, as the log shows it; without it, all that were given up.
        #[arg(long)]
        delivery: Option<i64>,
    },
    /// Hands nothing to an endpoint any more. Its log stays.
    Off {
        /// What it is called.
        name: String,
    },
    /// Hands notices to it again, from now on.
    On {
        /// What it is called.
        name: String,
    },
    /// Removes an endpoint with its log.
    Remove {
        /// What it is called.
        name: String,
    },
    /// Notes where a person is reached by gateways and mail; without an address, forgets it.
    Contact {
        /// The person's login.
        login: String,
        /// By what.
        #[arg(long, value_enum)]
        kind: ContactKind,
        /// Where.
        #[arg(long)]
        address: Option<String>,
    },
}

/// What an endpoint is called, and which notices it gets.
#[derive(Debug, Args)]
pub struct Named {
    /// A name of your choice.
    #[arg(long)]
    pub name: String,
    /// Notices of this division and those inside it: 0, 2, 4, 6, 9 or 12 digits.
    #[arg(long)]
    pub region: DivisionCode,
}

const fn reach(inside: bool) -> Reach {
    if inside { Reach::Inside } else { Reach::Public }
}

/// Does one thing; answers what there is to say.
pub(crate) async fn act(store: &LedgerStore, action: ConnectorsAction) -> Result<String, AdminError> {
    let clock = Clock::default();
    let now = clock.now();
    match action {
        ConnectorsAction::AddWebhook { named, url, inside } => {
            let secret = Secret::generate()?;
            let said = format!("secret: {}\n", secret.0);
            add(store, named, Setting::Webhook { url, secret, reach: reach(inside) }, now, said).await
        }
        ConnectorsAction::AddPayouts { named, url, inside } => {
            let secret = Secret::generate()?;
            let said = format!("secret: {}\n", secret.0);
            add(store, named, Setting::Payouts { url, secret, reach: reach(inside) }, now, said).await
        }
        ConnectorsAction::AddGateway { named, url, contact, template, inside } => {
            let template: Template = std::fs::read_to_string(template)?.parse()?;
            let secret = Secret::generate()?;
            let said = format!("secret: {}\n", secret.0);
            let setting = Setting::Gateway { contact, url, secret, template, reach: reach(inside) };
            add(store, named, setting, now, said).await
        }
        ConnectorsAction::AddMail { named, host, port, security, from, login } => {
            let login = match login {
                Some(login) => {
                    let mut password = String::new();
                    std::io::stdin().read_line(&mut password)?;
                    Some((login, Secret(password.trim_end_matches(['\r', '\n']).to_owned())))
                }
                None => None,
            };
            let setting = Setting::Mail(MailServer { host, port, security, login, from });
            add(store, named, setting, now, String::new()).await
        }
        ConnectorsAction::AddWebPush { named, contact, inside } => {
            let (_, pkcs8) = Signer::generate()?;
            let key = Secret(URL_SAFE_NO_PAD.encode(pkcs8));
            add(store, named, Setting::WebPush { key, contact, reach: reach(inside) }, now, String::new())
                .await
        }
        ConnectorsAction::List => list(store).await,
        ConnectorsAction::Log { name, limit } => log(store, name, limit).await,
        ConnectorsAction::Test { name, to } => {
            let endpoint = store.read(move |tables| known(tables, name)).await?;
            let dispatcher = Dispatcher::new(store.clone(), clock, system_authorities);
            Ok(format!("{}\n", dispatcher.test(&endpoint, &to).await))
        }
        ConnectorsAction::Replay { name, delivery } => replay(store, name, delivery, now).await,
        ConnectorsAction::Off { name } => set_state(store, name, EndpointState::Off).await,
        ConnectorsAction::On { name } => set_state(store, name, EndpointState::On).await,
        ConnectorsAction::Remove { name } => {
            let said = format!("{name} is removed\n");
            store
                .write(move |tables| {
                    let endpoint = known(tables, name)?;
                    Ok::<_, AdminError>(tables.delete_endpoint(endpoint.id)?)
                })
                .await?;
            Ok(said)
        }
        ConnectorsAction::Contact { login, kind, address } => {
            let said = if address.is_some() { "noted" } else { "forgotten" };
            store
                .write(move |tables| {
                    let account = tables.account_by_login(&login)?;
                    let id = account.ok_or(AdminError::NoSuchAccount(login))?.account.id;
                    Ok::<_, AdminError>(tables.set_contact(id, kind, address.as_deref())?)
                })
                .await?;
            Ok(format!("{said}\n"))
        }
    }
}

/// The endpoint of a name.
fn known(tables: &dyn Tables, name: String) -> Result<Endpoint, AdminError> {
    let found = tables.endpoints()?.into_iter().find(|endpoint| endpoint.name == name);
    found.ok_or(AdminError::NoSuchEndpoint(name))
}

async fn add(
    store: &LedgerStore,
    Named { name, region }: Named,
    setting: Setting,
    now: Instant,
    said: String,
) -> Result<String, AdminError> {
    let what = if matches!(setting, Setting::Payouts { .. }) { "payouts" } else { "notices" };
    let added = format!("{name} gets the {what} of {region} from now on\n{said}");
    store
        .write(move |tables| {
            if tables.endpoints()?.iter().any(|endpoint| endpoint.name == name) {
                return Err(AdminError::EndpointExists(name));
            }
            tables.insert_endpoint(&name, &region, &setting, now)?;
            Ok(())
        })
        .await?;
    Ok(added)
}

async fn set_state(store: &LedgerStore, name: String, state: EndpointState) -> Result<String, AdminError> {
    let said = format!("{name} is {}\n", state_name(state));
    store
        .write(move |tables| {
            let endpoint = known(tables, name)?;
            Ok::<_, AdminError>(tables.set_endpoint_state(endpoint.id, state)?)
        })
        .await?;
    Ok(said)
}

const fn state_name(state: EndpointState) -> &'static str {
    match state {
        EndpointState::On => "on",
        EndpointState::Off => "off",
    }
}

/// Deliveries that are looked at to count what waits.
const COUNTED: usize = 1000;

async fn list(store: &LedgerStore) -> Result<String, AdminError> {
    store
        .read(|tables| {
            let mut lines = String::new();
            for endpoint in tables.endpoints()? {
                let states = states(tables, &endpoint)?;
                let count = |state| states.iter().filter(|it| **it == state).count();
                let kind = match &endpoint.setting {
                    Setting::Webhook { .. } => "webhook",
                    Setting::Payouts { .. } => "payouts",
                    Setting::Gateway { .. } => "gateway",
                    Setting::Mail(_) => "mail",
                    Setting::WebPush { .. } => "web push",
                };
                // Writing to a String cannot fail.
                let _ = writeln!(
                    lines,
                    "{}  {}  {kind}  {}  {}  {} waiting, {} given up, {} delivered",
                    endpoint.name,
                    state_name(endpoint.state),
                    endpoint.region,
                    endpoint.setting.host(),
                    count(DeliveryState::Waiting),
                    count(DeliveryState::GivenUp),
                    count(DeliveryState::Delivered),
                );
            }
            Ok(lines)
        })
        .await
}

/// How what was handed to an endpoint stands.
fn states(tables: &dyn Tables, endpoint: &Endpoint) -> StoreResult<Vec<DeliveryState>> {
    Ok(match admin_payouts::address_of(endpoint) {
        Some(address) => {
            tables.payouts_sent_to(address, COUNTED)?.into_iter().map(|(_, it)| it.state).collect()
        }
        None => tables.newest_deliveries(endpoint.id, COUNTED)?.into_iter().map(|(it, _)| it.state).collect(),
    })
}

async fn log(store: &LedgerStore, name: String, limit: usize) -> Result<String, AdminError> {
    store
        .read(move |tables| {
            let endpoint = known(tables, name)?;
            if let Some(address) = admin_payouts::address_of(&endpoint) {
                return Ok(admin_payouts::log(tables, address, limit)?);
            }
            let newest = tables.newest_deliveries(endpoint.id, limit)?;
            Ok(newest.iter().map(|(delivery, attempts)| lines_of(delivery, attempts)).collect())
        })
        .await
}

/// Where something that is handed over stands.
pub(crate) fn state_words(state: DeliveryState, due: Instant) -> String {
    match state {
        DeliveryState::Waiting => format!("waiting until {due}"),
        DeliveryState::Delivered => "delivered".to_owned(),
        DeliveryState::GivenUp => "given up".to_owned(),
    }
}

/// A delivery and its attempts, for a person. What it is about is named by its id: no name of a place stands in a log.
fn lines_of(delivery: &Delivery, attempts: &[Attempt]) -> String {
    let state = state_words(delivery.state, delivery.due);
    let notice = &delivery.notice.notice;
    let to = delivery.account.map(|account| format!("  to {account}")).unwrap_or_default();
    let mut lines =
        format!("{}  {state}  {}  {}{to}\n", delivery.id, notice.what.name(), notice.about.path());
    for Attempt { at, outcome } in attempts {
        let _ = writeln!(lines, "    {at}  {outcome}");
    }
    lines
}

async fn replay(
    store: &LedgerStore,
    name: String,
    delivery: Option<i64>,
    now: Instant,
) -> Result<String, AdminError> {
    let count = store
        .write(move |tables| {
            let endpoint = known(tables, name)?;
            if let Some(address) = admin_payouts::address_of(&endpoint) {
                return Ok(admin_payouts::replay(tables, address, now)?);
            }
            let wanted = |it: &Delivery| match delivery {
                Some(id) => it.id == id,
                None => it.state == DeliveryState::GivenUp,
            };
            let newest = tables.newest_deliveries(endpoint.id, usize::from(u16::MAX))?;
            let ids: Vec<i64> = newest.iter().filter(|(it, _)| wanted(it)).map(|(it, _)| it.id).collect();
            for id in &ids {
                tables.replay(*id, now)?;
            }
            Ok::<_, AdminError>(ids.len())
        })
        .await?;
    Ok(format!("{count} will be delivered again\n"))
}
