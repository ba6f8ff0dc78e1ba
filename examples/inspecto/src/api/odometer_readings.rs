//! Odometer readings of a vehicle: one of the older resources beside vehicles, opened by the scopes of vehicles.

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
use crate::values::{Kilometres, Moment};
use scopewright::actix::web::{self, ServiceConfig};

#[derive(Deserialize, Serialize)]
struct OdometerReading {
    id: i64,
    vehicle_id: i64,
    odometer_km: i64,
    read_at: String,
}

entity!(OdometerReading, "odometer reading" => "odometer_readings");

shape! {
    struct ReadingFilter {
        optional from: Moment,
        optional to: Moment,
    }
}

impl Filter for ReadingFilter {
    type Row = OdometerReading;

    fn condition(member: &str) -> String {
        match member {
            "from" => "read_at >= :from".to_owned(),
            _ => "read_at < :to".to_owned(),
        }
    }
}

shape! {
    struct NewReading {
        required odometer_km: Kilometres,
        beside read_at: Moment,
    }
}

pub(super) fn configure(service: &mut ServiceConfig) {
    service.service(
        web::resource("/{id}/odometer-readings")
            .route(web::get().to(list_odometer_readings))
            .route(web::post().to(record_odometer_reading)),
    );
}

#[requires_scope("vehicles:read", via = "api_key", status = "deprecated")]
async fn list_odometer_readings(
    database: Data<Database>,
    id: Path<i64>,
    query: Query<ReadingFilter>,
) -> ApiResult<Json<Listing<OdometerReading>>> {
    super::list_of_vehicle(&database, *id, query).await
}

/// An odometer does not run backwards: a reading below the vehicle's last one is refused.
#[requires_scope("vehicles:write", via = "api_key", status = "deprecated")]
async fn record_odometer_reading(
    database: Data<Database>,
    id: Path<i64>,
    Body(reading): Body<NewReading>,
) -> ApiResult<Created<OdometerReading>> {
    super::write(&database, move |store| {
        let vehicle: Vehicle = store.get(*id)?;
        if reading.odometer_km.get() < vehicle.odometer_km {
            let message = format!("must not be below the last reading, {}", vehicle.odometer_km);
            return Err(ApiError::invalid("odometer_km", message));
        }
        store.update::<Vehicle>(*id, reading.columns())?;
        let read_at = reading.read_at.clone().unwrap_or_else(Moment::now);
        let mut columns = reading.columns();
        columns.required("read_at", &read_at);
        columns.set("vehicle_id", *id);
        store.insert(&columns)
    })
    .await
    .map(created)
}
