//! xunan-server
