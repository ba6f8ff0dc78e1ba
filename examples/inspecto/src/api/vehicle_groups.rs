//! Groups of vehicles: a depot, a customer, a kind of work.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use example_keyring::Database;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use super::{Created, created};
use crate::body::{Body, Query, Shape as _, shape};
use crate::db::{Filter, entity};
use crate::error::ApiResult;
use crate::page::Listing;
use crate::values::{Name, Note};
use scopewright::actix::web::{self, ServiceConfig};

#[derive(Deserialize, Serialize)]
pub(super) struct VehicleGroup {
    id: i64,
    name: String,
    description: Option<String>,
    created_at: String,
    updated_at: String,
}

entity!(VehicleGroup, "vehicle group" => "vehicle_groups", identity = "name");

shape! {
    struct GroupFilter {
        optional name: Name,
    }
}

impl Filter for GroupFilter {
    type Row = VehicleGroup;
}

shape! {
    /// All of a group: for a new one, and to replace one.
    struct GroupValues {
        required name: Name,
        optional description: Note,
    }
}

pub(super) fn configure(service: &mut ServiceConfig) {
    service.service(
        web::scope("/vehicle-groups")
            .service(
                web::resource("")
                    .route(web::get().to(list_vehicle_groups))
                    .route(web::post().to(create_vehicle_group)),
            )
            .service(
                web::resource("/{id}")
                    .route(web::get().to(get_vehicle_group))
                    .route(web::put().to(replace_vehicle_group))
                    .route(web::delete().to(delete_vehicle_group)),
            ),
    );
}

#[requires_scope("vehicle-groups:read", via = "api_key")]
async fn list_vehicle_groups(
    database: Data<Database>,
    query: Query<GroupFilter>,
) -> ApiResult<Json<Listing<VehicleGroup>>> {
    super::list(&database, query).await
}

#[requires_scope("vehicle-groups:write", via = "api_key")]
async fn create_vehicle_group(
    database: Data<Database>,
    Body(values): Body<GroupValues>,
) -> ApiResult<Created<VehicleGroup>> {
    super::write(&database, move |store| store.insert(&values.columns())).await.map(created)
}

#[requires_scope("vehicle-groups:read", via = "api_key")]
async fn get_vehicle_group(database: Data<Database>, id: Path<i64>) -> ApiResult<Json<VehicleGroup>> {
    super::get(&database, *id).await
}

#[requires_scope("vehicle-groups:write", via = "api_key")]
async fn replace_vehicle_group(
    database: Data<Database>,
    id: Path<i64>,
    Body(values): Body<GroupValues>,
) -> ApiResult<Json<VehicleGroup>> {
    super::write(&database, move |store| store.update(*id, values.columns())).await.map(Json)
}

#[requires_scope("vehicle-groups:write", via = "api_key")]
async fn delete_vehicle_group(database: Data<Database>, id: Path<i64>) -> ApiResult<HttpResponse> {
    super::remove::<VehicleGroup>(&database, *id).await
}
