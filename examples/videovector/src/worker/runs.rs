//! A run: the prompt's words are looked for in the index, and what is found is kept.

use rusqlite::{Transaction, params};
use serde::Deserialize;

use super::Work;
use crate::db::{Store, query_one};
use crate::error::{ApiError, ApiResult};
use crate::search;
use crate::values::TopK;

#[derive(Deserialize)]
pub(super) struct Run {
    id: String,
    workspace: String,
    index_id: String,
    prompt_id: String,
}

impl Work for Run {
    const TABLE: &'static str = "runs";
    const NOUN: &'static str = "run";

    fn id(&self) -> &str {
        &self.id
    }

    fn workspace(&self) -> &str {
        &self.workspace
    }

    fn perform(&self, store: Store<'_>) -> ApiResult<u32> {
        let text: Option<String> = query_one(
            store.connection,
            "SELECT text FROM prompts WHERE workspace = ?1 AND id = ?2",
            [store.workspace, &self.prompt_id],
        )?;
        let text = text.ok_or_else(|| ApiError::NotFound("its prompt is gone".to_owned()))?;
        let hits = search::find(store, Some(&self.index_id), &text, TopK(50))?;
        let mut statement = store.connection.prepare_cached(
            "INSERT INTO run_results
                 (workspace, run_id, video_id, segment_id, starts_seconds, ends_seconds, text, score)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        for hit in &hits {
            statement.execute(params![
                self.workspace,
                self.id,
                hit.video_id,
                hit.segment_id,
                hit.starts_seconds,
                hit.ends_seconds,
                hit.text,
                hit.score
            ])?;
        }
        u32::try_from(hits.len()).map_err(ApiError::internal)
    }

    /// The results are rows of their own.
    fn record(&self, _: &Transaction<'_>, _: u32) -> ApiResult<()> {
        Ok(())
    }
}
