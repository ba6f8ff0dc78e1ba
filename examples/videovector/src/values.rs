//! Values a request may carry: each type can only hold what the service accepts.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The name of a thing.
pub(crate) type Name = Text<120>;
/// A question, a prompt, a description.
pub(crate) type Prose = Text<4000>;

/// Text that is not blank and not longer than `MOST` characters, without blanks around it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub(crate) struct Text<const MOST: usize>(String);

impl<const MOST: usize> TryFrom<String> for Text<MOST> {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("the text is empty".to_owned());
        }
        if text.chars().count() > MOST {
            return Err(format!("the text is longer than {MOST} characters"));
        }
        Ok(Self(text.to_owned()))
    }
}

impl<const MOST: usize> Text<MOST> {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A moment, in the one spelling that sorts as text in the order of time.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub(crate) struct Moment(String);

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let moment: Timestamp =
            text.parse().map_err(|_| "a time looks like 2026-03-01T08:30:00Z".to_owned())?;
        Ok(Self(moment.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()))
    }
}

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

impl TryFrom<String> for WebUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let uri: actix_web::http::Uri = text.parse().map_err(|_| "this is no URL".to_owned())?;
        match (uri.scheme_str(), uri.host()) {
            (Some("http"), Some(host)) if !host.is_empty() && text.len() <= 2000 => Ok(Self(text)),
            _ => Err("a webhook is delivered to an `http` URL".to_owned()),
        }
    }
}

/// A field of a partial update that can also be emptied: absent, `null` or a value.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Patch<T> {
    #[default]
    Keep,
    Clear,
    Set(T),
}

impl<T> Patch<T> {
    pub(crate) fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(field: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(field)?.map_or(Self::Clear, Self::Set))
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, column: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep | Self::Clear => column.serialize_none(),
            Self::Set(value) => value.serialize(column),
        }
    }
}
