//! Scopewright for MCP servers made with rmcp 3.9: tools, prompts and resources under the same policy as routes.
//!
//! A tool is decided by the attribute above its `#[tool]`, a prompt by the one above its `#[prompt]`. What the endpoint
//! asks for that takes the calls comes on top:
//!
//! ```text
//! #[tool_router]
//! impl CameraTools {
//!     #[requires_scope("read:cameras")]
//!     #[tool(description = "Lists the cameras.")]
//!     async fn list_cameras(&self) -> Json<Cameras> { .. }
//! }
//! ```
//!
//! Resources have no attribute of rmcp's, so the policy decides them, by their URI or by a template of URIs (RFC 6570:
//! `{name}` takes a value without slashes, `{+name}` one with slashes):
//!
//! ```text
//! [[mcp.resources]]
//! uri = "cameras://{id}/snapshot"
//! requires = "read:cameras"
//! ```
//!
//! Three things stand between a caller and a tool, and each of them asks [`decide`](crate::decide):
//!
//! - [`ToolsLayer`], around the endpoint's route, reads the message while the answer to the HTTP request is still open: a
//!   denied call is answered 401 or 403, with the body and the challenges the policy declares.
//! - [`GuardedTools`], around the server, lists for each caller what it may call, and lets a call through that the
//!   layer let through, of that tool. What is not in the policy's table is denied and not listed.
//! - The guard in the tool's own signature. It takes no call that did not come through [`GuardedTools`].
//!
//! Decided so are `tools/call`; `prompts/get`; `resources/read`, `resources/subscribe`, `resources/unsubscribe` and the
//! resources of `subscriptions/listen`; `completion/complete`, as the prompt or resource it is about. A server that the
//! package serves without [`GuardedTools`] is an error of the build.
//!
//! # Which entry decides about a URI
//!
//! One that stands among the entries as it was sent is decided by that entry. Any other has to fit a template as it was
//! sent, byte for byte; where several fit, a caller has to meet all of them. What else the URI is to a server that decodes or
//! normalizes it (escapes, letter case of scheme and authority, repeated slashes, a slash at the end, query, fragment) has
//! to be met besides. Dot segments, control characters, broken escapes and URIs above 8 KiB fit no template. See
//! [`resources_about`](CompiledPolicy::resources_about).
//!
//! # What the lists show
//!
//! `tools/list`, `prompts/list`, `resources/list` and `resources/templates/list` show what the caller may call. With
//! `mcp_lists = "requestable"` in an auth mode's table they also show a caller of that mode what it could call with more
//! scopes: a token's scopes can grow, and nobody asks for the scopes of a tool that was never shown. Such an offer says
//! what it needs, in `_meta` under [`AUTHORIZATION_META`]: `scopes`, which are those of the alternative that is nearest to
//! what the caller holds, and `anyOf`, all alternatives, if there are several. What is refused to the mode, not decided yet
//! or needs a scope that is hidden or may not be told is never shown. Calls are decided as ever. The lists are `private` to
//! caches.
//!
//! # What a denied call looks like
//!
//! As the MCP specification of 2026-07-28 has it, in "Authorization", sections "Scope Selection Strategy" and "Scope
//! Challenge Handling" ("Runtime Insufficient Scope Errors"), which build on RFC 6750 section 3.1:
//!
//! - A call that lacks scopes is answered 403 with `WWW-Authenticate: Bearer .. error="insufficient_scope", scope=".."`;
//!   one without a valid token 401.
//! - `scope` names *everything the call needs in one challenge*: the scopes of the tool and of the endpoint, whichever of
//!   them are missing. Of alternatives it names the one that is nearest to what the caller holds. (Challenges of other
//!   endpoints offer each alternative; clients of MCP read one.)
//! - "Servers must account for scope hierarchies": a caller that holds a scope which implies the one a tool asks for is
//!   not challenged, because [`decide`](crate::decide) looks at the closure of what was granted.
//!
//! That is said to callers with a bearer token. Authorization is optional in MCP, and its challenges speak of OAuth; a
//! policy whose MCP endpoint takes API keys has authorization of its own kind. No HTTP scheme is registered for API keys,
//! and a `Bearer` challenge would send a client with a key to an authorization server that can't help it: so a key gets
//! the declared body and no challenge. A policy says that it wants the challenges by declaring a mode with
//! `type = "bearer"` (or `oauth2`, `openid-connect`); keys and tokens may live beside each other.
//!
//! # Limits
//!
//! - The server has to be served without sessions (`with_legacy_session_mode(false)`): the layer takes `POST` alone, so
//!   that nobody resumes the stream of somebody else. The protocol has no sessions since 2026-07-28.
//! - Tasks are the endpoint's: whoever may call it may ask for them. Skills, and requests and notifications of the server's
//!   own kinds (`on_custom_request`), are not handed on: nothing decides about them.
//! - A tool or prompt that is added to a router without its attribute is in no table, so it is denied.
//! - A server for one process (stdio) has no callers to tell apart: [`LocalServer`] serves it open, and says so.

mod asked;
mod both;
mod extract;
mod layer;
mod local;
mod message;
mod server;
mod shown;
mod table;

pub use layer::{DEFAULT_MAX_BODY_BYTES, ToolsLayer, ToolsService};
pub use local::LocalServer;
pub use server::GuardedTools;
pub use shown::AUTHORIZATION_META;
pub use table::{Kind, Offered, ToolDifference, ToolMismatch};

#[cfg(doc)]
use crate::CompiledPolicy;
use asked::Asked;
use std::sync::Arc;

/// In a request that the layer let through: what it asks for that is decided, none for any other message.
#[derive(Debug, Clone)]
struct Admitted {
    asked: Option<Arc<Asked>>,
}

/// In the context of a call that [`GuardedTools`] let through.
#[derive(Debug, Clone, Copy)]
struct Decided;
