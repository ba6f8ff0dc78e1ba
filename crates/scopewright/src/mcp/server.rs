//! The server with its tools guarded: what is listed for a caller, and what is let through to a tool.

use super::extract::{denied, unguarded};
use super::table::{ToolMismatch, compare};
use super::{Admitted, Decided, ToolCall};
use crate::catalogue::{Catalogue, ToolRow};
use crate::check::{Admission, admission, verdict};
use http::request::Parts;
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::model::{
    CacheScope, CallToolRequestParams, CallToolResponse, CancelTaskParams, CancelledNotificationParam,
    CompleteRequestParams, CompleteResult, CustomNotification, CustomRequest, CustomResult, DiscoverResult,
    GetPromptRequestParams, GetPromptResponse, GetTaskParams, GetTaskResult, InitializeRequestParams,
    InitializeResult, ListPromptsResult, ListResourceTemplatesResult, ListResourcesResult, ListToolsResult,
    PaginatedRequestParams, ProgressNotificationParam, ProtocolVersion, ReadResourceRequestParams,
    ReadResourceResponse, ServerConfig, SubscriptionFilter, Tool, UpdateTaskParams,
};
use rmcp::service::{NotificationContext, RequestContext, SubscriptionContext};
use rmcp::{ErrorData, RoleServer, ServerHandler};
use scopewright_core::Verdict;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// A server whose tools are under a policy. Give it to rmcp's transport in place of the server.
///
/// ```text
/// let tools = GuardedTools::<Scope, _>::new(CameraTools::new(state), &CameraTools::tool_router())?;
/// let service = StreamableHttpService::new(move || Ok(tools.clone()), sessions, config);
/// ```
pub struct GuardedTools<C, S> {
    inner: S,
    catalogue: PhantomData<fn() -> C>,
}

impl<C: Catalogue, S> GuardedTools<C, S> {
    /// Guards a server.
    ///
    /// # Errors
    /// When the tools of `router`, which is the one the server calls, are not those of the policy's table, or calls have to
    /// be written down and no audit hook is set.
    pub fn new(inner: S, router: &ToolRouter<S>) -> Result<Self, ToolMismatch> {
        compare::<C, S>(router)?;
        Ok(Self { inner, catalogue: PhantomData })
    }
}

impl<C, S: Clone> Clone for GuardedTools<C, S> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), catalogue: PhantomData }
    }
}

impl<C, S: fmt::Debug> fmt::Debug for GuardedTools<C, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuardedTools").field("inner", &self.inner).finish_non_exhaustive()
    }
}

type Context = RequestContext<RoleServer>;

/// The row of the tool that the layer let this request call, decided once more for the caller.
fn admitted<C: Catalogue>(name: &str, context: &Context) -> Result<Admission, ErrorData> {
    let parts = context.extensions.get::<Parts>().ok_or_else(unguarded)?;
    let admitted = parts.extensions.get::<Admitted>().ok_or_else(unguarded)?;
    if admitted.tool.as_deref() != Some(name) {
        return Err(denied());
    }
    let row = C::policy().tool(name).ok_or_else(denied)?;
    let call = ToolCall { extensions: &parts.extensions, tool: row.name };
    admission::<C>(&row.operation, &call).map_err(|_| denied())
}

/// Whether the caller may call a tool.
fn may_call<C: Catalogue>(row: &'static ToolRow, parts: &Parts) -> bool {
    let call = ToolCall { extensions: &parts.extensions, tool: row.name };
    verdict::<C>(&row.operation, &call) == Verdict::Allowed
}

/// Methods that are the inner server's own.
macro_rules! handed_on {
    ($(async $name:ident($($argument:ident: $of:ty),*) -> $answer:ty;)*) => {$(
        async fn $name(&self, $($argument: $of),*) -> $answer {
            self.inner.$name($($argument),*).await
        }
    )*};
}

type Notified = NotificationContext<RoleServer>;

// What is not named here has the default of the trait, "method not found": nothing gets around this type.
impl<C: Catalogue, S: ServerHandler> ServerHandler for GuardedTools<C, S> {
    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        mut context: Context,
    ) -> Result<CallToolResponse, ErrorData> {
        if let Some(recording) = admitted::<C>(&request.name, &context)?.into_recording() {
            recording.await.map_err(|_| denied())?;
        }
        context.extensions.insert(Decided);
        self.inner.call_tool(request, context).await
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        context: Context,
    ) -> Result<ListToolsResult, ErrorData> {
        let parts = context.extensions.get::<Parts>().cloned().ok_or_else(unguarded)?;
        let mut listed = self.inner.list_tools(request, context).await?;
        listed
            .tools
            .retain(|tool| C::policy().tool(&tool.name).is_some_and(|row| may_call::<C>(row, &parts)));
        // The list is this caller's: nobody else may be shown it out of a cache.
        listed.cache_scope = listed.cache_scope.map(|_| CacheScope::Private);
        Ok(listed)
    }

    handed_on! {
        async ping(context: Context) -> Result<(), ErrorData>;
        async initialize(request: InitializeRequestParams, context: Context) -> Result<InitializeResult, ErrorData>;
        async discover(context: Context) -> Result<DiscoverResult, ErrorData>;
        async complete(request: CompleteRequestParams, context: Context) -> Result<CompleteResult, ErrorData>;
        async get_prompt(request: GetPromptRequestParams, context: Context) -> Result<GetPromptResponse, ErrorData>;
        async list_prompts(request: Option<PaginatedRequestParams>, context: Context)
            -> Result<ListPromptsResult, ErrorData>;
        async list_resources(request: Option<PaginatedRequestParams>, context: Context)
            -> Result<ListResourcesResult, ErrorData>;
        async list_resource_templates(request: Option<PaginatedRequestParams>, context: Context)
            -> Result<ListResourceTemplatesResult, ErrorData>;
        async read_resource(request: ReadResourceRequestParams, context: Context)
            -> Result<ReadResourceResponse, ErrorData>;
        async listen(context: SubscriptionContext) -> Result<(), ErrorData>;
        async on_custom_request(request: CustomRequest, context: Context) -> Result<CustomResult, ErrorData>;
        async get_task(request: GetTaskParams, context: Context) -> Result<GetTaskResult, ErrorData>;
        async update_task(request: UpdateTaskParams, context: Context) -> Result<(), ErrorData>;
        async cancel_task(request: CancelTaskParams, context: Context) -> Result<(), ErrorData>;
        async on_cancelled(notification: CancelledNotificationParam, context: Notified) -> ();
        async on_progress(notification: ProgressNotificationParam, context: Notified) -> ();
        async on_initialized(context: Notified) -> ();
        async on_roots_list_changed(context: Notified) -> ();
        async on_custom_notification(notification: CustomNotification, context: Notified) -> ();
    }

    fn negotiate_initialize(&self, request: &InitializeRequestParams) -> Result<InitializeResult, ErrorData> {
        self.inner.negotiate_initialize(request)
    }

    fn supported_protocol_versions(&self) -> Cow<'static, [ProtocolVersion]> {
        self.inner.supported_protocol_versions()
    }

    fn accepted_subscription_filter(&self, requested: &SubscriptionFilter) -> Option<SubscriptionFilter> {
        self.inner.accepted_subscription_filter(requested)
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.inner.get_tool(name)
    }

    fn get_info(&self) -> ServerConfig {
        self.inner.get_info()
    }
}
