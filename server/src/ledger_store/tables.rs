//! What a backend must be able to do, table by table. All of it happens inside one transaction: the caller of
//! [`super::LedgerStore::write`] gets a `&dyn Tables`, and its work is kept as a whole or not at all.
//!
//! To add a backend, implement these traits and [`super::Connection`], and run `tests/ledger_store_contract.rs`
//! over it. To add a table, add a migration, a trait here, and a file of the same name in each backend.

use xunan_core::access::Account;
use xunan_core::clock::{Date, Instant};
use xunan_core::digest::Digest;
use xunan_core::evidence::{Came, RegionRules};
use xunan_core::facility::Facility;
use xunan_core::ids::{AccountId, DeviceId, EntryId, HazardId, VisitId};
use xunan_core::ledger::{Cursor, HazardCard, PhotoUse, Row, RowKey};
use xunan_core::letterhead::Letterhead;
use xunan_core::log::tree::Subtree;
use xunan_core::log::{ChainHead, PublicKey, SignedEntry, SignedRoot};
use xunan_core::region::DivisionCode;
use xunan_core::rules::PackRef;
use xunan_core::snap::Neighbourhood;
use xunan_core::sync::{KeptShadow, Place, ShadowName, StateCount, TimeStamping};

use super::StoreError;
use super::account_tables::AccountTables;
use super::audience::Audience;
use super::hazard_places::HazardsAsked;
use super::name_words::NameWords;
use crate::photo_store::ShadowFile;

/// What most operations answer.
pub type StoreResult<T> = Result<T, StoreError>;

/// Every table.
pub trait Tables:
    AccountTables
    + DeviceTables
    + EntryTables
    + PhotoTables
    + RowTables
    + ServerTables
    + TreeTables
    + RootTables
    + ShadowTables
    + HazardTables
    + super::NoticeTables
    + super::DeliveryTables
    + super::SnapTables
    + super::ArticleTables
    + super::TrainingTables
    + super::RewardTables
    + super::PayoutTables
    + super::PlazaTables
{
}
impl<T> Tables for T where
    T: AccountTables
        + DeviceTables
        + EntryTables
        + PhotoTables
        + RowTables
        + ServerTables
        + TreeTables
        + RootTables
        + ShadowTables
        + HazardTables
        + super::NoticeTables
        + super::DeliveryTables
        + super::SnapTables
        + super::ArticleTables
        + super::TrainingTables
        + super::RewardTables
        + super::PayoutTables
        + super::PlazaTables
{
}

/// Whether a device's signatures are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceState {
    /// They are.
    Enrolled,
    /// They are not any more.
    Revoked {
        /// Since when.
        at: Instant,
    },
}

/// A device.
#[derive(Clone, Debug)]
pub struct StoredDevice {
    /// Its id.
    pub id: DeviceId,
    /// A name for people.
    pub name: String,
    /// The public half of its key.
    pub public_key: PublicKey,
    /// Whether its signatures are accepted.
    pub state: DeviceState,
    /// When it was enrolled.
    pub enrolled: Instant,
}

/// Devices, and the accounts that each serves.
pub trait DeviceTables {
    /// By id.
    fn device(&self, id: DeviceId) -> StoreResult<Option<StoredDevice>>;
    /// All of them, newest first, with the logins that each serves.
    fn devices(&self) -> StoreResult<Vec<(StoredDevice, Vec<String>)>>;
    /// Adds one. Its id must be new.
    fn insert_device(&self, device: &StoredDevice) -> StoreResult<()>;
    /// Whether a device serves an account.
    fn device_serves(&self, device: DeviceId, account: AccountId) -> StoreResult<bool>;
    /// Lets a device serve an account, if it does not yet.
    fn bind_device(&self, device: DeviceId, account: AccountId, since: Instant) -> StoreResult<()>;
    /// Accepts its signatures no longer. What it has signed stays.
    fn revoke_device(&self, device: DeviceId, at: Instant) -> StoreResult<()>;
}

/// Whether an entry in the ledger takes effect; the reason is in its receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerEffect {
    /// It does.
    Taken,
    /// It does not.
    Quarantined,
}

/// An entry's place in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LedgerPlace {
    /// From 1, without gaps.
    pub position: u64,
    /// Whether it takes effect.
    pub effect: LedgerEffect,
}

/// How far an entry is, with its place in the ledger when it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryState {
    /// Entries before it are missing.
    Held,
    /// Only bytes of photos are missing.
    AwaitingPhotos(Place),
    /// In the ledger, with its receipt, a compact JWS.
    InLedger(LedgerPlace, String),
}

/// An entry of the ledger.
#[derive(Clone, Debug)]
pub struct LedgerEntry {
    /// The entry.
    pub signed: SignedEntry,
    /// Its place.
    pub place: LedgerPlace,
    /// Its receipt, a compact JWS.
    pub receipt: String,
}

/// Entries and the device chains that they make.
pub trait EntryTables {
    /// By id, parsed again from the bytes that were signed.
    fn entry(&self, id: EntryId) -> StoreResult<Option<(SignedEntry, EntryState)>>;
    /// By id, without its bytes: the hash and how far it is.
    fn entry_state(&self, id: EntryId) -> StoreResult<Option<(Digest, EntryState)>>;
    /// Adds an entry, with the digests that it names. Its id must be new.
    fn insert_entry(&self, entry: &SignedEntry, state: &EntryState, came: Came) -> StoreResult<()>;
    /// When an entry's text had come.
    fn entry_came(&self, id: EntryId) -> StoreResult<Option<Came>>;
    /// Changes how far an entry is.
    fn set_entry_state(&self, id: EntryId, state: &EntryState) -> StoreResult<()>;
    /// By hash, among the entries of a device: how far it is.
    fn state_of_hash(&self, device: DeviceId, hash: &Digest) -> StoreResult<Option<EntryState>>;
    /// Entries of a device that are held, lowest seq first.
    fn held(&self, device: DeviceId) -> StoreResult<Vec<SignedEntry>>;
    /// Entries that await a photo. Oldest id first.
    fn awaiting(&self, photo: &Digest) -> StoreResult<Vec<(SignedEntry, Place)>>;
    /// Where the gapless part of a device's chain ends.
    fn chain_head(&self, device: DeviceId) -> StoreResult<ChainHead>;
    /// Moves that end.
    fn set_chain_head(&self, device: DeviceId, head: ChainHead) -> StoreResult<()>;
    /// The last position of the ledger; 0 when it is empty.
    fn last_position(&self) -> StoreResult<u64>;
    /// The entries of the ledger behind a position, in its order, at most `limit`.
    fn ledger_entries_after(&self, position: u64, limit: usize) -> StoreResult<Vec<LedgerEntry>>;
}

/// A photo whose bytes are in the photo store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredPhoto {
    /// Its hash, and its name.
    pub digest: Digest,
    /// In bytes.
    pub size_bytes: u64,
    /// Who uploaded it first.
    pub uploader: AccountId,
}

/// Photos, and which entries name them.
pub trait PhotoTables {
    /// A photo that is here.
    fn photo(&self, digest: &Digest) -> StoreResult<Option<StoredPhoto>>;
    /// Notes that a photo is here, if that is not known yet.
    fn insert_photo(&self, photo: &StoredPhoto, arrived: Instant) -> StoreResult<()>;
    /// Forgets a photo.
    fn delete_photo(&self, digest: &Digest) -> StoreResult<()>;
    /// The entries that name a digest, oldest id first.
    fn entries_naming(&self, digest: &Digest) -> StoreResult<Vec<EntryId>>;
    /// Notes where a photo is used, if that is not known yet.
    fn insert_photo_use(&self, used: &PhotoUse) -> StoreResult<()>;
    /// For each of `photos` the other uses of the same file, and of pictures that look like it: nearest first, at most
    /// `limit` of each.
    fn photo_uses_like(&self, photos: &[PhotoUse], limit: usize) -> StoreResult<Vec<Vec<PhotoUse>>>;
    /// Photos that arrived before `before` and that no entry names: at most 100 at a time.
    fn unclaimed_photos(&self, before: Instant) -> StoreResult<Vec<Digest>>;
}

/// A row as it is stored.
#[derive(Clone, Debug)]
pub struct StoredRow {
    /// The number of its change.
    pub change: Cursor,
    /// The row.
    pub row: Row,
    /// Whether it is what the thing looks like now.
    pub standing: RowStanding,
}

/// Whether a row is what the thing looks like now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowStanding {
    /// It is.
    Current,
    /// It is what those saw who may not see the newer one.
    Former,
}

/// The rows that people see.
pub trait RowTables {
    /// The current row of a thing.
    fn row(&self, key: &RowKey) -> StoreResult<Option<Row>>;
    /// Replaces the current row of a thing, under a new change number. [`Row::Gone`] takes it away.
    fn put_row(&self, row: &Row) -> StoreResult<()>;
    /// Institutions whose names have all of these words, however they are spelt in ASCII letters, by their names, at most `limit`.
    fn facilities_named(&self, words: &NameWords, limit: usize) -> StoreResult<Vec<Facility>>;
    /// Institutions in a neighbourhood, as far as their position is told to everybody, from the south on, at most `limit`.
    fn facilities_in(&self, around: Neighbourhood, limit: usize) -> StoreResult<Vec<Facility>>;
    /// Takes away all rows that entries made; those of accounts and packs stay.
    fn delete_rows_of_entries(&self) -> StoreResult<()>;
    /// The form in which rows are stored ([`xunan_core::ledger::ROWS_FORM`]).
    fn rows_form(&self) -> StoreResult<u32>;
    /// Notes the form in which rows are stored from now on.
    fn set_rows_form(&self, form: u32) -> StoreResult<()>;
    /// The current rows of open plans that an account carries out, and of hazards not at their end whose assignment names
    /// this person.
    fn rows_that_wait_for(&self, account: &Account) -> StoreResult<Vec<Row>>;
    /// The rows for any of `audiences` that changed after `after`, oldest change first, at most `limit`.
    fn rows_after(&self, audiences: &[Audience], after: Cursor, limit: usize) -> StoreResult<Vec<StoredRow>>;
}

/// Lists of hazards. They follow the rows: [`RowTables::put_row`] writes them.
pub trait HazardTables {
    /// The hazards that are asked for, in the order that is asked for.
    fn hazards(&self, asked: &HazardsAsked) -> StoreResult<Vec<HazardCard>>;
    /// One hazard as it is now.
    fn hazard(&self, id: HazardId) -> StoreResult<Option<HazardCard>>;
    /// How many there are in each state of all states in the lists that are asked for, whatever else is asked.
    fn hazard_counts(&self, asked: &HazardsAsked) -> StoreResult<Vec<StateCount>>;
}

/// A rule pack without its bytes.
#[derive(Clone, Debug)]
pub struct StoredPack {
    /// Id, edition and hash.
    pub reference: PackRef,
    /// The first day on which it may be used.
    pub valid_from: Date,
}

/// A key pair that signs receipts.
pub struct StoredKey {
    /// Its name in receipts: the thumbprint of RFC 7638.
    pub kid: String,
    /// Both halves, PKCS#8.
    pub pkcs8: Vec<u8>,
}

/// What belongs to the server itself: rule packs and receipt keys.
pub trait ServerTables {
    /// All packs, by the day from which they are in force.
    fn packs(&self) -> StoreResult<Vec<StoredPack>>;
    /// The exact bytes of a pack.
    fn pack_bytes(&self, hash: &Digest) -> StoreResult<Option<Vec<u8>>>;
    /// Adds a pack, if it is not there yet.
    fn insert_pack(&self, pack: &StoredPack, bytes: &[u8]) -> StoreResult<()>;
    /// What a division itself decides; `None` when it leaves that to those above it.
    fn region_rules(&self, division: &DivisionCode) -> StoreResult<Option<RegionRules>>;
    /// Replaces what a division decides.
    fn set_region_rules(&self, division: &DivisionCode, rules: RegionRules) -> StoreResult<()>;
    /// How the office of a division names itself in documents.
    fn letterhead(&self, division: &DivisionCode) -> StoreResult<Option<Letterhead>>;
    /// Replaces how an office names itself.
    fn set_letterhead(&self, letterhead: &Letterhead) -> StoreResult<()>;
    /// All receipt keys, newest first.
    fn server_keys(&self) -> StoreResult<Vec<StoredKey>>;
    /// Adds a receipt key.
    fn insert_server_key(&self, key: &StoredKey, created: Instant) -> StoreResult<()>;
}

/// The tree of the transparency log, and the receipts that are its leaves.
pub trait TreeTables {
    /// How many leaves it has: as many first receipts of the ledger are in it.
    fn tree_size(&self) -> StoreResult<u64>;
    /// The hash of a complete subtree, which must be there.
    fn subtree(&self, subtree: Subtree) -> StoreResult<Digest>;
    /// Keeps the hash of a subtree that became complete. It must be new.
    fn insert_subtree(&self, subtree: Subtree, hash: &Digest) -> StoreResult<()>;
    /// The receipts behind a position of the ledger, in order and without gaps, at most `limit`.
    fn receipts_after(&self, position: u64, limit: usize) -> StoreResult<Vec<String>>;
}

/// The root of a day.
#[derive(Clone, Debug)]
pub struct StoredRoot {
    /// The day, in China.
    pub date: Date,
    /// The first root that was signed on it.
    pub root: SignedRoot,
    /// Whether a time-stamping authority has stamped it.
    pub time_stamp: TimeStamping,
}

/// The roots of the transparency log that are kept: one for each day.
pub trait RootTables {
    /// The root of a day.
    fn daily_root(&self, date: Date) -> StoreResult<Option<StoredRoot>>;
    /// The roots of the days behind `after`, oldest first, at most `limit`.
    fn daily_roots_after(&self, after: Option<Date>, limit: usize) -> StoreResult<Vec<StoredRoot>>;
    /// Keeps the root of a day that has none.
    fn insert_daily_root(&self, date: Date, root: &SignedRoot) -> StoreResult<()>;
    /// Roots of `since` and later that an address, known by its hash, was not sent. Oldest first, at most `limit`.
    fn undelivered_roots(&self, address: &Digest, since: Date, limit: usize) -> StoreResult<Vec<StoredRoot>>;
    /// Notes that an address was sent the root of a day.
    fn insert_delivery(&self, address: &Digest, date: Date, delivered: Instant) -> StoreResult<()>;
    /// Roots of `since` and later that have no time-stamp. Oldest first, at most `limit`.
    fn unstamped_roots(&self, since: Date, limit: usize) -> StoreResult<Vec<StoredRoot>>;
    /// The time-stamp of a day's root: a `TimeStampResp` (RFC 3161).
    fn time_stamp(&self, date: Date) -> StoreResult<Option<Vec<u8>>>;
    /// Keeps the time-stamp of a day's root.
    fn set_time_stamp(&self, date: Date, response: &[u8]) -> StoreResult<()>;
}

/// An encrypted copy of a part of a draft. Its bytes are in a file of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredShadow {
    /// Whose.
    pub account: AccountId,
    /// What those who ask for it are told of it.
    pub kept: KeptShadow,
    /// The file with its bytes.
    pub file: ShadowFile,
}

/// Encrypted copies of drafts.
pub trait ShadowTables {
    /// One copy.
    fn shadow(
        &self,
        account: AccountId,
        visit: VisitId,
        name: &ShadowName,
    ) -> StoreResult<Option<StoredShadow>>;
    /// All copies of an account, by visit and name.
    fn shadows_of(&self, account: AccountId) -> StoreResult<Vec<StoredShadow>>;
    /// Keeps a copy, in the place of an older one of the same name.
    fn put_shadow(&self, shadow: &StoredShadow) -> StoreResult<()>;
    /// Forgets one copy.
    fn delete_shadow(&self, account: AccountId, visit: VisitId, name: &ShadowName) -> StoreResult<()>;
    /// Copies of visits that are on record, or of which nothing has come since `before`: at most 1000 at a time.
    fn idle_shadows(&self, before: Instant) -> StoreResult<Vec<StoredShadow>>;
    /// Whether any copy has its bytes in this file.
    fn shadow_file_use(&self, file: ShadowFile) -> StoreResult<FileUse>;
}

/// Whether a file of the folder of copies is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileUse {
    /// A copy has its bytes there.
    Used,
    /// A crash, or a replacement, has left it behind.
    Orphaned,
}
