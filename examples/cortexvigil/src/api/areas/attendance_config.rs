//! Whether and how attendance is kept in an area.

use axum::Json;
use scopewright::axum::Router;
use scopewright::axum::routing::get;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use super::Area;
use crate::api::attendance::{Slot, SlotFilter};
use crate::db::Store;
use crate::error::{ApiError, ApiResult};
use crate::extract::{Body, Path};
use crate::state::AppState;
use crate::tenant::Tenant;
use crate::values::{Name, TimeOfDay};

#[derive(Serialize)]
struct AttendanceConfig {
    area_id: i64,
    #[serde(flatten)]
    settings: Settings,
    slots: Vec<Slot>,
}

/// An area nobody configured keeps no attendance.
#[derive(Default, Deserialize, Serialize)]
struct Settings {
    enabled: bool,
    grace_minutes: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewConfig {
    enabled: bool,
    #[serde(default)]
    grace_minutes: u16,
    #[serde(default)]
    slots: Vec<NewSlot>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewSlot {
    name: Name,
    starts_at: TimeOfDay,
    ends_at: TimeOfDay,
}

#[derive(Serialize)]
struct SettingsRow {
    area_id: i64,
    enabled: bool,
    grace_minutes: u16,
}

#[derive(Serialize)]
struct SlotRow<'config> {
    area_id: i64,
    name: &'config Name,
    starts_at: &'config TimeOfDay,
    ends_at: &'config TimeOfDay,
}

#[derive(Serialize)]
struct InArea {
    area_id: i64,
}

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/{id}/attendance-config", get(get_attendance_config).put(replace_attendance_config))
}

#[requires_scope("read:areas")]
async fn get_attendance_config(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<AttendanceConfig>> {
    tenant.read(move |store| read(store, id)).await.map(Json)
}

#[requires_scope("write:areas")]
async fn replace_attendance_config(
    tenant: Tenant,
    Path(id): Path<i64>,
    Body(config): Body<NewConfig>,
) -> ApiResult<Json<AttendanceConfig>> {
    config.check()?;
    tenant
        .write(move |store| {
            store.get::<Area>(id)?;
            config.store(store, id)?;
            read(store, id)
        })
        .await
        .map(Json)
}

fn read(store: Store<'_>, area_id: i64) -> ApiResult<AttendanceConfig> {
    store.get::<Area>(area_id)?;
    let settings = store.find(
        "SELECT enabled, grace_minutes FROM attendance_configs
         WHERE organisation_id = :organisation_id AND area_id = :area_id",
        &InArea { area_id },
    )?;
    let slots = store.all(&SlotFilter { area_id: Some(area_id) })?;
    Ok(AttendanceConfig { area_id, settings: settings.unwrap_or_default(), slots })
}

impl NewConfig {
    const LONGEST_GRACE: u16 = 120;
    const MOST_SLOTS: usize = 24;

    fn check(&self) -> ApiResult<()> {
        let problem = if self.grace_minutes > Self::LONGEST_GRACE {
            "the grace is at most 120 minutes"
        } else if self.slots.len() > Self::MOST_SLOTS {
            "an area has at most 24 slots"
        } else if self.slots.iter().any(|slot| slot.starts_at >= slot.ends_at) {
            "a slot ends after it starts"
        } else {
            return Ok(());
        };
        Err(ApiError::Invalid(problem.to_owned()))
    }

    fn store(&self, store: Store<'_>, area_id: i64) -> ApiResult<()> {
        store.run(
            "INSERT INTO attendance_configs (area_id, organisation_id, enabled, grace_minutes)
             VALUES (:area_id, :organisation_id, :enabled, :grace_minutes)
             ON CONFLICT (area_id) DO UPDATE
             SET enabled = excluded.enabled, grace_minutes = excluded.grace_minutes",
            &SettingsRow { area_id, enabled: self.enabled, grace_minutes: self.grace_minutes },
        )?;
        store.run(
            "DELETE FROM attendance_slots WHERE organisation_id = :organisation_id AND area_id = :area_id",
            &InArea { area_id },
        )?;
        for NewSlot { name, starts_at, ends_at } in &self.slots {
            store.insert::<Slot>(&SlotRow { area_id, name, starts_at, ends_at })?;
        }
        Ok(())
    }
}
