//! The server with what it offers guarded: what is listed for a caller, and what is let through.

use super::asked::{
    Asked, COMPLETE, Call, GET_PROMPT, LISTEN, READ, SUBSCRIBE, Subject, UNSUBSCRIBE, about, template,
};
use super::extract::{denied, unguarded};
use super::shown::shown;
use super::table::{Offered, ToolMismatch, compare};
use super::{Admitted, Decided};
use crate::catalogue::{Catalogue, McpRow};
use crate::check::{Admission, admission};
use http::request::Parts;
use rmcp::model::{
    CacheScope, CallToolRequestParams, CallToolResponse, CancelTaskParams, CancelledNotificationParam,
    CompleteRequestParams, CompleteResult, DiscoverResult, GetPromptRequestParams, GetPromptResponse,
    GetTaskParams, GetTaskResult, InitializeRequestParams, InitializeResult, ListPromptsResult,
    ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ProgressNotificationParam, ProtocolVersion, ReadResourceRequestParams, ReadResourceResponse, Reference,
    ServerConfig, SubscribeRequestParams, SubscriptionFilter, Tool, UnsubscribeRequestParams,
    UpdateTaskParams,
};
use rmcp::service::{NotificationContext, RequestContext, SubscriptionContext};
use rmcp::{ErrorData, RoleServer, ServerHandler};
use scopewright_core::Decision;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// A server whose tools, prompts and resources are under a policy. Give it to rmcp's transport in place of the server.
///
/// ```text
/// let tools = GuardedTools::<Scope, _>::new(CameraTools::new(state), &CameraTools::tool_router())?;
/// let service = StreamableHttpService::new(move || Ok(tools.clone()), sessions, config);
/// ```
///
/// A server with prompts hands in their router too: `(&CameraTools::tool_router(), &CameraTools::prompt_router())`.
pub struct GuardedTools<C, S> {
    inner: S,
    catalogue: PhantomData<fn() -> C>,
}

impl<C: Catalogue, S> GuardedTools<C, S> {
    /// Guards a server.
    ///
    /// # Errors
    /// When the tools and prompts of the routers, which are the ones the server calls, are not those of the policy's table,
    /// or calls have to be written down and no audit hook is set.
    pub fn new(inner: S, offered: impl Offered<S>) -> Result<Self, ToolMismatch> {
        compare::<C>(&offered.names())?;
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

/// Waits until what is asked for is written down, where it has to be.
async fn recorded(admission: Admission) -> Result<(), ErrorData> {
    match admission.into_recording() {
        Some(recording) => recording.await.map_err(|_| denied()),
        None => Ok(()),
    }
}

/// Decides once more, for the caller, about what the layer let this request ask for.
fn admitted<C: Catalogue>(
    asked: &Asked,
    context: &Context,
) -> Result<(Vec<&'static McpRow>, Admission), ErrorData> {
    let parts = context.extensions.get::<Parts>().ok_or_else(unguarded)?;
    let admitted = parts.extensions.get::<Admitted>().ok_or_else(unguarded)?;
    if admitted.asked.as_deref() != Some(asked) {
        return Err(denied());
    }
    let rows = asked.rows(C::policy()).ok_or_else(denied)?;
    let mut all = Admission::AT_ONCE;
    for row in &rows {
        let call = Call { extensions: &parts.extensions, method: asked.method, name: row.name };
        all = all.and(admission::<C>(&row.operation, &call).map_err(|_| denied())?);
    }
    Ok((rows, all))
}

/// The HTTP request that a list is asked for by.
fn parts(context: &Context) -> Result<Parts, ErrorData> {
    context.extensions.get::<Parts>().cloned().ok_or_else(unguarded)
}

/// Whether everybody may be shown the same.
fn is_public(row: &McpRow) -> bool {
    row.operation.by_mode.is_empty() && row.operation.otherwise == Decision::Public
}

/// Methods that are the inner server's own.
macro_rules! handed_on {
    ($(async $name:ident($($argument:ident: $of:ty),*) -> $answer:ty;)*) => {$(
        async fn $name(&self, $($argument: $of),*) -> $answer {
            self.inner.$name($($argument),*).await
        }
    )*};
    ($(fn $name:ident($($argument:ident: $of:ty),*) -> $answer:ty;)*) => {$(
        fn $name(&self, $($argument: $of),*) -> $answer {
            self.inner.$name($($argument),*)
        }
    )*};
}
pub(super) use handed_on;

type Notified = NotificationContext<RoleServer>;

// What is not named here has the default of the trait, "method not found": nothing gets around this type. Requests and
// notifications of the server's own kinds are among it, because no policy names them.
impl<C: Catalogue, S: ServerHandler> ServerHandler for GuardedTools<C, S> {
    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        mut context: Context,
    ) -> Result<CallToolResponse, ErrorData> {
        let (_, admission) = admitted::<C>(&Asked::tool(&*request.name), &context)?;
        recorded(admission).await?;
        context.extensions.insert(Decided);
        self.inner.call_tool(request, context).await
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        mut context: Context,
    ) -> Result<GetPromptResponse, ErrorData> {
        let (_, admission) = admitted::<C>(&Asked::prompt(GET_PROMPT, &*request.name), &context)?;
        recorded(admission).await?;
        context.extensions.insert(Decided);
        self.inner.get_prompt(request, context).await
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: Context,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let (rows, admission) = admitted::<C>(&Asked::resource(READ, &*request.uri), &context)?;
        recorded(admission).await?;
        let mut response = self.inner.read_resource(request, context).await?;
        if let ReadResourceResponse::Complete(read) = &mut response
            && !rows.into_iter().all(is_public)
        {
            read.cache_scope = read.cache_scope.map(|_| CacheScope::Private);
        }
        Ok(response)
    }

    #[allow(deprecated, reason = "clients of the revisions before 2026-07-28 subscribe so")]
    async fn subscribe(&self, request: SubscribeRequestParams, context: Context) -> Result<(), ErrorData> {
        let (_, admission) = admitted::<C>(&Asked::resource(SUBSCRIBE, &*request.uri), &context)?;
        recorded(admission).await?;
        self.inner.subscribe(request, context).await
    }

    #[allow(deprecated, reason = "clients of the revisions before 2026-07-28 subscribe so")]
    async fn unsubscribe(
        &self,
        request: UnsubscribeRequestParams,
        context: Context,
    ) -> Result<(), ErrorData> {
        let (_, admission) = admitted::<C>(&Asked::resource(UNSUBSCRIBE, &*request.uri), &context)?;
        recorded(admission).await?;
        self.inner.unsubscribe(request, context).await
    }

    async fn listen(&self, context: SubscriptionContext) -> Result<(), ErrorData> {
        let uris = context.requested().resource_subscriptions.clone().unwrap_or_default();
        if !uris.is_empty() {
            let asked = Asked { method: LISTEN, of: Subject::Resources(uris) };
            let (_, admission) = admitted::<C>(&asked, context.request_context())?;
            recorded(admission).await?;
        }
        self.inner.listen(context).await
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        context: Context,
    ) -> Result<CompleteResult, ErrorData> {
        let asked = match &request.r#ref {
            Reference::Prompt(prompt) => Asked::prompt(COMPLETE, &*prompt.name),
            Reference::Resource(resource) => Asked::reference(&*resource.uri),
            _ => return Err(denied()),
        };
        let (_, admission) = admitted::<C>(&asked, &context)?;
        recorded(admission).await?;
        self.inner.complete(request, context).await
    }

    // A list is this caller's: nobody else may be shown it out of a cache.

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        context: Context,
    ) -> Result<ListToolsResult, ErrorData> {
        let parts = parts(&context)?;
        let mut listed = self.inner.list_tools(request, context).await?;
        listed.tools.retain_mut(|tool| {
            let row = C::policy().tool(&tool.name);
            shown::<C>(row.as_slice(), &parts).keeps(&mut tool.meta)
        });
        listed.cache_scope = listed.cache_scope.map(|_| CacheScope::Private);
        Ok(listed)
    }

    async fn list_prompts(
        &self,
        request: Option<PaginatedRequestParams>,
        context: Context,
    ) -> Result<ListPromptsResult, ErrorData> {
        let parts = parts(&context)?;
        let mut listed = self.inner.list_prompts(request, context).await?;
        listed.prompts.retain_mut(|prompt| {
            let row = C::policy().prompt(&prompt.name);
            shown::<C>(row.as_slice(), &parts).keeps(&mut prompt.meta)
        });
        listed.cache_scope = listed.cache_scope.map(|_| CacheScope::Private);
        Ok(listed)
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        context: Context,
    ) -> Result<ListResourcesResult, ErrorData> {
        let parts = parts(&context)?;
        let mut listed = self.inner.list_resources(request, context).await?;
        listed.resources.retain_mut(|resource| {
            let rows = about(C::policy(), &resource.uri).unwrap_or_default();
            shown::<C>(&rows, &parts).keeps(&mut resource.meta)
        });
        listed.cache_scope = listed.cache_scope.map(|_| CacheScope::Private);
        Ok(listed)
    }

    async fn list_resource_templates(
        &self,
        request: Option<PaginatedRequestParams>,
        context: Context,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let parts = parts(&context)?;
        let mut listed = self.inner.list_resource_templates(request, context).await?;
        listed.resource_templates.retain_mut(|listed| {
            let row = template(C::policy(), &listed.uri_template);
            shown::<C>(row.as_slice(), &parts).keeps(&mut listed.meta)
        });
        listed.cache_scope = listed.cache_scope.map(|_| CacheScope::Private);
        Ok(listed)
    }

    handed_on! {
        async ping(context: Context) -> Result<(), ErrorData>;
        async initialize(request: InitializeRequestParams, context: Context) -> Result<InitializeResult, ErrorData>;
        async discover(context: Context) -> Result<DiscoverResult, ErrorData>;
        async get_task(request: GetTaskParams, context: Context) -> Result<GetTaskResult, ErrorData>;
        async update_task(request: UpdateTaskParams, context: Context) -> Result<(), ErrorData>;
        async cancel_task(request: CancelTaskParams, context: Context) -> Result<(), ErrorData>;
        async on_cancelled(notification: CancelledNotificationParam, context: Notified) -> ();
        async on_progress(notification: ProgressNotificationParam, context: Notified) -> ();
        async on_initialized(context: Notified) -> ();
        async on_roots_list_changed(context: Notified) -> ();
    }

    handed_on! {
        fn negotiate_initialize(request: &InitializeRequestParams) -> Result<InitializeResult, ErrorData>;
        fn supported_protocol_versions() -> Cow<'static, [ProtocolVersion]>;
        fn accepted_subscription_filter(requested: &SubscriptionFilter) -> Option<SubscriptionFilter>;
        fn get_tool(name: &str) -> Option<Tool>;
        fn get_info() -> ServerConfig;
    }
}
