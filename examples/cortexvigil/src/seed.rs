//! Demonstration data: one organisation with everything the API can show, and two keys to look at it with.

use rusqlite::{Transaction, params};
use serde_json::json;

use crate::credentials::apps::{self, NewApp};
use crate::credentials::keys::{self, NewKey};
use crate::db::Database;
use crate::error::{ApiError, ApiResult};
use crate::media::{MediaStore, Video};
use crate::scopes::Scope;

/// A key that was made for the demonstration.
#[derive(Clone, Debug)]
pub struct DemoKey {
    /// The shell variable it is printed as.
    pub variable: &'static str,
    /// What goes into the `X-API-Key` header. It cannot be read again.
    pub secret: String,
}

/// The demonstration data could not be stored.
#[derive(Debug, thiserror::Error)]
#[error("cannot fill the database: {0}")]
pub struct SeedError(String);

const ORGANISATION: &str = "Northwind Logistics";
const READ_ONLY: &[Scope] = &[Scope::ReadCameras, Scope::ReadEvents, Scope::ReadAttendance];

/// Fills a database that has no demonstration data yet.
///
/// # Errors
///
/// When the demonstration's organisation exists already, or a file cannot be written.
pub fn seed(database: &Database, media: &MediaStore) -> Result<Vec<DemoKey>, SeedError> {
    database
        .write_blocking(|transaction| {
            transaction.execute("INSERT INTO organisations (name) VALUES (?1)", [ORGANISATION])?;
            transaction.execute_batch(include_str!("seed.sql"))?;
            record(transaction, media)?;
            Ok(vec![
                demo_key(transaction, "KEY_DASHBOARD", "Demo Dashboard", READ_ONLY)?,
                demo_key(transaction, "KEY_FACILITY_BOT", "Demo Facility Bot", Scope::ALL)?,
            ])
        })
        .map_err(|error| match error {
            ApiError::Conflict(_) => SeedError(format!("it holds `{ORGANISATION}` already")),
            other => SeedError(other.to_string()),
        })
}

fn demo_key(
    transaction: &Transaction<'_>,
    variable: &'static str,
    name: &str,
    scopes: &[Scope],
) -> ApiResult<DemoKey> {
    let app: NewApp = demo(json!({ "organisation": ORGANISATION, "name": name, "scopes": scopes }))?;
    let key: NewKey = demo(json!({ "label": "demonstration" }))?;
    let app_id = apps::create(transaction, &app)?.id;
    let secret = keys::issue(transaction, app_id, &key)?.secret;
    Ok(DemoKey { variable, secret })
}

/// Made the way a request makes it, so that the same rules hold.
fn demo<T: serde::de::DeserializeOwned>(value: serde_json::Value) -> ApiResult<T> {
    serde_json::from_value(value).map_err(ApiError::internal)
}

/// A minute of test picture from each camera, an hour old.
fn record(transaction: &Transaction<'_>, media: &MediaStore) -> ApiResult<()> {
    let picture = Video::test_picture(60).encode();
    let mut cameras = transaction.prepare(
        "SELECT c.id, c.organisation_id FROM cameras AS c
         JOIN organisations AS o ON o.id = c.organisation_id WHERE o.name = ?1",
    )?;
    let cameras = cameras
        .query_map([ORGANISATION], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(i64, i64)>, _>>()?;
    for (camera_id, organisation_id) in cameras {
        let file = format!("recordings/{camera_id}-demo.y4m");
        let stored = media.write(&file, &picture)?;
        transaction.execute(
            "INSERT INTO recordings
                 (organisation_id, camera_id, starts_at, ends_at, keep_until, file, bytes, sha256)
             VALUES (
                 ?1, ?2,
                 strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-60 minutes'),
                 strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-59 minutes'),
                 strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+30 days'),
                 ?3, ?4, ?5)",
            params![organisation_id, camera_id, file, stored.bytes.cast_signed(), stored.sha256],
        )?;
    }
    Ok(())
}
