//! axum's extractors with this service's error body.

use crate::error::ApiError;

example_groundwork::extractors!(ApiError);
