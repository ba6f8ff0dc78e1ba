//! `body` of a denial: any JSON value, with holes.

use crate::context::Context;
use crate::nearest::listed;
use crate::raw::{Node, Raw, ValueShape};
use scopewright_model::policy::{BodyValue, Placeholder};
use scopewright_model::{Code, Diagnostic, Span};
use toml::de::{DeTable, DeValue};

/// How deep a body may nest.
const DEEPEST: usize = 32;

/// A body, as written, and every hole in it with its place.
#[derive(Debug)]
pub(crate) struct RawBody {
    /// The value.
    pub(crate) value: BodyValue,
    /// The holes.
    pub(crate) holes: Vec<(Placeholder, Span)>,
}

impl Raw for RawBody {
    const SHAPE: ValueShape = ValueShape::Any;

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut holes = Vec::new();
        let value = read_value(node, &mut holes, DEEPEST, cx)?;
        Some(Self { value, holes })
    }
}

fn read_value(
    node: &Node<'_, '_>,
    holes: &mut Vec<(Placeholder, Span)>,
    depth_left: usize,
    cx: &mut Context<'_>,
) -> Option<BodyValue> {
    let Some(depth_left) = depth_left.checked_sub(1) else {
        let message = format!("a body can't nest deeper than {DEEPEST} levels");
        node.invalid(message, "too deep", "flatten the body", cx);
        return None;
    };
    let mut inner = |value: &DeValue<'_>, range, cx: &mut Context<'_>| {
        let node = Node { value, range, path: node.path.clone() };
        read_value(&node, holes, depth_left, cx)
    };
    match node.value {
        DeValue::String(text) => read_text(text, node, holes, cx),
        DeValue::Integer(integer) => {
            let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok();
            if number.is_none() {
                node.invalid(
                    format!("`{integer}` is too large a number"),
                    "out of range",
                    "write it as a text",
                    cx,
                );
            }
            number.map(BodyValue::Integer)
        }
        DeValue::Float(float) => {
            let number = float.as_str().parse::<f64>().ok().filter(|number| number.is_finite());
            if number.is_none() {
                node.invalid(
                    format!("`{float}` is no number in JSON"),
                    "can't be sent",
                    "write it as a text",
                    cx,
                );
            }
            number.map(BodyValue::Float)
        }
        DeValue::Boolean(value) => Some(BodyValue::Boolean(*value)),
        DeValue::Datetime(_) => {
            node.invalid(
                "a body can't hold a date: JSON has none".to_owned(),
                "can't be sent",
                "write it as a text, in quotes",
                cx,
            );
            None
        }
        DeValue::Array(array) => {
            // Every item is read, also after one that can't be.
            let items: Vec<_> = array.iter().map(|item| inner(item.get_ref(), item.span(), cx)).collect();
            items.into_iter().collect::<Option<_>>().map(BodyValue::Array)
        }
        DeValue::Table(table) => read_object(table, inner, cx),
    }
}

fn read_object(
    table: &DeTable<'_>,
    mut inner: impl FnMut(&DeValue<'_>, std::ops::Range<usize>, &mut Context<'_>) -> Option<BodyValue>,
    cx: &mut Context<'_>,
) -> Option<BodyValue> {
    let members: Vec<_> = table
        .iter()
        .map(|(key, value)| Some((key.get_ref().to_string(), inner(value.get_ref(), value.span(), cx)?)))
        .collect();
    members.into_iter().collect::<Option<_>>().map(BodyValue::Object)
}

/// A text that is a hole, or a text with `$$` for `$`.
fn read_text(
    text: &str,
    node: &Node<'_, '_>,
    holes: &mut Vec<(Placeholder, Span)>,
    cx: &mut Context<'_>,
) -> Option<BodyValue> {
    if let Some(hole) = Placeholder::ALL.into_iter().find(|hole| hole.as_str() == text) {
        holes.push((hole, node.span(cx)));
        return Some(BodyValue::Hole(hole));
    }
    let mut fixed = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        fixed.push_str(before);
        if let Some(after) = after.strip_prefix('$') {
            fixed.push('$');
            rest = after;
        } else if after.starts_with(|first: char| first.is_ascii_alphabetic()) {
            report_hole(text, after, node, cx);
            return None;
        } else {
            fixed.push('$');
            rest = after;
        }
    }
    fixed.push_str(rest);
    Some(BodyValue::Text(fixed))
}

/// Reports what begins with `$` and is no hole, or is one and stands inside other text.
fn report_hole(text: &str, after: &str, node: &Node<'_, '_>, cx: &mut Context<'_>) {
    let length =
        after.find(|character: char| !(character.is_ascii_alphanumeric() || matches!(character, '.' | '_')));
    let name =
        format!("${}", after.get(..length.unwrap_or(after.len())).unwrap_or_default().trim_end_matches('.'));
    let all = || Placeholder::ALL.into_iter().map(Placeholder::as_str);
    let (message, label) = if all().any(|known| known == name) {
        (format!("`{name}` must be a whole text, not a part of one"), "holds more than the placeholder")
    } else {
        (format!("`{name}` is no placeholder"), "nothing to fill in")
    };
    let mut finding = Diagnostic::new(Code::UnknownPlaceholder, message, node.span(cx), label)
        .help(format!("the placeholders are {}", listed(all())))
        .help("write `$$` for a `$` of the text itself");
    if name == text {
        finding = cx.with_nearest(finding, &name, all());
    }
    cx.report(finding);
}
