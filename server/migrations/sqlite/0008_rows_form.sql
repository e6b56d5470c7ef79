-- The form of the rows: when it is not this program's, they are made again from the entries (server/src/rebuild.rs).
CREATE TABLE rows_form (
    form INTEGER NOT NULL
) STRICT;
INSERT INTO rows_form (form) VALUES (1);
