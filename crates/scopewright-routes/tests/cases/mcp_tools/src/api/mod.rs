use rmcp::tool as offered;
use rmcp::{tool_router, tool};
use scopewright::requires_scope;

struct Tools;

#[tool_router(router = cameras)]
impl Tools {
    #[requires_scope("read:cameras")]
    #[tool(name = "list-cameras", description = "Lists, with a comma.")]
    async fn list(&self) -> String {}

    #[offered(title = "Renamed")]
    async fn renamed(&self) -> String {}

    #[cfg(feature = "extra")]
    #[tool]
    async fn extra(&self) -> String {}

    #[cfg(test)]
    #[tool]
    async fn only_in_tests(&self) -> String {}

    #[cfg_attr(feature = "often", tool(name = "sometimes"))]
    async fn at_times(&self) -> String {}

    #[tool(name = NAME)]
    async fn computed(&self) -> String {}

    #[mine::tool]
    async fn of_another_crate(&self) -> String {}
}

#[tool]
async fn alone() -> String {}
