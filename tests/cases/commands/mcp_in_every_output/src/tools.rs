use rmcp::{ServerHandler, prompt, prompt_handler, prompt_router, tool, tool_router};
use scopewright::{requires_auth, requires_scope};

pub struct Tools;

#[tool_router]
impl Tools {
    #[requires_scope("write:cameras")]
    #[tool]
    async fn summary(&self) -> String {}
}

#[prompt_router]
impl Tools {
    #[requires_scope("read:cameras", via = "api_key")]
    #[prompt(name = "summarize-day", description = "Sums up a day.")]
    async fn summarize(&self) -> Vec<PromptMessage> {}

    /// A tool has the same name: they are told apart.
    #[requires_auth]
    #[prompt]
    async fn summary(&self) -> Vec<PromptMessage> {}
}

#[prompt_handler]
impl ServerHandler for Tools {
    async fn read_resource(&self, request: Request, context: Context) -> Result<Response, ErrorData> {}
}
