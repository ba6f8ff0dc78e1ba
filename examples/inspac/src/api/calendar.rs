//! The schedule as calendars read it: as JSON events, and as iCalendar (RFC 5545).

use axum::Json;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::schedules::{Occurrence, OccurrenceStatus};
use crate::caller::Organisation;
use crate::error::{ApiResult, Problems};
use crate::extract::Query;
use crate::state::AppState;
use crate::values::Moment;

/// An occurrence as an entry of a calendar.
#[derive(Serialize, ToSchema)]
struct CalendarEvent {
    uid: String,
    title: String,
    start: Moment,
    category: String,
    /// As iCalendar has it: `CONFIRMED`, or `CANCELLED` for what is skipped.
    status: &'static str,
}

/// The part of the calendar that is asked for.
#[derive(Deserialize, Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Range {
    /// Then or later.
    from: Option<Moment>,
    /// Before then.
    to: Option<Moment>,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(list_calendar_events)).routes(routes!(export_calendar))
}

/// List schedule occurrences as calendar events.
#[utoipa::path(
    get,
    path = "/calendar/events",
    tag = "calendar",
    params(Range),
    responses((status = 200, description = "What was asked for.", body = [CalendarEvent]), Problems)
)]
#[requires_scope("calendar:read")]
async fn list_calendar_events(
    organisation: Organisation,
    Query(range): Query<Range>,
) -> ApiResult<Json<Vec<CalendarEvent>>> {
    events(&organisation, range).await.map(Json)
}

/// List schedule occurrences as an iCalendar file.
#[utoipa::path(
    get,
    path = "/calendar/events.ics",
    tag = "calendar",
    params(Range),
    responses(
        (status = 200, description = "What was asked for.", body = String, content_type = "text/calendar"),
        Problems
    )
)]
#[requires_scope("calendar:read")]
async fn export_calendar(
    organisation: Organisation,
    Query(range): Query<Range>,
) -> ApiResult<impl IntoResponse> {
    let mut file = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//insp.ac//schedule//EN\r\n");
    for event in events(&organisation, range).await? {
        let start: String = event.start.as_str().chars().filter(|it| !matches!(it, '-' | ':')).collect();
        // `20260301T083000.000Z`: iCalendar has no fractions of a second (section 3.3.5).
        let start = start.split('.').next().unwrap_or_default();
        for line in [
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", event.uid),
            format!("DTSTAMP:{start}Z"),
            format!("DTSTART:{start}Z"),
            format!("SUMMARY:{}", escaped(&event.title)),
            format!("CATEGORIES:{}", event.category),
            format!("STATUS:{}", event.status),
            "END:VEVENT".to_owned(),
        ] {
            fold(&line, &mut file);
        }
    }
    file.push_str("END:VCALENDAR\r\n");
    Ok(([(CONTENT_TYPE, "text/calendar; charset=utf-8")], file))
}

async fn events(organisation: &Organisation, range: Range) -> ApiResult<Vec<CalendarEvent>> {
    let found = organisation.read(move |rows| {
        rows.select::<Occurrence>(
            "SELECT * FROM occurrences WHERE organisation_id = :organisation_id
             AND (:from IS NULL OR due_at >= :from) AND (:to IS NULL OR due_at < :to)
             ORDER BY due_at, id",
            &range,
        )
    });
    Ok(found.await?.into_iter().map(CalendarEvent::from).collect())
}

impl From<Occurrence> for CalendarEvent {
    fn from(occurrence: Occurrence) -> Self {
        Self {
            uid: format!("occurrence-{}@insp.ac", occurrence.id),
            title: occurrence.title,
            start: occurrence.due_at,
            category: occurrence.kind,
            status: match occurrence.status {
                OccurrenceStatus::Skipped => "CANCELLED",
                _ => "CONFIRMED",
            },
        }
    }
}

/// Text as a value (RFC 5545, section 3.3.11).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            other if other.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// Adds a content line, in pieces of at most 75 octets (RFC 5545, section 3.1).
fn fold(line: &str, file: &mut String) {
    let mut octets = 0;
    for character in line.chars() {
        if octets + character.len_utf8() > 75 {
            file.push_str("\r\n ");
            octets = 1;
        }
        file.push(character);
        octets += character.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    #[test]
    fn text_cannot_end_its_line() {
        assert_eq!(super::escaped("a,b;c\\d\r\nEND:VEVENT"), "a\\,b\\;c\\\\d\\nEND:VEVENT");
    }

    #[test]
    fn a_long_line_is_folded_between_characters() {
        let mut file = String::new();
        super::fold(&format!("SUMMARY:{}", "ä".repeat(40)), &mut file);
        assert!(file.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(file.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "ä".repeat(40)));
    }
}
