//! What is stored where, and how a database of any older version becomes today's.
//!
//! A step is never edited once it has been released: phones that are weeks old run the steps that they lack, in
//! order, inside one transaction of the browser. A step that fails leaves the database at the version before.

use indexed_db_futures::Build as _;
use indexed_db_futures::database::Database;

/// The tables of the two databases. Values are JSON texts unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    /// `[visit, part key]` → one [`Part`](xunan_core::visit::Part) of a draft.
    Parts,
    /// `visit` → [`DraftCard`](super::DraftCard).
    Drafts,
    /// `photo` → the stored JPEG, a `Blob`.
    Photos,
    /// `photo` → its small picture, a `Blob`.
    Thumbnails,
    /// `[draft key, photo]` → [`Shot`](super::Shot): the shutter was pressed, and no photo counts for it yet.
    Shots,
    /// `[draft key, photo]` → the bytes of that shot as they came, a `Blob`.
    Frames,
    /// `[draft key, "form" or photo]` → a part of a [`WorkDraft`](super::WorkDraft).
    Works,
    /// `["photo", hash]` → the stored JPEG of a photo that was fetched to be looked at offline, a `Blob`.
    Pictures,
    /// `entry` → the compact JWS, exactly as signed.
    Entries,
    /// `entry` → [`Queued`](super::Queued).
    Outbox,
    /// `[kind, id]` → a [`Row`](xunan_core::ledger::Row) as pulled.
    Rows,
    /// `[entry, kind, id]` → a row as this phone's own entry changes it, until the server's rows say so.
    OwnRows,
    /// `hash` → a rule pack's exact text.
    Packs,
    /// A fact's name → the fact: the chain's head, the cursor, the device, the server's keys.
    Facts,
    /// The keys, `CryptoKey`s that cannot be exported: the signing key, and those of the copies of drafts.
    Keys,
    /// `visit` → [`Remembered`](super::copies::Remembered): what is known of the copies of a draft.
    Copies,
    /// A `Blob` that holds room for text when the disk is full.
    Reserve,
    /// The phone's own database: looks, and who uses it.
    Phone,
}

impl Table {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Parts => "parts",
            Self::Drafts => "drafts",
            Self::Photos => "photos",
            Self::Thumbnails => "thumbnails",
            Self::Shots => "shots",
            Self::Frames => "frames",
            Self::Works => "works",
            Self::Pictures => "pictures",
            Self::Entries => "entries",
            Self::Outbox => "outbox",
            Self::Rows => "rows",
            Self::OwnRows => "own_rows",
            Self::Packs => "packs",
            Self::Facts => "facts",
            Self::Keys => "keys",
            Self::Copies => "copies",
            Self::Reserve => "reserve",
            Self::Phone => "phone",
        }
    }
}

/// One step from a version to the next.
pub(super) type Step = fn(&Database) -> indexed_db_futures::Result<()>;

/// The steps of an account's database: the version is their number.
pub(super) const ACCOUNT_STEPS: &[Step] = &[
    |database| {
        make(
            database,
            &[
                Table::Parts,
                Table::Drafts,
                Table::Photos,
                Table::Thumbnails,
                Table::Entries,
                Table::Outbox,
                Table::Rows,
                Table::OwnRows,
                Table::Packs,
                Table::Facts,
                Table::Keys,
                Table::Reserve,
            ],
        )
    },
    |database| make(database, &[Table::Shots, Table::Frames]),
    |database| make(database, &[Table::Works, Table::Pictures]),
    |database| make(database, &[Table::Copies]),
];

/// The steps of the phone's database.
pub(super) const PHONE_STEPS: &[Step] = &[|database| make(database, &[Table::Phone])];

fn make(database: &Database, tables: &[Table]) -> indexed_db_futures::Result<()> {
    tables.iter().try_for_each(|table| database.create_object_store(table.name()).build().map(drop))
}
