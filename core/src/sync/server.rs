//! The server's side of the agreement.
