//! The server, and one request to it over HTTP.

use crate::scopes::{AuthMode, Grant, Guard, Scope};
use crate::served::Served;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use rmcp::model::{
    CacheScope, CompleteRequestParams, CompleteResult, CompletionInfo, ListResourceTemplatesResult,
    ListResourcesResult, PaginatedRequestParams, PromptMessage, ReadResourceRequestParams,
    ReadResourceResponse, ReadResourceResult, Resource, ResourceContents, ResourceTemplate, Role,
    ServerCapabilities, ServerConfig, SubscribeRequestParams, SubscriptionFilter, UnsubscribeRequestParams,
};
use rmcp::service::{RequestContext, SubscriptionContext};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{
    ErrorData, RoleServer, ServerHandler, prompt, prompt_handler, prompt_router, tool, tool_handler,
    tool_router,
};
use scopewright::axum::AuthenticateLayer;
use scopewright::axum::routing::{Router, post};
use scopewright::mcp::{GuardedTools, ToolsLayer};
use scopewright::require::Is;
use scopewright::{Rejection, authenticate_with, requires_auth, requires_scope, scope_todo};
use serde_json::{Value, json};
use tower::ServiceExt as _;

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

pub async fn serve(server: impl ServerHandler + Clone, request: Request) -> Response {
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_allowed_hosts(["surveys.test"]);
    StreamableHttpService::new(move || Ok(server.clone()), NeverSessionManager::default().into(), config)
        .handle(request)
        .await
        .map(Body::new)
}

/// A token or key is its scopes with `+` between them.
pub fn authenticated(router: impl Served) -> impl Served {
    let layer = AuthenticateLayer::new(authenticate_with::<Scope, _>(|presented| {
        let mode = presented.mode().unwrap_or(AuthMode::Token);
        match presented.secret() {
            "revoked" => Err(Rejection::Invalid),
            scopes => Ok(Grant::from_scopes(mode, scopes.split('+')).with_subject("app-7")),
        }
    }));
    tower::Layer::layer(&layer, router)
}

pub fn app() -> impl Served {
    let endpoint = Router::new().route("/mcp", post(call)).layer(ToolsLayer::<Scope>::new());
    authenticated(endpoint.guarded::<Scope>().unwrap())
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub challenges: Vec<String>,
    pub text: String,
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

pub async fn send(app: impl Served, request: Request) -> Reply {
    let response = app.oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let challenges = response.headers().get_all("www-authenticate").iter();
    let challenges = challenges.map(|value| value.to_str().unwrap().to_owned()).collect();
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    Reply { status, challenges, text: String::from_utf8(bytes.to_vec()).unwrap() }
}

pub fn request(credential: &str, version: &str, message: &Value) -> Request {
    let mut request = Request::post("/mcp")
        .header("host", "surveys.test")
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", version);
    if version >= "2026-07-28" {
        request = request.header("mcp-method", message["method"].as_str().unwrap());
    }
    if let Some((name, value)) = credential.split_once(": ") {
        request = request.header(name, value);
    }
    request.body(message.to_string().into()).unwrap()
}

pub fn message(method: &str, params: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params })
}

/// One JSON-RPC request.
pub async fn ask(credential: &str, method: &str, params: Value) -> Reply {
    send(app(), request(credential, "2025-11-25", &message(method, &params))).await
}

pub fn token(scopes: &str) -> String {
    format!("Authorization: Bearer {scopes}")
}

pub fn key(scopes: &str) -> String {
    format!("X-API-Key: {scopes}")
}
