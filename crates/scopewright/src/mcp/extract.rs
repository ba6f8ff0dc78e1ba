//! What a tool or prompt may have as parameters: its guard, and the caller's grant.

use super::Decided;
use super::asked::Call;
use super::local::Local;
use crate::catalogue::Catalogue;
use crate::check::{grant, verdict};
use crate::grant::Grant;
use crate::guard::Guard;
use crate::require::Require;
use http::request::Parts;
use rmcp::ErrorData;
use rmcp::handler::server::common::{AsRequestContext, FromContextPart};
use scopewright_core::Verdict;

/// The guard of a tool or prompt. Denies what did not come through [`GuardedTools`](super::GuardedTools), and what its own
/// decision denies: the second look at a call that was let through by the policy's table.
impl<X, C, R> FromContextPart<X> for Guard<C, R>
where
    X: AsRequestContext,
    C: Catalogue,
    R: Require,
{
    fn from_context_part(context: &mut X) -> Result<Self, ErrorData> {
        let extensions = &context.as_request_context().extensions;
        if let (Some(Local), None) = (extensions.get::<Local>(), extensions.get::<Parts>()) {
            return Ok(Self::met());
        }
        let (Some(Decided), Some(parts)) = (extensions.get::<Decided>(), extensions.get::<Parts>()) else {
            return Err(unguarded());
        };
        let call = Call { extensions: &parts.extensions, method: "", name: "" };
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
        let call = parts.map(|parts| Call { extensions: &parts.extensions, method: "", name: "" });
        call.as_ref().and_then(grant).cloned().ok_or_else(denied)
    }
}

pub(super) fn denied() -> ErrorData {
    ErrorData::invalid_request("the call is denied", None)
}

/// A mistake of the service, not of the caller.
pub(super) fn unguarded() -> ErrorData {
    tracing::error!(
        "an MCP server was asked without `scopewright::mcp::ToolsLayer` around the endpoint or `GuardedTools` around the \
         server; the request is denied"
    );
    ErrorData::internal_error("the server is not guarded", None)
}
