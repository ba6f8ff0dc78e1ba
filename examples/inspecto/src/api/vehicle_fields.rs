//! The fields an administrator added to every vehicle, and the statuses that follow from their values.

use actix_web::web::{Data, Json, Path};
use example_keyring::Database;
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use rusqlite::params;
use rusqlite::types::Value as Column;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::body::{Fields, Query, Shape, shape};
use crate::db::{Filter, References, Store, entity, query_all, read_json};
use crate::error::ApiResult;
use crate::page::Listing;
use crate::values::{Day, Name, Readable, Text, readable_text, words};
use scopewright::actix::web::{self, ServiceConfig};

#[derive(Clone, Deserialize, Serialize)]
pub(super) struct VehicleField {
    id: i64,
    key: String,
    label: String,
    kind: FieldKind,
    #[serde(deserialize_with = "read_json")]
    settings: FieldSettings,
}

entity!(VehicleField, "vehicle field" => "vehicle_fields", identity = "key");

words! {
    pub(super) enum FieldKind {
        "text" => Text,
        "number" => Number,
        "date" => Date,
        "choice" => Choice,
    }
}

/// What a value of the field must be, and when it needs attention.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldSettings {
    /// The values of a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    options: Vec<String>,
    /// Below it a number needs attention.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minimum: Option<f64>,
    /// Above it a number needs attention.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    maximum: Option<f64>,
    /// So many days before a date it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due_within_days: Option<u16>,
}

shape! {
    /// What an administrator says about a new field.
    pub(super) struct NewField {
        required key: FieldKey,
        required label: Name,
        required kind: FieldKind,
        change settings: FieldSettings,
    }
}

/// A word of lower-case letters, digits and `_`.
#[derive(Clone, Debug)]
pub(super) struct FieldKey(String);

readable_text!(FieldKey);

impl FieldKey {
    fn parse(text: &str) -> Result<Self, String> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if matches!(text.len(), 1..=64) && text.bytes().all(fits) {
            Ok(Self(text.to_owned()))
        } else {
            Err("must be 1 to 64 lower-case letters, digits or underscores".to_owned())
        }
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}

impl Readable for FieldSettings {
    fn read(value: &Value) -> Result<Self, String> {
        serde_json::from_value(value.clone()).map_err(|error| error.to_string())
    }

    fn column(&self) -> Column {
        // Only a map with keys that are no texts could fail to be JSON.
        Column::Text(serde_json::to_string(self).unwrap_or_default())
    }
}

/// A vehicle as one field sees it.
#[derive(Serialize)]
struct FieldVehicle {
    vehicle_id: i64,
    registration: String,
    value: Option<Value>,
    status: String,
}

#[derive(Deserialize)]
struct ValueRow {
    id: i64,
    registration: String,
    value: Option<String>,
}

/// Which vehicles of a field are asked for.
struct StatusFilter {
    status: Option<Text<64>>,
}

impl Shape for StatusFilter {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self { status: fields.optional("status")? })
    }
}

/// Values of fields in the body of a vehicle, by the keys of the fields; checked when the fields are known.
#[derive(Clone, Debug)]
pub(super) struct FieldValues(Map<String, Value>);

impl Readable for FieldValues {
    fn read(value: &Value) -> Result<Self, String> {
        value.as_object().cloned().map(Self).ok_or_else(|| "must be an object".to_owned())
    }

    fn column(&self) -> Column {
        Column::Text(Value::Object(self.0.clone()).to_string())
    }
}

/// Everything that does not fit the fields there are.
pub(super) fn check(
    store: Store<'_>,
    values: Option<&FieldValues>,
    references: &mut References<'_>,
) -> ApiResult<()> {
    let Some(FieldValues(values)) = values else { return Ok(()) };
    let fields = all(store)?;
    for (key, value) in values {
        let place = format!("fields.{key}");
        match fields.iter().find(|field| field.key == *key) {
            None => references.report(&place, "is no vehicle field"),
            Some(field) => {
                if let Err(problem) = field.check(value) {
                    references.report(&place, problem);
                }
            }
        }
    }
    Ok(())
}

/// Leaves a vehicle exactly these values.
pub(super) fn set(store: Store<'_>, vehicle_id: i64, values: Option<&FieldValues>) -> ApiResult<()> {
    store.0.execute("DELETE FROM vehicle_field_values WHERE vehicle_id = ?1", [vehicle_id])?;
    for (key, value) in values.iter().flat_map(|values| &values.0).filter(|(_, value)| !value.is_null()) {
        store.0.execute(
            "INSERT INTO vehicle_field_values (vehicle_id, field_id, value)
             SELECT ?1, id, ?3 FROM vehicle_fields WHERE key = ?2",
            params![vehicle_id, key, value.to_string()],
        )?;
    }
    Ok(())
}

fn all(store: Store<'_>) -> ApiResult<Vec<VehicleField>> {
    Ok(query_all(store.0, "SELECT * FROM vehicle_fields ORDER BY id", [])?)
}

impl VehicleField {
    fn check(&self, value: &Value) -> Result<(), String> {
        match (self.kind, value) {
            (_, Value::Null) | (FieldKind::Number, Value::Number(_)) => Ok(()),
            (FieldKind::Text, value) => Text::<200>::read(value).map(drop),
            (FieldKind::Number, _) => Err("must be a number".to_owned()),
            (FieldKind::Date, value) => Day::read(value).map(drop),
            (FieldKind::Choice, Value::String(choice)) if self.settings.options.contains(choice) => Ok(()),
            (FieldKind::Choice, _) => {
                let options: Vec<String> =
                    self.settings.options.iter().map(|option| format!("`{option}`")).collect();
                Err(format!("must be one of {}", options.join(", ")))
            }
        }
    }

    /// What a vehicle's value means on a day: a word to sort vehicles by.
    fn status(&self, value: Option<&Value>, today: Date) -> String {
        let Some(value) = value else { return "missing".to_owned() };
        let FieldSettings { minimum, maximum, due_within_days, .. } = self.settings;
        match self.kind {
            FieldKind::Choice => value.as_str().unwrap_or("missing"),
            FieldKind::Text => "ok",
            FieldKind::Number => match value.as_f64() {
                Some(number) if minimum.is_some_and(|minimum| number < minimum) => "below_minimum",
                Some(number) if maximum.is_some_and(|maximum| number > maximum) => "above_maximum",
                _ => "ok",
            },
            FieldKind::Date => {
                let date = value.as_str().and_then(|text| text.parse::<Date>().ok());
                let days = date.and_then(|date| today.until(date).ok()).map_or(0, |span| span.get_days());
                match u16::try_from(days) {
                    Err(_) => "expired",
                    Ok(days) if due_within_days.is_some_and(|within| days <= within) => "due",
                    Ok(_) => "ok",
                }
            }
        }
        .to_owned()
    }
}

shape! {
    struct FieldFilter {
        optional kind: FieldKind,
    }
}

impl Filter for FieldFilter {
    type Row = VehicleField;
}

pub(super) fn configure(service: &mut ServiceConfig) {
    service.service(
        web::scope("/vehicle-fields")
            .service(web::resource("").route(web::get().to(list_vehicle_fields)))
            .service(web::resource("/{id}/vehicles").route(web::get().to(list_vehicles_of_field))),
    );
}

#[requires_scope("vehicle-fields:read", via = "api_key")]
async fn list_vehicle_fields(
    database: Data<Database>,
    query: Query<FieldFilter>,
) -> ApiResult<Json<Listing<VehicleField>>> {
    super::list(&database, query).await
}

/// Every vehicle with its value of a field and the status that follows from it.
#[requires_scope("vehicle-fields:read", via = "api_key")]
async fn list_vehicles_of_field(
    database: Data<Database>,
    id: Path<i64>,
    query: Query<StatusFilter>,
) -> ApiResult<Json<Listing<FieldVehicle>>> {
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    super::read(&database, move |store| statuses(store, *id, &query, today)).await.map(Json)
}

fn statuses(
    store: Store<'_>,
    id: i64,
    query: &Query<StatusFilter>,
    today: Date,
) -> ApiResult<Listing<FieldVehicle>> {
    let Query { filter, page } = query;
    let field: VehicleField = store.get(id)?;
    let rows: Vec<ValueRow> = query_all(
        store.0,
        "SELECT v.id, v.registration, x.value
         FROM vehicles AS v
         LEFT JOIN vehicle_field_values AS x ON x.vehicle_id = v.id AND x.field_id = ?1
         WHERE v.id > ?2 ORDER BY v.id",
        params![id, page.after()],
    )?;
    let mut vehicles = Vec::new();
    for ValueRow { id, registration, value } in rows {
        let value: Option<Value> = value.as_deref().map(serde_json::from_str).transpose()?;
        let status = field.status(value.as_ref(), today);
        let wanted = filter.status.as_ref().is_none_or(|wanted| wanted.as_str() == status);
        if wanted {
            vehicles.push(FieldVehicle { vehicle_id: id, registration, value, status });
        }
    }
    Ok(Listing::cut(vehicles, *page, |vehicle| vehicle.vehicle_id))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::{Value, json};

    use super::{FieldKind, FieldSettings, VehicleField};

    fn field(kind: FieldKind, settings: FieldSettings) -> VehicleField {
        VehicleField { id: 1, key: "key".to_owned(), label: "Label".to_owned(), kind, settings }
    }

    #[test]
    fn a_date_is_due_before_it_expires() {
        let settings = FieldSettings { due_within_days: Some(30), ..FieldSettings::default() };
        let field = field(FieldKind::Date, settings);
        let status = |day: &str| field.status(Some(&json!(day)), date(2026, 3, 1));
        assert_eq!(status("2026-02-28"), "expired");
        assert_eq!(status("2026-03-01"), "due");
        assert_eq!(status("2026-03-31"), "due");
        assert_eq!(status("2026-04-01"), "ok");
        assert_eq!(status("2099-01-01"), "ok");
        assert_eq!(field.status(None, date(2026, 3, 1)), "missing");
    }

    #[test]
    fn a_number_has_bounds_and_a_choice_speaks_for_itself() {
        let settings = FieldSettings { minimum: Some(1.6), maximum: Some(12.0), ..FieldSettings::default() };
        let tread = field(FieldKind::Number, settings);
        let status = |field: &VehicleField, value: Value| field.status(Some(&value), date(2026, 3, 1));
        assert_eq!(status(&tread, json!(1.5)), "below_minimum");
        assert_eq!(status(&tread, json!(13)), "above_maximum");
        assert_eq!(status(&tread, json!(4)), "ok");
        let settings = FieldSettings { options: vec!["on_road".to_owned()], ..FieldSettings::default() };
        let availability = field(FieldKind::Choice, settings);
        assert_eq!(status(&availability, json!("on_road")), "on_road");
        assert!(availability.check(&json!("lost")).is_err());
    }
}
