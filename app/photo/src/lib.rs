//! xunan-photo
