//! Full-text search over the segments of a workspace (SQLite FTS5, ranked by BM25).

use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::db::{Store, query_all, query_one};
use crate::error::{ApiError, ApiResult};
use crate::values::{Prose, TopK};

/// What is looked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    pub(crate) query: Prose,
    #[serde(default)]
    pub(crate) top_k: TopK,
}

/// A segment that was found.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Hit {
    pub(crate) segment_id: String,
    pub(crate) video_id: String,
    video_title: String,
    index_id: String,
    pub(crate) starts_seconds: f64,
    pub(crate) ends_seconds: f64,
    pub(crate) text: String,
    /// Higher is better.
    pub(crate) score: f64,
}

/// What a search answers.
#[derive(Serialize)]
pub(crate) struct Hits {
    query: String,
    results: Vec<Hit>,
}

/// Words as the index knows them: runs of letters and digits, none of which means anything else to FTS5.
fn any_of_the_words(text: &str) -> Option<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let quoted: Vec<_> = words.take(64).map(|word| format!("\"{word}\"")).collect();
    if quoted.is_empty() { None } else { Some(quoted.join(" OR ")) }
}

/// The segments that have any of the words, best first; of one index, or of all.
pub(crate) fn find(store: Store<'_>, index: Option<&str>, text: &str, top_k: TopK) -> ApiResult<Vec<Hit>> {
    let words = any_of_the_words(text)
        .ok_or_else(|| ApiError::Invalid("the query has no word to look for".to_owned()))?;
    let hits = query_all(
        store.connection,
        "SELECT s.id AS segment_id, v.id AS video_id, v.title AS video_title, s.index_id, s.starts_seconds,
                s.ends_seconds, s.text, round(-bm25(segment_words), 6) AS score
         FROM segment_words
         JOIN segments AS s ON s.n = segment_words.rowid
         JOIN videos AS v ON v.n = s.video_n
         WHERE segment_words MATCH ?1 AND s.workspace = ?2 AND (?3 IS NULL OR s.index_id = ?3)
         ORDER BY bm25(segment_words), s.n
         LIMIT ?4",
        params![words, store.workspace, index, top_k.0],
    )?;
    Ok(hits)
}

/// [`find`] with the question beside the results.
pub(crate) fn answer(store: Store<'_>, index: Option<&str>, query: &Query) -> ApiResult<Hits> {
    let results = find(store, index, query.query.as_str(), query.top_k)?;
    Ok(Hits { query: query.query.as_str().to_owned(), results })
}

/// The segments that share words with one.
pub(crate) fn similar(store: Store<'_>, segment: &str, top_k: TopK) -> ApiResult<Hits> {
    let text: Option<String> = query_one(
        store.connection,
        "SELECT text FROM segments WHERE workspace = ?1 AND id = ?2",
        [store.workspace, segment],
    )?;
    let text = text.ok_or_else(|| ApiError::NotFound(format!("there is no segment `{segment}`")))?;
    let one_more = TopK(top_k.0 + 1);
    let mut results = find(store, None, &text, one_more)?;
    results.retain(|hit| hit.segment_id != segment);
    results.truncate(usize::from(top_k.0));
    Ok(Hits { query: text, results })
}

/// A word that occurs in the workspace's segments.
#[derive(Deserialize, Serialize)]
pub(crate) struct Suggestion {
    term: String,
    segments: i64,
}

/// Words that begin like this, most frequent first. Only the workspace's own: another's vocabulary says a lot about it.
pub(crate) fn suggestions(store: Store<'_>, beginning: &str) -> ApiResult<Vec<Suggestion>> {
    let beginning = beginning.to_lowercase();
    let terms = query_all(
        store.connection,
        "SELECT t.term, count(DISTINCT t.doc) AS segments
         FROM segment_terms AS t
         JOIN segments AS s ON s.n = t.doc
         WHERE t.term >= ?1 AND substr(t.term, 1, length(?1)) = ?1 AND s.workspace = ?2
         GROUP BY t.term
         ORDER BY segments DESC, t.term
         LIMIT 20",
        [&beginning, store.workspace],
    )?;
    Ok(terms)
}

#[cfg(test)]
mod tests {
    use super::any_of_the_words;

    #[test]
    fn nothing_of_a_query_is_an_operator() {
        assert_eq!(
            any_of_the_words("reporter AND \"station\" NEAR(x) text:*").as_deref(),
            Some("\"reporter\" OR \"AND\" OR \"station\" OR \"NEAR\" OR \"x\" OR \"text\"")
        );
        assert_eq!(any_of_the_words(" -*\"\" "), None);
    }
}
