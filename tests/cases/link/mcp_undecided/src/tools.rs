use rmcp::{ServerHandler, prompt, prompt_router};
use scopewright::requires_auth;

pub struct Tools;

#[prompt_router]
impl Tools {
    #[prompt(description = "Sums up a day.")]
    async fn summarize(&self) -> Vec<PromptMessage> {}

    #[requires_auth]
    #[prompt(name = "again")]
    async fn one(&self) -> Vec<PromptMessage> {}

    #[requires_auth]
    #[prompt(name = "again")]
    async fn other(&self) -> Vec<PromptMessage> {}
}

impl ServerHandler for Tools {
    async fn read_resource(&self, request: Request, context: Context) -> Result<Response, ErrorData> {}
}
