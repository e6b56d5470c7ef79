-- Citizens' reports 随手拍. Cards are a fold of entries, as rows are, and are made again from them; the other tables are not.
CREATE TABLE snaps (
    id   TEXT PRIMARY KEY,
    card TEXT NOT NULL                          -- JSON of core's SnapCard
) STRICT, WITHOUT ROWID;

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
