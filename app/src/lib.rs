//! xunan-app
