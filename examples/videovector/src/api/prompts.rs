//! Prompts: what is looked for in recordings, kept to be run again.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use scopewright::actix::web::ServiceConfig;
use scopewright::actix::{delete, get, patch, post};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use crate::body::NoBody;
use crate::db::{Filter, entity};
use crate::error::ApiResult;
use crate::page::Page;
use crate::values::{Name, Prose};
use crate::workspace::{Workspace, Write};

#[derive(Deserialize, Serialize)]
struct Prompt {
    id: String,
    name: String,
    text: String,
    created_at: String,
}

entity!(Prompt, "prompt" => "prompts");

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct NewPrompt {
    name: Name,
    text: Prose,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct PromptChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Prose>,
}

#[derive(Deserialize, Serialize)]
struct PromptFilter {
    /// A part of the name.
    name: Option<String>,
}

impl Filter for PromptFilter {
    type Row = Prompt;
    const WHERE: &'static str = "(:name IS NULL OR instr(lower(name), lower(:name)) > 0)";
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_prompts)
        .service(create_prompt)
        .service(get_prompt)
        .service(update_prompt)
        .service(delete_prompt);
}

#[requires_scope("read")]
#[get("/prompts")]
async fn list_prompts(
    workspace: Workspace,
    filter: Query<PromptFilter>,
    page: Query<Page>,
) -> ApiResult<HttpResponse> {
    workspace.list(filter.into_inner(), page.into_inner()).await
}

#[requires_scope("write")]
#[post("/prompts")]
async fn create_prompt(write: Write<NewPrompt>) -> ApiResult<HttpResponse> {
    write.create::<Prompt>("prompts").await
}

#[requires_scope("read")]
#[get("/prompts/{prompt_id}")]
async fn get_prompt(workspace: Workspace, id: Path<String>) -> ApiResult<HttpResponse> {
    workspace.get::<Prompt>(id.into_inner()).await
}

#[requires_scope("write")]
#[patch("/prompts/{prompt_id}")]
async fn update_prompt(write: Write<PromptChanges>, id: Path<String>) -> ApiResult<HttpResponse> {
    write.amend::<Prompt>(id.into_inner()).await
}

#[requires_scope("admin")]
#[delete("/prompts/{prompt_id}")]
async fn delete_prompt(write: Write<NoBody>, id: Path<String>) -> ApiResult<HttpResponse> {
    write.remove::<Prompt>(id.into_inner()).await
}
