//! Findings as plain text: every fact of each, one to a line.

use scopewright_model::{Diagnostic, Label, Span};
use std::fmt::Write;

/// All findings, in order.
pub fn render(findings: &[Diagnostic]) -> String {
    let mut out = String::new();
    for finding in findings {
        let Diagnostic { primary, level, code, message, secondary, help, suggestion } = finding;
        writeln!(out, "{}[{code}]: {message}", level.as_str()).unwrap();
        writeln!(out, "  --> {}", label(primary)).unwrap();
        for other in secondary {
            writeln!(out, "  also {}", label(other)).unwrap();
        }
        for help in help {
            writeln!(out, "  help: {help}").unwrap();
        }
        if let Some(suggestion) = suggestion {
            let (place, text) = (range(&suggestion.span), &suggestion.replacement);
            writeln!(out, "  suggestion: {place} becomes {text:?} ({:?})", suggestion.applicability).unwrap();
        }
        out.push('\n');
    }
    out
}

fn label(label: &Label) -> String {
    format!("{} {}", range(&label.span), label.text)
}

fn range(span: &Span) -> String {
    let Span { file, start, end } = span;
    format!("{file}:{}:{}-{}:{}", start.line, start.column, end.line, end.column)
}
