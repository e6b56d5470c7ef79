-- The transparency log: a Merkle tree over all receipts in the order of their positions (RFC 9162), and its roots.

-- The hashes of complete subtrees: 2^level leaves, from leaf place * 2^level on. Made from entries.receipt, some seconds
-- after it; never changed. Leaf 0 is the receipt of position 1.
CREATE TABLE tree_nodes (
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 63),
    place INTEGER NOT NULL CHECK (place >= 0),
    hash  BLOB NOT NULL,
    PRIMARY KEY (level, place)
) STRICT, WITHOUT ROWID;

-- The first root of each day in China. Nothing here is ever deleted.
CREATE TABLE daily_roots (
    date       TEXT PRIMARY KEY,
    root       TEXT NOT NULL,                   -- compact JWS by the server
    time_stamp BLOB                             -- TimeStampResp (RFC 3161) over the bytes of root
) STRICT, WITHOUT ROWID;

-- Which daily roots have been sent where.
CREATE TABLE root_deliveries (
    address   BLOB NOT NULL,                    -- SHA-256 of the URL: some hold secrets
    date      TEXT NOT NULL REFERENCES daily_roots (date),
    delivered INTEGER NOT NULL,
    PRIMARY KEY (address, date)
) STRICT, WITHOUT ROWID;
