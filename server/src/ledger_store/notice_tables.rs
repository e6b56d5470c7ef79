//! Notices, inboxes, and what is handed to other programs: what a backend must be able to do with them.

use xunan_core::access::Account;
use xunan_core::clock::{Date, Instant};
use xunan_core::hazard::StepKind;
use xunan_core::ids::{AccountId, Entropy, FacilityId, HazardId, SnapId};
use xunan_core::ledger::{HazardCard, PlanCard, RowKey, RowKind};
use xunan_core::notice::{About, InboxItem, Notice, NoticeId, PushSubscription, ReadReceipt, Sender, What};
use xunan_core::region::DivisionCode;
use xunan_core::rules::Grade;

use super::StoreResult;
use crate::connectors::Setting;

/// What a notice is about: whoever may not see it any more is not told of it either.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Matter {
    /// A row of the ledger.
    Row(RowKey),
    /// A citizen's report, which is no row.
    Snap(SnapId),
}

/// A notice with what only the server knows of it.
#[derive(Clone, Debug)]
pub struct StoredNotice {
    /// The notice.
    pub notice: Notice,
    /// What it is about.
    pub about: Matter,
    /// Who caused it.
    pub sender: Sender,
    /// When it was made.
    pub made: Instant,
}

impl StoredNotice {
    /// One with made-up names, for trying an endpoint out.
    pub(crate) fn made_up(division: &DivisionCode, now: Instant) -> Self {
        let hazard = HazardId::from_parts(now, Entropy(0));
        let about = About::Hazard {
            hazard,
            facility: FacilityId::from_parts(now, Entropy(0)),
            facility_name: "测试机构（虚构）".to_owned(),
            title: "测试通知，无需处理".to_owned(),
            grade: Grade::Advice,
        };
        let what = What::Step { did: StepKind::Remarked, date: None };
        let notice = Notice::new(what, about, division, "test");
        let about = Matter::Row(RowKey { kind: RowKind::Hazard, id: hazard.to_string() });
        Self { notice, about, sender: Sender::Office(division.clone()), made: now }
    }
}

/// Whether something was new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Novelty {
    /// It was, and is kept now.
    New,
    /// It was there already.
    Known,
}

/// Notices and inboxes.
pub trait NoticeTables {
    /// Accounts, active ones, that a notice may be meant for: those whose region holds the division, those of the
    /// institution that it is about and of its firms, and those named.
    fn accounts_near(
        &self,
        division: &DivisionCode,
        facility: Option<FacilityId>,
        named: &[AccountId],
    ) -> StoreResult<Vec<Account>>;
    /// Keeps a notice.
    fn insert_notice(&self, notice: &StoredNotice) -> StoreResult<Novelty>;
    /// By id.
    fn notice(&self, id: NoticeId) -> StoreResult<Option<StoredNotice>>;
    /// Puts a notice into an inbox, if it is not there yet.
    fn insert_into_inbox(&self, account: AccountId, notice: NoticeId) -> StoreResult<Novelty>;
    /// An account's notices before a place, newest first, at most `limit`, with what they are about.
    fn inbox(
        &self,
        account: AccountId,
        before: Option<u64>,
        limit: usize,
    ) -> StoreResult<Vec<(InboxItem, Matter)>>;
    /// What an account's unread notices are about, at most `limit`.
    fn unread(&self, account: AccountId, limit: usize) -> StoreResult<Vec<Matter>>;
    /// Notes that an account has read a notice of its inbox, if it has not before.
    fn set_read(&self, account: AccountId, notice: NoticeId, at: Instant) -> StoreResult<()>;
    /// Who got a notice, and whether it was read.
    fn receipts_of(&self, notice: NoticeId) -> StoreResult<Vec<ReadReceipt>>;
    /// Hazards that are on the open list, behind `after` in the order of their ids, at most `limit`.
    fn open_hazards_after(&self, after: &str, limit: usize) -> StoreResult<Vec<HazardCard>>;
    /// Plans that are open, behind `after` in the order of their ids, at most `limit`.
    fn open_plans_after(&self, after: &str, limit: usize) -> StoreResult<Vec<PlanCard>>;
    /// Whether a day's deadlines were gone through.
    fn is_reminded(&self, day: Date) -> StoreResult<Novelty>;
    /// Notes that they were.
    fn set_reminded(&self, day: Date) -> StoreResult<()>;
}

/// Whether an endpoint is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointState {
    /// It is.
    On,
    /// It is kept, with its log, and gets nothing.
    Off,
}

/// Somewhere to hand notices to.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Its number.
    pub id: i64,
    /// What the operator calls it.
    pub name: String,
    /// Notices of this division and those inside it go there.
    pub region: DivisionCode,
    /// How to get there.
    pub setting: Setting,
    /// Whether it is used.
    pub state: EndpointState,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// It is tried again at `due`.
    Waiting,
    /// It was taken.
    Delivered,
    /// Nobody took it in time; it can be replayed.
    GivenUp,
}

/// One notice for one endpoint.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Its number.
    pub id: i64,
    /// Where to.
    pub endpoint: i64,
    /// What.
    pub notice: StoredNotice,
    /// For whom, where the endpoint reaches people.
    pub account: Option<AccountId>,
    /// Where it stands.
    pub state: DeliveryState,
    /// Failures in a row.
    pub failures: u32,
    /// When it was made, or replayed.
    pub since: Instant,
    /// The next attempt.
    pub due: Instant,
}

/// One line of the log of deliveries.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// When.
    pub at: Instant,
    /// What came of it, in words.
    pub outcome: String,
}

/// A way to reach a person outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// E-mail.
    Mail,
    /// A telephone number for short messages.
    Phone,
    /// An id of WeChat (openid, or a user id of WeCom).
    Wechat,
}

/// Endpoints, deliveries and their log, and where people are reached.
pub trait DeliveryTables {
    /// All endpoints, by number.
    fn endpoints(&self) -> StoreResult<Vec<Endpoint>>;
    /// Adds one; answers its number. Its name must be new.
    fn insert_endpoint(
        &self,
        name: &str,
        region: &DivisionCode,
        setting: &Setting,
        created: Instant,
    ) -> StoreResult<i64>;
    /// Switches one on or off.
    fn set_endpoint_state(&self, id: i64, state: EndpointState) -> StoreResult<()>;
    /// Removes one, with its deliveries and their log.
    fn delete_endpoint(&self, id: i64) -> StoreResult<()>;
    /// Has a notice delivered, once.
    fn insert_delivery_of(
        &self,
        endpoint: i64,
        notice: NoticeId,
        account: Option<AccountId>,
        now: Instant,
    ) -> StoreResult<()>;
    /// Deliveries of an endpoint that are due, oldest first, at most `limit`.
    fn due_deliveries(&self, endpoint: i64, now: Instant, limit: usize) -> StoreResult<Vec<Delivery>>;
    /// The newest deliveries of an endpoint, newest first, at most `limit`, each with its log.
    fn newest_deliveries(&self, endpoint: i64, limit: usize) -> StoreResult<Vec<(Delivery, Vec<Attempt>)>>;
    /// Notes an attempt, and where the delivery stands after it.
    fn note_attempt(
        &self,
        delivery: i64,
        attempt: &Attempt,
        state: DeliveryState,
        failures: u32,
        due: Instant,
    ) -> StoreResult<()>;
    /// Has a delivery made again; answers whether there is one.
    fn replay(&self, delivery: i64, now: Instant) -> StoreResult<Option<()>>;
    /// Where an account is reached.
    fn contact(&self, account: AccountId, kind: ContactKind) -> StoreResult<Option<String>>;
    /// Sets or forgets where an account is reached.
    fn set_contact(&self, account: AccountId, kind: ContactKind, address: Option<&str>) -> StoreResult<()>;
    /// The browsers of an account that asked for Web Push, at most 20, the newest first.
    fn push_subscriptions(&self, account: AccountId) -> StoreResult<Vec<PushSubscription>>;
    /// Keeps a browser's subscription for an account, in the place of an older one of the same address.
    fn put_push_subscription(
        &self,
        account: AccountId,
        subscription: &PushSubscription,
        since: Instant,
    ) -> StoreResult<()>;
    /// Forgets one by its address: of this account, or, when the push service says that it is gone, of whomever.
    fn delete_push_subscription(&self, endpoint: &str, account: Option<AccountId>) -> StoreResult<()>;
}
