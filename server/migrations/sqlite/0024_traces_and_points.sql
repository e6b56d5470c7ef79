-- By what open reports are found again (core/src/snap/trace.rs), so that what may be the same is looked for among some dozens,
-- however many wait. Part of the fold of cards, and gone with a card that is closed.
CREATE TABLE snap_traces (
    trace    TEXT NOT NULL,
    received INTEGER NOT NULL,
    snap     TEXT NOT NULL REFERENCES snaps (id) ON DELETE CASCADE,
    PRIMARY KEY (trace, received, snap)
) STRICT, WITHOUT ROWID;
CREATE INDEX snap_traces_by_snap ON snap_traces (snap);

-- What the photos of open reports look like. No order brings alike ones together: those of the time in question are compared.
CREATE TABLE snap_looks (
    received INTEGER NOT NULL,
    snap     TEXT NOT NULL REFERENCES snaps (id) ON DELETE CASCADE,
    likeness BLOB NOT NULL,
    PRIMARY KEY (received, snap, likeness)
) STRICT, WITHOUT ROWID;
CREATE INDEX snap_looks_by_snap ON snap_looks (snap);

-- Where a township's institutions stand, as far as they have a part in its mark on the plaza's map (core/src/snap/map_mark.rs). Part
-- of the fold of rows.
CREATE TABLE map_points (
    facility     TEXT PRIMARY KEY,
    division     TEXT NOT NULL,
    latitude_e7  INTEGER NOT NULL,
    longitude_e7 INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX map_points_by_division ON map_points (division, latitude_e7, longitude_e7);

-- All three are filled with the rows and the cards, which are made again at the next start.
UPDATE rows_form SET form = 0;
