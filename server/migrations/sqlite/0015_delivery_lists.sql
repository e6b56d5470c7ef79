-- The newest deliveries of an endpoint are read from their end, however many there were.
CREATE INDEX deliveries_by_endpoint ON deliveries (endpoint, id);
