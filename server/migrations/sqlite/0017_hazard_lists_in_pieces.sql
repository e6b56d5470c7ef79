-- The lists of 0009, each cut into pieces by all that lists are narrowed down to: core's HazardState, Turn, Grade, and
-- whether a hazard is listed for supervision, as in found/supervisor/major/unlisted. A list is a walk along a few pieces, and
-- meets nothing that it does not show. The rows are made again at the next start, which fills the lists.
DROP TABLE hazard_places;
DROP TABLE hazard_words;
DROP TABLE hazard_counts;

-- Every hazard, open or not, under each name by which somebody may ask for it: d:<division above it>, f:<institution>,
-- u:<unit>:<division above it>, i:<unit>:<institution>.
CREATE TABLE hazard_places (
    place    TEXT NOT NULL,
    piece    TEXT NOT NULL,
    due      TEXT NOT NULL,                     -- the day, 2026-12-01
    hazard   TEXT NOT NULL,
    found    INTEGER NOT NULL,                  -- milliseconds
    division TEXT NOT NULL,
    units    TEXT NOT NULL,                     -- ;party.head;department.fire_rescue;
    PRIMARY KEY (place, piece, due, hazard)
) STRICT, WITHOUT ROWID;
CREATE INDEX hazard_places_by_found ON hazard_places (place, piece, found, hazard);

CREATE TABLE hazard_counts (
    place   TEXT NOT NULL,
    piece   TEXT NOT NULL,
    hazards INTEGER NOT NULL,
    PRIMARY KEY (place, piece)
) STRICT, WITHOUT ROWID;

-- What is searched for words, in lower case, and where the hazard stands in its lists.
CREATE TABLE hazard_words (
    number INTEGER PRIMARY KEY,
    hazard TEXT NOT NULL UNIQUE,
    piece  TEXT NOT NULL,
    due    TEXT NOT NULL,
    words  TEXT NOT NULL
) STRICT;

-- Which hazards have which characters and pairs of neighbouring characters in their words, and which divisions are above
-- them (server/src/ledger_store/sqlite/hazard_words.rs): Chinese has no spaces to cut words at.
CREATE VIRTUAL TABLE hazard_grams USING fts5(
    grams, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

UPDATE rows_form SET form = 0;
