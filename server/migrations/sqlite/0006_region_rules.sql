-- What regions decide for the phones that work in them; the closest division above a facility counts.
CREATE TABLE region_rules (
    division TEXT PRIMARY KEY,                  -- 0, 2, 4, 6, 9 or 12 digits
    rules    TEXT NOT NULL                      -- JSON of core's RegionRules
) STRICT, WITHOUT ROWID;
