//! The audit log: a row for each call that a write scope lets in, written before the call takes effect.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, params};
use scopewright::{AuditEvent, AuditUnavailable};
use serde_json::Value;

use crate::error::{ApiError, ApiResult};

/// How long a call waits for others that write.
const PATIENCE: Duration = Duration::from_secs(5);

/// Writes the log, on a connection of its own: a call that waits for its row holds none of those the handlers use.
#[derive(Debug)]
pub struct AuditLog(Mutex<Connection>);

impl AuditLog {
    /// Opens the log in the file of the service's database.
    ///
    /// # Errors
    ///
    /// When the file can't be opened.
    pub fn open(path: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        Ok(Self(Mutex::new(connection)))
    }

    /// Writes a call down. Once this has returned, the row outlives the process.
    pub(crate) fn record(&self, call: &AuditEvent<'_>) -> Result<(), AuditUnavailable> {
        self.insert(call).map_err(|error| {
            error.report();
            AuditUnavailable
        })
    }

    fn insert(&self, call: &AuditEvent<'_>) -> ApiResult<()> {
        let scopes: Value = call.scopes().collect();
        let connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut statement = connection.prepare_cached(
            "INSERT INTO audit_log (method, route, mode, api_key_id, scopes) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let row = params![call.method(), call.route(), call.mode(), call.subject(), scopes.to_string()];
        statement.execute(row).map(drop).map_err(ApiError::from)
    }
}
