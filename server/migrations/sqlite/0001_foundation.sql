-- The first schema: accounts and their devices, the ledger, its photos, and the rows that people see.
--
-- Ids are ULIDs as text, digests 32 bytes, times milliseconds since 1970 (UTC).

CREATE TABLE accounts (
    id            TEXT PRIMARY KEY,
    login         TEXT NOT NULL UNIQUE,
    account       TEXT NOT NULL,                -- JSON of core's Account: what rules need
    region        TEXT NOT NULL,                -- its division again, for lists by region
    password_hash TEXT NOT NULL,                -- argon2id, PHC string
    state         TEXT NOT NULL CHECK (state IN ('active', 'locked')),
    created       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY,                -- SHA-256 of the cookie: a copy of this table opens nothing
    account    TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    expires    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_account ON sessions (account);
CREATE INDEX sessions_by_expiry ON sessions (expires);

CREATE TABLE devices (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    public_key TEXT NOT NULL,                   -- JWK
    state      TEXT NOT NULL CHECK (state IN ('enrolled', 'revoked')),
    enrolled   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One device may serve several people: the second inspector signs in on the first one's phone.
CREATE TABLE device_accounts (
    device  TEXT NOT NULL REFERENCES devices (id),
    account TEXT NOT NULL REFERENCES accounts (id),
    since   INTEGER NOT NULL,
    PRIMARY KEY (device, account)
) STRICT, WITHOUT ROWID;

-- Every authentic entry, exactly as signed. Nothing here is ever deleted. Forks share a device and a seq.
CREATE TABLE entries (
    id       TEXT PRIMARY KEY,
    device   TEXT NOT NULL REFERENCES devices (id),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    hash     BLOB NOT NULL,
    actor    TEXT NOT NULL,
    compact  TEXT NOT NULL,
    arrived  INTEGER NOT NULL,
    -- held: entries before it are missing; awaiting_photos: only bytes of photos are; in_ledger: it has a position
    -- and a receipt and takes effect; quarantined: the same, but without effect, for the reason in its receipt.
    state    TEXT NOT NULL CHECK (state IN ('held', 'awaiting_photos', 'in_ledger', 'quarantined')),
    place    TEXT CHECK (place IN ('in_chain', 'fork')),
    position INTEGER UNIQUE,
    receipt  TEXT,                              -- compact JWS by the server
    CHECK ((position IS NULL) = (state IN ('held', 'awaiting_photos'))),
    CHECK ((place IS NOT NULL) = (state = 'awaiting_photos')),
    CHECK ((position IS NULL) = (receipt IS NULL))
) STRICT;
CREATE UNIQUE INDEX entries_by_hash ON entries (device, hash);
CREATE INDEX entries_held ON entries (device, seq) WHERE state = 'held';

-- Where the gapless part of each device's chain ends.
CREATE TABLE chain_heads (
    device TEXT PRIMARY KEY REFERENCES devices (id),
    seq    INTEGER NOT NULL,
    hash   BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The photos that each entry names.
CREATE TABLE entry_photos (
    digest BLOB NOT NULL,
    entry  TEXT NOT NULL REFERENCES entries (id),
    PRIMARY KEY (digest, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_photos_by_entry ON entry_photos (entry);

-- The photos whose bytes are in the photo store, under their digest.
CREATE TABLE photos (
    digest   BLOB PRIMARY KEY,
    size     INTEGER NOT NULL,
    uploader TEXT NOT NULL REFERENCES accounts (id),
    arrived  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX photos_by_arrival ON photos (arrived);

-- What people see: the newest row of each thing, numbered anew at each change. A former row is kept when its
-- audience changed, so that those who can see the thing no longer are told that it is gone.
CREATE TABLE rows (
    change   INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL,
    id       TEXT NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('current', 'former')),
    row      TEXT NOT NULL                      -- JSON of core's Row
) STRICT;
CREATE UNIQUE INDEX rows_current ON rows (kind, id) WHERE standing = 'current';

-- Who may see a row, as names that an account can ask for: a page of a pull is one range of this table per name.
CREATE TABLE row_audiences (
    audience TEXT NOT NULL,
    change   INTEGER NOT NULL REFERENCES rows (change) ON DELETE CASCADE,
    PRIMARY KEY (audience, change)
) STRICT, WITHOUT ROWID;
CREATE INDEX row_audiences_by_change ON row_audiences (change);

-- Rule packs, by the hash of their exact bytes.
CREATE TABLE packs (
    hash       BLOB PRIMARY KEY,
    reference  TEXT NOT NULL,                   -- JSON of core's PackRef
    valid_from TEXT NOT NULL,
    bytes      BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The keys that sign receipts; the newest signs, the others still verify.
CREATE TABLE server_keys (
    kid     TEXT PRIMARY KEY,
    pkcs8   BLOB NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
