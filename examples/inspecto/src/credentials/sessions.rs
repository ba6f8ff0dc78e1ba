//! Sessions of administrators: opened on the machine the service runs on, closed by the administrator or by time.

use example_keyring::Secret;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use crate::db::query_one;
use crate::error::{ApiError, ApiResult};

/// How a session's secret begins, which tells it from an API key.
const PREFIX: &str = "ses_";
const HOURS: u32 = 8;

/// A session as its administrator sees it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Session {
    pub(crate) id: i64,
    pub(crate) administrator: String,
    opened_at: String,
    expires_at: String,
}

/// Opens a session and returns its secret, which can't be read again.
pub(crate) fn open(connection: &Connection, administrator: &str) -> ApiResult<String> {
    let secret = Secret::random(PREFIX).map_err(ApiError::internal)?;
    connection.execute(
        "INSERT INTO sessions (administrator, digest, expires_at)
         VALUES (?1, ?2, strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?3))",
        params![administrator, secret.digest().as_bytes(), format!("+{HOURS} hours")],
    )?;
    Ok(secret.reveal())
}

/// The open session of a secret.
pub(crate) fn find_open(connection: &Connection, secret: &str) -> ApiResult<Option<Session>> {
    let sql = "SELECT id, administrator, opened_at, expires_at FROM sessions
               WHERE digest = ?1 AND closed_at IS NULL
                 AND expires_at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";
    Ok(query_one(connection, sql, [example_keyring::Digest::of(secret).as_bytes()])?)
}

/// The session of this id.
pub(crate) fn get(connection: &Connection, id: i64) -> ApiResult<Session> {
    let sql = "SELECT id, administrator, opened_at, expires_at FROM sessions WHERE id = ?1";
    query_one(connection, sql, [id])?.ok_or_else(|| ApiError::internal("a session is gone"))
}

/// Ends a session; from the answer on it opens nothing.
pub(crate) fn close(connection: &Connection, id: i64) -> ApiResult<()> {
    connection.execute(
        "UPDATE sessions SET closed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
         WHERE id = ?1 AND closed_at IS NULL",
        [id],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::{close, find_open, open};
    use crate::db::migrations;

    #[test]
    fn a_session_ends_when_it_is_closed_and_when_its_time_is_over() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrations().to_latest(&mut connection).unwrap();
        let secret = open(&connection, "Ada").unwrap();
        let session = find_open(&connection, &secret).unwrap().unwrap();
        close(&connection, session.id).unwrap();
        assert!(find_open(&connection, &secret).unwrap().is_none());

        let other = open(&connection, "Ada").unwrap();
        connection.execute("UPDATE sessions SET expires_at = opened_at", []).unwrap();
        assert!(find_open(&connection, &other).unwrap().is_none());
    }
}
