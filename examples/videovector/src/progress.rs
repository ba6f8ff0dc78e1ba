//! The states that runs and jobs go through, and who may move them on.

use serde::{Deserialize, Serialize};

use crate::db::{Entity, Store};
use crate::error::{ApiError, ApiResult};

/// Where a piece of work is.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

#[derive(Serialize)]
struct Move {
    state: State,
    error: Option<String>,
    not_before: Option<String>,
    finished_at: Option<String>,
}

/// Stops work that has not come to its end.
pub(crate) fn cancel<T: Entity>(store: Store<'_>, id: &str, state: State) -> ApiResult<T> {
    match state {
        State::Queued | State::Running => {
            let now =
                store
                    .connection
                    .query_row("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')", [], |row| row.get(0))?;
            let end = Move { state: State::Cancelled, error: None, not_before: None, finished_at: Some(now) };
            store.update(id, &end)
        }
        State::Succeeded | State::Failed | State::Cancelled => {
            Err(ApiError::Conflict(format!("the {} `{id}` has come to its end", T::NOUN)))
        }
    }
}

/// Queues work again that did not succeed.
pub(crate) fn retry<T: Entity>(store: Store<'_>, id: &str, state: State) -> ApiResult<T> {
    match state {
        State::Failed | State::Cancelled => {
            let again = Move { state: State::Queued, error: None, not_before: None, finished_at: None };
            store.update(id, &again)
        }
        State::Queued | State::Running | State::Succeeded => {
            Err(ApiError::Conflict(format!("the {} `{id}` has not failed", T::NOUN)))
        }
    }
}
