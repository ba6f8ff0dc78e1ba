//! Setting up the fields every vehicle has.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use example_keyring::Database;
use scopewright::requires_auth;

use crate::api::vehicle_fields::{NewField, VehicleField};
use crate::api::{Created, created, remove, write};
use crate::body::{Body, Shape as _};
use crate::error::ApiResult;
use scopewright::actix::web::{self, ServiceConfig};

pub(super) fn configure(service: &mut ServiceConfig) {
    service
        .service(web::resource("/vehicle-fields").route(web::post().to(create_vehicle_field)))
        .service(web::resource("/vehicle-fields/{id}").route(web::delete().to(delete_vehicle_field)));
}

#[requires_auth(via = "administrator")]
async fn create_vehicle_field(
    database: Data<Database>,
    Body(field): Body<NewField>,
) -> ApiResult<Created<VehicleField>> {
    write(&database, move |store| store.insert(&field.columns())).await.map(created)
}

/// The field goes with its values.
#[requires_auth(via = "administrator")]
async fn delete_vehicle_field(database: Data<Database>, id: Path<i64>) -> ApiResult<HttpResponse> {
    remove::<VehicleField>(&database, *id).await
}
