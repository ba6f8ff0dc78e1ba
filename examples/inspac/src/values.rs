//! Values a request may carry: each type can only hold what the service accepts.

use example_groundwork::values::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) use example_groundwork::values::Moment;

/// The name of a thing: 1 to 120 characters, without blanks around it.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[schema(value_type = String, min_length = 1, max_length = 120)]
pub(crate) struct Name(Text<120>);

/// A sentence or a paragraph: 1 to 2000 characters, without blanks around it.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[schema(value_type = String, min_length = 1, max_length = 2000)]
pub(crate) struct Note(Text<2000>);

impl Name {
    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }
}
