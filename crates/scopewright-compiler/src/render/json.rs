//! For programs: one finding a line, in the shape of `rustc --error-format json` as cargo passes it on.
//!
//! Editors that understand `cargo check --message-format json` show our findings in place.

use super::human::{Colour, human};
use super::texts::Texts;
use scopewright_model::{Diagnostic, Span, Suggestion};
use serde_json::{Value, json};
use std::slice;

/// How many lines of a place are shown. Its numbers tell of all of them.
const LINES: usize = 60;

/// The cargo target a service's findings belong to. Readers of cargo's messages refuse one that names none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CargoTarget {
    /// The package's id, as `cargo metadata` spells it.
    pub package_id: String,
    /// The package's manifest, an absolute path.
    pub manifest_path: String,
    /// The target as `cargo metadata` describes it.
    pub target: Value,
}

/// Renders findings, one a line.
pub fn json(diagnostics: &[Diagnostic], texts: &Texts<'_>, target: Option<&CargoTarget>) -> String {
    let mut lines = String::new();
    for diagnostic in diagnostics {
        lines.push_str(&message(diagnostic, texts, target).to_string());
        lines.push('\n');
    }
    lines
}

fn message(diagnostic: &Diagnostic, texts: &Texts<'_>, target: Option<&CargoTarget>) -> Value {
    let mut spans = vec![span(&diagnostic.primary.span, &diagnostic.primary.text, true, None, texts)];
    spans.extend(diagnostic.secondary.iter().map(|label| span(&label.span, &label.text, false, None, texts)));
    let mut ways_out = diagnostic.help.iter();
    let mended = diagnostic.suggestion.as_ref().map(|suggestion| {
        let title = ways_out.next().map_or("change it", String::as_str);
        child(title, &[span(&suggestion.span, "", true, Some(suggestion), texts)])
    });
    let children: Vec<Value> = mended.into_iter().chain(ways_out.map(|help| child(help, &[]))).collect();
    let message = json!({
        "$message_type": "diagnostic",
        "message": diagnostic.message,
        "code": { "code": diagnostic.code.name(), "explanation": diagnostic.code.explanation() },
        "level": diagnostic.level.as_str(),
        "spans": spans,
        "children": children,
        "rendered": human(slice::from_ref(diagnostic), texts, Colour::Off),
    });
    match target {
        Some(target) => json!({
            "reason": "compiler-message",
            "package_id": target.package_id,
            "manifest_path": target.manifest_path,
            "target": target.target,
            "message": message,
        }),
        None => json!({ "reason": "compiler-message", "message": message }),
    }
}

fn child(help: &str, spans: &[Value]) -> Value {
    json!({
        "message": help,
        "code": null,
        "level": "help",
        "spans": spans,
        "children": [],
        "rendered": null,
    })
}

fn span(
    place: &Span,
    label: &str,
    is_primary: bool,
    suggestion: Option<&Suggestion>,
    texts: &Texts<'_>,
) -> Value {
    let text = texts.get(&place.file);
    let offset = |position| text.as_ref().map_or(0, |text| text.offset(position));
    let lines: Vec<Value> = text
        .iter()
        .flat_map(|text| {
            (place.start.line..=place.end.line).take(LINES).map(|number| {
                let start = if number == place.start.line { place.start.column } else { 1 };
                let end = if number == place.end.line { place.end.column } else { u32::MAX };
                let (line, highlight) = text.line_around(number, start..end);
                json!({ "text": line, "highlight_start": highlight.start, "highlight_end": highlight.end })
            })
        })
        .collect();
    json!({
        "file_name": &*place.file,
        "byte_start": offset(place.start),
        "byte_end": offset(place.end),
        "line_start": place.start.line,
        "line_end": place.end.line,
        "column_start": place.start.column,
        "column_end": place.end.column,
        "is_primary": is_primary,
        "text": lines,
        "label": (!label.is_empty()).then_some(label),
        "suggested_replacement": suggestion.map(|suggestion| &suggestion.replacement),
        "suggestion_applicability": suggestion.map(|suggestion| suggestion.applicability.as_str()),
        "expansion": null,
    })
}
