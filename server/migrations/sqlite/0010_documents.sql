-- How offices name themselves in documents. The documents and the counts of their series are rows like all others.
CREATE TABLE letterheads (
    division   TEXT PRIMARY KEY,                -- 0, 2, 4, 6, 9 or 12 digits: the office's region
    letterhead TEXT NOT NULL                    -- JSON of core's Letterhead
) STRICT, WITHOUT ROWID;
