-- Notices: who was told what, who has read it, and what was handed to other programs.

-- One notice, however many get it. Its id is made from what it says, about what and why: it cannot be made twice.
CREATE TABLE notices (
    id       BLOB PRIMARY KEY,                  -- SHA-256
    notice   TEXT NOT NULL,                     -- JSON of core's Notice
    kind     TEXT NOT NULL,                     -- the row that it is about
    row      TEXT NOT NULL,
    sender   TEXT NOT NULL,                     -- JSON of core's Sender
    made     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The inboxes. Nothing here is deleted: that somebody was told, and when he read it, is part of the record.
CREATE TABLE inbox (
    place   INTEGER PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    notice  BLOB NOT NULL REFERENCES notices (id),
    read    INTEGER,                            -- milliseconds since 1970; NULL while it was not
    UNIQUE (notice, account)
) STRICT;
CREATE INDEX inbox_by_account ON inbox (account, place);
CREATE INDEX inbox_unread ON inbox (account) WHERE read IS NULL;

-- Days whose deadlines were gone through to the end.
CREATE TABLE reminded_days (
    day TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Where notices are handed to, besides the inboxes. None unless an operator adds one.
CREATE TABLE endpoints (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE,
    region  TEXT NOT NULL,                      -- notices of this division and those inside it
    setting TEXT NOT NULL,                      -- JSON of connectors::Setting: kind, address, secret
    state   TEXT NOT NULL CHECK (state IN ('on', 'off')),
    created INTEGER NOT NULL
) STRICT;

-- One notice for one endpoint, and for one account where the endpoint reaches people.
CREATE TABLE deliveries (
    id       INTEGER PRIMARY KEY,
    endpoint INTEGER NOT NULL REFERENCES endpoints (id) ON DELETE CASCADE,
    notice   BLOB NOT NULL REFERENCES notices (id),
    account  TEXT NOT NULL,                     -- '' for an endpoint that is a program
    state    TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'given_up')),
    failures INTEGER NOT NULL,                  -- in a row, since it was made or replayed
    since    INTEGER NOT NULL,                  -- when it was made or replayed
    due      INTEGER NOT NULL,                  -- the next attempt
    UNIQUE (endpoint, notice, account)
) STRICT;
CREATE INDEX deliveries_due ON deliveries (endpoint, due) WHERE state = 'waiting';

-- The log of deliveries: every attempt, in words.
CREATE TABLE delivery_attempts (
    delivery INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    at       INTEGER NOT NULL,
    outcome  TEXT NOT NULL
) STRICT;
CREATE INDEX delivery_attempts_of ON delivery_attempts (delivery, at);

-- Where a person is reached outside; entries never hold it.
CREATE TABLE contacts (
    account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind    TEXT NOT NULL CHECK (kind IN ('mail', 'phone', 'wechat')),
    address TEXT NOT NULL,
    PRIMARY KEY (account, kind)
) STRICT, WITHOUT ROWID;

-- Browsers that asked for Web Push.
CREATE TABLE push_subscriptions (
    id           BLOB PRIMARY KEY,              -- SHA-256 of the address
    account      TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    subscription TEXT NOT NULL,                 -- JSON of core's PushSubscription
    since        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX push_subscriptions_of ON push_subscriptions (account);

-- Whom a notice may be meant for, without reading every account; by region the index of 0012 tells.
CREATE INDEX accounts_by_facility ON accounts
    (coalesce(json_extract(account, '$.role.institution.facility'), json_extract(account, '$.role.staff.facility')));
CREATE INDEX accounts_of_firms ON accounts (id) WHERE json_extract(account, '$.role.maintenance') IS NOT NULL;
