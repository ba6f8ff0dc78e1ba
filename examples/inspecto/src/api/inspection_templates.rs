//! Inspection templates: the questions of an inspection.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use example_keyring::Database;
use rusqlite::types::Value as Column;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use super::template_items::{TemplateItem, read_items};
use super::{Created, created};
use crate::body::{Body, Columns, Fields, Query, Shape, shape};
use crate::db::{Filter, entity, read_json};
use crate::error::ApiResult;
use crate::page::Listing;
use crate::values::{Name, Note};
use scopewright::actix::web::{self, ServiceConfig};

#[derive(Deserialize, Serialize)]
pub(super) struct InspectionTemplate {
    id: i64,
    name: String,
    description: Option<String>,
    #[serde(deserialize_with = "read_json")]
    pub(super) items: Vec<TemplateItem>,
    created_at: String,
    updated_at: String,
}

entity!(InspectionTemplate, "inspection template" => "inspection_templates", identity = "name");

shape! {
    pub(super) struct TemplateFilter {
        optional name: Name,
    }
}

impl Filter for TemplateFilter {
    type Row = InspectionTemplate;
}

/// All of a template: for a new one, and to replace one.
pub(super) struct TemplateValues {
    name: Name,
    description: Option<Note>,
    items: Vec<TemplateItem>,
}

impl Shape for TemplateValues {
    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.required("name");
        let description = fields.optional("description");
        let items = read_items(fields);
        Some(Self { name: name?, description: description?, items: items? })
    }

    fn columns(&self) -> Columns {
        let mut columns = Columns::default();
        columns.required("name", &self.name);
        columns.optional("description", &self.description);
        columns.set("items", items_column(&self.items));
        columns
    }
}

/// The questions as they are stored.
pub(super) fn items_column(items: &[TemplateItem]) -> Column {
    // Only a map with keys that are no texts could fail to be JSON.
    Column::Text(serde_json::to_string(items).unwrap_or_default())
}

pub(super) fn configure(service: &mut ServiceConfig) {
    service.service(
        web::scope("/inspection-templates")
            .service(
                web::resource("")
                    .route(web::get().to(list_inspection_templates))
                    .route(web::post().to(create_inspection_template)),
            )
            .service(
                web::resource("/{id}")
                    .route(web::get().to(get_inspection_template))
                    .route(web::put().to(replace_inspection_template))
                    .route(web::delete().to(delete_inspection_template)),
            ),
    );
}

#[requires_scope("inspection-templates:read", via = "api_key")]
async fn list_inspection_templates(
    database: Data<Database>,
    query: Query<TemplateFilter>,
) -> ApiResult<Json<Listing<InspectionTemplate>>> {
    super::list(&database, query).await
}

#[requires_scope("inspection-templates:write", via = "api_key")]
async fn create_inspection_template(
    database: Data<Database>,
    Body(values): Body<TemplateValues>,
) -> ApiResult<Created<InspectionTemplate>> {
    super::write(&database, move |store| store.insert(&values.columns())).await.map(created)
}

#[requires_scope("inspection-templates:read", via = "api_key")]
async fn get_inspection_template(
    database: Data<Database>,
    id: Path<i64>,
) -> ApiResult<Json<InspectionTemplate>> {
    super::get(&database, *id).await
}

#[requires_scope("inspection-templates:write", via = "api_key")]
async fn replace_inspection_template(
    database: Data<Database>,
    id: Path<i64>,
    Body(values): Body<TemplateValues>,
) -> ApiResult<Json<InspectionTemplate>> {
    super::write(&database, move |store| store.update(*id, values.columns())).await.map(Json)
}

#[requires_scope("inspection-templates:write", via = "api_key")]
async fn delete_inspection_template(database: Data<Database>, id: Path<i64>) -> ApiResult<HttpResponse> {
    super::remove::<InspectionTemplate>(&database, *id).await
}
