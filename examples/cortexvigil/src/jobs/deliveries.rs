//! Hands an alert's message over to the site's message gateway, which collects it from the outbox.

use serde::{Deserialize, Serialize};

use super::{Job, Product};
use crate::error::{ApiError, ApiResult};
use crate::media::MediaStore;

#[derive(Deserialize, Serialize)]
pub(super) struct Delivery {
    id: i64,
    alert_id: i64,
    channel: String,
    target: String,
    title: String,
    message: Option<String>,
    severity: String,
}

impl Job for Delivery {
    const NEXT: &'static str = "
        SELECT d.id, d.alert_id, d.channel, d.target, a.title, a.message, a.severity
        FROM deliveries AS d
        JOIN alerts AS a ON a.id = d.alert_id
        WHERE d.status = 'queued'
        ORDER BY d.id LIMIT 1";
    const TABLE: &'static str = "deliveries";

    fn id(&self) -> i64 {
        self.id
    }

    fn perform(&self, media: &MediaStore) -> ApiResult<Product> {
        let message = serde_json::to_vec(self).map_err(ApiError::internal)?;
        let file = format!("outbox/{}.json", self.id);
        let stored = media.write(&file, &message)?;
        Ok(Product { file, bytes: stored.bytes })
    }
}
