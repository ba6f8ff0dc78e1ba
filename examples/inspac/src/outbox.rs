//! Triggers: what integrations can subscribe to, and the messages a change leaves for them.

use rusqlite::params;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::database::Rows;
use crate::error::ApiResult;

/// Something that happens and that an integration can be told of.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub(crate) enum Trigger {
    #[serde(rename = "issue.created")]
    IssueCreated,
    #[serde(rename = "issue.updated")]
    IssueUpdated,
    #[serde(rename = "work.created")]
    WorkCreated,
    #[serde(rename = "work.updated")]
    WorkUpdated,
    #[serde(rename = "run.completed")]
    RunCompleted,
    #[serde(rename = "checkin.created")]
    CheckinCreated,
}

impl Trigger {
    pub(crate) const ALL: [(Self, &'static str); 6] = [
        (Self::IssueCreated, "An issue was created"),
        (Self::IssueUpdated, "An issue was updated"),
        (Self::WorkCreated, "A work order was created"),
        (Self::WorkUpdated, "A work order was updated"),
        (Self::RunCompleted, "An inspection run was completed"),
        (Self::CheckinCreated, "Somebody checked in at a site"),
    ];
}

/// Leaves a message with the row for every subscriber. In the transaction that changed the row.
pub(crate) fn fire(rows: Rows<'_>, trigger: Trigger, row: &impl Serialize) -> ApiResult<()> {
    let (connection, organisation_id) = rows.parts();
    let name = serde_json::to_value(trigger)?;
    let payload = serde_json::json!({ "trigger": name, "data": row });
    connection.execute(
        "INSERT INTO outbox (subscription_id, payload)
         SELECT id, ?3 FROM subscriptions WHERE organisation_id = ?1 AND trigger = ?2",
        params![organisation_id, name.as_str(), payload.to_string()],
    )?;
    Ok(())
}
