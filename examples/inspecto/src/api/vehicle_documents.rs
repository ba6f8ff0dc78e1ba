//! Papers of a vehicle: one of the older resources beside vehicles, opened by the scopes of vehicles.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use example_keyring::Database;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use super::vehicles::Vehicle;
use super::{Created, created};
use crate::body::{Body, Query, Shape as _, shape};
use crate::db::{Filter, entity};
use crate::error::{ApiError, ApiResult};
use crate::page::Listing;
use crate::values::{Day, Name, words};
use scopewright::actix::web::{self, ServiceConfig};

#[derive(Deserialize, Serialize)]
struct VehicleDocument {
    id: i64,
    vehicle_id: i64,
    kind: DocumentKind,
    number: String,
    valid_until: Option<String>,
}

entity!(VehicleDocument, "document" => "vehicle_documents", identity = "kind and number");

words! {
    enum DocumentKind {
        "registration" => Registration,
        "insurance" => Insurance,
        "permit" => Permit,
    }
}

shape! {
    struct DocumentFilter {
        optional kind: DocumentKind,
    }
}

impl Filter for DocumentFilter {
    type Row = VehicleDocument;
}

shape! {
    struct NewDocument {
        required kind: DocumentKind,
        required number: Name,
        optional valid_until: Day,
    }
}

pub(super) fn configure(service: &mut ServiceConfig) {
    service
        .service(
            web::resource("/{id}/documents")
                .route(web::get().to(list_vehicle_documents))
                .route(web::post().to(add_vehicle_document)),
        )
        .service(
            web::resource("/{id}/documents/{document_id}").route(web::delete().to(delete_vehicle_document)),
        );
}

#[requires_scope("vehicles:read", via = "api_key", status = "deprecated")]
async fn list_vehicle_documents(
    database: Data<Database>,
    id: Path<i64>,
    query: Query<DocumentFilter>,
) -> ApiResult<Json<Listing<VehicleDocument>>> {
    super::list_of_vehicle(&database, *id, query).await
}

#[requires_scope("vehicles:write", via = "api_key", status = "deprecated")]
async fn add_vehicle_document(
    database: Data<Database>,
    id: Path<i64>,
    Body(document): Body<NewDocument>,
) -> ApiResult<Created<VehicleDocument>> {
    super::write(&database, move |store| {
        store.get::<Vehicle>(*id)?;
        let mut columns = document.columns();
        columns.set("vehicle_id", *id);
        store.insert(&columns)
    })
    .await
    .map(created)
}

#[requires_scope("vehicles:write", via = "api_key", status = "deprecated")]
async fn delete_vehicle_document(database: Data<Database>, ids: Path<(i64, i64)>) -> ApiResult<HttpResponse> {
    let (vehicle_id, document_id) = *ids;
    super::write(&database, move |store| {
        let document: VehicleDocument = store.get(document_id)?;
        if document.vehicle_id != vehicle_id {
            return Err(ApiError::NotFound(format!("There is no document {document_id}")));
        }
        store.remove::<VehicleDocument>(document_id)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
