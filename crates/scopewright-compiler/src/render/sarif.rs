//! For code-scanning services: SARIF 2.1.0 (OASIS Standard, section numbers below are of that text).

use scopewright_model::{Code, Diagnostic, Label, Level, Span, Suggestion};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Renders findings as one log file with one run.
pub fn sarif(diagnostics: &[Diagnostic]) -> String {
    let codes: BTreeSet<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let results: Vec<Value> = diagnostics.iter().map(|diagnostic| result(diagnostic, &codes)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "scopewright",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            } },
            // Our columns count characters (section 3.14.17).
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// Section 3.49, reportingDescriptor.
fn rule(code: Code) -> Value {
    let explanation = code.explanation();
    let first_paragraph = explanation.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let description = if first_paragraph.is_empty() { code.name() } else { first_paragraph.trim() };
    json!({
        "id": code.name(),
        "shortDescription": { "text": description },
        "help": { "text": explanation, "markdown": explanation },
        "defaultConfiguration": { "level": code.level().as_str() },
    })
}

/// Section 3.27, result.
fn result(diagnostic: &Diagnostic, codes: &[Code]) -> Value {
    let level = match diagnostic.level {
        Level::Error => "error",
        Level::Warning => "warning",
    };
    let mut text = diagnostic.message.clone();
    for help in &diagnostic.help {
        // Writing to a text can't fail.
        _ = write!(text, "\nhelp: {help}");
    }
    let mut result = json!({
        "ruleId": diagnostic.code.name(),
        "ruleIndex": codes.binary_search(&diagnostic.code).ok(),
        "level": level,
        "message": { "text": text },
        "locations": [{ "physicalLocation": physical_location(&diagnostic.primary.span) }],
    });
    if let Some(object) = result.as_object_mut() {
        if !diagnostic.secondary.is_empty() {
            let related: Vec<Value> = (1..).zip(&diagnostic.secondary).map(related_location).collect();
            object.insert("relatedLocations".to_owned(), related.into());
        }
        if let Some(suggestion) = &diagnostic.suggestion {
            let description = diagnostic.help.first().map_or("change it", String::as_str);
            object.insert("fixes".to_owned(), json!([fix(suggestion, description)]));
        }
    }
    result
}

fn related_location((id, label): (usize, &Label)) -> Value {
    json!({
        "id": id,
        "physicalLocation": physical_location(&label.span),
        "message": { "text": label.text },
    })
}

/// Section 3.55, fix.
fn fix(suggestion: &Suggestion, description: &str) -> Value {
    json!({
        "description": { "text": description },
        "artifactChanges": [{
            "artifactLocation": artifact_location(&suggestion.span),
            "replacements": [{
                "deletedRegion": region(&suggestion.span),
                "insertedContent": { "text": suggestion.replacement },
            }],
        }],
    })
}

fn physical_location(span: &Span) -> Value {
    json!({ "artifactLocation": artifact_location(span), "region": region(span) })
}

fn artifact_location(span: &Span) -> Value {
    json!({ "uri": uri(&span.file), "uriBaseId": "%SRCROOT%" })
}

fn region(span: &Span) -> Value {
    json!({
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    })
}

/// A relative path as a URI reference (RFC 3986 section 3.3): what may not stand in a path is percent-encoded.
fn uri(path: &str) -> String {
    path.bytes().fold(String::new(), |mut uri, byte| {
        let allowed = byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=@/".contains(&byte);
        if allowed {
            uri.push(char::from(byte));
        } else {
            // Writing to a text can't fail.
            _ = write!(uri, "%{byte:02X}");
        }
        uri
    })
}
