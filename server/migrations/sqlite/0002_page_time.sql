-- What the page's clock of a device said when it sent an entry: the receipt names it, also when it is made later.
ALTER TABLE entries ADD COLUMN page_life TEXT;  -- ULID of the page's life
ALTER TABLE entries ADD COLUMN page_ms INTEGER; -- milliseconds since that life began
