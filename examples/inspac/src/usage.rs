//! Writes down when a scope of a key last opened a call, for those who audit what their keys need.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use rusqlite::params;
use scopewright::{Catalogue as _, Decision};

use crate::caller::Subject;
use crate::error::{ApiError, ApiResult};
use crate::scopes::{AuthMode, Grant, ROUTES, Scope};
use crate::state::AppState;

/// A use that is younger than this is not written down again: an audit asks for days.
const RESOLUTION: Duration = Duration::from_mins(1);

/// How long a call waits until its use is written down; it is, also when nobody waits any more.
const PATIENCE: Duration = Duration::from_millis(250);

/// The uses that were written down lately, by key and scope.
#[derive(Debug, Default)]
pub(crate) struct Recent(Mutex<BTreeMap<(String, &'static str), Instant>>);

impl Recent {
    /// Whether this use is to be written down; from then on it counts as written.
    fn is_news(&self, key: &str, scope: &'static str) -> bool {
        let mut recent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let last = recent.get(&(key.to_owned(), scope));
        if last.is_some_and(|last| now.duration_since(*last) < RESOLUTION) {
            return false;
        }
        recent.insert((key.to_owned(), scope), now);
        true
    }
}

/// Lets a request through and, if a key's scopes opened it, remembers which.
pub(crate) async fn record(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let used = opened_by(&request);
    let response = next.run(request).await;
    // Only guards answer these.
    let is_denied = matches!(response.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
    if let Some((key, scopes)) = used
        && !is_denied
    {
        let news: Vec<_> = scopes.into_iter().filter(|scope| state.recent.is_news(&key, scope)).collect();
        if !news.is_empty() {
            // The call itself has succeeded, and does not wait for those that write.
            let writing = tokio::spawn(async move {
                if let Err(error) = write(&state, key, news).await {
                    error.report();
                }
            });
            let _later = tokio::time::timeout(PATIENCE, writing).await;
        }
    }
    response
}

/// The key of a request, and those of its scopes that its operation asks for: the first alternative it holds.
fn opened_by(request: &Request) -> Option<(String, Vec<&'static str>)> {
    let grant = request.extensions().get::<Grant>()?;
    if grant.mode() != Some(AuthMode::ApiKey) {
        return None;
    }
    let path = request.extensions().get::<MatchedPath>()?.as_str();
    let row =
        ROUTES.iter().find(|row| row.path == path && row.method.as_str() == request.method().as_str())?;
    let caller = grant.caller();
    let Decision::Scoped(requirement) = row.operation.for_mode(caller.mode, caller.base) else { return None };
    let held = |all_of: &&&[_]| all_of.iter().all(|scope| grant.raw().any(|held| held.index() == *scope));
    let all_of = requirement.alternatives().iter().find(held)?;
    let names = all_of.iter().map(|scope| Scope::policy().scope_name(*scope)).collect();
    Some((Subject::of(grant)?.actor.to_owned(), names))
}

async fn write(state: &AppState, key: String, scopes: Vec<&'static str>) -> ApiResult<()> {
    let written = state.database.write(move |transaction| -> ApiResult<()> {
        for scope in scopes {
            transaction.execute(
                "INSERT INTO scope_uses (key_id, scope, last_used_at)
                 VALUES (?1, ?2, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
                 ON CONFLICT DO UPDATE SET last_used_at = excluded.last_used_at",
                params![key, scope],
            )?;
        }
        Ok(())
    });
    match written.await {
        // The key was deleted while it was used.
        Err(ApiError::UnknownReference) => Ok(()),
        other => other,
    }
}
