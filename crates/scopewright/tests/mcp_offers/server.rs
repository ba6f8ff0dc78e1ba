//! The server, and one request to it over HTTP.

use crate::mcp_http::request_of;
pub use crate::mcp_http::{Reply, authenticated, key, message, send, serve, token};
use crate::scopes::{Grant, Guard, Scope};
use crate::served::Served;
use axum::extract::Request;
use axum::response::Response;
use rmcp::model::{
    CacheScope, CompleteRequestParams, CompleteResult, CompletionInfo, ListResourceTemplatesResult,
    ListResourcesResult, PaginatedRequestParams, PromptMessage, ReadResourceRequestParams,
    ReadResourceResponse, ReadResourceResult, Resource, ResourceContents, ResourceTemplate, Role,
    ServerCapabilities, ServerConfig, SubscribeRequestParams, SubscriptionFilter, UnsubscribeRequestParams,
};
use rmcp::service::{RequestContext, SubscriptionContext};
use rmcp::{
    ErrorData, RoleServer, ServerHandler, prompt, prompt_handler, prompt_router, tool, tool_handler,
    tool_router,
};
use scopewright::axum::routing::{Router, post};
use scopewright::mcp::{GuardedTools, ToolsLayer};
use scopewright::require::Is;
use scopewright::{requires_auth, requires_scope, scope_todo};
use serde_json::Value;

#[derive(Debug, Clone)]
pub struct Surveys;

#[tool_router(vis = "pub")]
impl Surveys {
    #[requires_scope(any("surveys:admin", all("surveys:read", "surveys:write")))]
    #[tool]
    async fn copy_survey(&self) -> String {
        "copied".to_owned()
    }

    #[requires_scope("surveys:read", via = "api_key")]
    #[tool]
    async fn export(&self) -> String {
        "exported".to_owned()
    }

    #[requires_scope("surveys:read")]
    #[tool]
    async fn list_surveys(&self) -> String {
        "surveys".to_owned()
    }

    #[scope_todo("SUR-1")]
    #[tool]
    async fn planned(&self) -> String {
        "planned".to_owned()
    }

    #[requires_scope("surveys:purge")]
    #[tool]
    async fn purge(&self) -> String {
        "purged".to_owned()
    }

    #[requires_scope(any("surveys:admin", all("surveys:read", "surveys:purge")))]
    #[tool]
    async fn tidy(&self) -> String {
        "tidied".to_owned()
    }

    #[requires_auth]
    #[tool]
    async fn time(&self) -> String {
        "now".to_owned()
    }

    #[requires_scope("surveys:write")]
    #[tool]
    async fn write_survey(&self) -> String {
        "written".to_owned()
    }
}

fn says(text: &str) -> Vec<PromptMessage> {
    vec![PromptMessage::new_text(Role::User, text)]
}

#[prompt_router(vis = "pub")]
impl Surveys {
    #[requires_scope("surveys:read", via = "api_key")]
    #[prompt]
    async fn key_prompt(&self) -> Vec<PromptMessage> {
        says("for keys")
    }

    #[scope_todo("SUR-1")]
    #[prompt]
    async fn planned_prompt(&self) -> Vec<PromptMessage> {
        says("planned")
    }

    #[requires_scope("surveys:read")]
    #[prompt]
    async fn summary(&self) -> Vec<PromptMessage> {
        says("sum up")
    }

    #[requires_auth]
    #[prompt]
    async fn welcome(&self, grant: Grant) -> Vec<PromptMessage> {
        says(grant.subject().unwrap_or("nobody"))
    }
}

type Context = RequestContext<RoleServer>;

#[tool_handler]
#[prompt_handler]
impl ServerHandler for Surveys {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_prompts()
            .enable_resources()
            .enable_resources_subscribe()
            .enable_completions()
            .build();
        ServerConfig::new(capabilities)
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: Context,
    ) -> Result<ListResourcesResult, ErrorData> {
        let uris =
            ["surveys://7", "surveys://all", "surveys://hidden/x", "surveys://secret", "welcome://text"];
        let resources = uris.iter().map(|uri| Resource::new(*uri, *uri)).collect();
        Ok(ListResourcesResult::with_all_items(resources).with_cache_scope(CacheScope::Public))
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: Context,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let templates = ["surveys://{survey}", "surveys://{survey}/answers", "surveys://{+all}"];
        let templates =
            templates.iter().map(|template| ResourceTemplate::new(*template, *template)).collect();
        Ok(ListResourceTemplatesResult::with_all_items(templates).with_cache_scope(CacheScope::Public))
    }

    /// Answers whatever is asked for, so that only what stands in front of it decides.
    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: Context,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let text = ResourceContents::text(format!("SECRET of {}", request.uri), request.uri);
        Ok(ReadResourceResult::new(vec![text]).with_cache_scope(CacheScope::Public).into())
    }

    async fn subscribe(&self, _: SubscribeRequestParams, _: Context) -> Result<(), ErrorData> {
        Ok(())
    }

    async fn unsubscribe(&self, _: UnsubscribeRequestParams, _: Context) -> Result<(), ErrorData> {
        Ok(())
    }

    fn accepted_subscription_filter(&self, requested: &SubscriptionFilter) -> Option<SubscriptionFilter> {
        Some(requested.clone())
    }

    async fn listen(&self, _: SubscriptionContext) -> Result<(), ErrorData> {
        Ok(())
    }

    async fn complete(&self, _: CompleteRequestParams, _: Context) -> Result<CompleteResult, ErrorData> {
        Ok(CompleteResult::new(CompletionInfo::new(vec!["SECRET".to_owned()]).unwrap()))
    }
}

pub fn guarded() -> GuardedTools<Scope, Surveys> {
    GuardedTools::new(Surveys, (&Surveys::tool_router(), &Surveys::prompt_router())).unwrap()
}

/// What `#[requires_scope("mcp:connect")]` makes of the handler of the endpoint.
async fn call(_: Guard<Is<{ Scope::McpConnect as u16 }>>, request: Request) -> Response {
    serve(guarded(), request).await
}

pub fn app() -> impl Served {
    let endpoint = Router::new().route("/mcp", post(call)).layer(ToolsLayer::<Scope>::new());
    authenticated(endpoint.guarded::<Scope>().unwrap())
}

impl Reply {
    pub fn json(&self) -> Value {
        // An answer that is a stream has the message behind `data:`.
        let text = self.text.lines().filter_map(|line| line.strip_prefix("data: ")).next_back();
        serde_json::from_str(text.unwrap_or(&self.text)).unwrap_or(Value::Null)
    }

    /// Whether the server behind the guards answered.
    pub fn is_answered(&self) -> bool {
        self.status == 200 && !self.json()["result"].is_null()
    }
}

pub fn request(credential: &str, version: &str, message: &Value) -> Request {
    let mut request = request_of(version, credential, message.to_string());
    if version >= "2026-07-28" {
        let method = message["method"].as_str().unwrap();
        request.headers_mut().insert("mcp-method", method.parse().unwrap());
    }
    request
}

/// One JSON-RPC request.
pub async fn ask(credential: &str, method: &str, params: Value) -> Reply {
    send(app(), request(credential, "2025-11-25", &message(method, &params))).await
}
