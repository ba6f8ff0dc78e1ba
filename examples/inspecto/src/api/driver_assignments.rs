//! Who drives which vehicle, and when. A vehicle has one driver at a time.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use example_keyring::Database;
use rusqlite::params;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use super::vehicles::Vehicle;
use super::{Created, created};
use crate::body::{Body, Query, Shape as _, shape};
use crate::db::{Filter, References, Store, entity};
use crate::error::{ApiError, ApiResult};
use crate::page::Listing;
use crate::values::{Id, Moment, Name, Text};
use scopewright::actix::web::{self, ServiceConfig};

#[derive(Deserialize, Serialize)]
struct DriverAssignment {
    id: i64,
    vehicle_id: i64,
    driver_name: String,
    driver_reference: Option<String>,
    starts_at: String,
    ends_at: Option<String>,
    created_at: String,
    updated_at: String,
}

entity!(DriverAssignment, "driver assignment" => "driver_assignments");

shape! {
    struct AssignmentFilter {
        optional vehicle_id: Id,
        optional driver_reference: Text<64>,
        optional at: Moment,
    }
}

impl Filter for AssignmentFilter {
    type Row = DriverAssignment;

    fn condition(member: &str) -> String {
        match member {
            "at" => "(starts_at <= :at AND (ends_at IS NULL OR ends_at > :at))".to_owned(),
            other => format!("{other} = :{other}"),
        }
    }
}

shape! {
    struct NewAssignment {
        required vehicle_id: Id,
        required driver_name: Name,
        optional driver_reference: Text<64>,
        required starts_at: Moment,
        optional ends_at: Moment,
    }
}

shape! {
    struct AssignmentChanges {
        change driver_name: Name,
        nullable driver_reference: Text<64>,
        change starts_at: Moment,
        nullable ends_at: Moment,
    }
}

pub(super) fn configure(service: &mut ServiceConfig) {
    service.service(
        web::scope("/driver-assignments")
            .service(
                web::resource("")
                    .route(web::get().to(list_driver_assignments))
                    .route(web::post().to(assign_driver)),
            )
            .service(
                web::resource("/{id}")
                    .route(web::get().to(get_driver_assignment))
                    .route(web::patch().to(update_driver_assignment))
                    .route(web::delete().to(delete_driver_assignment)),
            ),
    );
}

#[requires_scope("driver-assignments:read", via = "api_key")]
async fn list_driver_assignments(
    database: Data<Database>,
    query: Query<AssignmentFilter>,
) -> ApiResult<Json<Listing<DriverAssignment>>> {
    super::list(&database, query).await
}

#[requires_scope("driver-assignments:write", via = "api_key")]
async fn assign_driver(
    database: Data<Database>,
    Body(new): Body<NewAssignment>,
) -> ApiResult<Created<DriverAssignment>> {
    super::write(&database, move |store| {
        let mut references = References::of(store);
        references.find::<Vehicle>("vehicle_id", new.vehicle_id.get())?;
        if new.ends_at.as_ref().is_some_and(|end| *end <= new.starts_at) {
            references.report("ends_at", ENDS_TOO_EARLY);
        }
        references.finish()?;
        let assignment: DriverAssignment = store.insert(&new.columns())?;
        check_alone(store, assignment)
    })
    .await
    .map(created)
}

#[requires_scope("driver-assignments:read", via = "api_key")]
async fn get_driver_assignment(database: Data<Database>, id: Path<i64>) -> ApiResult<Json<DriverAssignment>> {
    super::get(&database, *id).await
}

#[requires_scope("driver-assignments:write", via = "api_key")]
async fn update_driver_assignment(
    database: Data<Database>,
    id: Path<i64>,
    Body(changes): Body<AssignmentChanges>,
) -> ApiResult<Json<DriverAssignment>> {
    super::write(&database, move |store| {
        let before: DriverAssignment = store.get(*id)?;
        let starts_at = changes.starts_at.as_ref().map_or(before.starts_at.as_str(), Moment::as_str);
        let ends_at = changes.ends_at.after(before.ends_at.as_deref(), Moment::as_str);
        if ends_at.is_some_and(|end| end <= starts_at) {
            return Err(ApiError::invalid("ends_at", ENDS_TOO_EARLY));
        }
        let assignment: DriverAssignment = store.update(*id, changes.columns())?;
        check_alone(store, assignment)
    })
    .await
    .map(Json)
}

#[requires_scope("driver-assignments:write", via = "api_key")]
async fn delete_driver_assignment(database: Data<Database>, id: Path<i64>) -> ApiResult<HttpResponse> {
    super::remove::<DriverAssignment>(&database, *id).await
}

const ENDS_TOO_EARLY: &str = "must be later than `starts_at`";

/// Refuses an assignment that shares time with another one of its vehicle.
fn check_alone(store: Store<'_>, assignment: DriverAssignment) -> ApiResult<DriverAssignment> {
    let DriverAssignment { id, vehicle_id, starts_at, ends_at, .. } = &assignment;
    let taken = store
        .0
        .prepare_cached(
            "SELECT 1 FROM driver_assignments
             WHERE vehicle_id = ?1 AND id <> ?2
               AND (?4 IS NULL OR starts_at < ?4) AND (ends_at IS NULL OR ends_at > ?3)",
        )?
        .exists(params![vehicle_id, id, starts_at, ends_at])?;
    if taken {
        return Err(ApiError::Conflict(format!("The vehicle {vehicle_id} has another driver at that time")));
    }
    Ok(assignment)
}
