//! Findings as a build script passes them on: errors as Rust that does not compile, warnings as lines for cargo.
//!
//! A build script that fails would take the scope enum away from the editor; an item that fails does not.

use scopewright_model::{Diagnostic, Level};
use std::fmt::Write as _;

/// Each error as the text of a `compile_error!`: where, what is missing, the ways out.
pub(crate) fn refusals(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error).map(text).collect()
}

/// A warning in one line, which is all that cargo passes on. None if the finding is an error.
pub fn warning_line(diagnostic: &Diagnostic) -> Option<String> {
    (diagnostic.level == Level::Warning).then(|| line(diagnostic))
}

/// An error in one line. None if the finding is a warning.
pub fn error_line(diagnostic: &Diagnostic) -> Option<String> {
    (diagnostic.level == Level::Error).then(|| line(diagnostic))
}

fn line(diagnostic: &Diagnostic) -> String {
    text(diagnostic).lines().map(str::trim).collect::<Vec<_>>().join("; ")
}

/// A finding in a few lines, without its source.
fn text(diagnostic: &Diagnostic) -> String {
    let Diagnostic { primary, code, message, secondary, help, suggestion, .. } = diagnostic;
    let mut text = format!("{}: {message} [{code}]", primary.span);
    for label in secondary.iter().filter(|label| !label.text.is_empty()) {
        _ = write!(text, "\n  {}: {}", label.span, label.text);
    }
    for way_out in help {
        _ = write!(text, "\nhelp: {}", way_out.replace('\n', "\n      "));
    }
    if let Some(suggestion) = suggestion {
        let place = &suggestion.span;
        let verb = if place.start == place.end { "insert" } else { "write" };
        _ = write!(text, "\n{place}: {verb} `{}`", suggestion.replacement.trim());
    }
    text
}
