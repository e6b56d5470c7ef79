-- What waits for a person is found by the person, and not among all that the person may see: open plans by each of their
-- two inspectors, hazards that are not at their end by whom the assignment names.
CREATE INDEX rows_open_plans_by_first ON rows (row ->> '$.plan.plan.inspectors[0]')
    WHERE kind = 'plan' AND standing = 'current' AND row ->> '$.plan.state' = 'open';
CREATE INDEX rows_open_plans_by_second ON rows (row ->> '$.plan.plan.inspectors[1]')
    WHERE kind = 'plan' AND standing = 'current' AND row ->> '$.plan.state' = 'open';
CREATE INDEX rows_open_hazards_by_person ON rows (row ->> '$.hazard.life.assignment.person')
    WHERE kind = 'hazard' AND standing = 'current'
      AND row ->> '$.hazard.state' NOT IN ('closed', 'not_established', 'duplicate');
