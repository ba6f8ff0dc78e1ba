//! A server for the one caller that started its process: nothing is decided.

use super::extract::unguarded;
use super::server::handed_on;
use http::request::Parts;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CancelTaskParams, CancelledNotificationParam,
    CompleteRequestParams, CompleteResult, CustomNotification, CustomRequest, CustomResult, DiscoverResult,
    GetPromptRequestParams, GetPromptResponse, GetSkillRequestParams, GetSkillResult, GetTaskParams,
    GetTaskResult, InitializeRequestParams, InitializeResult, ListPromptsResult, ListResourceTemplatesResult,
    ListResourcesResult, ListSkillsResult, ListToolsResult, PaginatedRequestParams,
    ProgressNotificationParam, ProtocolVersion, ReadResourceDirectoryRequestParams,
    ReadResourceDirectoryResult, ReadResourceRequestParams, ReadResourceResponse, ServerConfig,
    SubscribeRequestParams, SubscriptionFilter, Tool, UnsubscribeRequestParams, UpdateTaskParams,
};
use rmcp::service::{NotificationContext, RequestContext, SubscriptionContext};
use rmcp::{ErrorData, RoleServer, ServerHandler};
use std::borrow::Cow;
use std::fmt;

/// A server that is served open, because whoever started its process is its one caller: over stdio, say. Every tool lets
/// every call through.
///
/// The build warns of each (`open-mcp-server`) with the reason it is given. A request that came over HTTP is denied, so
/// that no mistake makes the server reachable.
///
/// ```text
/// let server = LocalServer::new("started by the user it serves, over stdio", CameraTools::new(state));
/// server.serve(stdio()).await?;
/// ```
#[derive(Clone)]
pub struct LocalServer<S> {
    inner: S,
    reason: &'static str,
}

impl<S> LocalServer<S> {
    /// Serves a server open, for a reason.
    pub const fn new(reason: &'static str, inner: S) -> Self {
        Self { inner, reason }
    }

    /// The reason.
    pub const fn reason(&self) -> &'static str {
        self.reason
    }
}

impl<S: fmt::Debug> fmt::Debug for LocalServer<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalServer").field("inner", &self.inner).field("reason", &self.reason).finish()
    }
}

/// In the context of a call that a [`LocalServer`] let through.
#[derive(Debug, Clone, Copy)]
pub(super) struct Local;

type Context = RequestContext<RoleServer>;
type Notified = NotificationContext<RoleServer>;

/// The context of a request that came from within the process's own surroundings.
fn local(mut context: Context) -> Result<Context, ErrorData> {
    if context.extensions.get::<Parts>().is_some() {
        return Err(unguarded());
    }
    context.extensions.insert(Local);
    Ok(context)
}

/// Methods that are the inner server's own for local requests.
macro_rules! handed_on_locally {
    ($(async $name:ident($($argument:ident: $of:ty),*) -> $answer:ty;)*) => {$(
        async fn $name(&self, $($argument: $of,)* context: Context) -> Result<$answer, ErrorData> {
            self.inner.$name($($argument,)* local(context)?).await
        }
    )*};
}

impl<S: ServerHandler> ServerHandler for LocalServer<S> {
    handed_on_locally! {
        async ping() -> ();
        async initialize(request: InitializeRequestParams) -> InitializeResult;
        async discover() -> DiscoverResult;
        async complete(request: CompleteRequestParams) -> CompleteResult;
        async get_prompt(request: GetPromptRequestParams) -> GetPromptResponse;
        async list_prompts(request: Option<PaginatedRequestParams>) -> ListPromptsResult;
        async list_resources(request: Option<PaginatedRequestParams>) -> ListResourcesResult;
        async list_resource_templates(request: Option<PaginatedRequestParams>) -> ListResourceTemplatesResult;
        async read_resource(request: ReadResourceRequestParams) -> ReadResourceResponse;
        async call_tool(request: CallToolRequestParams) -> CallToolResponse;
        async list_tools(request: Option<PaginatedRequestParams>) -> ListToolsResult;
        async on_custom_request(request: CustomRequest) -> CustomResult;
        async get_task(request: GetTaskParams) -> GetTaskResult;
        async update_task(request: UpdateTaskParams) -> ();
        async cancel_task(request: CancelTaskParams) -> ();
        async list_skills(request: Option<PaginatedRequestParams>) -> ListSkillsResult;
        async get_skill(request: GetSkillRequestParams) -> GetSkillResult;
        async read_resource_directory(request: ReadResourceDirectoryRequestParams) -> ReadResourceDirectoryResult;
    }

    #[allow(deprecated, reason = "clients of the revisions before 2026-07-28 subscribe so")]
    async fn subscribe(&self, request: SubscribeRequestParams, context: Context) -> Result<(), ErrorData> {
        self.inner.subscribe(request, local(context)?).await
    }

    #[allow(deprecated, reason = "clients of the revisions before 2026-07-28 subscribe so")]
    async fn unsubscribe(
        &self,
        request: UnsubscribeRequestParams,
        context: Context,
    ) -> Result<(), ErrorData> {
        self.inner.unsubscribe(request, local(context)?).await
    }

    handed_on! {
        async on_cancelled(notification: CancelledNotificationParam, context: Notified) -> ();
        async on_progress(notification: ProgressNotificationParam, context: Notified) -> ();
        async on_initialized(context: Notified) -> ();
        async on_roots_list_changed(context: Notified) -> ();
        async on_custom_notification(notification: CustomNotification, context: Notified) -> ();
    }

    async fn listen(&self, context: SubscriptionContext) -> Result<(), ErrorData> {
        if context.request_context().extensions.get::<Parts>().is_some() {
            return Err(unguarded());
        }
        self.inner.listen(context).await
    }

    handed_on! {
        fn negotiate_initialize(request: &InitializeRequestParams) -> Result<InitializeResult, ErrorData>;
        fn supported_protocol_versions() -> Cow<'static, [ProtocolVersion]>;
        fn accepted_subscription_filter(requested: &SubscriptionFilter) -> Option<SubscriptionFilter>;
        fn get_tool(name: &str) -> Option<Tool>;
        fn get_info() -> ServerConfig;
    }
}
