-- Institutions by their names, for whoever looks for one by a part of it. It is read from its beginning on, and so holds
-- nothing but names.
CREATE INDEX facility_names ON rows (lower(json_extract(row, '$.facility.name')), id)
    WHERE kind = 'facility' AND standing = 'current';
