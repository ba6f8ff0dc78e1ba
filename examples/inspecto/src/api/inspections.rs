//! Inspections: begun as drafts, answered, submitted, and then left as they are.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use example_keyring::Database;
use rusqlite::types::Value as Column;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::inspection_templates::{InspectionTemplate, items_column};
use super::template_items::{TemplateItem, check_answers, unanswered};
use super::vehicles::Vehicle;
use super::{Created, created, legacy_templates};
use crate::body::{Body, Columns, Query, Shape as _, shape};
use crate::db::{Filter, References, Store, entity, read_json};
use crate::error::{ApiError, ApiResult, Problem};
use crate::page::Listing;
use crate::values::{Id, Kilometres, Moment, Name, Note, Readable, words};
use scopewright::actix::web::{self, ServiceConfig};

#[derive(Deserialize, Serialize)]
pub(super) struct Inspection {
    id: i64,
    pub(super) vehicle_id: i64,
    template_id: i64,
    #[serde(deserialize_with = "read_json")]
    items: Vec<TemplateItem>,
    inspector: String,
    odometer_km: Option<i64>,
    #[serde(deserialize_with = "read_json")]
    answers: Map<String, Value>,
    notes: Option<String>,
    status: InspectionStatus,
    performed_at: String,
    submitted_at: Option<String>,
    created_at: String,
    updated_at: String,
}

entity!(Inspection, "inspection" => "inspections");

words! {
    enum InspectionStatus {
        "draft" => Draft,
        "submitted" => Submitted,
    }
}

shape! {
    struct InspectionFilter {
        optional vehicle_id: Id,
        optional template_id: Id,
        optional status: InspectionStatus,
        optional from: Moment,
        optional to: Moment,
    }
}

impl Filter for InspectionFilter {
    type Row = Inspection;

    fn condition(member: &str) -> String {
        match member {
            "from" => "performed_at >= :from".to_owned(),
            "to" => "performed_at < :to".to_owned(),
            other => format!("{other} = :{other}"),
        }
    }
}

/// Answers by the keys of the questions; checked when the template is known.
#[derive(Clone, Debug, Default)]
struct Answers(Map<String, Value>);

impl Readable for Answers {
    fn read(value: &Value) -> Result<Self, String> {
        value.as_object().cloned().map(Self).ok_or_else(|| "must be an object".to_owned())
    }

    fn column(&self) -> Column {
        Column::Text(Value::Object(self.0.clone()).to_string())
    }
}

shape! {
    struct NewInspection {
        required vehicle_id: Id,
        required template_id: Id,
        required inspector: Name,
        optional odometer_km: Kilometres,
        optional notes: Note,
        beside performed_at: Moment,
        beside answers: Answers,
        beside submit: bool,
    }
}

shape! {
    struct InspectionChanges {
        change inspector: Name,
        nullable odometer_km: Kilometres,
        nullable notes: Note,
        change performed_at: Moment,
        beside answers: Answers,
    }
}

pub(super) fn configure(service: &mut ServiceConfig) {
    service.service(
        web::scope("/inspections")
            .configure(legacy_templates::configure)
            .service(
                web::resource("")
                    .route(web::get().to(list_inspections))
                    .route(web::post().to(create_inspection)),
            )
            .service(
                web::resource("/{id}")
                    .route(web::get().to(get_inspection))
                    .route(web::patch().to(update_inspection))
                    .route(web::delete().to(delete_inspection)),
            )
            .service(web::resource("/{id}/submit").route(web::post().to(submit_inspection))),
    );
}

#[requires_scope("inspections:read", via = "api_key")]
async fn list_inspections(
    database: Data<Database>,
    query: Query<InspectionFilter>,
) -> ApiResult<Json<Listing<Inspection>>> {
    super::list(&database, query).await
}

/// Begins an inspection; with `submit` a device hands in a whole one at once.
#[requires_scope("inspections:write", via = "api_key")]
async fn create_inspection(
    database: Data<Database>,
    Body(new): Body<NewInspection>,
) -> ApiResult<Created<Inspection>> {
    super::write(&database, move |store| create(store, &new)).await.map(created)
}

#[requires_scope("inspections:read", via = "api_key")]
async fn get_inspection(database: Data<Database>, id: Path<i64>) -> ApiResult<Json<Inspection>> {
    super::get(&database, *id).await
}

/// Changes a draft. Answers are added to those that are there; `null` takes one back.
#[requires_scope("inspections:write", via = "api_key")]
async fn update_inspection(
    database: Data<Database>,
    id: Path<i64>,
    Body(changes): Body<InspectionChanges>,
) -> ApiResult<Json<Inspection>> {
    super::write(&database, move |store| {
        let draft = draft(store, *id)?;
        let mut columns = changes.columns();
        if let Some(Answers(changed)) = &changes.answers {
            let mut answers = draft.answers;
            for (key, answer) in changed {
                if answer.is_null() {
                    answers.shift_remove(key);
                } else {
                    answers.insert(key.clone(), answer.clone());
                }
            }
            refuse(check_answers(&draft.items, &answers))?;
            columns.required("answers", &Answers(answers));
        }
        store.update(*id, columns)
    })
    .await
    .map(Json)
}

#[requires_scope("inspections:write", via = "api_key")]
async fn delete_inspection(database: Data<Database>, id: Path<i64>) -> ApiResult<HttpResponse> {
    super::write(&database, move |store| {
        draft(store, *id)?;
        store.remove::<Inspection>(*id)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Hands a draft in. Every question that has to be answered must be.
#[requires_scope("inspections:write", via = "api_key")]
async fn submit_inspection(database: Data<Database>, id: Path<i64>) -> ApiResult<Json<Inspection>> {
    super::write(&database, move |store| {
        let draft = draft(store, *id)?;
        submit(store, &draft)
    })
    .await
    .map(Json)
}

fn create(store: Store<'_>, new: &NewInspection) -> ApiResult<Inspection> {
    let mut references = References::of(store);
    references.find::<Vehicle>("vehicle_id", new.vehicle_id.get())?;
    let template: Option<InspectionTemplate> = references.find("template_id", new.template_id.get())?;
    let answers = new.answers.clone().unwrap_or_default();
    let items = template.map(|template| template.items).unwrap_or_default();
    if !items.is_empty() {
        references.absorb(check_answers(&items, &answers.0));
    }
    references.finish()?;
    let mut columns = new.columns();
    columns.set("items", items_column(&items));
    columns.required("answers", &answers);
    columns.required("performed_at", &new.performed_at.clone().unwrap_or_else(Moment::now));
    let inspection: Inspection = store.insert(&columns)?;
    if new.submit == Some(true) { submit(store, &inspection) } else { Ok(inspection) }
}

fn submit(store: Store<'_>, draft: &Inspection) -> ApiResult<Inspection> {
    refuse(unanswered(&draft.items, &draft.answers))?;
    let mut columns = Columns::default();
    columns.required("status", &InspectionStatus::Submitted);
    columns.required("submitted_at", &Moment::now());
    store.update(draft.id, columns)
}

/// An inspection that may still change.
fn draft(store: Store<'_>, id: i64) -> ApiResult<Inspection> {
    let inspection: Inspection = store.get(id)?;
    match inspection.status {
        InspectionStatus::Draft => Ok(inspection),
        InspectionStatus::Submitted => {
            Err(ApiError::Conflict(format!("The inspection {id} has been submitted and can't be changed")))
        }
    }
}

fn refuse(problems: Vec<Problem>) -> ApiResult<()> {
    if problems.is_empty() { Ok(()) } else { Err(ApiError::Invalid(problems)) }
}
