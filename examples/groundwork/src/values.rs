//! Values a request may carry: each type can only hold what a service accepts.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Text that is not blank and not longer than `MOST` characters, without blanks around it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub struct Text<const MOST: usize>(String);

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
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A moment (RFC 3339), kept in UTC in the one spelling that sorts as text in the order of time.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema), schema(value_type = String, format = DateTime))]
#[serde(try_from = "String")]
pub struct Moment(String);

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

impl From<Timestamp> for Moment {
    fn from(moment: Timestamp) -> Self {
        Self(moment.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string())
    }
}

impl Moment {
    /// Reads a moment in any spelling of RFC 3339.
    ///
    /// # Errors
    ///
    /// When it is none; says what one looks like.
    pub fn parse(text: &str) -> Result<Self, String> {
        let moment = text.parse::<Timestamp>();
        moment.map(Self::from).map_err(|_| "a time looks like 2026-03-01T08:30:00Z".to_owned())
    }

    /// The moment it is.
    pub fn now() -> Self {
        Timestamp::now().into()
    }

    /// The spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Milliseconds from `self` to `later`.
    pub fn milliseconds_until(&self, later: &Self) -> i64 {
        let milliseconds = |moment: &Self| moment.0.parse::<Timestamp>().map_or(0, Timestamp::as_millisecond);
        milliseconds(later) - milliseconds(self)
    }
}

/// A calendar day such as `2026-03-01`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub struct Day(String);

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

impl Day {
    /// Reads a day.
    ///
    /// # Errors
    ///
    /// When it is none; says what one looks like.
    pub fn parse(text: &str) -> Result<Self, String> {
        let day = text.parse::<jiff::civil::Date>();
        day.map(|day| Self(day.to_string())).map_err(|_| "a day looks like 2026-03-01".to_owned())
    }

    /// The day it is now, in UTC.
    pub fn today() -> Self {
        Self(Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string())
    }

    /// The spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A field of a partial update that can also be emptied: absent, `null` or a value.
///
/// Give the field `#[serde(default, skip_serializing_if = "Patch::is_keep")]`.
#[derive(Clone, Copy, Debug, Default)]
pub enum Patch<T> {
    /// Absent: the column stays as it is.
    #[default]
    Keep,
    /// `null`: the column is emptied.
    Clear,
    /// The column's new value.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the column stays as it is.
    pub fn is_keep(&self) -> bool {
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

#[cfg(test)]
mod tests {
    use super::{Day, Moment, Patch, Text};
    use serde::{Deserialize, Serialize};

    #[test]
    fn a_text_loses_the_blanks_around_it_and_has_bounds() {
        let read = |text: &str| Text::<3>::try_from(text.to_owned());
        assert_eq!(read(" äöü\n").unwrap().as_str(), "äöü");
        assert_eq!(read(" \t").unwrap_err(), "the text is empty");
        assert_eq!(read("four").unwrap_err(), "the text is longer than 3 characters");
    }

    #[test]
    fn moments_sort_as_texts_and_can_be_counted() {
        let [early, late] =
            ["2026-03-01T09:30:00+01:00", "2026-03-01T08:30:00.25Z"].map(|text| Moment::parse(text).unwrap());
        assert_eq!(early.as_str(), "2026-03-01T08:30:00.000Z");
        assert!(early < late);
        assert_eq!(early.milliseconds_until(&late), 250);
        assert!(Moment::parse("yesterday").unwrap_err().contains("2026-03-01T08:30:00Z"));
    }

    #[test]
    fn a_day_is_one_of_the_calendar() {
        assert_eq!(Day::parse("2028-02-29").unwrap().as_str(), "2028-02-29");
        assert_eq!(Day::parse("2026-02-29").unwrap_err(), "a day looks like 2026-03-01");
    }

    #[test]
    fn a_patch_tells_absent_from_null() {
        #[derive(Deserialize, Serialize)]
        struct Change {
            #[serde(default, skip_serializing_if = "Patch::is_keep")]
            floor: Patch<i32>,
        }
        for (sent, stored) in
            [("{}", "{}"), (r#"{"floor":null}"#, r#"{"floor":null}"#), (r#"{"floor":3}"#, r#"{"floor":3}"#)]
        {
            let change: Change = serde_json::from_str(sent).unwrap();
            assert_eq!(serde_json::to_string(&change).unwrap(), stored);
        }
    }
}
