-- By which way a payout left this server. The first way is the only one for ever, so that nothing is paid twice. No fold: these
-- stay when cards are made again, and when an endpoint is removed.
CREATE TABLE payouts_left (
    "order"  TEXT PRIMARY KEY,                  -- the entry that ordered it
    address  BLOB,                              -- SHA-256 of the URL that it is sent to; NULL: in an officer's list
    delivery TEXT,                              -- JSON: what became of it there
    CHECK ((address IS NULL) = (delivery IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX payouts_left_by_address ON payouts_left (address);
