//! The tools: what an assistant may look up and do, each under the scope of the endpoint it stands for.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use rmcp::handler::server::tool::Extension;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolResult, ContentBlock};
use rmcp::schemars::{self, JsonSchema};
use rmcp::{ServerHandler, tool, tool_handler, tool_router};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::api::alerts::{self, AlertFilter};
use crate::api::attendance::SummaryFilter;
use crate::api::cameras::CameraFilter;
use crate::api::events::{self, EventFilter};
use crate::api::recordings::RecordingFilter;
use crate::api::sensors::LatestFilter;
use crate::api::sites::SiteFilter;
use crate::db::Filter;
use crate::error::ApiResult;
use crate::page::Page;
use crate::state::AppState;
use crate::tenant::Tenant;
use crate::values::{Day, Note};

/// The tools, for the organisation of whoever calls.
#[derive(Clone)]
pub(super) struct Tools {
    state: AppState,
}

/// Which of some rows, and which page of them.
#[derive(Deserialize, JsonSchema)]
struct Listed<F> {
    #[serde(flatten)]
    filter: F,
    #[serde(flatten)]
    page: Page,
}

/// One row.
#[derive(Deserialize, JsonSchema)]
struct One {
    id: i64,
}

#[derive(Deserialize, JsonSchema)]
struct Resolution {
    id: i64,
    /// What was done about it.
    #[schemars(with = "String")]
    resolution: Note,
}

#[tool_router(vis = "pub(super)")]
impl Tools {
    pub(super) const fn new(state: AppState) -> Self {
        Self { state }
    }

    /// Lists the sites of the organisation.
    #[requires_scope("read:sites")]
    #[tool(annotations(read_only_hint = true))]
    async fn list_sites(
        &self,
        Extension(parts): Extension<Parts>,
        Parameters(asked): Parameters<Listed<SiteFilter>>,
    ) -> CallToolResult {
        self.list(parts, asked).await
    }

    /// Lists cameras, with where they hang and whether they are paired.
    #[requires_scope("read:cameras")]
    #[tool(annotations(read_only_hint = true))]
    async fn list_cameras(
        &self,
        Extension(parts): Extension<Parts>,
        Parameters(asked): Parameters<Listed<CameraFilter>>,
    ) -> CallToolResult {
        self.list(parts, asked).await
    }

    /// Lists activity events, the newest first.
    #[requires_scope("read:events")]
    #[tool(annotations(read_only_hint = true))]
    async fn query_events(
        &self,
        Extension(parts): Extension<Parts>,
        Parameters(asked): Parameters<Listed<EventFilter>>,
    ) -> CallToolResult {
        self.list(parts, asked).await
    }

    /// Marks an activity event as seen.
    #[requires_scope("write:events")]
    #[tool(annotations(idempotent_hint = true))]
    async fn acknowledge_event(
        &self,
        Extension(parts): Extension<Parts>,
        Parameters(One { id }): Parameters<One>,
    ) -> CallToolResult {
        answer(async { events::acknowledge(&self.tenant(parts).await?, id).await }).await
    }

    /// Lists alerts, the newest first.
    #[requires_scope("read:alerts")]
    #[tool(annotations(read_only_hint = true))]
    async fn list_alerts(
        &self,
        Extension(parts): Extension<Parts>,
        Parameters(asked): Parameters<Listed<AlertFilter>>,
    ) -> CallToolResult {
        self.list(parts, asked).await
    }

    /// Marks an alert as seen.
    #[requires_scope("write:alerts")]
    #[tool(annotations(idempotent_hint = true))]
    async fn acknowledge_alert(
        &self,
        Extension(parts): Extension<Parts>,
        Parameters(One { id }): Parameters<One>,
    ) -> CallToolResult {
        answer(async { alerts::acknowledge(&self.tenant(parts).await?, id).await }).await
    }

    /// Closes an alert, with what was done about it.
    #[requires_scope("write:alerts")]
    #[tool]
    async fn resolve_alert(
        &self,
        Extension(parts): Extension<Parts>,
        Parameters(Resolution { id, resolution }): Parameters<Resolution>,
    ) -> CallToolResult {
        answer(async { alerts::resolve(&self.tenant(parts).await?, id, resolution).await }).await
    }

    /// Sums up today's attendance, a row for each person who was seen (days are days in UTC).
    #[requires_scope("read:attendance")]
    #[tool(annotations(read_only_hint = true))]
    async fn attendance_today(
        &self,
        Extension(parts): Extension<Parts>,
        Parameters(page): Parameters<Page>,
    ) -> CallToolResult {
        self.list(parts, Listed { filter: SummaryFilter::of_day(&Day::today()), page }).await
    }

    /// Lists what each sensor measured last.
    #[requires_scope("read:sensors")]
    #[tool(annotations(read_only_hint = true))]
    async fn latest_readings(
        &self,
        Extension(parts): Extension<Parts>,
        Parameters(asked): Parameters<Listed<LatestFilter>>,
    ) -> CallToolResult {
        self.list(parts, asked).await
    }

    /// Lists archived recordings, the newest first.
    #[requires_scope("read:recordings")]
    #[tool(annotations(read_only_hint = true))]
    async fn list_recordings(
        &self,
        Extension(parts): Extension<Parts>,
        Parameters(asked): Parameters<Listed<RecordingFilter>>,
    ) -> CallToolResult {
        self.list(parts, asked).await
    }

    /// Sums up what wants attention: the cameras, and the newest of the alerts that are open.
    #[requires_scope("read:cameras", "read:alerts")]
    #[tool(annotations(read_only_hint = true))]
    async fn overview(
        &self,
        Extension(parts): Extension<Parts>,
        Parameters(page): Parameters<Page>,
    ) -> CallToolResult {
        answer(async {
            let tenant = self.tenant(parts).await?;
            let Json(cameras) = tenant.list(CameraFilter::default(), page).await?;
            let Json(alerts) = tenant.list(AlertFilter::open(), page).await?;
            Ok(Json(json!({ "cameras": cameras, "open_alerts": alerts })))
        })
        .await
    }

    async fn tenant(&self, mut parts: Parts) -> ApiResult<Tenant> {
        Tenant::from_request_parts(&mut parts, &self.state).await
    }

    async fn list<F: Filter>(&self, parts: Parts, asked: Listed<F>) -> CallToolResult {
        answer(async { self.tenant(parts).await?.list(asked.filter, asked.page).await }).await
    }
}

#[tool_handler(
    name = "cortexvigil",
    instructions = "Cameras, events, alerts and attendance of one organisation."
)]
impl ServerHandler for Tools {}

/// What a tool answers: the JSON that the endpoint would, or the sentence that says what is wrong.
async fn answer<T: Serialize>(work: impl Future<Output = ApiResult<Json<T>>>) -> CallToolResult {
    match work.await.map(|Json(found)| serde_json::to_value(found)) {
        Ok(Ok(found)) => CallToolResult::structured(found),
        Ok(Err(_)) => CallToolResult::error(vec![ContentBlock::text("the answer could not be written")]),
        Err(error) => {
            error.report();
            CallToolResult::error(vec![ContentBlock::text(error.sentence())])
        }
    }
}
