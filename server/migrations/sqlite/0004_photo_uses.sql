-- Where each photo is used, and what is needed to recognise it: read as a whole when somebody asks whether a picture was
-- used before (16 bytes for each photo; a city's year is some 200,000).
CREATE TABLE photo_uses (
    photo    TEXT PRIMARY KEY,
    likeness BLOB NOT NULL,                     -- 128 answers; near ones differ in a few bits, so no order helps
    original BLOB NOT NULL,                     -- SHA-256 of the untouched file
    used     TEXT NOT NULL                      -- JSON of core's PhotoUse
) STRICT;
CREATE INDEX photo_uses_by_original ON photo_uses (original);
CREATE INDEX photo_uses_by_likeness ON photo_uses (likeness);
