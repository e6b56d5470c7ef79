-- Every hazard, open or not, under each name by which somebody may ask for it: d:<division above it>, f:<institution>,
-- m:<institution, for its maintenance firm>, u:<unit>:<division above it>. A list is a walk along one of three orders, from
-- where the last page ended; what it shows is read from `rows`.
CREATE TABLE hazard_places (
    place    TEXT NOT NULL,
    state    TEXT NOT NULL,                     -- core's HazardState
    due      TEXT NOT NULL,                     -- the day, 2026-12-01
    hazard   TEXT NOT NULL,
    grade    INTEGER NOT NULL,                  -- 0 major, 1 general, 2 advice
    found    INTEGER NOT NULL,                  -- milliseconds
    turn     TEXT NOT NULL,                     -- core's Turn
    listed   INTEGER NOT NULL,                  -- 1 while it is listed for supervision
    facility TEXT NOT NULL,
    division TEXT NOT NULL,
    units    TEXT NOT NULL,                     -- ;party.head;department.fire_rescue;
    PRIMARY KEY (place, state, due, hazard)
) STRICT, WITHOUT ROWID;
CREATE INDEX hazard_places_by_found ON hazard_places (place, state, found, hazard);
CREATE INDEX hazard_places_by_grade ON hazard_places (place, state, grade, due, hazard);

-- What is searched for words, in lower case.
CREATE TABLE hazard_words (
    hazard TEXT PRIMARY KEY,
    words  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE hazard_counts (
    place   TEXT NOT NULL,
    state   TEXT NOT NULL,
    hazards INTEGER NOT NULL,
    PRIMARY KEY (place, state)
) STRICT, WITHOUT ROWID;
