//! The configuration an AI client needs to reach this workspace. For sessions whose user has just proved who they are.

use actix_web::HttpResponse;
use actix_web::web::Data;
use scopewright::actix::get;
use scopewright::actix::web::ServiceConfig;
use scopewright::requires_auth;
use serde::Serialize;

use super::indexes::Index;
use crate::db::query_all;
use crate::error::ApiResult;
use crate::state::AppState;
use crate::workspace::Workspace;

/// The form that clients read from their configuration files, and what they will find there.
#[derive(Serialize)]
struct ClientConfig {
    #[serde(rename = "mcpServers")]
    servers: Servers,
    workspace: String,
    indexes: Vec<Index>,
}

#[derive(Serialize)]
struct Servers {
    videovector: Server,
}

#[derive(Serialize)]
struct Server {
    #[serde(rename = "type")]
    transport: &'static str,
    url: String,
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(mcp_config);
}

#[requires_auth(via = "verified_jwt")]
#[get("/mcp/config")]
async fn mcp_config(workspace: Workspace, state: Data<AppState>) -> ApiResult<HttpResponse> {
    workspace
        .read(move |store| {
            let indexes: Vec<Index> = query_all(
                store.connection,
                "SELECT * FROM indexes WHERE workspace = ?1 ORDER BY n",
                [store.workspace],
            )?;
            Ok(ClientConfig {
                servers: Servers {
                    videovector: Server { transport: "http", url: format!("{}/mcp", state.public_url) },
                },
                workspace: store.workspace.to_owned(),
                indexes,
            })
        })
        .await
}
