-- Articles of safety knowledge 安全知识. Like rows they are a fold of entries, and are made again from them.
CREATE TABLE articles (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,    -- rises with each step: the order of every list
    id        TEXT NOT NULL UNIQUE,
    is_public INTEGER NOT NULL,
    words     TEXT NOT NULL,                        -- what is searched, in lower case
    article   TEXT NOT NULL                         -- JSON of core's Article
) STRICT;

-- What each version says; an article itself has the words of its last one alone.
CREATE TABLE article_versions (
    article TEXT NOT NULL,
    version INTEGER NOT NULL,
    content TEXT NOT NULL,                          -- JSON of core's Content
    PRIMARY KEY (article, version)
) STRICT, WITHOUT ROWID;

-- The articles of each office, under every division around it.
CREATE TABLE article_places (
    division TEXT NOT NULL,
    number   INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    PRIMARY KEY (division, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_places_by_number ON article_places (number);

-- Every public article under each combination of what a list may be narrowed down to; '' stands for all.
CREATE TABLE article_lists (
    section       TEXT NOT NULL,
    facility_type TEXT NOT NULL,
    number        INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    PRIMARY KEY (section, facility_type, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_lists_by_number ON article_lists (number);

-- Which public articles have which characters and pairs of neighbouring ones (server/src/ledger_store/sqlite/grams.rs), and what
-- a search may be narrowed down to.
CREATE VIRTUAL TABLE article_grams USING fts5(
    grams, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
