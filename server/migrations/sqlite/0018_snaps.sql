-- Citizens' reports 随手拍. Cards are a fold of entries, as rows are, and are made again from them; the other tables are not.
CREATE TABLE snaps (
    id   TEXT PRIMARY KEY,
    card TEXT NOT NULL                          -- JSON of core's SnapCard
) STRICT, WITHOUT ROWID;

-- The lists of the offices: a report is in those of its division and of all above it.
CREATE TABLE snap_places (
    division TEXT NOT NULL,
    is_open  INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    since    INTEGER NOT NULL,                  -- since when it stands as it does
    snap     TEXT NOT NULL REFERENCES snaps (id) ON DELETE CASCADE,
    PRIMARY KEY (division, is_open, since, snap)
) STRICT, WITHOUT ROWID;
CREATE INDEX snap_places_by_snap ON snap_places (snap);

-- By what reporters ask after their reports. Only keyed hashes of both, and the key is a file: a copy of this table opens
-- nothing.
CREATE TABLE snap_follows (
    secret_hash BLOB PRIMARY KEY,
    code_hash   BLOB NOT NULL UNIQUE,
    snap        TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- Name and telephone number of those who gave them, each encrypted with a key of its own, which is a file. Forgetting one
-- removes the file first: copies of this table are then noise as well.
CREATE TABLE snap_contacts (
    snap   TEXT PRIMARY KEY,
    sealed BLOB NOT NULL                        -- nonce, AES-256-GCM of JSON
) STRICT, WITHOUT ROWID;
