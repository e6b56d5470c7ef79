//! Why the store could not do something. "There is no such thing" is not among the reasons: that is `Ok(None)`.

/// Why the store failed. Nothing of the unit of work that met it was kept.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk is full. It works again when there is room.
    #[error("the disk is full")]
    Full,
    /// It cannot answer now: the disk failed, the queue is full, or it is being closed.
    #[error("not available: {0}")]
    Unavailable(String),
    /// What is stored cannot be read as what it must be.
    #[error("damaged: {0}")]
    Damaged(String),
    /// A statement was refused: a mistake in this program.
    #[error("refused: {0}")]
    Refused(String),
    /// The database was written by a later version of this program.
    #[error("the database has schema {found}; this program knows {known}: start a newer version")]
    FromTheFuture {
        /// The schema of the database.
        found: u32,
        /// The newest schema that this program knows.
        known: u32,
    },
}

impl StoreError {
    /// For a stored value that is not what it must be.
    pub(crate) fn damaged(what: impl std::fmt::Display) -> Self {
        Self::Damaged(what.to_string())
    }
}
