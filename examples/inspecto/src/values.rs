//! Values a request may carry: each type can only hold what the service accepts, and says what is wrong with the rest.

use rusqlite::types::Value as Column;
use serde_json::Value as Json;

pub(crate) use example_groundwork::values::{Day, Moment};

/// A value that is read from JSON, or from the text of a query parameter, and kept in a column.
pub(crate) trait Readable: Sized {
    /// Reads a member of a body.
    fn read(value: &Json) -> Result<Self, String>;

    /// Reads a parameter of the query.
    fn read_text(text: &str) -> Result<Self, String> {
        Self::read(&Json::String(text.to_owned()))
    }

    /// What is stored.
    fn column(&self) -> Column;
}

/// A value that is a text in JSON, too. `otherwise` is what is said of any other text, if not what the type says itself.
macro_rules! readable_text {
    ($type:ty $(, const $bounds:ident)? $(, otherwise $problem:literal)?) => {
        impl $(<const $bounds: usize>)? $crate::values::Readable for $type {
            fn read(value: &serde_json::Value) -> Result<Self, String> {
                match value {
                    serde_json::Value::String(text) => Self::parse(text)$(.map_err(|_| $problem.to_owned()))?,
                    _ => Err("must be a text".to_owned()),
                }
            }

            fn column(&self) -> rusqlite::types::Value {
                rusqlite::types::Value::Text(self.as_str().to_owned())
            }
        }
    };
}
pub(crate) use readable_text;

/// Text that is not blank and not longer than `MOST` characters, without blanks around it.
#[derive(Clone, Debug)]
pub(crate) struct Text<const MOST: usize>(String);

/// The name of a thing.
pub(crate) type Name = Text<120>;
/// A sentence or a paragraph.
pub(crate) type Note = Text<2000>;

readable_text!(Text<MOST>, const MOST);

impl<const MOST: usize> Text<MOST> {
    fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("must not be empty".to_owned());
        }
        if text.chars().count() > MOST {
            return Err(format!("must not be longer than {MOST} characters"));
        }
        if text.chars().any(|character| character.is_control() && character != '\n') {
            return Err("must hold no control characters".to_owned());
        }
        Ok(Self(text.to_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A whole number within bounds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Whole<const LEAST: i64, const MOST: i64>(i64);

/// The number of a row.
pub(crate) type Id = Whole<1, { i64::MAX }>;
/// A distance on an odometer.
pub(crate) type Kilometres = Whole<0, 5_000_000>;

impl<const LEAST: i64, const MOST: i64> Whole<LEAST, MOST> {
    /// A number of this program's own, brought within the bounds.
    pub(crate) fn of(number: i64) -> Self {
        Self(number.clamp(LEAST, MOST))
    }

    pub(crate) const fn get(self) -> i64 {
        self.0
    }

    fn within(number: Option<i64>) -> Result<Self, String> {
        match number {
            Some(number) if (LEAST..=MOST).contains(&number) => Ok(Self(number)),
            _ if MOST == i64::MAX => Err(format!("must be a whole number from {LEAST}")),
            _ => Err(format!("must be a whole number from {LEAST} to {MOST}")),
        }
    }
}

impl<const LEAST: i64, const MOST: i64> Readable for Whole<LEAST, MOST> {
    fn read(value: &Json) -> Result<Self, String> {
        Self::within(value.as_i64())
    }

    fn read_text(text: &str) -> Result<Self, String> {
        Self::within(text.parse().ok())
    }

    fn column(&self) -> Column {
        Column::Integer(self.0)
    }
}

impl Readable for bool {
    fn read(value: &Json) -> Result<Self, String> {
        value.as_bool().ok_or_else(|| "must be true or false".to_owned())
    }

    fn read_text(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| "must be true or false".to_owned())
    }

    fn column(&self) -> Column {
        Column::Integer((*self).into())
    }
}

readable_text!(Moment, otherwise "must be a time such as 2026-03-01T08:30:00Z");
readable_text!(Day, otherwise "must be a day such as 2026-03-01");

/// A licence plate: letters, digits, blanks and hyphens, kept in capitals.
#[derive(Clone, Debug)]
pub(crate) struct Registration(String);

readable_text!(Registration);

impl Registration {
    fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim().to_uppercase();
        let fits = |character: char| character.is_alphanumeric() || matches!(character, ' ' | '-');
        if matches!(text.chars().count(), 2..=16) && text.chars().all(fits) {
            Ok(Self(text))
        } else {
            Err("must be 2 to 16 letters, digits, blanks and hyphens".to_owned())
        }
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}

/// A vehicle identification number (ISO 3779): 17 capitals and digits, without the letters I, O and Q.
#[derive(Clone, Debug)]
pub(crate) struct Vin(String);

readable_text!(Vin);

impl Vin {
    fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim().to_ascii_uppercase();
        let fits = |byte: u8| byte.is_ascii_alphanumeric() && !matches!(byte, b'I' | b'O' | b'Q');
        if text.len() == 17 && text.bytes().all(fits) {
            Ok(Self(text))
        } else {
            Err("must be the 17 letters and digits of a vehicle identification number".to_owned())
        }
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}

/// An enum of fixed words: `words! { /// .. pub(crate) enum Severity { "minor" => Minor } }`.
macro_rules! words {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$note:meta])* $word:literal => $variant:ident,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize, serde::Serialize)]
        $vis enum $name {
            $($(#[$note])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            fn parse(text: &str) -> Result<Self, String> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(format!("must be one of {}", [$(concat!("`", $word, "`")),+].join(", "))),
                }
            }

            $vis const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        $crate::values::readable_text!($name);
    };
}
pub(crate) use words;
