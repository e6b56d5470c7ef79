-- For whom a row waits, so that it is found by the person, and not among all that the person may see: an open plan for each
-- of its two inspectors (a:<account>), an open hazard for whom its assignment names (n:<name>). Written with the rows.
CREATE TABLE row_waits (
    who    TEXT NOT NULL,
    change INTEGER NOT NULL REFERENCES rows (change) ON DELETE CASCADE,
    PRIMARY KEY (who, change)
) STRICT, WITHOUT ROWID;
CREATE INDEX row_waits_by_change ON row_waits (change);

INSERT INTO row_waits (who, change)
    SELECT 'a:' || inspector.value, change FROM rows, json_each(row, '$.plan.plan.inspectors') AS inspector
    WHERE kind = 'plan' AND standing = 'current' AND row ->> '$.plan.state' = 'open';
INSERT INTO row_waits (who, change)
    SELECT 'n:' || (row ->> '$.hazard.life.assignment.person'), change FROM rows
    WHERE kind = 'hazard' AND standing = 'current' AND row ->> '$.hazard.life.assignment.person' IS NOT NULL
      AND row ->> '$.hazard.state' NOT IN ('closed', 'not_established', 'duplicate');
