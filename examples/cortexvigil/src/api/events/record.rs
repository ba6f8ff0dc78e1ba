//! Recording an event, and what follows from it: a punch where attendance is kept, alerts where a rule asks for them.

use axum::extract::State;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use super::detections::Detection;
use super::{Event, Source};
use crate::api::alerts;
use crate::api::attendance::Punch;
use crate::db::{Store, write_json};
use crate::error::{ApiError, ApiResult};
use crate::extract::Body;
use crate::state::AppState;
use crate::tenant::{Created, Tenant, created};
use crate::values::{Direction, Fraction, Metadata, Moment, Note, Severity, Word};

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewEvent {
    camera_id: Option<i64>,
    /// Where the camera hangs, when it is not said.
    area_id: Option<i64>,
    face_id: Option<i64>,
    kind: Word,
    #[serde(default = "least_severity")]
    severity: Severity,
    summary: Option<Note>,
    #[serde(default, serialize_with = "write_json")]
    metadata: Metadata,
    #[serde(default = "Moment::now")]
    occurred_at: Moment,
    #[serde(skip_deserializing)]
    source: Source,
    #[serde(default, skip_serializing)]
    detections: Vec<NewDetection>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct NewDetection {
    #[serde(skip_deserializing)]
    event_id: i64,
    label: Word,
    confidence: Fraction,
    x: Fraction,
    y: Fraction,
    width: Fraction,
    height: Fraction,
}

fn least_severity() -> Severity {
    Severity::Low
}

impl NewEvent {
    const MOST_DETECTIONS: usize = 100;
}

#[requires_scope("write:events")]
pub(super) async fn create_event(
    tenant: Tenant,
    State(state): State<AppState>,
    Body(event): Body<NewEvent>,
) -> ApiResult<Created<Event>> {
    if event.detections.len() > NewEvent::MOST_DETECTIONS {
        return Err(ApiError::Invalid("an event has at most 100 detections".to_owned()));
    }
    let event = tenant.write(move |store| record(store, event)).await?;
    state.queued.notify_one();
    Ok(created(event))
}

fn record(store: Store<'_>, mut new: NewEvent) -> ApiResult<Event> {
    let place = match new.camera_id {
        Some(id) => store.find(
            "SELECT area_id, direction FROM cameras WHERE organisation_id = :organisation_id AND id = :id",
            &ById { id },
        )?,
        None => None,
    };
    let place: Place = place.unwrap_or_default();
    new.area_id = new.area_id.or(place.area_id);
    let event: Event = store.insert(&new)?;
    for detection in new.detections {
        store.insert::<Detection>(&NewDetection { event_id: event.id, ..detection })?;
    }
    if let Some(direction) = place.direction {
        punch(store, &event, direction)?;
    }
    alerts::raise_for_event(store, event.id, &event.kind, event.severity, event.area_id)?;
    Ok(event)
}

#[derive(Serialize)]
struct ById {
    id: i64,
}

/// Where a camera hangs and which way it looks.
#[derive(Default, Deserialize)]
struct Place {
    area_id: Option<i64>,
    direction: Option<Direction>,
}

/// Whether an area keeps attendance.
#[derive(Deserialize)]
struct Attendance {
    enabled: bool,
}

#[derive(Serialize)]
struct PunchRow<'event> {
    event_id: i64,
    face_id: i64,
    area_id: i64,
    direction: Direction,
    punched_at: &'event Moment,
}

/// A known face at an entry or exit of an area that keeps attendance is a punch.
fn punch(store: Store<'_>, event: &Event, direction: Direction) -> ApiResult<()> {
    let (Some(face_id), Some(area_id)) = (event.face_id, event.area_id) else {
        return Ok(());
    };
    if direction == Direction::None {
        return Ok(());
    }
    let config: Option<Attendance> = store.find(
        "SELECT enabled FROM attendance_configs WHERE organisation_id = :organisation_id AND area_id = :id",
        &ById { id: area_id },
    )?;
    if config.is_some_and(|config| config.enabled) {
        let row =
            PunchRow { event_id: event.id, face_id, area_id, direction, punched_at: &event.occurred_at };
        store.insert::<Punch>(&row)?;
    }
    Ok(())
}
