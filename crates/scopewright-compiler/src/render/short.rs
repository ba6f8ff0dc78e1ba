//! One line a finding: `path:line:column: error[code]: message`.

use scopewright_model::Diagnostic;
use std::fmt::Write as _;

/// Renders findings for `grep`, editors and people in a hurry.
pub fn short(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().fold(String::new(), |mut text, diagnostic| {
        let Diagnostic { primary, level, code, message, .. } = diagnostic;
        let message = message.replace('\n', " ");
        // Writing to a text can't fail.
        _ = writeln!(text, "{}: {}[{code}]: {message}", primary.span, level.as_str());
        text
    })
}
