//! Face profiles: enrolled people, and the pictures they were enrolled with.

use axum::Json;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use example_keyring::sha256_hex;
use scopewright::axum::Router;
use scopewright::axum::routing::get;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use crate::db::{Filter, Store, entity};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Body, Path, Query};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::tenant::{Created, Tenant, created};
use crate::values::Name;

#[derive(Deserialize, Serialize)]
struct Face {
    id: i64,
    name: String,
    external_id: Option<String>,
    enrolled_at: String,
}

entity!(Face, "face" => "faces");

/// How a profile came to be. The pictures themselves are never given out again.
#[derive(Serialize)]
struct Enrolment {
    face_id: i64,
    #[serde(flatten)]
    origin: Origin,
    samples: Vec<Sample>,
}

#[derive(Deserialize, Serialize)]
struct Origin {
    enrolled_by: String,
    enrolled_at: String,
}

#[derive(Deserialize, Serialize)]
struct Sample {
    id: i64,
    media_type: String,
    sha256: String,
    bytes: i64,
}

entity!(Sample, "sample" => "face_sample_facts");

#[derive(Serialize)]
struct SampleFilter {
    face_id: i64,
}

impl Filter for SampleFilter {
    type Row = Sample;
    const WHERE: &'static str = "face_id = :face_id";
}

#[derive(Deserialize, Serialize)]
struct FaceFilter {
    /// A part of the name.
    name: Option<String>,
    external_id: Option<String>,
}

impl Filter for FaceFilter {
    type Row = Face;
    const WHERE: &'static str = "
        (:name IS NULL OR instr(lower(name), lower(:name)) > 0)
        AND (:external_id IS NULL OR external_id = :external_id)";
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewFace {
    name: Name,
    external_id: Option<Name>,
    samples: Vec<NewSample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewSample {
    /// A PNG or JPEG picture in base64.
    image: String,
}

#[derive(Serialize)]
struct FaceRow {
    name: Name,
    external_id: Option<Name>,
    enrolled_by: String,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct FaceChanges {
    name: Name,
}

/// A sample that was decoded and is of a kind we take.
struct Picture {
    media_type: &'static str,
    bytes: Vec<u8>,
}

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(list_faces).post(enrol_face))
        .route("/{id}", get(get_face).patch(rename_face).delete(delete_enrolment))
        .route("/{id}/enrolment", get(get_enrolment))
}

#[requires_scope("read:faces")]
async fn list_faces(
    tenant: Tenant,
    Query(filter): Query<FaceFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Face>>> {
    tenant.list(filter, page).await
}

#[requires_scope("write:faces")]
async fn enrol_face(tenant: Tenant, Body(face): Body<NewFace>) -> ApiResult<Created<Face>> {
    if !matches!(face.samples.len(), 1..=10) {
        return Err(ApiError::Invalid("an enrolment has between 1 and 10 samples".to_owned()));
    }
    let pictures = face.samples.iter().map(Picture::decode).collect::<ApiResult<Vec<_>>>()?;
    let row = FaceRow { name: face.name, external_id: face.external_id, enrolled_by: tenant.actor() };
    tenant
        .write(move |store| {
            let face: Face = store.insert(&row)?;
            for picture in &pictures {
                picture.store(store, face.id)?;
            }
            Ok(face)
        })
        .await
        .map(created)
}

#[requires_scope("read:faces")]
async fn get_face(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<Face>> {
    tenant.get(id).await
}

#[requires_scope("write:faces")]
async fn rename_face(
    tenant: Tenant,
    Path(id): Path<i64>,
    Body(changes): Body<FaceChanges>,
) -> ApiResult<Json<Face>> {
    tenant.amend(id, changes).await
}

#[requires_scope("write:faces")]
async fn delete_enrolment(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<StatusCode> {
    tenant.remove::<Face>(id).await
}

#[requires_scope("read:faces")]
async fn get_enrolment(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<Enrolment>> {
    tenant
        .read(move |store| {
            store.get::<Face>(id)?;
            let origin = store.find(
                "SELECT enrolled_by, enrolled_at FROM faces
                 WHERE organisation_id = :organisation_id AND id = :face_id",
                &SampleFilter { face_id: id },
            )?;
            let origin = origin.ok_or_else(|| ApiError::internal("the face is gone"))?;
            Ok(Enrolment { face_id: id, origin, samples: store.all(&SampleFilter { face_id: id })? })
        })
        .await
        .map(Json)
}

impl Picture {
    fn decode(sample: &NewSample) -> ApiResult<Self> {
        let bytes = STANDARD
            .decode(&sample.image)
            .map_err(|_| ApiError::Invalid("a sample's image is base64".to_owned()))?;
        let media_type = match bytes.as_slice() {
            [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            _ => return Err(ApiError::Invalid("a sample's image is a PNG or a JPEG".to_owned())),
        };
        Ok(Self { media_type, bytes })
    }

    fn store(&self, store: Store<'_>, face_id: i64) -> ApiResult<()> {
        #[derive(Serialize)]
        struct Row<'picture> {
            face_id: i64,
            media_type: &'static str,
            sha256: String,
            image: &'picture [u8],
        }
        store.run(
            "INSERT INTO face_samples (organisation_id, face_id, media_type, sha256, image)
             VALUES (:organisation_id, :face_id, :media_type, :sha256, :image)",
            &Row {
                face_id,
                media_type: self.media_type,
                sha256: sha256_hex(&self.bytes),
                image: &self.bytes,
            },
        )?;
        Ok(())
    }
}
