//! The HTTP surface: one module for each resource, put together here.

mod api_keys;
mod chat;
mod connectors;
mod indexes;
mod jobs;
mod mcp;
mod prompts;
mod public;
mod runs;
mod search;
mod videos;
mod webhooks;

pub(crate) use api_keys::PREFIX;
pub(crate) use connectors::Connector;
use scopewright::actix::web::{self, ServiceConfig};
pub(crate) use videos::add as add_video;

/// Every endpoint of the service.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(
        web::scope("/api/v2")
            .configure(public::routes)
            .configure(archive)
            .configure(workflows)
            .configure(api_keys::routes)
            .configure(mcp::routes),
    );
}

/// What was recorded, and how it is found again.
fn archive(config: &mut ServiceConfig) {
    config
        .configure(indexes::routes)
        .configure(videos::routes)
        .configure(search::routes)
        .configure(chat::routes);
}

/// What is done with it.
fn workflows(config: &mut ServiceConfig) {
    config
        .configure(prompts::routes)
        .configure(runs::routes)
        .configure(connectors::routes)
        .configure(jobs::routes)
        .configure(webhooks::routes);
}
