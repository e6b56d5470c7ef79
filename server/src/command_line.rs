//! `xunan serve`, `xunan admin`, `xunan export` and `xunan verify`: what can be asked for on the command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use xunan_core::clock::Date;
use xunan_core::department::Department;
use xunan_core::ids::{DeviceId, EntryId, FacilityId, VisitId};
use xunan_core::package::Language;
use xunan_core::region::DivisionCode;

use crate::admin_connectors::ConnectorsAction;
use crate::connectors::ConnectorOptions;

/// 巡安 Xun'an: people find hazards on foot, and nothing that they find gets lost.
#[derive(Debug, Parser)]
#[command(name = "xunan", version)]
pub struct CommandLine {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs the server until it is stopped (SIGTERM, SIGINT), after the requests under way.
    Serve(ServeOptions),
    /// Opens an encrypted export. The password is read from standard input.
    Decrypt(DecryptOptions),
    /// Makes and changes accounts and devices. Works beside a running server.
    Admin(AdminOptions),
    /// Writes an evidence package of some entries: with receipts, photos, keys, rules and proofs. Works beside a running
    /// server.
    Export(ExportOptions),
    /// Verifies an evidence package, without any server. Exits with 0 when all of it holds, 1 when anything is broken, 2
    /// when nothing is broken but not all is proven, 3 when the file is no package.
    Verify(VerifyOptions),
}

/// How to serve.
#[derive(Clone, Debug, Args)]
pub struct ServeOptions {
    /// The address to listen on; port 0 takes a free one. The line "listening on http://…" says which.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The folder of the database and the photos. It is made when there is none.
    #[arg(long, default_value = "data")]
    pub data: PathBuf,
    /// Also publishes the checklist in this file: a jurisdiction's own. May be given several times.
    #[arg(long = "pack", value_name = "FILE")]
    pub packs: Vec<PathBuf>,
    /// Loads a fictitious county on the first start, and prints its logins.
    #[arg(long)]
    pub demo: bool,
    /// Browsers reach this server by HTTPS, ended by a proxy in front: cookies are kept to it.
    #[arg(long)]
    pub secure_cookies: bool,
    /// Clients' addresses are the last of X-Forwarded-For, which the proxy in front writes.
    #[arg(long)]
    pub trust_forwarded_for: bool,
    /// How log lines look.
    #[arg(long, value_enum, default_value_t = LogFormat::Compact)]
    pub log: LogFormat,
    /// Whom the server tells something unasked.
    #[command(flatten)]
    pub connectors: ConnectorOptions,
}

/// What to export.
#[derive(Clone, Debug, Args)]
pub struct ExportOptions {
    /// The folder of the database and the photos.
    #[arg(long, default_value = "data")]
    pub data: PathBuf,
    /// An entry. May be given several times.
    #[arg(long = "entry", value_name = "ID", required_unless_present = "visits")]
    pub entries: Vec<EntryId>,
    /// A visit. May be given several times.
    #[arg(long = "visit", value_name = "ID")]
    pub visits: Vec<VisitId>,
    /// The file to write. It must not exist.
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}

/// What to verify.
#[derive(Clone, Debug, Args)]
pub struct VerifyOptions {
    /// The package.
    pub file: PathBuf,
    /// The server's keys as its address gives them, such as https://…/.well-known/jwks.json. Without them, those in the
    /// package are used, and nothing is called proven altogether.
    #[arg(long, value_name = "JWKS.json")]
    pub server_keys: Option<PathBuf>,
    /// The language of the report.
    #[arg(long, value_enum, default_value_t = LanguageName::Zh)]
    pub lang: LanguageName,
}

/// The language of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LanguageName {
    /// 中文
    Zh,
    /// English
    En,
}

impl From<LanguageName> for Language {
    fn from(name: LanguageName) -> Self {
        match name {
            LanguageName::Zh => Self::Chinese,
            LanguageName::En => Self::English,
        }
    }
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Compact,
    /// For programs: one JSON object per line.
    Json,
    /// Warnings and errors only, for people.
    Quiet,
}

/// What to open.
#[derive(Clone, Debug, Args)]
pub struct DecryptOptions {
    /// The encrypted export.
    pub file: PathBuf,
    /// Where to write what is in it; otherwise beside it, without its last extension. Nothing is overwritten.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// What to administer.
#[derive(Debug, Args)]
pub struct AdminOptions {
    /// The folder of the database.
    #[arg(long, default_value = "data", global = true)]
    pub data: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub action: AdminAction,
}

/// What to administer.
#[derive(Debug, Subcommand)]
pub enum AdminAction {
    /// Makes an account, the first one too, and prints its password.
    CreateAccount(NewAccountOptions),
    /// Gives an account a new password, prints it, and ends the account's sessions.
    ResetPassword(AccountOptions),
    /// Locks an account and ends its sessions. What it wrote stays.
    Lock {
        /// Its login name.
        login: String,
    },
    /// Unlocks an account.
    Unlock {
        /// Its login name.
        login: String,
    },
    /// Lists all accounts.
    ListAccounts,
    /// Lists all devices.
    ListDevices,
    /// Accepts a device's signatures no longer, for example when a phone was lost. What it signed before stays.
    RevokeDevice {
        /// The device's id, as the list shows it.
        device: DeviceId,
    },
    /// Decides for a region whether the untouched bytes of photos are kept too: ten times the room, on phones and here.
    Originals {
        /// The division: 0, 2, 4, 6, 9 or 12 digits.
        region: DivisionCode,
        /// Whether they are kept.
        #[arg(value_enum)]
        originals: OriginalsRule,
    },
    /// Makes everything that people see again from the entries, and says how long that took. Nothing is changed when it
    /// comes out otherwise than when the entries came.
    RebuildRows,
    /// Says how an office names itself in documents: phones fill it in from their next contact on.
    Letterhead(LetterheadOptions),
    /// Where notices are handed to, besides the inboxes: webhooks, gateways, mail, Web Push.
    Connectors {
        /// What to do.
        #[command(subcommand)]
        action: ConnectorsAction,
    },
    /// Says which entries of a device never came while later ones are here and wait; gives them up for ever, when the
    /// words that it asks for are given. Only for a phone that has lost them.
    GiveUpGap {
        /// The device's id, as the list shows it.
        device: DeviceId,
        /// The words that it asks for.
        #[arg(long, value_name = "WORDS")]
        confirm: Option<String>,
    },
}

/// Whether the untouched bytes of photos are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OriginalsRule {
    /// Their hashes alone.
    Hashed,
    /// Their bytes as well, where there is room.
    Kept,
}

/// How an office names itself in documents.
#[derive(Debug, Args)]
pub struct LetterheadOptions {
    /// The office's region: 0, 2, 4, 6, 9 or 12 digits.
    #[arg(long)]
    pub region: DivisionCode,
    /// By which law it acts.
    #[arg(long, value_enum)]
    pub law: OfficeLaw,
    /// Its name 机关名称, such as 某县民政局.
    #[arg(long)]
    pub name: String,
    /// Its mark 机关代字, the beginning of every number.
    #[arg(long)]
    pub mark: String,
    /// To whom one may appeal 行政复议机关.
    #[arg(long)]
    pub review_body: String,
    /// Where one may sue 人民法院.
    #[arg(long)]
    pub court: String,
}

/// By which law an office acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OfficeLaw {
    /// 民政部门
    CivilAffairs,
    /// 应急管理部门
    EmergencyManagement,
    /// 其他行政机关
    Generic,
}

/// Which account.
#[derive(Debug, Args)]
pub struct AccountOptions {
    /// Its login name.
    pub login: String,
    /// Reads the password from standard input instead of making one up.
    #[arg(long)]
    pub password_stdin: bool,
}

/// What a new account is.
#[derive(Debug, Args)]
pub struct NewAccountOptions {
    /// Login name and password.
    #[command(flatten)]
    pub account: AccountOptions,
    /// What it is here to do.
    #[arg(long, value_enum)]
    pub role: RoleName,
    /// The person's name, as it stands in records.
    #[arg(long)]
    pub name: String,
    /// The organisation, such as 某县民政局.
    #[arg(long)]
    pub organisation: String,
    /// The region: 0, 2, 4, 6, 9 or 12 digits.
    #[arg(long)]
    pub region: DivisionCode,
    /// An inspector's certificate number 行政执法证号.
    #[arg(long, required_if_eq("role", "inspector"))]
    pub certificate: Option<String>,
    /// The last day on which the certificate is valid, such as 2028-12-31.
    #[arg(long, required_if_eq("role", "inspector"))]
    pub valid_until: Option<Date>,
    /// The institution of its people; of a firm, each that it looks after.
    #[arg(
        long,
        required_if_eq_any([("role", "institution"), ("role", "staff"), ("role", "maintenance")])
    )]
    pub facility: Vec<FacilityId>,
    /// The department, such as fire_rescue.
    #[arg(long, required_if_eq("role", "department"), value_parser = department)]
    pub department: Option<Department>,
}

/// What an account is here to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoleName {
    /// 检查人员
    Inspector,
    /// 监管人员
    Supervisor,
    /// 管理员
    Administrator,
    /// 奖励专员
    RewardOfficer,
    /// 机构人员
    Institution,
    /// 维保单位人员
    Maintenance,
    /// 其他部门人员
    Department,
    /// 机构员工、住养人员
    Staff,
}

/// A department by the name under which it travels.
fn department(name: &str) -> Result<Department, String> {
    let known = Department::ALL
        .map(|it| serde_json::to_value(it).map(|it| it.as_str().unwrap_or_default().to_owned()));
    let known: Vec<String> = known.into_iter().filter_map(Result::ok).collect();
    let at = known.iter().position(|it| it == name);
    at.and_then(|at| Department::ALL.get(at).copied()).ok_or_else(|| format!("one of {}", known.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent_and_an_inspector_needs_a_certificate() {
        CommandLine::command().debug_assert();
        let parse = |text: &str| CommandLine::try_parse_from(text.split(' '));
        let account = "xunan admin create-account li --name 李 --organisation 局 --region 999901 --role";
        assert!(parse(&format!("{account} supervisor")).is_ok());
        assert!(parse(&format!("{account} inspector")).is_err());
        assert!(parse(&format!("{account} inspector --certificate 1 --valid-until 2028-12-31")).is_ok());
        assert!(parse(&format!("{account} department --department fire_rescue")).is_ok());
        for lacking in ["department", "department --department fire", "staff", "maintenance", "institution"] {
            assert!(parse(&format!("{account} {lacking}")).is_err(), "{lacking}");
        }
        let facility = "--facility 01HZZZZZZZZZZZZZZZZZZZZZZZ";
        assert!(parse(&format!("{account} maintenance {facility} {facility}")).is_ok());
        assert!(parse(&format!("{account} staff {facility}")).is_ok());
        let roots = "--send-roots-to https://a.example --send-roots-to http://b.example/x";
        assert!(parse(&format!("xunan serve {roots} --time-stamp-roots-at http://tsa.example")).is_ok());
        assert!(parse("xunan serve --send-roots-to a.example").is_err());
        assert!(parse("xunan serve --demo --listen 127.0.0.1:0 --data ./data --secure-cookies").is_ok());
    }
}
