//! Declared denial bodies as TypeScript: the type of each, and the check that an unknown value has it.

use super::text::{TsDoc, TsExpression, TsKey, TsString, TsType};
use crate::denial::DenialKind;
use scopewright_model::Policy;
use scopewright_model::core::Placeholder;
use scopewright_model::policy::BodyValue;

/// One denial: its status, the type of its body and the type guard.
pub struct DenialView {
    pub doc: TsDoc,
    pub key: TsKey,
    pub status: u16,
    pub type_name: &'static str,
    pub body_type: TsType,
    pub body_check: TsExpression,
}

/// Every denial of a policy.
pub fn denial_views(policy: &Policy) -> Vec<DenialView> {
    DenialKind::possible(policy)
        .map(|(kind, declared)| {
            let (body_type, body_check) = match &declared.body {
                Some(body) => (body_type(body), body_check(body, "body")),
                // An empty answer is read as one of these, depending on the client.
                None => (
                    TsType("\"\" | null | undefined".to_owned()),
                    TsExpression("body === undefined || body === null || body === \"\"".to_owned()),
                ),
            };
            DenialView {
                doc: TsDoc::new("", [format!("{} Status {}.", kind.sentence(), declared.status).as_str()]),
                key: TsKey::new(kind.key()),
                status: declared.status,
                type_name: kind.type_name(),
                body_type,
                body_check,
            }
        })
        .collect()
}

fn body_type(body: &BodyValue) -> TsType {
    TsType(match body {
        BodyValue::Text(text) => TsString::new(text).to_string(),
        BodyValue::Integer(number) => number.to_string(),
        BodyValue::Float(number) => float_literal(*number),
        BodyValue::Boolean(truth) => truth.to_string(),
        BodyValue::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| body_type(item).0).collect();
            format!("readonly [{}]", items.join(", "))
        }
        BodyValue::Object(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("readonly {}: {}", TsKey::new(key), body_type(value)))
                .collect();
            if entries.is_empty() {
                "Readonly<Record<string, unknown>>".to_owned()
            } else {
                format!("{{ {} }}", entries.join("; "))
            }
        }
        BodyValue::Hole(hole) => if is_list(*hole) { "readonly string[]" } else { "string" }.to_owned(),
    })
}

/// A boolean expression that holds if `value` (an expression) has the body's shape. Members are read with `at`, which
/// answers `undefined` for what is not there, so that no type has to be narrowed on the way down.
fn body_check(body: &BodyValue, value: &str) -> TsExpression {
    let all = |first: String, rest: &mut dyn Iterator<Item = TsExpression>| {
        std::iter::once(first).chain(rest.map(|check| check.to_string())).collect::<Vec<_>>().join(" && ")
    };
    TsExpression(match body {
        BodyValue::Array(items) => all(
            format!("isList({value}, {})", items.len()),
            &mut items.iter().enumerate().map(|(at, item)| body_check(item, &format!("at({value}, {at})"))),
        ),
        BodyValue::Object(entries) => all(
            format!("isRecord({value})"),
            &mut entries
                .iter()
                .map(|(key, item)| body_check(item, &format!("at({value}, {})", TsString::new(key)))),
        ),
        BodyValue::Hole(hole) if is_list(*hole) => format!("isStrings({value})"),
        BodyValue::Hole(_) => format!("typeof {value} === \"string\""),
        fixed => format!("{value} === {}", body_type(fixed)),
    })
}

/// The functions that the checks of these denials call.
#[expect(clippy::struct_excessive_bools, reason = "one for each function")]
pub struct Helpers {
    pub at: bool,
    pub is_list: bool,
    pub is_record: bool,
    pub is_strings: bool,
}

impl Helpers {
    /// Which of them are needed: one that is not called would be an error to `noUnusedLocals`.
    pub fn of(denials: &[DenialView]) -> Self {
        let calls =
            |name: &str| denials.iter().any(|denial| denial.body_check.0.contains(&format!("{name}(")));
        Self {
            at: calls("at"),
            is_list: calls("isList"),
            is_record: calls("isRecord"),
            is_strings: calls("isStrings"),
        }
    }
}

const fn is_list(hole: Placeholder) -> bool {
    matches!(hole, Placeholder::Required | Placeholder::Granted)
}

/// JSON has no infinity and no NaN; what can't be sent is `null`, as the server writes it.
fn float_literal(number: f64) -> String {
    serde_json::Value::from(number).to_string()
}
