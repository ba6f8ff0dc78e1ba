//! The layer around the endpoint: reads the message and answers a denied call while HTTP is still open.

use super::Admitted;
use super::asked::{Asked, Call};
use super::both::both;
use super::message::{Refusal, read};
use crate::catalogue::{Catalogue, McpRow, RouteRow};
use crate::check::{Asking, admission, deny_unlisted, verdict};
use crate::denial::Denial;
use crate::table::find;
use ::axum::body::{Body, HttpBody};
use ::axum::extract::{MatchedPath, Request};
use ::axum::response::{IntoResponse, Response};
use http::header::{ALLOW, CONTENT_ENCODING};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode};
use rmcp::model::ErrorCode;
use scopewright_core::{Answering, Verdict, answering};
use std::fmt;
use std::future::{Future, poll_fn};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower_layer::Layer;
use tower_service::Service;

/// The largest message that is read unless the layer says otherwise: 1 MiB.
pub const DEFAULT_MAX_BODY_BYTES: usize = 1 << 20;

/// Decides about calls of tools, and about what is asked of prompts and resources, before they reach the server. For the
/// router of the MCP endpoint alone, inside of
/// [`AuthenticateLayer`](crate::axum::AuthenticateLayer):
///
/// ```text
/// Router::new().route("/mcp", post(call)).layer(ToolsLayer::<Scope>::new())
/// ```
///
/// What it stops:
/// - a call the caller may not make, with what the policy declares for it; also one that lacks the scopes of the endpoint,
///   so that one challenge names the scopes of both;
/// - a request about what is not in the table, or that nobody has decided about: 403, whether it exists or not;
/// - a body that is larger than allowed (413), is encoded (415), or is not one JSON-RPC message, a batch included (400);
/// - another method than `POST` (405).
///
/// A request of a caller who may not call the endpoint for another reason is handed on unread: the endpoint's own guard
/// answers it. So is one that matched no route.
pub struct ToolsLayer<C> {
    max_body_bytes: usize,
    catalogue: PhantomData<fn() -> C>,
}

impl<C: Catalogue> ToolsLayer<C> {
    /// The layer of a policy.
    pub const fn new() -> Self {
        Self { max_body_bytes: DEFAULT_MAX_BODY_BYTES, catalogue: PhantomData }
    }

    /// The same, with messages of up to this many bytes.
    #[must_use]
    pub const fn with_max_body_bytes(self, max_body_bytes: usize) -> Self {
        Self { max_body_bytes, ..self }
    }
}

impl<C: Catalogue> Default for ToolsLayer<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C> Clone for ToolsLayer<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for ToolsLayer<C> {}

impl<C> fmt::Debug for ToolsLayer<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ToolsLayer").field("max_body_bytes", &self.max_body_bytes).finish_non_exhaustive()
    }
}

impl<C, S> Layer<S> for ToolsLayer<C> {
    type Service = ToolsService<C, S>;

    fn layer(&self, inner: S) -> ToolsService<C, S> {
        ToolsService { inner, layer: *self }
    }
}

/// The service of [`ToolsLayer`].
pub struct ToolsService<C, S> {
    inner: S,
    layer: ToolsLayer<C>,
}

impl<C, S: Clone> Clone for ToolsService<C, S> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), layer: self.layer }
    }
}

impl<C, S: fmt::Debug> fmt::Debug for ToolsService<C, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ToolsService").field("inner", &self.inner).finish_non_exhaustive()
    }
}

impl<C, S> Service<Request> for ToolsService<C, S>
where
    C: Catalogue,
    S: Service<Request> + Clone + Send + 'static,
    S::Response: IntoResponse,
    S::Future: Send,
{
    type Response = Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        // The clone takes the place of the service that was polled ready, which goes with the request.
        let clone = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, clone);
        let max_body_bytes = self.layer.max_body_bytes;
        Box::pin(async move {
            match admit::<C>(request, max_body_bytes).await {
                Ok(request) => inner.call(request).await.map(IntoResponse::into_response),
                Err(response) => Ok(response),
            }
        })
    }
}

/// The request as it is handed on, or the answer to it.
async fn admit<C: Catalogue>(request: Request, max_body_bytes: usize) -> Result<Request, Response> {
    let (mut parts, body) = request.into_parts();
    let Some(path) = parts.extensions.get::<MatchedPath>().cloned() else {
        return Ok(Request::from_parts(parts, body));
    };
    if parts.method != Method::POST {
        let mut response = StatusCode::METHOD_NOT_ALLOWED.into_response();
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
        return Err(response);
    }
    let endpoint = find(C::policy(), parts.method.as_str(), path.as_str());
    let asking = Call { extensions: &parts.extensions, method: "", name: "" };
    let of_endpoint = endpoint.map_or(Verdict::Allowed, |row| verdict::<C>(&row.operation, &asking));
    if !matches!(of_endpoint, Verdict::Allowed | Verdict::InsufficientScope) {
        return Ok(Request::from_parts(parts, body));
    }
    let message = match message(&parts, body, max_body_bytes).await {
        Ok(message) => message,
        // Who may not call the endpoint is told that first: its guard answers, and reads no body.
        Err(_) if of_endpoint != Verdict::Allowed => return Ok(Request::from_parts(parts, Body::empty())),
        Err(refusal) => return Err(refusal.into_response()),
    };
    let (bytes, asked) = message;
    if let Some(asked) = &asked {
        decide_asked::<C>(endpoint, of_endpoint, asked, &parts).map_err(IntoResponse::into_response)?;
    }
    parts.extensions.insert(Admitted { asked: asked.map(Arc::new) });
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// The body and what it asks for.
async fn message(
    parts: &Parts,
    body: Body,
    max_body_bytes: usize,
) -> Result<(Vec<u8>, Option<Asked>), Refusal> {
    if is_encoded(parts) {
        return Err(Refusal {
            status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
            code: ErrorCode::INVALID_REQUEST,
            reason: "the body is encoded, and plain JSON is read here",
        });
    }
    let bytes = collect(body, max_body_bytes).await?;
    let message = read(&bytes)?;
    Ok((bytes, message))
}

/// Decides about a request of a caller who may call the endpoint, or lacks scopes for it.
fn decide_asked<C: Catalogue>(
    endpoint: Option<&'static RouteRow>,
    of_endpoint: Verdict,
    asked: &Asked,
    parts: &Parts,
) -> Result<(), Denial> {
    let policy = C::policy();
    let call = |name| Call { extensions: &parts.extensions, method: asked.method, name };
    let of_row = |row: &McpRow| verdict::<C>(&row.operation, &call(row.name));
    let rows = asked.rows(policy).unwrap_or_default();
    let lacking = rows.iter().copied().find(|row| of_row(row) != Verdict::Allowed);
    let refusing = rows
        .iter()
        .copied()
        .find(|row| !matches!(of_row(row), Verdict::Allowed | Verdict::InsufficientScope));
    let of_rows = match (refusing, lacking) {
        (Some(row), _) => of_row(row),
        (None, Some(_)) => Verdict::InsufficientScope,
        // What is not in the table nobody has decided about.
        (None, None) if rows.is_empty() => Verdict::Undecided,
        (None, None) => Verdict::Allowed,
    };
    let named = call(refusing.or(lacking).or(rows.first().copied()).map_or("", |row| row.name));
    match (answering(of_endpoint, of_rows), endpoint, refusing) {
        (Answering::Neither, ..) => Ok(()),
        // All ask for scopes and some are missing: one denial that names those of all.
        (Answering::Both, endpoint, _) => {
            let for_mode = |operation: &_, mode| policy.decision_for(operation, mode);
            let own = rows.iter().map(|row| &row.operation);
            let mut all = endpoint.map(|endpoint| &endpoint.operation).into_iter().chain(own);
            let first = all.next();
            match first.and_then(|first| all.try_fold(first, |together, one| both(together, one, for_mode))) {
                Some(together) => denied::<C>(together, &named),
                None => Err(deny_unlisted::<C>(&named)),
            }
        }
        // The endpoint's denial says nothing about what is behind it.
        (Answering::Endpoint, Some(endpoint), _) => denied::<C>(&endpoint.operation, &named),
        // A route that is not in the table lets through what its own guard does.
        (_, _, Some(refusing)) => denied::<C>(&refusing.operation, &named),
        _ => Err(deny_unlisted::<C>(&named)),
    }
}

/// The denial of an operation that is known to be one. Should it be allowed after all, nobody has decided about that.
fn denied<C: Catalogue>(
    operation: &'static crate::Operation<'static>,
    call: &impl Asking,
) -> Result<(), Denial> {
    match admission::<C>(operation, call) {
        Err(denial) => Err(denial.in_one_challenge()),
        Ok(_) => Err(deny_unlisted::<C>(call)),
    }
}

fn is_encoded(parts: &Parts) -> bool {
    let mut encodings = parts.headers.get_all(CONTENT_ENCODING).iter();
    encodings.any(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// The whole body, if it is not larger than allowed.
async fn collect(mut body: Body, max_body_bytes: usize) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let reason = "the body could not be read";
        let frame = frame.map_err(|_| Refusal::bad_request(ErrorCode::INVALID_REQUEST, reason))?;
        let Ok(data) = frame.into_data() else { continue };
        if data.len() > max_body_bytes.saturating_sub(bytes.len()) {
            return Err(Refusal {
                status: StatusCode::PAYLOAD_TOO_LARGE,
                code: ErrorCode::INVALID_REQUEST,
                reason: "the body is larger than is allowed here",
            });
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}
