use rmcp::{tool, tool_router};
use scopewright::requires_scope;

pub struct Tools;

#[tool_router]
impl Tools {
    #[requires_scope("read:cameras")]
    #[tool(description = "Lists the cameras.")]
    async fn list_cameras(&self) -> String {}

    #[tool(name = "pair-camera")]
    async fn pair(&self) -> String {}
}
