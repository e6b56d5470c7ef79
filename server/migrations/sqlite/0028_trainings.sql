-- Staff training on record 员工培训记录. Like rows it is a fold of entries, and is made again from them.
CREATE TABLE trainings (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,     -- in the order in which they came
    id       TEXT NOT NULL UNIQUE,
    person   TEXT NOT NULL,
    training TEXT NOT NULL                          -- JSON of core's Training
) STRICT;
CREATE INDEX trainings_by_person ON trainings (person, number);

-- The last attempt of each of an institution's people at each article.
CREATE TABLE trainings_last (
    facility TEXT NOT NULL,
    person   TEXT NOT NULL,
    article  TEXT NOT NULL,
    number   INTEGER NOT NULL REFERENCES trainings (number) ON DELETE CASCADE,
    PRIMARY KEY (facility, person, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX trainings_last_by_number ON trainings_last (number);

-- The institutions that have records, under every division around them.
CREATE TABLE training_places (
    division TEXT NOT NULL,
    facility TEXT NOT NULL,
    PRIMARY KEY (division, facility)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_places_by_facility ON training_places (facility);
