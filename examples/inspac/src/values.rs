//! Values a request may carry: each type can only hold what the service accepts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The name of a thing: 1 to 120 characters, without blanks around it.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, min_length = 1, max_length = 120)]
pub(crate) struct Name(String);

/// A sentence or a paragraph: 1 to 2000 characters, without blanks around it.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, min_length = 1, max_length = 2000)]
pub(crate) struct Note(String);

/// A moment (RFC 3339), kept in UTC in the one spelling that sorts as text in the order of time.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, format = DateTime)]
pub(crate) struct Moment(String);

impl TryFrom<String> for Name {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text_of_at_most(120, &text).map(Self)
    }
}

impl TryFrom<String> for Note {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text_of_at_most(2000, &text).map(Self)
    }
}

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let moment: Timestamp =
            text.parse().map_err(|_| "a time looks like 2026-03-01T08:30:00Z".to_owned())?;
        Ok(Self(moment.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()))
    }
}

impl Name {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Moment {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

fn text_of_at_most(most: usize, text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        Err("the text is empty".to_owned())
    } else if text.chars().count() > most {
        Err(format!("the text is longer than {most} characters"))
    } else {
        Ok(text.to_owned())
    }
}
