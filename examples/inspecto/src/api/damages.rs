//! Damages of vehicles: reported, repaired.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use example_keyring::Database;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use super::inspections::Inspection;
use super::vehicles::Vehicle;
use super::{Created, created};
use crate::body::{Body, Columns, Query, Shape as _, shape};
use crate::db::{Filter, References, Store, entity};
use crate::error::ApiResult;
use crate::page::Listing;
use crate::values::{Id, Name, Note, words};
use scopewright::actix::web::{self, ServiceConfig};

#[derive(Deserialize, Serialize)]
struct Damage {
    id: i64,
    vehicle_id: i64,
    inspection_id: Option<i64>,
    part: String,
    severity: Severity,
    description: String,
    status: DamageStatus,
    created_at: String,
    updated_at: String,
}

entity!(Damage, "damage" => "damages");

words! {
    enum Severity {
        "cosmetic" => Cosmetic,
        "minor" => Minor,
        "major" => Major,
        "critical" => Critical,
    }
}

words! {
    enum DamageStatus {
        "open" => Open,
        "repaired" => Repaired,
    }
}

shape! {
    struct DamageFilter {
        optional vehicle_id: Id,
        optional inspection_id: Id,
        optional severity: Severity,
        optional status: DamageStatus,
    }
}

impl Filter for DamageFilter {
    type Row = Damage;
}

shape! {
    /// All of a damage: for a new one, and to replace one.
    struct DamageValues {
        required vehicle_id: Id,
        optional inspection_id: Id,
        required part: Name,
        required severity: Severity,
        required description: Note,
        beside status: DamageStatus,
    }
}

impl DamageValues {
    /// The columns, once everything they refer to is known to be there.
    fn checked(&self, store: Store<'_>) -> ApiResult<Columns> {
        let mut references = References::of(store);
        references.find::<Vehicle>("vehicle_id", self.vehicle_id.get())?;
        if let Some(inspection_id) = self.inspection_id {
            let inspection: Option<Inspection> = references.find("inspection_id", inspection_id.get())?;
            if inspection.is_some_and(|inspection| inspection.vehicle_id != self.vehicle_id.get()) {
                references.report("inspection_id", "is an inspection of another vehicle");
            }
        }
        references.finish()?;
        let mut columns = self.columns();
        columns.required("status", &self.status.unwrap_or(DamageStatus::Open));
        Ok(columns)
    }
}

pub(super) fn configure(service: &mut ServiceConfig) {
    service.service(
        web::scope("/damages")
            .service(
                web::resource("").route(web::get().to(list_damages)).route(web::post().to(report_damage)),
            )
            .service(
                web::resource("/{id}")
                    .route(web::get().to(get_damage))
                    .route(web::put().to(replace_damage))
                    .route(web::delete().to(delete_damage)),
            ),
    );
}

#[requires_scope("damages:read", via = "api_key")]
async fn list_damages(
    database: Data<Database>,
    query: Query<DamageFilter>,
) -> ApiResult<Json<Listing<Damage>>> {
    super::list(&database, query).await
}

#[requires_scope("damages:write", via = "api_key")]
async fn report_damage(
    database: Data<Database>,
    Body(values): Body<DamageValues>,
) -> ApiResult<Created<Damage>> {
    super::write(&database, move |store| store.insert(&values.checked(store)?)).await.map(created)
}

#[requires_scope("damages:read", via = "api_key")]
async fn get_damage(database: Data<Database>, id: Path<i64>) -> ApiResult<Json<Damage>> {
    super::get(&database, *id).await
}

#[requires_scope("damages:write", via = "api_key")]
async fn replace_damage(
    database: Data<Database>,
    id: Path<i64>,
    Body(values): Body<DamageValues>,
) -> ApiResult<Json<Damage>> {
    super::write(&database, move |store| {
        store.get::<Damage>(*id)?;
        store.update(*id, values.checked(store)?)
    })
    .await
    .map(Json)
}

#[requires_scope("damages:write", via = "api_key")]
async fn delete_damage(database: Data<Database>, id: Path<i64>) -> ApiResult<HttpResponse> {
    super::remove::<Damage>(&database, *id).await
}
