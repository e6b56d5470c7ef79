-- Encrypted copies of drafts, which only the phones of their account can read. Their bytes are files: shadows/<file>.
CREATE TABLE shadows (
    account TEXT NOT NULL REFERENCES accounts (id),
    visit   TEXT NOT NULL,
    name    TEXT NOT NULL,
    digest  BLOB NOT NULL,                      -- SHA-256 of the encrypted bytes
    size    INTEGER NOT NULL,
    file    TEXT NOT NULL UNIQUE,               -- 32 hexadecimal digits, chosen at random
    changed INTEGER NOT NULL,
    PRIMARY KEY (account, visit, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX shadows_by_visit ON shadows (visit, changed);
