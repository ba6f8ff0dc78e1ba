//! The SQLite file of a service: opening it, bringing it up to date, and running work on it off the async threads.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use r2d2_sqlite::SqliteConnectionManager;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use rusqlite_migration::Migrations;
use tokio::sync::Semaphore;

/// WAL lets the readers go on while somebody writes.
const READERS: u32 = 8;

/// How long work waits for a connection, and a connection for another process that holds the file. Whoever asked is told
/// afterwards that the database is busy: a client that waits for longer has given up, and its request is in the way.
const PATIENCE: Duration = Duration::from_secs(5);

/// `synchronous = FULL`: a commit that was acknowledged is on the disk, whatever happens to process or machine next.
const PRAGMAS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
";

/// A handle on the database file. Clones share its connections.
///
/// Who reads and who writes have connections of their own: SQLite lets one writer in at a time, and those that wait for it
/// must not take what the readers need.
#[derive(Clone, Debug)]
pub struct Database {
    readers: Lane,
    writer: Lane,
}

/// Connections for one kind of work.
#[derive(Clone, Debug)]
struct Lane {
    pool: r2d2::Pool<SqliteConnectionManager>,
    /// As many as there are connections: async work waits here, and takes a thread only when its turn has come.
    turns: Arc<Semaphore>,
    patience: Duration,
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
    /// Others were at it for too long. To be tried again.
    #[error("the database is busy")]
    Busy,
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
        Self::open_with(path, migrations, PATIENCE)
    }

    fn open_with(
        path: &Path,
        migrations: &Migrations<'_>,
        patience: Duration,
    ) -> Result<Self, DatabaseError> {
        // The writer first: switching a new file to WAL takes a lock that several at once would fight for.
        let writer = Lane::open(path, 1, patience, "")?;
        migrations.to_latest(&mut *writer.pool.get()?)?;
        let readers = Lane::open(path, READERS, patience, "PRAGMA query_only = ON;")?;
        Ok(Self { readers, writer })
    }

    /// Runs `work` on a connection that only reads, on a thread where blocking is allowed.
    ///
    /// # Errors
    ///
    /// Those of `work`, and those of getting a connection; [`DatabaseError::Busy`] if that took too long.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DatabaseError> + Send + 'static,
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    {
        let database = self.clone();
        self.readers.in_turn(move || database.read_blocking(work)).await
    }

    /// Runs `work` in a transaction that is committed only if `work` succeeds.
    ///
    /// # Errors
    ///
    /// Those of `work`, and those of getting a connection and committing; [`DatabaseError::Busy`] if its turn did not come.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DatabaseError> + Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    {
        let database = self.clone();
        self.writer.in_turn(move || database.write_blocking(work)).await
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
        work(&*self.readers.pool.get().map_err(DatabaseError::from)?)
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
        let mut connection = self.writer.pool.get().map_err(DatabaseError::from)?;
        // Immediate: a transaction that reads first and writes later could otherwise fail half-way on another's write.
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(DatabaseError::from)?;
        let value = work(&transaction)?;
        transaction.commit().map_err(DatabaseError::from)?;
        Ok(value)
    }
}

impl Lane {
    fn open(
        path: &Path,
        connections: u32,
        patience: Duration,
        more_pragmas: &'static str,
    ) -> Result<Self, DatabaseError> {
        let manager = SqliteConnectionManager::file(path).with_init(move |connection| {
            connection.busy_timeout(patience)?;
            connection.execute_batch(PRAGMAS)?;
            connection.execute_batch(more_pragmas)
        });
        let pool = r2d2::Pool::builder()
            .max_size(connections)
            .min_idle(Some(1))
            .connection_timeout(patience)
            .build(manager)?;
        let turns = usize::try_from(connections).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS);
        Ok(Self { pool, turns: Arc::new(Semaphore::new(turns)), patience })
    }

    /// Runs `work` on a thread where blocking is allowed, once a connection is free for it.
    async fn in_turn<T, E>(&self, work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DatabaseError> + Send + 'static,
    {
        let turn = tokio::time::timeout(self.patience, Arc::clone(&self.turns).acquire_owned());
        let Ok(Ok(turn)) = turn.await else { return Err(DatabaseError::Busy.into()) };
        let done = tokio::task::spawn_blocking(move || {
            // Kept until the work is done, whether or not anybody still waits for it.
            let _until_done = turn;
            work()
        });
        done.await.unwrap_or_else(|_| Err(DatabaseError::CutOff.into()))
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use rusqlite_migration::{M, Migrations};

    use super::{Database, DatabaseError, PATIENCE};

    const STEPS: &[M<'_>] = &[M::up("CREATE TABLE notes (text TEXT NOT NULL) STRICT")];

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
    }

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

    #[test]
    fn writers_that_wait_leave_the_readers_their_connections() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("notes.sqlite");
        let database = Database::open(&file, &Migrations::from_slice(STEPS)).unwrap();
        let other = rusqlite::Connection::open(&file).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        runtime().block_on(async {
            let writers: Vec<_> = (0..50)
                .map(|_| {
                    let database = database.clone();
                    tokio::spawn(async move {
                        let note = |it: &rusqlite::Transaction<'_>| {
                            Ok::<_, DatabaseError>(it.execute("INSERT INTO notes VALUES ('late')", [])?)
                        };
                        database.write(note).await
                    })
                })
                .collect();
            let begun = Instant::now();
            for _ in 0..50 {
                tokio::task::yield_now().await;
                let read = database.read(|it| {
                    Ok::<i64, DatabaseError>(
                        it.query_row("SELECT count(*) FROM notes", [], |row| row.get(0))?,
                    )
                });
                assert_eq!(read.await.unwrap(), 0);
            }
            assert!(begun.elapsed() < PATIENCE / 2, "{:?}", begun.elapsed());
            other.execute_batch("ROLLBACK").unwrap();
            for writer in writers {
                assert_eq!(writer.await.unwrap().unwrap(), 1);
            }
        });
    }

    #[test]
    fn a_writer_whose_turn_does_not_come_is_told_that_it_is_busy() {
        let folder = tempfile::tempdir().unwrap();
        let (file, patience) = (folder.path().join("notes.sqlite"), Duration::from_millis(300));
        let database = Database::open_with(&file, &Migrations::from_slice(STEPS), patience).unwrap();
        let write = |takes: Duration| {
            database.write(move |transaction| {
                std::thread::sleep(takes);
                Ok::<_, DatabaseError>(transaction.execute("INSERT INTO notes VALUES ('kept')", [])?)
            })
        };
        let begun = Instant::now();
        runtime().block_on(async {
            let (first, second) = tokio::join!(write(4 * patience), write(Duration::ZERO));
            assert!(matches!(first, Ok(1)), "{first:?}");
            assert!(matches!(second, Err(DatabaseError::Busy)), "{second:?}");
        });
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        assert_eq!(count(&database), 1);
    }

    #[test]
    fn what_reads_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let database =
            Database::open(&folder.path().join("notes.sqlite"), &Migrations::from_slice(STEPS)).unwrap();
        let written = database.read_blocking(|it| {
            Ok::<_, DatabaseError>(it.execute("INSERT INTO notes VALUES ('around the writer')", [])?)
        });
        assert!(matches!(written, Err(DatabaseError::Sqlite(_))), "{written:?}");
    }
}
