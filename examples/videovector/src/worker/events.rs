//! Tells the webhooks that asked for it.

use rusqlite::{Transaction, params};
use serde_json::json;

use crate::error::ApiResult;

/// Queues a delivery for each active webhook of the workspace that wants the event.
pub(super) fn announce(
    transaction: &Transaction<'_>,
    workspace: &str,
    event: &str,
    id: &str,
) -> ApiResult<()> {
    let payload = json!({ "event": event, "id": id }).to_string();
    transaction.execute(
        "INSERT INTO deliveries (workspace, webhook_n, event, payload)
         SELECT workspace, n, ?2, ?3 FROM webhooks
         WHERE workspace = ?1 AND state = 'active'
           AND EXISTS (SELECT 1 FROM json_each(webhooks.events) WHERE value = ?2)
         ORDER BY n",
        params![workspace, event, payload],
    )?;
    Ok(())
}
