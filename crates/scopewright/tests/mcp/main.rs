//! An MCP server of rmcp behind the layer, with tokens and with keys: what is listed, called and denied.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails may panic")]

#[allow(dead_code, reason = "as `include_scopes!` has it")]
mod scopes {
    include!("../../../scopewright-emit/tests/golden/rust/tools.rs");
}

mod calls;
mod competing;
#[path = "../shared/mcp_http.rs"]
mod mcp_http;
mod messages;
#[path = "../shared/served.rs"]
mod served;
mod server;
mod start_up;
