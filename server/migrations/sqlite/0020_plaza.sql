-- What is public of citizens' reports 上报广场. All that everybody reads comes from these tables, which hold nothing else; like
-- rows they are a fold of entries, and are made again from them. No report is public before this version.
CREATE TABLE plaza (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,  -- rises with each publication: the order of every list
    snap        TEXT NOT NULL UNIQUE,
    publication TEXT NOT NULL,                  -- its entry
    case_number TEXT NOT NULL,                  -- 20261129-8RM0XK
    words       TEXT NOT NULL,                  -- what is searched, in lower case
    card        TEXT NOT NULL                   -- JSON of core's PublicCard
) STRICT;
CREATE INDEX plaza_by_case ON plaza (case_number);

-- Every case under each combination of what a list may be narrowed down to; '' stands for all. A list is a walk along one of
-- them, and meets nothing that it does not show.
CREATE TABLE plaza_lists (
    category TEXT NOT NULL,
    progress TEXT NOT NULL,                     -- open, answered
    division TEXT NOT NULL,
    number   INTEGER NOT NULL REFERENCES plaza (number) ON DELETE CASCADE,
    PRIMARY KEY (category, progress, division, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX plaza_lists_by_number ON plaza_lists (number);

-- Which cases have which characters and pairs of neighbouring ones (server/src/ledger_store/sqlite/grams.rs), and what a
-- search may be narrowed down to.
CREATE VIRTUAL TABLE plaza_grams USING fts5(
    grams, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

-- How many cases a township has, and how its office spells it.
CREATE TABLE plaza_places (
    division  TEXT PRIMARY KEY,
    place     TEXT NOT NULL,
    published INTEGER NOT NULL,
    answered  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who met it too 我也遇到了: keyed hashes of a random cookie and the case together, so that two marks of one browser have
-- nothing in common. No fold: these stay when cards are made again.
CREATE TABLE me_toos (
    snap   TEXT NOT NULL,
    device BLOB NOT NULL,
    PRIMARY KEY (snap, device)
) STRICT, WITHOUT ROWID;
CREATE TABLE me_too_counts (
    snap    TEXT PRIMARY KEY,
    devices INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
