//! What a database refused.

use example_keyring::DatabaseError;
use rusqlite::{ErrorCode, ffi};

/// Why the database did not do as asked, as far as an answer depends on it; with SQLite's words, which are for the log.
#[derive(Debug)]
pub enum Refusal {
    /// The row refers to one that is not there, or another one refers to it.
    Reference(String),
    /// There is a row of that name or identity already.
    Exists(String),
    /// The values of the row contradict each other.
    Contradiction(String),
    /// Somebody else held the database for too long, or it can't be reached. To be tried again.
    Unavailable(String),
    /// Anything else: nothing that a client could change.
    Fault(String),
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        let cause = error.to_string();
        let rusqlite::Error::SqliteFailure(failure, _) = error else {
            return Self::Fault(cause);
        };
        match (failure.code, failure.extended_code) {
            (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::CannotOpen, _) => {
                Self::Unavailable(cause)
            }
            (_, ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => Self::Reference(cause),
            (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => Self::Exists(cause),
            (_, ffi::SQLITE_CONSTRAINT_CHECK) => Self::Contradiction(cause),
            _ => Self::Fault(cause),
        }
    }
}

impl From<serde_rusqlite::Error> for Refusal {
    fn from(error: serde_rusqlite::Error) -> Self {
        match error {
            serde_rusqlite::Error::Rusqlite(error) => error.into(),
            other => Self::Fault(other.to_string()),
        }
    }
}

impl From<DatabaseError> for Refusal {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::Sqlite(error) => error.into(),
            DatabaseError::Connect(cause) => {
                Self::Unavailable(format!("cannot connect to the database: {cause}"))
            }
            busy @ DatabaseError::Busy => Self::Unavailable(busy.to_string()),
            other => Self::Fault(other.to_string()),
        }
    }
}

/// One way to make an error of several others.
///
/// ```
/// # #[derive(Debug)]
/// struct ApiError(String);
///
/// example_groundwork::from_each!(ApiError, |error| ApiError(error.to_string()), [
///     std::io::Error,
///     std::fmt::Error,
/// ]);
///
/// assert_eq!(ApiError::from(std::io::Error::other("the disk is gone")).0, "the disk is gone");
/// ```
#[macro_export]
macro_rules! from_each {
    ($target:ident, |$source:ident| $made:expr, [$($type:ty),+ $(,)?]) => {$(
        impl From<$type> for $target {
            fn from($source: $type) -> Self {
                $made
            }
        }
    )+};
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::Refusal;

    fn refused(sql: &str) -> Refusal {
        let connection = Connection::open_in_memory().unwrap();
        let tables = "
            PRAGMA foreign_keys = ON;
            CREATE TABLE sites (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE CHECK (name <> '')) STRICT;
            CREATE TABLE zones (site_id INTEGER NOT NULL REFERENCES sites (id)) STRICT;
            INSERT INTO sites VALUES (1, 'Harbour');
            INSERT INTO zones VALUES (1);
        ";
        connection.execute_batch(tables).unwrap();
        connection.execute_batch(sql).unwrap_err().into()
    }

    #[test]
    fn a_refusal_says_what_was_wrong_with_the_row() {
        assert!(matches!(refused("INSERT INTO zones VALUES (2)"), Refusal::Reference(_)));
        assert!(matches!(refused("DELETE FROM sites"), Refusal::Reference(_)));
        assert!(matches!(refused("INSERT INTO sites VALUES (1, 'Hill')"), Refusal::Exists(_)));
        assert!(matches!(refused("INSERT INTO sites VALUES (2, 'Harbour')"), Refusal::Exists(_)));
        assert!(matches!(refused("INSERT INTO sites VALUES (2, '')"), Refusal::Contradiction(_)));
        assert!(matches!(refused("INSERT INTO sites VALUES (2, NULL)"), Refusal::Fault(_)));
        assert!(matches!(refused("no statement"), Refusal::Fault(_)));
    }

    #[test]
    fn a_database_that_somebody_else_writes_is_unavailable() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Connection::open(folder.path().join("busy.sqlite")).unwrap();
        let writer = open();
        writer.execute_batch("BEGIN IMMEDIATE").unwrap();
        let other = open();
        other.busy_timeout(std::time::Duration::ZERO).unwrap();
        let refusal = other.execute_batch("BEGIN IMMEDIATE").unwrap_err().into();
        assert!(matches!(refusal, Refusal::Unavailable(_)), "{refusal:?}");
    }
}
