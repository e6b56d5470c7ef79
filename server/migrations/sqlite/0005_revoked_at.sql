-- When a device's key was revoked: an exported package says so. Of keys revoked before this was kept, only that it was
-- before now is known.
ALTER TABLE devices ADD COLUMN revoked INTEGER; -- milliseconds since 1970; NULL while it is not
UPDATE devices SET revoked = CAST(unixepoch('subsec') * 1000 AS INTEGER) WHERE state = 'revoked';
