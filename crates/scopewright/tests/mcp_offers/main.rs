//! An MCP server with tools, prompts and resources, for tokens that can ask for more scopes and for keys that can't.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails may panic")]

#[allow(dead_code, reason = "as `include_scopes!` has it")]
mod scopes {
    include!("../../../scopewright-emit/tests/golden/rust/offers.rs");
}

mod lists;
mod local;
#[path = "../shared/mcp_http.rs"]
mod mcp_http;
mod prompts;
mod resources;
#[path = "../shared/served.rs"]
mod served;
mod server;
