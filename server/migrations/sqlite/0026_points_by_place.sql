-- Institutions around a pin are found by where they stand (core/src/snap/neighbourhood.rs).
CREATE INDEX map_points_by_place ON map_points (latitude_e7, longitude_e7, facility);
