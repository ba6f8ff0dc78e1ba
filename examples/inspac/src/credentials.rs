//! Who is calling: a key of an organisation, or somebody who administers it.

use example_keyring::keys::{self, Key};
use example_keyring::{Database, Digest, Secret};
use rusqlite::{Connection, OptionalExtension as _, params};
use scopewright::{Authenticate, Presented, Rejection};

use crate::caller::Subject;
use crate::error::{ApiError, ApiResult};
use crate::scopes::{AuthMode, Grant, Scope};

/// How a key begins: the policy's `prefix`.
pub(crate) const KEY_PREFIX: &str = "insp_";
const SESSION_PREFIX: &str = "sess_";

/// Looks every credential up in the database, on every request: what was revoked or given fewer scopes is so for the
/// next request.
pub(crate) struct Authenticator {
    pub(crate) database: Database,
}

impl Authenticate for Authenticator {
    type Catalogue = Scope;

    async fn authenticate(&self, presented: Presented<'_, Scope>) -> Result<Grant, Rejection> {
        let secret = presented.secret().to_owned();
        let mode = presented.mode().ok_or(Rejection::Invalid)?;
        let found = self.database.read(move |connection| match mode {
            AuthMode::ApiKey => Ok(keys::find_active(connection, &secret)?.map(|key| grant_of_key(&key))),
            AuthMode::AdminSession => grant_of_session(connection, &secret),
        });
        let grant = found.await.map_err(|error: ApiError| {
            error.report();
            Rejection::Unavailable
        })?;
        grant.ok_or(Rejection::Invalid)
    }
}

/// The owner of a key is the id of its organisation.
fn grant_of_key(key: &Key) -> Grant {
    Grant::from_scopes(AuthMode::ApiKey, &key.scopes).with_subject(Subject::written(&key.owner, &key.id))
}

fn grant_of_session(connection: &Connection, secret: &str) -> ApiResult<Option<Grant>> {
    let session = connection
        .prepare_cached(
            "SELECT organisation_id, email FROM admin_sessions
             WHERE digest = ?1 AND expires_at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
        )?
        .query_row([Digest::of(secret).as_bytes()], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })
        .optional()?;
    Ok(session.map(|(organisation_id, email)| {
        Grant::new(AuthMode::AdminSession).with_subject(Subject::written(organisation_id, &email))
    }))
}

/// Signs an administrator of an organisation in for twelve hours and returns the session's token. Whether it is them
/// has been found out before: passwords and second factors are an identity provider's affair.
///
/// # Errors
///
/// When there is no such organisation.
pub fn start_session(connection: &Connection, organisation: &str, email: &str) -> Result<String, ApiError> {
    let secret = Secret::random(SESSION_PREFIX)?;
    let started = connection.execute(
        "INSERT INTO admin_sessions (digest, organisation_id, email, expires_at)
         SELECT ?1, id, ?3, strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+12 hours')
         FROM organisations WHERE name = ?2",
        params![secret.digest().as_bytes(), organisation, email],
    )?;
    match started {
        0 => Err(ApiError::NotFound(format!("there is no organisation `{organisation}`"))),
        _ => Ok(secret.reveal()),
    }
}
