//! The kinds of single values, and lists of them.

use super::{Node, Raw, ValueShape};
use crate::context::Context;
use crate::nearest::listed_by;
use scopewright_model::{Code, Diagnostic, Spanned};
use toml::de::DeValue;

/// A text that is not blank.
#[derive(Debug, Clone)]
pub(crate) struct Text(pub(crate) String);

impl Raw for Text {
    const SHAPE: ValueShape = ValueShape::Text { pattern: None };

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        node.text(cx).map(|text| Self(text.to_owned()))
    }
}

/// A text of a certain form. Each is a [`Raw`] by this.
pub(crate) trait Pattern: Sized {
    /// An ECMA 262 pattern for editors, looser than or equal to [`Pattern::parse`].
    const PATTERN: &'static str;

    /// The value.
    ///
    /// # Errors
    /// What is wrong with the text, and a way out.
    fn parse(text: &str) -> Result<Self, (String, String)>;
}

impl<T: Pattern> Raw for T {
    const SHAPE: ValueShape = ValueShape::Text { pattern: Some(T::PATTERN) };

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        match T::parse(node.text(cx)?) {
            Ok(value) => Some(value),
            Err((why, help)) => {
                node.invalid(format!("{} {why}", node.path.title()), "not of that form", help, cx);
                None
            }
        }
    }
}

/// The path of a file beside the policy.
#[derive(Debug, Clone)]
pub(crate) struct FilePath(pub(crate) String);

impl Pattern for FilePath {
    const PATTERN: &'static str = r"^(?![A-Za-z]:)[^/\\][^\\]*$";

    fn parse(text: &str) -> Result<Self, (String, String)> {
        let has_drive = text.as_bytes().get(1) == Some(&b':');
        if text.starts_with('/') || has_drive || text.contains('\\') {
            return Err((
                format!("is not a path from the policy's folder: `{text}`"),
                "write it relative to the folder of this file, with `/` between the parts".to_owned(),
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

impl Raw for bool {
    const SHAPE: ValueShape = ValueShape::Boolean;

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        let DeValue::Boolean(value) = node.value else {
            node.wrong_kind("`true` or `false`", "write it without quotes", cx);
            return None;
        };
        Some(*value)
    }
}

/// `true`, where `false` would say nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Yes;

impl Raw for Yes {
    const SHAPE: ValueShape = ValueShape::Yes;

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        if bool::read(node, cx)? {
            return Some(Self);
        }
        let title = node.path.title();
        node.invalid(
            format!("{title} can't be `false`"),
            "decides nothing",
            format!("leave {title} out"),
            cx,
        );
        None
    }
}

/// A whole number between two bounds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Number<const LEAST: u32, const MOST: u32>(pub(crate) u32);

impl<const LEAST: u32, const MOST: u32> Raw for Number<LEAST, MOST> {
    const SHAPE: ValueShape = ValueShape::Number { least: LEAST, most: MOST };

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        let DeValue::Integer(integer) = node.value else {
            node.wrong_kind("a whole number", &format!("write a number from {LEAST} to {MOST}"), cx);
            return None;
        };
        let number = u32::from_str_radix(integer.as_str(), integer.radix()).ok();
        let number = number.filter(|number| (LEAST..=MOST).contains(number));
        if number.is_none() {
            let message = format!("{} must be from {LEAST} to {MOST}, not {integer}", node.path.title());
            node.invalid(message, "out of range", format!("write a number from {LEAST} to {MOST}"), cx);
        }
        number.map(Self)
    }
}

/// A day, `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date(pub(crate) String);

impl Raw for Date {
    const SHAPE: ValueShape = ValueShape::Date;

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        let date = match node.value {
            DeValue::Datetime(date) if date.time.is_none() => date.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => {
                node.wrong_kind("a day", "write it as `YYYY-MM-DD`", cx);
                return None;
            }
        };
        if is_day(&date) {
            return Some(Self(date));
        }
        let message = format!("{} is no day of the calendar: `{date}`", node.path.title());
        node.invalid(message, "not a day", "write it as `YYYY-MM-DD`", cx);
        None
    }
}

/// Whether a text is a day of the Gregorian calendar as RFC 3339 writes it (`full-date`).
fn is_day(text: &str) -> bool {
    let numbers = |part: &str, width: usize| {
        (part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<u32>().ok())
            .flatten()
    };
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) = (numbers(year, 4), numbers(month, 2), numbers(day, 2)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// A list, possibly empty.
#[derive(Debug)]
pub(crate) struct List<T>(pub(crate) Vec<Spanned<T>>);

impl<T: Raw> Raw for List<T> {
    const SHAPE: ValueShape = ValueShape::List { item: &T::SHAPE, least: 0 };

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        let DeValue::Array(array) = node.value else {
            let help = match node.value {
                DeValue::Table(_) => format!("write `[[{}]]`, once for each", node.path.header_path()),
                _ => "write it in `[ ]`".to_owned(),
            };
            node.wrong_kind("a list", &help, cx);
            return None;
        };
        let mut items = Vec::new();
        for item in array {
            let item = Node { value: item.get_ref(), range: item.span(), path: node.path.item() };
            let span = item.span(cx);
            items.extend(T::read(&item, cx).map(|value| Spanned::new(value, span)));
        }
        Some(Self(items))
    }
}

/// A list with at least one item.
#[derive(Debug)]
pub(crate) struct Many<T>(pub(crate) Vec<Spanned<T>>);

impl<T: Raw> Raw for Many<T> {
    const SHAPE: ValueShape = ValueShape::List { item: &T::SHAPE, least: 1 };

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        if matches!(node.value, DeValue::Array(array) if array.is_empty()) {
            let message = format!("{} is an empty list", node.path.title());
            node.invalid(message, "says nothing", "name at least one, or leave the key out if it may be", cx);
            return None;
        }
        List::read(node, cx).map(|list| Self(list.0))
    }
}

/// One value, or a list with at least one.
#[derive(Debug)]
pub(crate) struct OneOrMore<T>(pub(crate) Vec<Spanned<T>>);

impl<T: Raw> Raw for OneOrMore<T> {
    const SHAPE: ValueShape = ValueShape::OneOf(&[T::SHAPE, Many::<T>::SHAPE]);

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        if matches!(node.value, DeValue::Array(_)) {
            return Many::read(node, cx).map(|list| Self(list.0));
        }
        let span = node.span(cx);
        T::read(node, cx).map(|value| Self(vec![Spanned::new(value, span)]))
    }
}

/// Reads one of fixed words.
pub(crate) fn read_word<T: Copy>(
    words: &[(&'static str, T)],
    node: &Node<'_, '_>,
    cx: &mut Context<'_>,
) -> Option<T> {
    let all = || words.iter().map(|(word, _)| *word);
    let text = node.text(cx)?;
    if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
        return Some(*value);
    }
    let message = format!("{} can't be `{text}`", node.path.title());
    let finding = Diagnostic::new(Code::InvalidValue, message, node.span(cx), "not one of its words")
        .help(format!("it is {}", listed_by("or", all())));
    let finding = cx.with_nearest(finding, text, all());
    cx.report(finding);
    None
}

/// A text as TOML writes it between quotes.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if character.is_control() => {
                let hex = format!("{:04X}", u32::from(character));
                out.push_str("\\u");
                out.push_str(&hex);
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_days() {
        for day in ["2027-06-30", "2024-02-29", "2000-02-29"] {
            assert!(is_day(day), "{day}");
        }
        for no_day in [
            "2027-6-30",
            "2023-02-29",
            "1900-02-29",
            "2027-13-01",
            "2027-04-31",
            "2027-01-00",
            "",
            "+027-01-01",
        ] {
            assert!(!is_day(no_day), "{no_day}");
        }
    }

    #[test]
    fn quoting_is_undone_by_reading() {
        for text in ["plain", "a\"b\\c", "tab\tnewline\n\u{1}", "é"] {
            let written = format!("key = {}", quoted(text));
            let table: toml::Table = written.parse().unwrap();
            assert_eq!(table["key"].as_str(), Some(text));
        }
    }
}
