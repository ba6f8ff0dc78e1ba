//! Declared denial bodies as static text with holes.

use super::quote::{RustIdent, RustStr};
use super::{line, put};
use scopewright_model::core::Placeholder;
use scopewright_model::core::json::write_string;
use scopewright_model::policy::{BodyValue, Denial, Denials, GrantedForm};

pub(super) fn print(out: &mut String, denials: &Denials) {
    line(out, "    denials: rt::DenialTemplates {");
    let always = [
        ("unauthenticated", &denials.unauthenticated),
        ("insufficient_scope", &denials.insufficient_scope),
        ("insufficient_user_authentication", &denials.insufficient_user_authentication),
        ("mode_refused", &denials.mode_refused),
        ("undecided", &denials.undecided),
        ("invalid_request", &denials.invalid_request),
    ];
    for (kind, denial) in always {
        put(out, format_args!("        {kind}: rt::DenialTemplate {{\n"));
        print_members(out, denial);
        line(out, "        },");
    }
    match &denials.unavailable {
        None => line(out, "        unavailable: None,"),
        Some(denial) => {
            line(out, "        unavailable: Some(rt::DenialTemplate {");
            print_members(out, denial);
            line(out, "        }),");
        }
    }
    line(out, "    },");
}

fn print_members(out: &mut String, denial: &Denial) {
    let granted = match denial.granted {
        GrantedForm::Raw => "Raw",
        GrantedForm::Closure => "Closure",
    };
    put(out, format_args!("            status: {},\n", denial.status));
    put(out, format_args!("            content_type: {},\n", RustStr(&denial.content_type)));
    line(out, "            body: &[");
    for part in parts(denial) {
        match part {
            Part::Text(text) => {
                put(out, format_args!("                rt::BodyPart::Text({}),\n", RustStr(&text)));
            }
            Part::Hole(hole) => {
                let hole = RustIdent::new(&format!("{hole:?}"));
                put(out, format_args!("                rt::BodyPart::Hole(rt::Placeholder::{hole}),\n"));
            }
        }
    }
    line(out, "            ],");
    put(out, format_args!("            granted: rt::GrantedForm::{granted},\n"));
    put(out, format_args!("            disclose: {},\n", denial.disclose));
    let undisclosed: Vec<String> =
        denial.undisclosed_to.iter().map(|mode| format!("rt::ModeIndex({})", mode.0)).collect();
    put(out, format_args!("            undisclosed_to: &[{}],\n", undisclosed.join(", ")));
}

#[derive(Debug, PartialEq)]
enum Part {
    Text(String),
    Hole(Placeholder),
}

/// The body as JSON text without blanks, cut at its holes.
fn parts(denial: &Denial) -> Vec<Part> {
    let mut parts = Vec::new();
    match &denial.body {
        None => {}
        // A fixed text under a media type that is not JSON is that text.
        Some(BodyValue::Text(text)) if !is_json(&denial.content_type) => push(&mut parts, text),
        Some(body) => print_value(&mut parts, body),
    }
    parts
}

/// Whether a media type is JSON: `application/json` or a `+json` of RFC 6839, parameters aside.
fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

fn print_value(parts: &mut Vec<Part>, value: &BodyValue) {
    match value {
        BodyValue::Text(text) => push(parts, &json_string(text)),
        BodyValue::Integer(number) => push(parts, &number.to_string()),
        // JSON has no word for what is no number (RFC 8259 section 6).
        BodyValue::Float(number) if !number.is_finite() => push(parts, "null"),
        BodyValue::Float(number) => push(parts, &number.to_string()),
        BodyValue::Boolean(truth) => push(parts, &truth.to_string()),
        BodyValue::Array(values) => {
            push(parts, "[");
            for (at, value) in values.iter().enumerate() {
                push(parts, if at > 0 { "," } else { "" });
                print_value(parts, value);
            }
            push(parts, "]");
        }
        BodyValue::Object(members) => {
            push(parts, "{");
            for (at, (key, value)) in members.iter().enumerate() {
                push(parts, if at > 0 { "," } else { "" });
                push(parts, &json_string(key));
                push(parts, ":");
                print_value(parts, value);
            }
            push(parts, "}");
        }
        BodyValue::Hole(hole) => parts.push(Part::Hole(*hole)),
    }
}

/// Adds text to the last piece of text.
fn push(parts: &mut Vec<Part>, text: &str) {
    match parts.last_mut() {
        Some(Part::Text(last)) => last.push_str(text),
        _ if text.is_empty() => {}
        _ => parts.push(Part::Text(text.to_owned())),
    }
}

fn json_string(text: &str) -> String {
    let mut quoted = String::new();
    // Writing to a `String` has no errors.
    let _ = write_string(&mut quoted, text);
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn denial(content_type: &str, body: BodyValue) -> Denial {
        Denial {
            status: 403,
            body: Some(body),
            content_type: content_type.to_owned(),
            granted: GrantedForm::Raw,
            disclose: true,
            undisclosed_to: Vec::new(),
        }
    }

    #[test]
    fn holes_cut_the_text() {
        let member = |key: &str, value| (key.to_owned(), value);
        let body = BodyValue::Object(vec![
            member("say \"no\"", BodyValue::Array(vec![BodyValue::Integer(1), BodyValue::Boolean(true)])),
            member("required", BodyValue::Hole(Placeholder::Required)),
        ]);
        assert_eq!(
            parts(&denial("application/problem+json", body)),
            [
                Part::Text(r#"{"say \"no\"":[1,true],"required":"#.to_owned()),
                Part::Hole(Placeholder::Required),
                Part::Text("}".to_owned()),
            ]
        );
    }

    #[test]
    fn plain_text_stays_plain() {
        let body = || BodyValue::Text("no".to_owned());
        assert_eq!(parts(&denial("text/plain; charset=utf-8", body())), [Part::Text("no".to_owned())]);
        assert_eq!(parts(&denial("application/json", body())), [Part::Text("\"no\"".to_owned())]);
    }
}
