//! Vehicles, with the values of the fields an administrator added to them.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use example_keyring::Database;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::vehicle_fields::{self, FieldValues};
use super::vehicle_groups::VehicleGroup;
use super::{Created, created, odometer_readings, vehicle_documents};
use crate::body::{Body, Query, Shape as _, shape};
use crate::db::{Filter, References, Store, entity, read_json};
use crate::error::ApiResult;
use crate::page::Listing;
use crate::values::{Id, Kilometres, Name, Registration, Vin, Whole};
use scopewright::actix::web::{self, ServiceConfig};

#[derive(Deserialize, Serialize)]
pub(super) struct Vehicle {
    id: i64,
    pub(super) registration: String,
    vin: Option<String>,
    make: String,
    model: String,
    year: i64,
    pub(super) odometer_km: i64,
    group_id: Option<i64>,
    #[serde(deserialize_with = "read_json")]
    pub(super) fields: Map<String, Value>,
    created_at: String,
    updated_at: String,
}

entity!(Vehicle, "vehicle" => "vehicles", view = "vehicle_rows", identity = "registration or VIN");

shape! {
    struct VehicleFilter {
        optional group_id: Id,
        optional registration: Registration,
        optional make: Name,
    }
}

impl Filter for VehicleFilter {
    type Row = Vehicle;
}

shape! {
    /// All of a vehicle: for a new one, and to replace one.
    struct VehicleValues {
        required registration: Registration,
        optional vin: Vin,
        required make: Name,
        required model: Name,
        required year: Whole<1950, 2100>,
        required odometer_km: Kilometres,
        optional group_id: Id,
        beside fields: FieldValues,
    }
}

impl VehicleValues {
    fn check(&self, store: Store<'_>) -> ApiResult<()> {
        let mut references = References::of(store);
        if let Some(group_id) = self.group_id {
            references.find::<VehicleGroup>("group_id", group_id.get())?;
        }
        vehicle_fields::check(store, self.fields.as_ref(), &mut references)?;
        references.finish()
    }
}

pub(super) fn configure(service: &mut ServiceConfig) {
    service.service(
        web::scope("/vehicles")
            .service(
                web::resource("").route(web::get().to(list_vehicles)).route(web::post().to(create_vehicle)),
            )
            .service(
                web::resource("/{id}")
                    .route(web::get().to(get_vehicle))
                    .route(web::put().to(replace_vehicle))
                    .route(web::delete().to(delete_vehicle)),
            )
            .configure(odometer_readings::configure)
            .configure(vehicle_documents::configure),
    );
}

#[requires_scope("vehicles:read", via = "api_key")]
async fn list_vehicles(
    database: Data<Database>,
    query: Query<VehicleFilter>,
) -> ApiResult<Json<Listing<Vehicle>>> {
    super::list(&database, query).await
}

#[requires_scope("vehicles:write", via = "api_key")]
async fn create_vehicle(
    database: Data<Database>,
    Body(values): Body<VehicleValues>,
) -> ApiResult<Created<Vehicle>> {
    super::write(&database, move |store| {
        values.check(store)?;
        let vehicle: Vehicle = store.insert(&values.columns())?;
        vehicle_fields::set(store, vehicle.id, values.fields.as_ref())?;
        store.get(vehicle.id)
    })
    .await
    .map(created)
}

#[requires_scope("vehicles:read", via = "api_key")]
async fn get_vehicle(database: Data<Database>, id: Path<i64>) -> ApiResult<Json<Vehicle>> {
    super::get(&database, *id).await
}

#[requires_scope("vehicles:write", via = "api_key")]
async fn replace_vehicle(
    database: Data<Database>,
    id: Path<i64>,
    Body(values): Body<VehicleValues>,
) -> ApiResult<Json<Vehicle>> {
    super::write(&database, move |store| {
        store.get::<Vehicle>(*id)?;
        values.check(store)?;
        vehicle_fields::set(store, *id, values.fields.as_ref())?;
        store.update(*id, values.columns())
    })
    .await
    .map(Json)
}

#[requires_scope("vehicles:write", via = "api_key")]
async fn delete_vehicle(database: Data<Database>, id: Path<i64>) -> ApiResult<HttpResponse> {
    super::remove::<Vehicle>(&database, *id).await
}
