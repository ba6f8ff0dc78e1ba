//! Findings as a build script passes them on: errors as Rust that does not compile, warnings as lines for cargo.
//!
//! A build script that fails would take the scope enum away from the editor; an item that fails does not.

use scopewright_model::{Diagnostic, Level};
use std::fmt::Write as _;

/// One `compile_error!` item for each error: where, what is missing, the ways out. Empty if there is none.
pub fn refusal(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error).fold(
        String::new(),
        |mut items, diagnostic| {
            // Writing to a text can't fail. Rust reads back what `Debug` prints of a text.
            _ = writeln!(items, "::core::compile_error!({:?});", text(diagnostic));
            items
        },
    )
}

/// A warning in one line, which is all that cargo passes on. None if the finding is an error.
pub fn warning_line(diagnostic: &Diagnostic) -> Option<String> {
    let is_warning = diagnostic.level == Level::Warning;
    is_warning.then(|| text(diagnostic).split_whitespace().collect::<Vec<_>>().join(" "))
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
