//! `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-06): a write that is sent again has its effect once.
//!
//! The effect, and the answer to it, are written in one transaction. SQLite lets one writer in at a time, so of several
//! equal requests at once the first has the effect and the others find its answer; a process that is killed leaves both
//! or neither. A key belongs to the credential that sent it, and says nothing to anybody else's requests.
//!
//! Whether the caller may do what is asked is decided each time before this is asked: by the guard, and by what a write
//! asks for beside it (`Write::run_if`). An answer that is kept is no permission.
//!
//! Where this differs from the draft: a key that comes with another request is a 409, not the 422 that section 2.7
//! recommends. 422 says here that a body is not acceptable, and the body is; what it meets is the state of the server.
//! The draft's own 409, for a request that is still being worked on, cannot happen: such a request waits.

mod key;
mod seal;

use rusqlite::{Connection, OptionalExtension as _};

pub(crate) use key::IdempotencyKey;

use crate::answer::Answer;
use crate::error::{ApiError, ApiResult};

/// How long an answer is kept.
const KEPT_FOR: &str = "-24 hours";

/// A write as far as it matters whether it was made before.
pub(crate) struct Exchange {
    /// Whose credential it came with.
    pub(crate) subject: String,
    /// What the client calls it.
    pub(crate) key: IdempotencyKey,
    /// What is asked: method, path with query, body.
    pub(crate) request: [Vec<u8>; 3],
}

/// Has the effect and keeps the answer, or gives the answer that is kept.
///
/// An answer that refuses (404, 409, 422) is kept as well: to the same request there is one answer. What failed by our
/// own fault is not: it had no effect and may be tried again.
pub(crate) fn once(
    connection: &Connection,
    exchange: &Exchange,
    effect: impl FnOnce() -> ApiResult<Answer>,
) -> ApiResult<Answer> {
    let Exchange { subject, key, request } = exchange;
    let slot = key.digest(&[b"slot", subject.as_bytes()]);
    let [method, target, body] = request;
    let fingerprint = key.digest(&[b"fingerprint", method, target, body]);
    let stored: Option<(Vec<u8>, Vec<u8>)> = connection
        .prepare_cached("SELECT fingerprint, answer FROM idempotent_answers WHERE slot = ?1")?
        .query_row([&slot], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((of_request, sealed)) = stored {
        if of_request != fingerprint {
            return Err(ApiError::IdempotencyKeyReused);
        }
        let opened = seal::open(key, subject, &sealed)?;
        let mut answer: Answer = serde_json::from_slice(&opened).map_err(ApiError::internal)?;
        answer.is_replayed = true;
        return Ok(answer);
    }
    let answer = within_savepoint(connection, effect)?;
    let sealed = seal::seal(key, subject, serde_json::to_vec(&answer).map_err(ApiError::internal)?)?;
    connection
        .prepare_cached("INSERT INTO idempotent_answers (slot, fingerprint, answer) VALUES (?1, ?2, ?3)")?
        .execute([slot, fingerprint, sealed])?;
    Ok(answer)
}

/// Forgets answers that are old enough.
pub(crate) fn forget_old(connection: &Connection) -> ApiResult<()> {
    connection.execute(
        "DELETE FROM idempotent_answers WHERE created_at < strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?1)",
        [KEPT_FOR],
    )?;
    Ok(())
}

/// A refusal takes back what was done before it, and only that: the transaction goes on.
fn within_savepoint(
    connection: &Connection,
    effect: impl FnOnce() -> ApiResult<Answer>,
) -> ApiResult<Answer> {
    connection.execute_batch("SAVEPOINT effect")?;
    match effect() {
        Ok(answer) => {
            connection.execute_batch("RELEASE effect")?;
            Ok(answer)
        }
        Err(error @ (ApiError::Internal(_) | ApiError::Unavailable(_))) => Err(error),
        Err(refusal) => {
            connection.execute_batch("ROLLBACK TO effect; RELEASE effect")?;
            Ok(refusal.answer())
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::StatusCode;
    use rusqlite::Connection;
    use serde_json::json;

    use super::*;

    fn database() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(concat!(
                include_str!("../db/migrations/0003_idempotency.sql"),
                "CREATE TABLE effects (name TEXT NOT NULL) STRICT;"
            ))
            .unwrap();
        connection
    }

    fn exchange(subject: &str, key: &str, body: &str) -> Exchange {
        Exchange {
            subject: subject.to_owned(),
            key: IdempotencyKey::parse(key).unwrap(),
            request: ["POST", "/prompts", body].map(|part| part.as_bytes().to_vec()),
        }
    }

    fn make(connection: &Connection, exchange: &Exchange) -> ApiResult<Answer> {
        once(connection, exchange, || {
            connection.execute("INSERT INTO effects VALUES ('one')", [])?;
            Ok(Answer::created("/prompts/1".to_owned(), &json!({ "secret": "sk_live_0123" })))
        })
    }

    fn effects(connection: &Connection) -> i64 {
        connection.query_row("SELECT count(*) FROM effects", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn the_same_request_has_one_effect_and_one_answer() {
        let connection = database();
        let first = make(&connection, &exchange("key/a/1", "k", "{}")).unwrap();
        let mut second = make(&connection, &exchange("key/a/1", "k", "{}")).unwrap();
        assert!(!first.is_replayed && second.is_replayed);
        second.is_replayed = false;
        assert_eq!(second, first);
        assert_eq!(effects(&connection), 1);
    }

    #[test]
    fn another_request_with_the_key_is_refused() {
        let connection = database();
        make(&connection, &exchange("key/a/1", "k", "{}")).unwrap();
        let other = make(&connection, &exchange("key/a/1", "k", "[]"));
        assert!(matches!(other, Err(ApiError::IdempotencyKeyReused)));
        let shifted = Exchange {
            request: [b"POST/".to_vec(), b"prompts".to_vec(), b"{}".to_vec()],
            ..exchange("key/a/1", "k", "")
        };
        assert!(matches!(make(&connection, &shifted), Err(ApiError::IdempotencyKeyReused)));
        assert_eq!(effects(&connection), 1);
    }

    #[test]
    fn a_key_belongs_to_its_credential() {
        let connection = database();
        make(&connection, &exchange("key/a/1", "k", "{}")).unwrap();
        assert!(!make(&connection, &exchange("key/a/2", "k", "{}")).unwrap().is_replayed);
        assert_eq!(effects(&connection), 2);
    }

    #[test]
    fn a_refusal_is_kept_and_takes_back_what_was_done_before_it() {
        let connection = database();
        let refused = exchange("key/a/1", "k", "{}");
        let refuse = || {
            connection.execute("INSERT INTO effects VALUES ('half')", [])?;
            Err(ApiError::NotFound("nothing there".to_owned()))
        };
        let first = once(&connection, &refused, refuse).unwrap();
        assert_eq!(
            first,
            Answer::new(StatusCode::NOT_FOUND, &json!({ "error": "not_found", "message": "nothing there" }))
        );
        assert!(make(&connection, &refused).unwrap().is_replayed);
        assert_eq!(effects(&connection), 0);
    }

    #[test]
    fn our_own_fault_is_not_kept() {
        let connection = database();
        let exchange = exchange("key/a/1", "k", "{}");
        connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        assert!(once(&connection, &exchange, || Err(ApiError::internal("disk"))).is_err());
        connection.execute_batch("ROLLBACK").unwrap();
        assert!(!make(&connection, &exchange).unwrap().is_replayed);
    }

    #[test]
    fn an_answer_is_forgotten_after_a_day() {
        let connection = database();
        for (key, age) in [("old", "-25 hours"), ("young", "-23 hours")] {
            make(&connection, &exchange("key/a/1", key, "{}")).unwrap();
            let sql = "UPDATE idempotent_answers SET created_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?1)
                       WHERE created_at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-1 hour')";
            connection.execute(sql, [age]).unwrap();
        }
        forget_old(&connection).unwrap();
        assert!(!make(&connection, &exchange("key/a/1", "old", "{}")).unwrap().is_replayed);
        assert!(make(&connection, &exchange("key/a/1", "young", "{}")).unwrap().is_replayed);
    }

    #[test]
    fn neither_the_key_nor_the_answer_can_be_read_out_of_the_table() {
        let connection = database();
        make(&connection, &exchange("key/a/1", "a-long-enough-key", "{}")).unwrap();
        let row: String = connection
            .query_row(
                "SELECT hex(slot) || hex(fingerprint) || hex(answer) FROM idempotent_answers",
                [],
                |row| row.get(0),
            )
            .unwrap();
        for text in ["a-long-enough-key", "sk_live_0123", "key/a/1"] {
            let hex = text.bytes().fold(String::new(), |hex, byte| hex + &format!("{byte:02X}"));
            assert!(!row.contains(&hex), "{text}");
        }
    }
}
