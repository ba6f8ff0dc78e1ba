//! Templates by their older paths below inspections: the same rows, opened by the scopes of inspections.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use example_keyring::Database;
use scopewright::requires_scope;

use super::inspection_templates::{InspectionTemplate, TemplateFilter, TemplateValues, items_column};
use super::template_items::{TemplateItem, read_items};
use super::{Created, created};
use crate::body::{Body, Change, Columns, Fields, Query, Shape};
use crate::error::ApiResult;
use crate::page::Listing;
use crate::values::{Name, Note};
use scopewright::actix::web::{self, ServiceConfig};

/// The parts of a template that are to be others.
struct TemplateChanges {
    name: Option<Name>,
    description: Change<Note>,
    items: Option<Vec<TemplateItem>>,
}

impl Shape for TemplateChanges {
    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.change("name");
        let description = fields.nullable("description");
        let items = if fields.has("items") { read_items(fields).map(Some) } else { Some(None) };
        Some(Self { name: name?, description: description?, items: items? })
    }

    fn columns(&self) -> Columns {
        let mut columns = Columns::default();
        columns.change("name", &self.name);
        columns.nullable("description", &self.description);
        if let Some(items) = &self.items {
            columns.set("items", items_column(items));
        }
        columns
    }
}

/// Before `/{id}`: the first resource that matches a path answers it.
pub(super) fn configure(service: &mut ServiceConfig) {
    service
        .service(
            web::resource("/templates")
                .route(web::get().to(list_legacy_templates))
                .route(web::post().to(create_legacy_template)),
        )
        .service(
            web::resource("/templates/{id}")
                .route(web::get().to(get_legacy_template))
                .route(web::patch().to(update_legacy_template))
                .route(web::delete().to(delete_legacy_template)),
        );
}

#[requires_scope("inspections:read", via = "api_key", status = "deprecated")]
async fn list_legacy_templates(
    database: Data<Database>,
    query: Query<TemplateFilter>,
) -> ApiResult<Json<Listing<InspectionTemplate>>> {
    super::list(&database, query).await
}

#[requires_scope("inspections:write", via = "api_key", status = "deprecated")]
async fn create_legacy_template(
    database: Data<Database>,
    Body(values): Body<TemplateValues>,
) -> ApiResult<Created<InspectionTemplate>> {
    super::write(&database, move |store| store.insert(&values.columns())).await.map(created)
}

#[requires_scope("inspections:read", via = "api_key", status = "deprecated")]
async fn get_legacy_template(database: Data<Database>, id: Path<i64>) -> ApiResult<Json<InspectionTemplate>> {
    super::get(&database, *id).await
}

#[requires_scope("inspections:write", via = "api_key", status = "deprecated")]
async fn update_legacy_template(
    database: Data<Database>,
    id: Path<i64>,
    Body(changes): Body<TemplateChanges>,
) -> ApiResult<Json<InspectionTemplate>> {
    super::write(&database, move |store| store.update(*id, changes.columns())).await.map(Json)
}

#[requires_scope("inspections:write", via = "api_key", status = "deprecated")]
async fn delete_legacy_template(database: Data<Database>, id: Path<i64>) -> ApiResult<HttpResponse> {
    super::remove::<InspectionTemplate>(&database, *id).await
}
