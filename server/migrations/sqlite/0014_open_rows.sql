-- What the daily reminders go through: plans that wait for their visit, and hazards that are not off the open list, however
-- many there were before.
CREATE INDEX rows_open_plans ON rows (id)
    WHERE kind = 'plan' AND standing = 'current' AND json_extract(row, '$.plan.state') = 'open';
CREATE INDEX rows_open_hazards ON rows (id)
    WHERE kind = 'hazard' AND standing = 'current'
        AND json_extract(row, '$.hazard.state') NOT IN ('closed', 'not_established', 'duplicate');
