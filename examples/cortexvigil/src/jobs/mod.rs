//! The worker: takes queued rows one at a time and finishes them.

mod clips;
mod deliveries;

use std::time::Duration;

use example_groundwork::log_line;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::db::{Database, Parameters, query_one};
use crate::error::{ApiError, ApiResult};
use crate::media::MediaStore;
use crate::state::AppState;

/// How long a row waits at most if its wake-up was missed.
const IDLE: Duration = Duration::from_secs(5);

/// One kind of queued row.
///
/// A row stays `queued` until it is finished, so a job that a stop cut off is simply done again.
trait Job: DeserializeOwned {
    /// The oldest queued row, with what the job needs to know.
    const NEXT: &'static str;
    /// Where the row is.
    const TABLE: &'static str;

    fn id(&self) -> i64;

    /// Does the work. An error is recorded with the row and not tried again.
    fn perform(&self, media: &MediaStore) -> ApiResult<Product>;
}

/// The file a job made.
struct Product {
    file: String,
    bytes: u64,
}

#[derive(Serialize)]
struct Outcome {
    id: i64,
    status: &'static str,
    file: Option<String>,
    bytes: Option<u64>,
    error: Option<String>,
}

/// Works until it is aborted.
pub(crate) async fn work(state: AppState) {
    loop {
        let AppState { database, media, .. } = state.clone();
        let done = tokio::task::spawn_blocking(move || {
            let clip = run_next::<clips::Clip>(&database, &media)?;
            let delivery = run_next::<deliveries::Delivery>(&database, &media)?;
            ApiResult::Ok(clip || delivery)
        });
        match done.await.map_err(ApiError::internal).flatten() {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => report(&error),
        }
        // A wake-up that comes while nobody waits is kept, so no row is missed; the timeout covers a row left by an earlier run.
        let _woken = tokio::time::timeout(IDLE, state.queued.notified()).await;
    }
}

/// Does the next queued row of a kind; `false` when there is none.
fn run_next<J: Job>(database: &Database, media: &MediaStore) -> ApiResult<bool> {
    let Some(job): Option<J> = database.write_blocking(|transaction| query_one(transaction, J::NEXT, []))?
    else {
        return Ok(false);
    };
    let outcome = match job.perform(media) {
        Ok(product) => Outcome {
            id: job.id(),
            status: "done",
            file: Some(product.file),
            bytes: Some(product.bytes),
            error: None,
        },
        Err(error) => Outcome {
            id: job.id(),
            status: "failed",
            file: None,
            bytes: None,
            error: Some(error.to_string()),
        },
    };
    database.write_blocking(|transaction| {
        let finish = format!(
            "UPDATE {}
             SET status = :status, file = :file, bytes = :bytes, error = :error,
                 finished_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
             WHERE id = :id",
            J::TABLE
        );
        Parameters::of(&outcome)?.execute(transaction, &finish)?;
        Ok(true)
    })
}

fn report(error: &ApiError) {
    log_line(format_args!("the worker could not go on: {error}"));
}
