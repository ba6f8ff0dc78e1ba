//! Values a request may carry: each type can only hold what the service accepts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use example_groundwork::values::{Day, Moment, Patch, Text};

/// The name of a thing.
pub(crate) type Name = Text<120>;
/// A sentence or a paragraph.
pub(crate) type Note = Text<2000>;
/// Whatever an integration wants to keep with a row.
pub(crate) type Metadata = BTreeMap<String, serde_json::Value>;

/// A word of lower-case letters, digits and `_`, such as `motion_detected`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "String")]
pub(crate) struct Word(String);

impl TryFrom<String> for Word {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if matches!(text.len(), 1..=64) && text.bytes().all(fits) {
            Ok(Self(text))
        } else {
            Err("a word has 1 to 64 lower-case letters, digits or underscores".to_owned())
        }
    }
}

/// For how long a key is good: 1 to 3650 days.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "u16")]
pub(crate) struct Days(u16);

impl Days {
    pub(crate) fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Days {
    type Error = String;

    fn try_from(days: u16) -> Result<Self, String> {
        match days {
            1..=3650 => Ok(Self(days)),
            _ => Err("a key is made for 1 to 3650 days".to_owned()),
        }
    }
}

/// A time of day such as `08:30`, in UTC.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "String")]
pub(crate) struct TimeOfDay(String);

impl TryFrom<String> for TimeOfDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match jiff::civil::Time::strptime("%H:%M", &text) {
            Ok(time) => Ok(Self(time.strftime("%H:%M").to_string())),
            Err(_) => Err("a time of day looks like 08:30".to_owned()),
        }
    }
}

/// A number from 0 to 1: a place on a plan or in a picture, or a confidence.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(try_from = "f64")]
pub(crate) struct Fraction(f64);

impl TryFrom<f64> for Fraction {
    type Error = String;

    fn try_from(number: f64) -> Result<Self, String> {
        if (0.0..=1.0).contains(&number) {
            Ok(Self(number))
        } else {
            Err("the number is between 0 and 1".to_owned())
        }
    }
}

impl Fraction {
    pub(crate) fn get(self) -> f64 {
        self.0
    }
}

/// A point on a plan, relative to its width and height.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Point {
    pub(crate) x: Fraction,
    pub(crate) y: Fraction,
}

/// An outline with at least three corners.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(try_from = "Vec<Point>")]
pub(crate) struct Polygon(Vec<Point>);

impl TryFrom<Vec<Point>> for Polygon {
    type Error = String;

    fn try_from(corners: Vec<Point>) -> Result<Self, String> {
        match corners.len() {
            3..=64 => Ok(Self(corners)),
            _ => Err("a polygon has between 3 and 64 corners".to_owned()),
        }
    }
}

/// How much an event or an alert matters, least first.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Severity {
    Low,
    Medium,
    High,
    Critical,
}

/// Which way people pass a camera.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Direction {
    Entry,
    Exit,
    None,
}
