use rmcp::{tool, tool_router};
use scopewright::{requires_auth, requires_scope, scope_todo};

pub struct Tools;

#[tool_router]
impl Tools {
    #[requires_scope("read:cameras")]
    #[tool(description = "Lists the cameras.")]
    async fn list_cameras(&self) -> String {}

    #[tool(name = "pair-camera", annotations(read_only_hint = false))]
    #[requires_scope(any("write:cameras", all("read:cameras", "mcp:invoke")), via = "api_key")]
    #[requires_auth(via = "operator")]
    async fn pair(&self, Parameters(request): Parameters<Pair>) -> String {}

    #[requires_auth(may_require("write:cameras", when = "it sets the clock"))]
    #[rmcp::tool]
    fn time() -> String {}

    #[scope_todo("CAM-7")]
    #[tool]
    async fn forget(&self) -> String {}

    #[cfg(feature = "maintenance")]
    #[requires_auth(via = "operator")]
    #[tool]
    async fn wipe(&self) -> String {}
}
