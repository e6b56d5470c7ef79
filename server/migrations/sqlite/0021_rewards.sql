-- Rewards for citizens' reports 举报奖励. Where they stand is a fold of entries, kept in the reports' cards, and these lists are made
-- again with them; no reward is older than this version.
CREATE TABLE reward_places (
    division TEXT NOT NULL,
    is_open  INTEGER NOT NULL CHECK (is_open IN (0, 1)),    -- whether an office has something to do with it
    since    INTEGER NOT NULL,                  -- since when it stands as it does
    snap     TEXT NOT NULL REFERENCES snaps (id) ON DELETE CASCADE,
    PRIMARY KEY (division, is_open, since, snap)
) STRICT, WITHOUT ROWID;
CREATE INDEX reward_places_by_snap ON reward_places (snap);

-- What is to be paid together, as long as nobody said what became of it.
CREATE TABLE reward_batches (
    batch TEXT NOT NULL,
    snap  TEXT NOT NULL REFERENCES snaps (id) ON DELETE CASCADE,
    PRIMARY KEY (batch, snap)
) STRICT, WITHOUT ROWID;
CREATE INDEX reward_batches_by_snap ON reward_batches (snap);

-- What was paid. What everybody reads is how many these are and their sum, counted as they come and go.
CREATE TABLE rewards_paid (
    snap TEXT PRIMARY KEY REFERENCES snaps (id) ON DELETE CASCADE,
    yuan INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE reward_totals (
    only    INTEGER PRIMARY KEY CHECK (only = 1),
    rewards INTEGER NOT NULL,
    yuan    INTEGER NOT NULL
) STRICT;
INSERT INTO reward_totals (only, rewards, yuan) VALUES (1, 0, 0);
CREATE TRIGGER reward_paid AFTER INSERT ON rewards_paid BEGIN
    UPDATE reward_totals SET rewards = rewards + 1, yuan = yuan + NEW.yuan WHERE only = 1;
END;
CREATE TRIGGER reward_unpaid AFTER DELETE ON rewards_paid BEGIN
    UPDATE reward_totals SET rewards = rewards - 1, yuan = yuan - OLD.yuan WHERE only = 1;
END;

-- Who claims, encrypted with a key of its own, which is a file. No fold: these stay when cards are made again.
CREATE TABLE reward_claims (
    approval TEXT PRIMARY KEY,                  -- the entry that was claimed
    snap     TEXT NOT NULL,
    sealed   BLOB NOT NULL                      -- nonce, AES-256-GCM of JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX reward_claims_by_snap ON reward_claims (snap);
