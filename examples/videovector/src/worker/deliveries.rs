//! Sends what is queued for webhooks: one `POST` each, tried once; what came of it is kept beside the message.

use rusqlite::params;
use serde::Deserialize;
use ureq::Agent;

use crate::db::{Database, query_one};
use crate::error::{ApiError, ApiResult};

#[derive(Deserialize)]
struct Delivery {
    n: i64,
    id: String,
    url: String,
    event: String,
    payload: String,
}

/// Sends the next message; `false` when there is none.
pub(super) fn next(database: &Database, agent: &Agent) -> ApiResult<bool> {
    let queued: Option<Delivery> = database.read_blocking(|connection| {
        query_one(
            connection,
            "SELECT d.n, d.id, w.url, d.event, d.payload
             FROM deliveries AS d JOIN webhooks AS w ON w.n = d.webhook_n
             WHERE d.state = 'queued'
             ORDER BY d.n LIMIT 1",
            [],
        )
    })?;
    let Some(delivery) = queued else { return Ok(false) };
    let (status, error) = match send(&delivery, agent) {
        Ok(status) if (200..300).contains(&status) => (Some(status), None),
        Ok(status) => (Some(status), Some(format!("the receiver answered {status}"))),
        Err(error) => (None, Some(error.to_string())),
    };
    let state = if error.is_none() { "succeeded" } else { "failed" };
    database.write_blocking(|transaction| -> Result<_, ApiError> {
        transaction.execute(
            "UPDATE deliveries
             SET state = ?2, status = ?3, error = ?4, finished_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
             WHERE n = ?1",
            params![delivery.n, state, status, error],
        )?;
        Ok(true)
    })
}

fn send(delivery: &Delivery, agent: &Agent) -> Result<u16, ureq::Error> {
    let request = agent
        .post(&delivery.url)
        .header("content-type", "application/json")
        .header("x-videovector-event", &delivery.event)
        .header("x-videovector-delivery", &delivery.id);
    Ok(request.send(&delivery.payload)?.status().as_u16())
}
