//! The SQLite file: opening it, bringing it up to date, and running work on it off the async threads.

mod json_text;
mod migrations;
mod store;

use std::path::Path;

use r2d2_sqlite::SqliteConnectionManager;
use rusqlite::{Connection, Transaction, TransactionBehavior};

pub(crate) use json_text::{read_json, write_json};
pub(crate) use store::{Entity, Filter, Store, entity, query_all, query_one};

use crate::error::{ApiError, ApiResult};

/// One reader or writer per connection; WAL lets the readers go on while one of them writes.
const CONNECTIONS: u32 = 8;

const PRAGMAS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA foreign_keys = ON;
    PRAGMA busy_timeout = 5000;
";

/// A handle on the database file. Clones share its connections.
#[derive(Clone, Debug)]
pub struct Database {
    pool: r2d2::Pool<SqliteConnectionManager>,
}

/// Why a database file could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The file cannot be opened as a database.
    #[error("cannot connect to the database")]
    Connect(#[from] r2d2::Error),
    /// The file is of a schema this program does not know, or a migration failed.
    #[error("cannot bring the database schema up to date")]
    Migrate(#[from] rusqlite_migration::Error),
}

impl Database {
    /// Opens the file, creates it if it is missing, and runs the migrations it lacks.
    ///
    /// # Errors
    ///
    /// When the file is no database, cannot be written, or was migrated by a newer version of this program.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let manager =
            SqliteConnectionManager::file(path).with_init(|connection| connection.execute_batch(PRAGMAS));
        // One connection first: switching a new file to WAL takes a lock that several connections at once would fight for.
        let pool = r2d2::Pool::builder().max_size(CONNECTIONS).min_idle(Some(1)).build(manager)?;
        migrations::run(&mut *pool.get()?)?;
        Ok(Self { pool })
    }

    /// Runs `work` on a connection, on a thread where blocking is allowed.
    pub(crate) async fn read<T, F>(&self, work: F) -> ApiResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> ApiResult<T> + Send + 'static,
    {
        let database = self.clone();
        blocking(move || work(&*database.pool.get()?)).await
    }

    /// Runs `work` in a transaction that is committed only if `work` succeeds.
    pub(crate) async fn write<T, F>(&self, work: F) -> ApiResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> ApiResult<T> + Send + 'static,
    {
        let database = self.clone();
        blocking(move || database.write_blocking(work)).await
    }

    /// [`Database::write`] for callers that are on a blocking thread already.
    pub(crate) fn write_blocking<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> ApiResult<T>,
    ) -> ApiResult<T> {
        let mut connection = self.pool.get()?;
        // Immediate: a transaction that reads first and writes later could otherwise fail half-way on another's write.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> ApiResult<T> + Send + 'static) -> ApiResult<T> {
    tokio::task::spawn_blocking(work).await.map_err(ApiError::internal)?
}
