//! The device's side of the agreement.
