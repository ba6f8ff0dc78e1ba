//! What a tool may have as parameters: its guard, and the caller's grant.

use super::{Decided, ToolCall};
use crate::catalogue::Catalogue;
use crate::check::{grant, verdict};
use crate::grant::Grant;
use crate::guard::Guard;
use crate::require::Require;
use http::request::Parts;
use rmcp::ErrorData;
use rmcp::handler::server::common::{AsRequestContext, FromContextPart};
use scopewright_core::Verdict;

/// The guard of a tool. Denies what did not come through [`GuardedTools`](super::GuardedTools), and what the tool's own
/// decision denies: the second look at a call that was let through by the policy's table.
impl<X, C, R> FromContextPart<X> for Guard<C, R>
where
    X: AsRequestContext,
    C: Catalogue,
    R: Require,
{
    fn from_context_part(context: &mut X) -> Result<Self, ErrorData> {
        let extensions = &context.as_request_context().extensions;
        let (Some(Decided), Some(parts)) = (extensions.get::<Decided>(), extensions.get::<Parts>()) else {
            return Err(unguarded());
        };
        let call = ToolCall { extensions: &parts.extensions, tool: "" };
        match verdict::<C>(&R::OPERATION, &call) {
            Verdict::Allowed => Ok(Self::met()),
            _ => Err(denied()),
        }
    }
}

/// The caller's grant, for tools that want to know who is asking.
impl<X: AsRequestContext, C: Catalogue> FromContextPart<X> for Grant<C> {
    fn from_context_part(context: &mut X) -> Result<Self, ErrorData> {
        let parts = context.as_request_context().extensions.get::<Parts>();
        let call = parts.map(|parts| ToolCall { extensions: &parts.extensions, tool: "" });
        call.as_ref().and_then(grant).cloned().ok_or_else(denied)
    }
}

pub(super) fn denied() -> ErrorData {
    ErrorData::invalid_request("the call is denied", None)
}

/// A mistake of the service, not of the caller.
pub(super) fn unguarded() -> ErrorData {
    tracing::error!(
        "an MCP tool was called without `scopewright::mcp::ToolsLayer` around the endpoint or `GuardedTools` around the \
         server; it is denied"
    );
    ErrorData::internal_error("the server is not guarded", None)
}
