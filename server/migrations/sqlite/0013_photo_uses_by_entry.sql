-- The very photo can be used by a second entry: the before-photo of a hazard, handed in as its after-photo. Each use is kept.
CREATE TABLE photo_uses_by_entry (
    photo    TEXT NOT NULL,
    entry    TEXT NOT NULL,
    likeness BLOB NOT NULL,                     -- 128 answers; near ones differ in a few bits, so no order helps
    original BLOB NOT NULL,                     -- SHA-256 of the untouched file
    used     TEXT NOT NULL,                     -- JSON of core's PhotoUse
    PRIMARY KEY (photo, entry)
) STRICT;
INSERT INTO photo_uses_by_entry (photo, entry, likeness, original, used)
    SELECT photo, used ->> 'entry', likeness, original, used FROM photo_uses;
DROP TABLE photo_uses;
ALTER TABLE photo_uses_by_entry RENAME TO photo_uses;
CREATE INDEX photo_uses_by_original ON photo_uses (original);
CREATE INDEX photo_uses_by_likeness ON photo_uses (likeness);
