//! xunan-e2e
