//! Scopewright for MCP servers made with rmcp 3.9: tools under the same policy as routes.
//!
//! A tool is decided by the attribute above its `#[tool]`. What the endpoint asks for that takes the calls comes on top:
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
//! Three things stand between a caller and a tool, and each of them asks [`decide`](crate::decide):
//!
//! - [`ToolsLayer`], around the endpoint's route, reads the message while the answer to the HTTP request is still open: a
//!   denied call is answered 401 or 403, with the body and the challenges the policy declares.
//! - [`GuardedTools`], around the server, lists for each caller the tools it may call, and lets a call through that the
//!   layer let through, of that tool. What is not in the policy's table is denied and not listed.
//! - The guard in the tool's own signature. It takes no call that did not come through [`GuardedTools`].
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
//! - Tools are decided here. Prompts, resources and tasks are the endpoint's: whoever may call it may ask for them.
//! - A tool that is added to a router without `#[tool]` is in no table, so it is denied.

mod both;
mod extract;
mod layer;
mod message;
mod server;
mod table;

pub use layer::{DEFAULT_MAX_BODY_BYTES, ToolsLayer, ToolsService};
pub use server::GuardedTools;
pub use table::{ToolDifference, ToolMismatch};

use crate::check::Asking;
use http::Extensions;
use std::borrow::Cow;
use std::sync::Arc;

/// The method in denials of tool calls, as JSON-RPC has it.
const CALL: &str = "tools/call";

/// A tool call as a decision sees it: the method is `tools/call`, the route the tool's name.
#[derive(Clone, Copy)]
struct ToolCall<'r> {
    extensions: &'r Extensions,
    /// Empty for a tool that is not in the table: what a caller makes up is in no event.
    tool: &'static str,
}

impl Asking for ToolCall<'_> {
    fn remembered<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.extensions.get()
    }

    fn method(&self) -> &str {
        CALL
    }

    fn route(&self) -> Cow<'_, str> {
        self.tool.into()
    }
}

/// In a request that the layer let through: the tool that is called, none for any other message.
#[derive(Debug, Clone)]
struct Admitted {
    tool: Option<Arc<str>>,
}

/// In the context of a call that [`GuardedTools`] let through.
#[derive(Debug, Clone, Copy)]
struct Decided;
