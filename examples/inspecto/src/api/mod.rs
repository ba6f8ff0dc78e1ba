//! The endpoints, a module for each resource, and what their handlers have in common.

mod admin;
mod damages;
mod driver_assignments;
mod health;
mod inspection_templates;
mod inspections;
mod legacy_templates;
mod odometer_readings;
mod template_items;
mod vehicle_documents;
mod vehicle_fields;
mod vehicle_groups;
mod vehicles;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Json};
use example_keyring::Database;

use self::vehicles::Vehicle;
use crate::body::Query;
use crate::db::{Entity, Filter, Store};
use crate::error::ApiResult;
use crate::page::Listing;
use scopewright::actix::web::{self, ServiceConfig};

/// What a handler that made a row answers.
type Created<T> = (Json<T>, StatusCode);

/// Registers every endpoint.
pub(crate) fn configure(service: &mut ServiceConfig) {
    service
        .service(web::resource("/health").route(web::get().to(health::get_health)))
        .service(
            web::scope("/api/third-party/v1")
                .configure(vehicles::configure)
                .configure(vehicle_fields::configure)
                .configure(vehicle_groups::configure)
                .configure(inspections::configure)
                .configure(inspection_templates::configure)
                .configure(damages::configure)
                .configure(driver_assignments::configure),
        )
        .service(web::scope("/api/admin/v1").configure(admin::configure));
}

/// 201 with what was made.
fn created<T>(made: T) -> Created<T> {
    (Json(made), StatusCode::CREATED)
}

/// Runs `work` on the rows, reading only.
async fn read<T: Send + 'static>(
    database: &Data<Database>,
    work: impl FnOnce(Store<'_>) -> ApiResult<T> + Send + 'static,
) -> ApiResult<T> {
    database.read(move |connection| work(Store(connection))).await
}

/// Runs `work` on the rows in a transaction that is committed only if it succeeds.
async fn write<T: Send + 'static>(
    database: &Data<Database>,
    work: impl FnOnce(Store<'_>) -> ApiResult<T> + Send + 'static,
) -> ApiResult<T> {
    database.write(move |transaction| work(Store(transaction))).await
}

async fn list<F: Filter>(database: &Data<Database>, query: Query<F>) -> ApiResult<Json<Listing<F::Row>>> {
    read(database, move |store| store.list(&query)).await.map(Json)
}

/// One page of what belongs to a vehicle, or a 404 if there is no such vehicle.
async fn list_of_vehicle<F: Filter>(
    database: &Data<Database>,
    vehicle_id: i64,
    query: Query<F>,
) -> ApiResult<Json<Listing<F::Row>>> {
    read(database, move |store| {
        store.get::<Vehicle>(vehicle_id)?;
        store.list_of(&query.filter, query.page, &[("vehicle_id", vehicle_id)])
    })
    .await
    .map(Json)
}

async fn get<T: Entity>(database: &Data<Database>, id: i64) -> ApiResult<Json<T>> {
    read(database, move |store| store.get(id)).await.map(Json)
}

async fn remove<T: Entity>(database: &Data<Database>, id: i64) -> ApiResult<HttpResponse> {
    write(database, move |store| store.remove::<T>(id)).await?;
    Ok(HttpResponse::NoContent().finish())
}
