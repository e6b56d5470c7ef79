-- Whom a notice may be meant for, without reading every account: r:<region> for those who look after a region, f:<institution>
-- for its people and for the firms that look after its equipment. Citizens are told by their own link.
CREATE TABLE account_places (
    place   TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (place, account)
) STRICT, WITHOUT ROWID;

INSERT INTO account_places
    SELECT 'r:' || region, id FROM accounts
    WHERE account ->> '$.role' IN ('supervisor', 'administrator')
       OR account ->> '$.role.inspector' IS NOT NULL OR account ->> '$.role.department' IS NOT NULL;
INSERT INTO account_places
    SELECT 'f:' || coalesce(account ->> '$.role.institution.facility', account ->> '$.role.staff.facility'), id FROM accounts
    WHERE account ->> '$.role.institution' IS NOT NULL OR account ->> '$.role.staff' IS NOT NULL;
INSERT OR IGNORE INTO account_places
    SELECT 'f:' || facility.value, accounts.id FROM accounts, json_each(account, '$.role.maintenance.facilities') AS facility;

DROP INDEX accounts_by_facility;
DROP INDEX accounts_of_firms;
