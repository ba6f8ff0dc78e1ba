use rmcp::{ServerHandler, prompt as offered, prompt_router, tool};
use scopewright::requires_scope;

struct Surveys;

#[prompt_router]
impl Surveys {
    #[requires_scope("read:surveys")]
    #[rmcp::prompt(name = "sum-up", description = "Sums up.")]
    async fn summary(&self) -> Vec<PromptMessage> {}

    #[offered]
    async fn renamed(&self) -> Vec<PromptMessage> {}

    #[offered(name = NAME)]
    async fn computed(&self) -> Vec<PromptMessage> {}

    #[mine::prompt]
    async fn of_another_crate(&self) -> String {}

    /// Another kind of thing may have the same name.
    #[tool(name = "sum-up")]
    async fn tool(&self) -> String {}
}

impl ServerHandler for Surveys {
    async fn read_resource(&self) {}
}

/// A method of the same name by itself says nothing.
impl Surveys {
    async fn read_resource(&self) {}
}

fn main() {
    axum::serve(listener, axum::Router::new());
}
