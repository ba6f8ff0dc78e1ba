//! The rows of the table `api_keys`. Every function is one statement or belongs into one transaction.

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension as _, Params, Row, params};

use super::{Expiry, IssuedKey, Key, KeyError, KeyState, NewKey};
use crate::secret::{Digest, Secret, random_hex};

/// Text, so that two times compare as their moments do: all are written in this one form.
const NOW: &str = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";

const KEYS: &str = "
    SELECT id, owner, name, hint, scopes, created_at, expires_at, rotated_at, revoked_at,
           CASE
               WHEN revoked_at IS NOT NULL THEN 'revoked'
               WHEN expires_at <= strftime('%Y-%m-%dT%H:%M:%fZ', 'now') THEN 'expired'
               ELSE 'active'
           END AS state
    FROM api_keys";

/// Makes a key.
///
/// # Errors
///
/// When the expiry is no point in time, or no secret can be made or stored.
pub fn issue(connection: &Connection, new: &NewKey<'_>) -> Result<IssuedKey, KeyError> {
    let secret = Secret::random(new.prefix)?;
    let id = format!("key_{}", random_hex::<12>()?);
    connection.execute(
        "INSERT INTO api_keys (id, owner, name, hint, digest, scopes, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            id,
            new.owner,
            new.name,
            secret.hint(),
            secret.digest().as_bytes(),
            scopes_text(new.scopes),
            moment(connection, new.expiry)?
        ],
    )?;
    Ok(IssuedKey { key: get(connection, new.owner, &id)?, secret: secret.reveal() })
}

/// The keys of an owner, in use or not, oldest first.
///
/// # Errors
///
/// When the database fails.
pub fn list(connection: &Connection, owner: &str) -> Result<Vec<Key>, KeyError> {
    let mut statement =
        connection.prepare_cached(&format!("{KEYS} WHERE owner = ?1 ORDER BY created_at, id"))?;
    let keys = statement.query_map([owner], key_of)?.collect::<Result<_, _>>()?;
    Ok(keys)
}

/// One key of an owner.
///
/// # Errors
///
/// When the owner has no such key: somebody else's key is as good as none.
pub fn get(connection: &Connection, owner: &str, id: &str) -> Result<Key, KeyError> {
    one(connection, &format!("{KEYS} WHERE owner = ?1 AND id = ?2"), [owner, id])?
        .ok_or_else(|| KeyError::Unknown(id.to_owned()))
}

/// Gives a key a new secret; the old one stops working at once.
///
/// # Errors
///
/// When the owner has no such key, or it is not in use.
pub fn rotate(connection: &Connection, owner: &str, id: &str, prefix: &str) -> Result<IssuedKey, KeyError> {
    let secret = Secret::random(prefix)?;
    let rotated = connection.execute(
        &format!(
            "UPDATE api_keys SET digest = ?3, hint = ?4, rotated_at = {NOW}
             WHERE owner = ?1 AND id = ?2 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > {NOW})"
        ),
        params![owner, id, secret.digest().as_bytes(), secret.hint()],
    )?;
    let key = get(connection, owner, id)?;
    if rotated == 0 {
        Err(KeyError::NotInUse(key.id))
    } else {
        Ok(IssuedKey { key, secret: secret.reveal() })
    }
}

/// Takes a key out of use for good. The row stays, so that it can be seen that there was one. Doing it again changes
/// nothing.
///
/// # Errors
///
/// When the owner has no such key.
pub fn revoke(connection: &Connection, owner: &str, id: &str) -> Result<Key, KeyError> {
    connection.execute(
        &format!(
            "UPDATE api_keys SET revoked_at = {NOW} WHERE owner = ?1 AND id = ?2 AND revoked_at IS NULL"
        ),
        [owner, id],
    )?;
    get(connection, owner, id)
}

/// Removes a key and every trace of it.
///
/// # Errors
///
/// When the owner has no such key.
pub fn delete(connection: &Connection, owner: &str, id: &str) -> Result<(), KeyError> {
    match connection.execute("DELETE FROM api_keys WHERE owner = ?1 AND id = ?2", [owner, id])? {
        0 => Err(KeyError::Unknown(id.to_owned())),
        _ => Ok(()),
    }
}

/// Leaves a key exactly these scopes. The only function that changes the scopes of a key there is.
///
/// # Errors
///
/// When the owner has no such key.
pub fn replace_scopes(
    connection: &Connection,
    owner: &str,
    id: &str,
    scopes: &[&str],
) -> Result<Key, KeyError> {
    connection.execute(
        "UPDATE api_keys SET scopes = ?3 WHERE owner = ?1 AND id = ?2",
        params![owner, id, scopes_text(scopes)],
    )?;
    get(connection, owner, id)
}

/// The key of a secret, in use or not.
///
/// The index walks a digest the caller cannot choose, so its timing tells nothing about a stored secret.
///
/// # Errors
///
/// When the database fails.
pub fn find_by_secret(connection: &Connection, presented: &str) -> Result<Option<Key>, KeyError> {
    one(connection, &format!("{KEYS} WHERE digest = ?1"), [Digest::of(presented).as_bytes()])
}

/// The key of a secret, if it opens anything: what an authenticator asks.
///
/// # Errors
///
/// When the database fails.
pub fn find_active(connection: &Connection, presented: &str) -> Result<Option<Key>, KeyError> {
    Ok(find_by_secret(connection, presented)?.filter(|key| key.state == KeyState::Active))
}

fn one(connection: &Connection, sql: &str, params: impl Params) -> Result<Option<Key>, KeyError> {
    Ok(connection.prepare_cached(sql)?.query_row(params, key_of).optional()?)
}

fn key_of(row: &Row<'_>) -> rusqlite::Result<Key> {
    let (scopes, state): (String, String) = (row.get("scopes")?, row.get("state")?);
    Ok(Key {
        id: row.get("id")?,
        owner: row.get("owner")?,
        name: row.get("name")?,
        hint: row.get("hint")?,
        scopes: serde_json::from_str(&scopes)
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(4, Type::Text, Box::new(error)))?,
        state: match state.as_str() {
            "active" => KeyState::Active,
            "expired" => KeyState::Expired,
            _ => KeyState::Revoked,
        },
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
        rotated_at: row.get("rotated_at")?,
        revoked_at: row.get("revoked_at")?,
    })
}

/// Sorted, each once, as JSON.
fn scopes_text(scopes: &[&str]) -> String {
    let mut sorted = scopes.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    serde_json::Value::from(sorted).to_string()
}

/// When a key ends, in the form of the column.
fn moment(connection: &Connection, expiry: Expiry<'_>) -> Result<Option<String>, KeyError> {
    let (base, modifier) = match expiry {
        Expiry::Never => return Ok(None),
        Expiry::InSeconds(seconds) => ("now", format!("+{seconds} seconds")),
        Expiry::InDays(days) => ("now", format!("+{days} days")),
        // SQLite's date functions also take forms that are no date to anybody else ("now", a Julian day).
        Expiry::At(text) if text.len() >= 20 && text.as_bytes().get(4) == Some(&b'-') => {
            (text, "+0 days".to_owned())
        }
        Expiry::At(text) => return Err(KeyError::Expiry(text.to_owned())),
    };
    let text: Option<String> =
        connection.query_row("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', ?1, ?2)", [base, &modifier], |row| {
            row.get(0)
        })?;
    // None, too, for a moment past the year 9999, which would not sort as text.
    text.map(Some).ok_or_else(|| KeyError::Expiry(if base == "now" { modifier } else { base.to_owned() }))
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::keys::MIGRATION;

    const NEW: NewKey<'static> = NewKey {
        prefix: "sk_",
        owner: "northwind",
        name: "Search key",
        scopes: &["search", "read", "read"],
        expiry: Expiry::Never,
    };

    fn store() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(MIGRATION).unwrap();
        connection
    }

    #[test]
    fn an_issued_key_is_found_by_its_secret_and_only_by_that() {
        let connection = store();
        let issued = issue(&connection, &NEW).unwrap();
        assert_eq!(find_active(&connection, &issued.secret).unwrap().unwrap(), issued.key);
        assert_eq!(issued.key.scopes, ["read", "search"]);
        assert!(find_active(&connection, &issued.key.id).unwrap().is_none());
        assert!(find_active(&connection, "").unwrap().is_none());
    }

    #[test]
    fn the_secret_is_nowhere_in_the_table() {
        let connection = store();
        let issued = issue(&connection, &NEW).unwrap();
        let row: String = connection
            .query_row(
                "SELECT id || owner || name || hint || hex(digest) || scopes FROM api_keys",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert!(!row.contains(&issued.secret));
    }

    #[test]
    fn the_old_secret_of_a_rotated_key_opens_nothing() {
        let connection = store();
        let first = issue(&connection, &NEW).unwrap();
        let second = rotate(&connection, NEW.owner, &first.key.id, "sk_").unwrap();
        assert!(find_by_secret(&connection, &first.secret).unwrap().is_none());
        let found = find_active(&connection, &second.secret).unwrap().unwrap();
        assert_eq!((found.id, found.scopes), (first.key.id, first.key.scopes));
        assert!(found.rotated_at.is_some());
    }

    #[test]
    fn a_revoked_key_stays_visible_and_opens_nothing() {
        let connection = store();
        let issued = issue(&connection, &NEW).unwrap();
        let revoked = revoke(&connection, NEW.owner, &issued.key.id).unwrap();
        assert_eq!(revoked.state, KeyState::Revoked);
        assert_eq!(revoke(&connection, NEW.owner, &issued.key.id).unwrap(), revoked, "the first time stays");
        assert!(find_active(&connection, &issued.secret).unwrap().is_none());
        assert_eq!(list(&connection, NEW.owner).unwrap(), [revoked]);
        let rotated = rotate(&connection, NEW.owner, &issued.key.id, "sk_");
        assert!(matches!(rotated, Err(KeyError::NotInUse(_))));
    }

    #[test]
    fn a_deleted_key_is_gone() {
        let connection = store();
        let issued = issue(&connection, &NEW).unwrap();
        delete(&connection, NEW.owner, &issued.key.id).unwrap();
        assert!(find_by_secret(&connection, &issued.secret).unwrap().is_none());
        assert!(matches!(delete(&connection, NEW.owner, &issued.key.id), Err(KeyError::Unknown(_))));
    }

    #[test]
    fn somebody_elses_key_is_as_good_as_none() {
        let connection = store();
        let id = issue(&connection, &NEW).unwrap().key.id;
        assert!(matches!(get(&connection, "southwind", &id), Err(KeyError::Unknown(_))));
        assert!(matches!(rotate(&connection, "southwind", &id, "sk_"), Err(KeyError::Unknown(_))));
        assert!(matches!(revoke(&connection, "southwind", &id), Err(KeyError::Unknown(_))));
        assert!(matches!(delete(&connection, "southwind", &id), Err(KeyError::Unknown(_))));
        assert!(matches!(replace_scopes(&connection, "southwind", &id, &[]), Err(KeyError::Unknown(_))));
        assert!(list(&connection, "southwind").unwrap().is_empty());
        assert_eq!(get(&connection, NEW.owner, &id).unwrap().state, KeyState::Active);
    }

    #[test]
    fn a_key_whose_time_is_over_opens_nothing() {
        let connection = store();
        let over = issue(&connection, &NewKey { expiry: Expiry::InSeconds(0), ..NEW }).unwrap();
        assert_eq!(over.key.state, KeyState::Expired);
        assert!(find_active(&connection, &over.secret).unwrap().is_none());
        let to_come = issue(&connection, &NewKey { expiry: Expiry::InDays(90), ..NEW }).unwrap();
        assert_eq!(to_come.key.state, KeyState::Active);
        let rotated = rotate(&connection, NEW.owner, &over.key.id, "sk_");
        assert!(matches!(rotated, Err(KeyError::NotInUse(_))));
    }

    #[test]
    fn a_moment_is_kept_in_utc() {
        let connection = store();
        let expiry = Expiry::At("2100-01-01T02:00:00+02:00");
        let issued = issue(&connection, &NewKey { expiry, ..NEW }).unwrap();
        assert_eq!(issued.key.expires_at.as_deref(), Some("2100-01-01T00:00:00.000Z"));
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        let connection = store();
        for text in ["", "now", "soon", "2460000.5", "2026-13-01T00:00:00Z", "tomorrow at a quarter past"] {
            let refused = issue(&connection, &NewKey { expiry: Expiry::At(text), ..NEW });
            assert!(matches!(refused, Err(KeyError::Expiry(_))), "{text}");
        }
        let refused = issue(&connection, &NewKey { expiry: Expiry::InDays(u32::MAX), ..NEW });
        assert!(matches!(refused, Err(KeyError::Expiry(_))));
        assert!(list(&connection, NEW.owner).unwrap().is_empty());
    }

    #[test]
    fn only_replace_scopes_changes_the_scopes_of_a_key() {
        let connection = store();
        let id = issue(&connection, &NEW).unwrap().key.id;
        rotate(&connection, NEW.owner, &id, "sk_").unwrap();
        assert_eq!(get(&connection, NEW.owner, &id).unwrap().scopes, ["read", "search"]);
        let replaced = replace_scopes(&connection, NEW.owner, &id, &["write"]).unwrap();
        assert_eq!(replaced.scopes, ["write"]);
    }
}
