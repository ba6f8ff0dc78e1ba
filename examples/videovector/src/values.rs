//! Values a request may carry: each type can only hold what the service accepts.

use actix_web::http::Uri;
use example_groundwork::destination::Destinations;
use serde::{Deserialize, Serialize};

use crate::error::{ApiError, ApiResult};

pub(crate) use example_groundwork::values::{Moment, Patch, Text};

/// The name of a thing.
pub(crate) type Name = Text<120>;
/// A question, a prompt, a description.
pub(crate) type Prose = Text<4000>;

/// How many results are wanted at most.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "u16")]
pub(crate) struct TopK(pub(crate) u16);

impl Default for TopK {
    fn default() -> Self {
        Self(10)
    }
}

impl TryFrom<u16> for TopK {
    type Error = String;

    fn try_from(count: u16) -> Result<Self, String> {
        if (1..=100).contains(&count) {
            Ok(Self(count))
        } else {
            Err("`top_k` is between 1 and 100".to_owned())
        }
    }
}

/// For how many days a key works.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "u32")]
pub(crate) struct Days(pub(crate) u32);

impl TryFrom<u32> for Days {
    type Error = String;

    fn try_from(days: u32) -> Result<Self, String> {
        if (1..=3650).contains(&days) {
            Ok(Self(days))
        } else {
            Err("a key expires in 1 to 3650 days, or never".to_owned())
        }
    }
}

/// A place in a recording.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "f64")]
pub(crate) struct Seconds(f64);

impl Seconds {
    pub(crate) fn get(self) -> f64 {
        self.0
    }

    pub(crate) fn later(self, other: Self) -> Self {
        if other > self { other } else { self }
    }
}

impl TryFrom<f64> for Seconds {
    type Error = String;

    fn try_from(seconds: f64) -> Result<Self, String> {
        if (0.0..=1e7).contains(&seconds) {
            Ok(Self(seconds))
        } else {
            Err("a place is given in seconds from the start".to_owned())
        }
    }
}

/// Where a webhook is delivered.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub(crate) struct WebUrl(String);

impl WebUrl {
    /// Whether the service may deliver there, as far as that can be seen: what a name means is looked at when it does.
    pub(crate) fn check(&self, destinations: Destinations) -> ApiResult<()> {
        let host = self.0.parse().ok().and_then(|url: Uri| url.host().map(str::to_owned)).unwrap_or_default();
        destinations.check_host(&host).map_err(ApiError::Invalid)
    }
}

impl TryFrom<String> for WebUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let uri: Uri = text.parse().map_err(|_| "this is no URL".to_owned())?;
        match (uri.scheme_str(), uri.host()) {
            (Some("http"), Some(host)) if !host.is_empty() && text.len() <= 2000 => Ok(Self(text)),
            _ => Err("a webhook is delivered to an `http` URL".to_owned()),
        }
    }
}
