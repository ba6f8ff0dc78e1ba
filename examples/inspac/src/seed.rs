//! Demonstration data: two organisations, so that it can be seen that one does not see the other, and credentials.

use example_keyring::keys::{self, Expiry, NewKey};
use rusqlite::Connection;

use crate::audit::organisation_named;
use crate::credentials::{KEY_PREFIX, start_session};
use crate::error::ApiError;
use crate::scopes::Scope;

/// A credential of the demonstration.
#[derive(Debug)]
pub struct Credential {
    /// The name of a shell variable for it.
    pub variable: &'static str,
    /// It cannot be read again.
    pub secret: String,
}

const ORGANISATION: &str = "Harbour Facilities";
const OTHER: &str = "Alpine Elevators";

/// Name of the variable, what the key is called, its scopes, how long it works.
type DemoKey = (&'static str, &'static str, &'static [Scope], Expiry<'static>);

const KEYS: &[DemoKey] = &[
    ("KEY_EVERYTHING", "Migration", Scope::ALL, Expiry::Never),
    ("KEY_REPORTING", "Reporting", &[Scope::IssuesRead, Scope::WorksRead, Scope::SensorsRead], Expiry::Never),
    ("KEY_HELPDESK", "Helpdesk", &[Scope::IssuesRead, Scope::IssuesWrite, Scope::MediaWrite], Expiry::Never),
    ("KEY_GATEWAY", "Sensor gateway", &[Scope::SensorsWrite], Expiry::Never),
    ("KEY_EXPIRED", "Last year's project", Scope::ALL, Expiry::InSeconds(0)),
];

/// Fills a database that has no demonstration data yet.
///
/// # Errors
///
/// When the demonstration's organisations exist already.
pub fn seed(connection: &Connection) -> Result<Vec<Credential>, ApiError> {
    connection.execute_batch(include_str!("seed.sql")).map_err(|error| match error.into() {
        ApiError::Conflict(_) => {
            ApiError::Conflict("the database holds the demonstration already".to_owned())
        }
        other => other,
    })?;
    let owner = organisation_named(connection, ORGANISATION)?.to_string();
    let other = organisation_named(connection, OTHER)?.to_string();
    let mut credentials = Vec::new();
    for (variable, name, scopes, expiry) in KEYS {
        let secret = issue(connection, &owner, name, scopes, *expiry)?.secret;
        credentials.push(Credential { variable, secret });
    }
    let revoked = issue(connection, &owner, "Lost laptop", Scope::ALL, Expiry::Never)?;
    keys::revoke(connection, &owner, &revoked.key.id)?;
    let of_other = issue(connection, &other, "Everything", Scope::ALL, Expiry::Never)?;
    credentials.extend([
        Credential { variable: "KEY_REVOKED", secret: revoked.secret },
        Credential { variable: "KEY_OTHER_ORGANISATION", secret: of_other.secret },
        Credential {
            variable: "SESSION_ADMIN",
            secret: start_session(connection, ORGANISATION, "ada@harbour.example")?,
        },
    ]);
    Ok(credentials)
}

fn issue(
    connection: &Connection,
    owner: &str,
    name: &str,
    scopes: &[Scope],
    expiry: Expiry<'_>,
) -> Result<keys::IssuedKey, ApiError> {
    let scopes: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
    Ok(keys::issue(connection, &NewKey { prefix: KEY_PREFIX, owner, name, scopes: &scopes, expiry })?)
}
