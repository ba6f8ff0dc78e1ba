//! A job: brings in what a connector offers, or builds an index's word list anew.

use rusqlite::{Transaction, params};
use serde::Deserialize;

use super::Work;
use crate::api::{Connector, add_video};
use crate::db::Store;
use crate::error::{ApiError, ApiResult};

#[derive(Deserialize)]
pub(super) struct Job {
    id: String,
    workspace: String,
    index_id: String,
    connector_id: Option<String>,
}

impl Work for Job {
    const TABLE: &'static str = "jobs";
    const NOUN: &'static str = "job";

    fn id(&self) -> &str {
        &self.id
    }

    fn workspace(&self) -> &str {
        &self.workspace
    }

    fn perform(&self, store: Store<'_>) -> ApiResult<u32> {
        match &self.connector_id {
            Some(connector) => sync(store, connector),
            None => self.reindex(store),
        }
    }

    fn record(&self, transaction: &Transaction<'_>, amount: u32) -> ApiResult<()> {
        transaction.execute(
            "UPDATE jobs SET processed = ?3 WHERE workspace = ?1 AND id = ?2",
            params![self.workspace, self.id, amount],
        )?;
        Ok(())
    }
}

/// Adds the recordings that are not in the index yet; returns how many.
fn sync(store: Store<'_>, connector: &str) -> ApiResult<u32> {
    let connector: Connector = store.get(connector)?;
    let mut added = 0;
    for item in &connector.items {
        let is_known: bool = store.connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM videos WHERE workspace = ?1 AND index_id = ?2 AND source_uri = ?3)",
            [store.workspace, &connector.index_id, item.source_uri()],
            |row| row.get(0),
        )?;
        if !is_known {
            add_video(store, &connector.index_id, item)?;
            added += 1;
        }
    }
    Ok(added)
}

impl Job {
    /// Returns of how many segments the words were listed.
    fn reindex(&self, store: Store<'_>) -> ApiResult<u32> {
        let of_index = [store.workspace, &self.index_id];
        let [drop, list] = [
            "INSERT INTO segment_words (segment_words, rowid, text)
             SELECT 'delete', n, text FROM segments WHERE workspace = ?1 AND index_id = ?2",
            "INSERT INTO segment_words (rowid, text)
             SELECT n, text FROM segments WHERE workspace = ?1 AND index_id = ?2",
        ];
        store.connection.execute(drop, of_index)?;
        let listed = store.connection.execute(list, of_index)?;
        u32::try_from(listed).map_err(ApiError::internal)
    }
}
