//! Videos of an index, with the segments that are searched.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use rusqlite::params;
use scopewright::actix::web::ServiceConfig;
use scopewright::actix::{delete, get, post};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use super::indexes::Index;
use crate::answer::Answer;
use crate::body::NoBody;
use crate::db::{Filter, Store, entity, query_all};
use crate::error::{ApiError, ApiResult};
use crate::page::Page;
use crate::values::{Name, Prose, Seconds};
use crate::workspace::{Workspace, Write};

#[derive(Deserialize, Serialize)]
pub(crate) struct Video {
    id: String,
    index_id: String,
    title: String,
    source_uri: String,
    duration_seconds: f64,
    created_at: String,
}

entity!(Video, "video" => "videos");

#[derive(Deserialize, Serialize)]
struct Segment {
    id: String,
    starts_seconds: f64,
    ends_seconds: f64,
    text: String,
}

#[derive(Serialize)]
struct VideoWithSegments {
    #[serde(flatten)]
    video: Video,
    segments: Vec<Segment>,
}

/// A recording as a caller, or a connector, offers it.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewVideo {
    title: Name,
    source_uri: Prose,
    #[serde(default)]
    segments: Vec<NewSegment>,
}

impl NewVideo {
    /// Where the recording is kept; no index has two of one place.
    pub(crate) fn source_uri(&self) -> &str {
        self.source_uri.as_str()
    }
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct NewSegment {
    starts_seconds: Seconds,
    ends_seconds: Seconds,
    text: Prose,
}

#[derive(Serialize)]
struct VideoRow<'a> {
    index_id: &'a str,
    title: &'a Name,
    source_uri: &'a Prose,
    duration_seconds: Seconds,
}

#[derive(Serialize)]
struct VideoFilter {
    index_id: String,
    title: Option<String>,
}

#[derive(Deserialize)]
struct TitleFilter {
    /// A part of the title.
    title: Option<String>,
}

impl Filter for VideoFilter {
    type Row = Video;
    const WHERE: &'static str =
        "index_id = :index_id AND (:title IS NULL OR instr(lower(title), lower(:title)) > 0)";
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(list_videos).service(add_video).service(get_video).service(delete_video);
}

#[requires_scope("read")]
#[get("/indexes/{index_id}/videos")]
async fn list_videos(
    workspace: Workspace,
    index_id: Path<String>,
    filter: Query<TitleFilter>,
    page: Query<Page>,
) -> ApiResult<HttpResponse> {
    let index_id = index_id.into_inner();
    let filter = VideoFilter { index_id: index_id.clone(), title: filter.into_inner().title };
    workspace.list_of::<Index, _>(index_id, filter, page.into_inner()).await
}

#[requires_scope("write")]
#[post("/indexes/{index_id}/videos")]
async fn add_video(write: Write<NewVideo>, index_id: Path<String>) -> ApiResult<HttpResponse> {
    write
        .run(move |store, body| {
            store.get::<Index>(&index_id)?;
            let video = add(store, &index_id, &body)?;
            Ok(Answer::created(format!("/api/v2/indexes/{index_id}/videos/{}", video.id), &video))
        })
        .await
}

#[requires_scope("read")]
#[get("/indexes/{index_id}/videos/{video_id}")]
async fn get_video(workspace: Workspace, path: Path<(String, String)>) -> ApiResult<HttpResponse> {
    workspace
        .read(move |store| {
            let video = of_index(store, &path)?;
            let segments = query_all(
                store.connection,
                "SELECT s.id, s.starts_seconds, s.ends_seconds, s.text
                 FROM segments AS s JOIN videos AS v ON v.n = s.video_n
                 WHERE v.workspace = ?1 AND v.id = ?2
                 ORDER BY s.starts_seconds, s.n",
                [store.workspace, &video.id],
            )?;
            Ok(VideoWithSegments { video, segments })
        })
        .await
}

#[requires_scope("admin")]
#[delete("/indexes/{index_id}/videos/{video_id}")]
async fn delete_video(write: Write<NoBody>, path: Path<(String, String)>) -> ApiResult<HttpResponse> {
    write
        .run(move |store, _| {
            store.remove::<Video>(&of_index(store, &path)?.id)?;
            Ok(Answer::no_content())
        })
        .await
}

/// Adds a video and its segments to an index of the workspace.
pub(crate) fn add(store: Store<'_>, index_id: &str, new: &NewVideo) -> ApiResult<Video> {
    let zero = Seconds::default();
    let row = VideoRow {
        index_id,
        title: &new.title,
        source_uri: &new.source_uri,
        duration_seconds: new.segments.iter().fold(zero, |end, segment| end.later(segment.ends_seconds)),
    };
    let video: Video = store.insert(&row)?;
    let mut statement = store.connection.prepare_cached(
        "INSERT INTO segments (workspace, index_id, video_n, starts_seconds, ends_seconds, text)
         SELECT workspace, index_id, n, ?3, ?4, ?5 FROM videos WHERE workspace = ?1 AND id = ?2",
    )?;
    for NewSegment { starts_seconds, ends_seconds, text } in &new.segments {
        let row = params![store.workspace, video.id, starts_seconds.get(), ends_seconds.get(), text.as_str()];
        statement.execute(row)?;
    }
    Ok(video)
}

fn of_index(store: Store<'_>, (index_id, video_id): &(String, String)) -> ApiResult<Video> {
    let video: Video = store.get(video_id)?;
    if video.index_id == *index_id {
        Ok(video)
    } else {
        Err(ApiError::NotFound(format!("the index `{index_id}` has no video `{video_id}`")))
    }
}
