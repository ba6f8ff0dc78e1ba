//! Cuts a clip out of an archived recording.

use serde::Deserialize;

use super::{Job, Product};
use crate::error::{ApiError, ApiResult};
use crate::media::{MediaStore, Video};
use crate::values::Moment;

#[derive(Deserialize)]
pub(super) struct Clip {
    id: i64,
    starts_at: Moment,
    ends_at: Moment,
    recording_starts_at: Moment,
    recording_file: String,
}

impl Job for Clip {
    const NEXT: &'static str = "
        SELECT c.id, c.starts_at, c.ends_at, r.starts_at AS recording_starts_at, r.file AS recording_file
        FROM clips AS c
        JOIN recordings AS r ON r.id = c.recording_id
        WHERE c.status = 'queued'
        ORDER BY c.id LIMIT 1";
    const TABLE: &'static str = "clips";

    fn id(&self) -> i64 {
        self.id
    }

    fn perform(&self, media: &MediaStore) -> ApiResult<Product> {
        let milliseconds = |from: &Moment, to: &Moment| u64::try_from(from.milliseconds_until(to));
        let start = milliseconds(&self.recording_starts_at, &self.starts_at).map_err(ApiError::internal)?;
        let length = milliseconds(&self.starts_at, &self.ends_at).map_err(ApiError::internal)?;
        let recording = Video::decode(&media.read(&self.recording_file)?)?;
        let file = format!("clips/{}.y4m", self.id);
        let stored = media.write(&file, &recording.cut(start, length)?.encode())?;
        Ok(Product { file, bytes: stored.bytes })
    }
}
