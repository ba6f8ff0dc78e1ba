//! The audit log: a row for each call that a write scope lets in, written before the call takes effect.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior, params};
use scopewright::{AuditEvent, AuditUnavailable};
use serde_json::Value;

use crate::error::{ApiError, ApiResult};

/// How long calls wait for others that write. Twice this is within what the hook has for each call: one that came while
/// others were waiting has its turn as well.
const PATIENCE: Duration = Duration::from_secs(2);

/// Writes the log, on a connection of its own: a call that waits for its row holds none of those the handlers use.
#[derive(Debug)]
pub struct AuditLog(Connection);

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
        Ok(Self(connection))
    }

    /// Writes calls down, with one commit for all. Once this has returned, the rows outlive the process.
    pub(crate) fn record(&mut self, calls: &[AuditEvent]) -> Result<(), AuditUnavailable> {
        self.insert(calls).map_err(|error| {
            error.report();
            AuditUnavailable
        })
    }

    fn insert(&mut self, calls: &[AuditEvent]) -> ApiResult<()> {
        let transaction = self.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut statement = transaction.prepare_cached(
                "INSERT INTO audit_log (method, route, mode, api_key_id, scopes) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for call in calls {
                let scopes: Value = call.scopes().collect();
                let row =
                    params![call.method(), call.route(), call.mode(), call.subject(), scopes.to_string()];
                statement.execute(row)?;
            }
        }
        transaction.commit().map_err(ApiError::from)
    }
}
