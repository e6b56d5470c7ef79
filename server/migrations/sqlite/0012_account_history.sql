-- What was done to which account, by whom and when. No secrets; nothing here is ever changed or deleted.
CREATE TABLE account_history (
    number  INTEGER PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    event   TEXT NOT NULL                       -- JSON of core's AccountEvent
) STRICT;
CREATE INDEX account_history_by_account ON account_history (account, number);
CREATE TRIGGER account_history_stays BEFORE DELETE ON account_history
BEGIN
    SELECT RAISE(ABORT, 'the history of accounts is never deleted');
END;
CREATE TRIGGER account_history_is_final BEFORE UPDATE ON account_history
BEGIN
    SELECT RAISE(ABORT, 'the history of accounts is never changed');
END;
CREATE INDEX accounts_by_region ON accounts (region, login);
