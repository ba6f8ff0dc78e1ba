//! The SQLite file of a service: opening it, bringing it up to date, and running work on it off the async threads.

use std::path::Path;

use r2d2_sqlite::SqliteConnectionManager;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use rusqlite_migration::Migrations;

/// One reader or writer per connection; WAL lets the readers go on while one of them writes.
const CONNECTIONS: u32 = 8;

/// `synchronous = FULL`: a commit that was acknowledged is on the disk, whatever happens to process or machine next.
const PRAGMAS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA busy_timeout = 10000;
";

/// A handle on the database file. Clones share its connections.
#[derive(Clone, Debug)]
pub struct Database {
    pool: r2d2::Pool<SqliteConnectionManager>,
}

/// Why a database file could not be opened or used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DatabaseError {
    /// The file cannot be opened as a database, or no connection was free in time.
    #[error("cannot connect to the database")]
    Connect(#[from] r2d2::Error),
    /// The file is of a schema this program does not know, or a migration failed.
    #[error("cannot bring the database schema up to date")]
    Migrate(#[from] rusqlite_migration::Error),
    /// A transaction could not be begun or committed.
    #[error("the database did not do as asked")]
    Sqlite(#[from] rusqlite::Error),
    /// The work did not come to an end: it panicked, or the service is stopping.
    #[error("the work on the database was cut off")]
    CutOff,
}

impl Database {
    /// Opens the file, creates it if it is missing, and runs the migrations it lacks.
    ///
    /// # Errors
    ///
    /// When the file is no database, cannot be written, or was migrated by a newer version of the program.
    pub fn open(path: &Path, migrations: &Migrations<'_>) -> Result<Self, DatabaseError> {
        let manager =
            SqliteConnectionManager::file(path).with_init(|connection| connection.execute_batch(PRAGMAS));
        // One connection first: switching a new file to WAL takes a lock that several at once would fight for.
        let pool = r2d2::Pool::builder().max_size(CONNECTIONS).min_idle(Some(1)).build(manager)?;
        migrations.to_latest(&mut *pool.get()?)?;
        Ok(Self { pool })
    }

    /// Runs `work` on a connection, on a thread where blocking is allowed.
    ///
    /// # Errors
    ///
    /// Those of `work`, and those of getting a connection.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DatabaseError> + Send + 'static,
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    {
        let database = self.clone();
        blocking(move || database.read_blocking(work)).await
    }

    /// Runs `work` in a transaction that is committed only if `work` succeeds.
    ///
    /// # Errors
    ///
    /// Those of `work`, and those of getting a connection and committing.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DatabaseError> + Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    {
        let database = self.clone();
        blocking(move || database.write_blocking(work)).await
    }

    /// [`Database::read`] for callers that are on a blocking thread already.
    ///
    /// # Errors
    ///
    /// As [`Database::read`].
    pub fn read_blocking<T, E: From<DatabaseError>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        work(&*self.pool.get().map_err(DatabaseError::from)?)
    }

    /// [`Database::write`] for callers that are on a blocking thread already.
    ///
    /// # Errors
    ///
    /// As [`Database::write`].
    pub fn write_blocking<T, E: From<DatabaseError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.pool.get().map_err(DatabaseError::from)?;
        // Immediate: a transaction that reads first and writes later could otherwise fail half-way on another's write.
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(DatabaseError::from)?;
        let value = work(&transaction)?;
        transaction.commit().map_err(DatabaseError::from)?;
        Ok(value)
    }
}

async fn blocking<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, E>
where
    T: Send + 'static,
    E: From<DatabaseError> + Send + 'static,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(_) => Err(DatabaseError::CutOff.into()),
    }
}

#[cfg(test)]
mod tests {
    use rusqlite_migration::{M, Migrations};

    use super::{Database, DatabaseError};

    const STEPS: &[M<'_>] = &[M::up("CREATE TABLE notes (text TEXT NOT NULL) STRICT")];

    fn count(database: &Database) -> i64 {
        let count = |connection: &rusqlite::Connection| {
            connection.query_row("SELECT count(*) FROM notes", [], |row| row.get(0))
        };
        database.read_blocking(|connection| count(connection).map_err(DatabaseError::from)).unwrap()
    }

    #[test]
    fn what_was_committed_is_there_when_the_file_is_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("notes.sqlite");
        let database = Database::open(&file, &Migrations::from_slice(STEPS)).unwrap();
        database
            .write_blocking(|transaction| -> Result<_, DatabaseError> {
                Ok(transaction.execute("INSERT INTO notes VALUES ('kept')", [])?)
            })
            .unwrap();
        assert_eq!(count(&Database::open(&file, &Migrations::from_slice(STEPS)).unwrap()), 1);
    }

    #[test]
    fn work_that_fails_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("notes.sqlite");
        let database = Database::open(&file, &Migrations::from_slice(STEPS)).unwrap();
        let failed = database.write_blocking(|transaction| -> Result<(), DatabaseError> {
            transaction.execute("INSERT INTO notes VALUES ('lost')", [])?;
            Err(DatabaseError::CutOff)
        });
        assert!(matches!(failed, Err(DatabaseError::CutOff)));
        assert_eq!(count(&database), 0);
    }

    #[test]
    fn a_database_of_a_newer_program_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("notes.sqlite");
        rusqlite::Connection::open(&file).unwrap().execute_batch("PRAGMA user_version = 1000").unwrap();
        assert!(matches!(
            Database::open(&file, &Migrations::from_slice(STEPS)),
            Err(DatabaseError::Migrate(_))
        ));
    }
}
