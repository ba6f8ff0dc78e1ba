//! The worker: takes queued runs, jobs and deliveries one at a time and finishes them.

mod deliveries;
mod events;
mod jobs;
mod runs;

use std::time::{Duration, Instant};

use rusqlite::{Transaction, params};
use serde::de::DeserializeOwned;

use crate::db::{Database, Store, query_one};
use crate::error::{ApiError, ApiResult};
use crate::idempotency;
use crate::state::AppState;

/// How often answers that are old enough are forgotten.
const TIDYING: Duration = Duration::from_hours(1);

/// How long a row waits at most if its wake-up was missed, or its time comes.
const IDLE: Duration = Duration::from_secs(1);

/// A kind of work with the states of `progress.rs`.
///
/// It is claimed in one transaction and done in another, so that it can be seen running and be cancelled meanwhile. What
/// it does is committed together with its end, or not at all.
trait Work: DeserializeOwned {
    const TABLE: &'static str;
    /// What it is called in the name of an event.
    const NOUN: &'static str;

    fn id(&self) -> &str;

    fn workspace(&self) -> &str;

    /// Does it. Returns how much there was of it, for tables that keep that.
    fn perform(&self, store: Store<'_>) -> ApiResult<u32>;

    /// Writes the amount down.
    fn record(&self, transaction: &Transaction<'_>, amount: u32) -> ApiResult<()>;
}

/// Puts work that an earlier process began, and did not finish, back into the queue.
pub(crate) fn recover(database: &Database) -> ApiResult<()> {
    database.write_blocking(|transaction| {
        for table in [runs::Run::TABLE, jobs::Job::TABLE] {
            let sql = format!("UPDATE {table} SET state = 'queued' WHERE state = 'running'");
            transaction.execute(&sql, [])?;
        }
        Ok(())
    })
}

/// Works until it is aborted.
pub(crate) async fn work(state: AppState) {
    let mut tidied: Option<Instant> = None;
    loop {
        let AppState { database, agent, .. } = state.clone();
        let is_untidy = tidied.is_none_or(|last| last.elapsed() >= TIDYING);
        let done = tokio::task::spawn_blocking(move || {
            if is_untidy {
                database.write_blocking(|transaction| idempotency::forget_old(transaction))?;
            }
            let run = next::<runs::Run>(&database)?;
            let job = next::<jobs::Job>(&database)?;
            let delivery = deliveries::next(&database, &agent)?;
            ApiResult::Ok(run || job || delivery)
        });
        if is_untidy {
            tidied = Some(Instant::now());
        }
        match done.await.map_err(ApiError::internal).flatten() {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => error.report(),
        }
        // A wake-up that comes while nobody waits is kept, so no row is missed.
        let _woken = tokio::time::timeout(IDLE, state.queued.notified()).await;
    }
}

/// Does the next queued row of a kind; `false` when there is none whose time has come.
fn next<W: Work>(database: &Database) -> ApiResult<bool> {
    let claim = format!(
        "UPDATE {table} SET state = 'running', attempts = attempts + 1
         WHERE n = (
             SELECT n FROM {table}
             WHERE state = 'queued'
               AND (not_before IS NULL OR not_before <= strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
             ORDER BY n LIMIT 1)
         RETURNING *",
        table = W::TABLE
    );
    let claimed = database.write_blocking(|transaction| query_one::<W>(transaction, &claim, []))?;
    let Some(work) = claimed else { return Ok(false) };
    let done = database.write_blocking(|transaction| {
        let store = Store { connection: transaction, workspace: work.workspace() };
        let amount = work.perform(store)?;
        if finish(transaction, &work, "succeeded", None)? {
            return work.record(transaction, amount);
        }
        // Cancelled in the meantime: nothing of it stays.
        Err(ApiError::Conflict("cancelled".to_owned()))
    });
    if let Err(error) = done {
        error.report();
        let message = error.answer_message();
        database.write_blocking(|transaction| finish(transaction, &work, "failed", Some(&message)))?;
    }
    Ok(true)
}

/// Ends work that still runs, and tells the webhooks.
fn finish<W: Work>(
    transaction: &Transaction<'_>,
    work: &W,
    state: &str,
    error: Option<&str>,
) -> ApiResult<bool> {
    let sql = format!(
        "UPDATE {} SET state = ?3, error = ?4, finished_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
         WHERE workspace = ?1 AND id = ?2 AND state = 'running'",
        W::TABLE
    );
    let ended = transaction.execute(&sql, params![work.workspace(), work.id(), state, error])?;
    if ended == 1 {
        events::announce(transaction, work.workspace(), &format!("{}.{state}", W::NOUN), work.id())?;
    }
    Ok(ended == 1)
}
