//! The bytes of a policy file to text, or the reason why they are none.

use scopewright_model::{Code, Diagnostic, LineIndex, Span};
use std::sync::Arc;

/// The largest policy that is read, in bytes. The largest published permission catalogue fits about ten times.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;

/// The finding for a policy that could not be read at all; `why` is a fragment such as `there is no such file`.
///
/// ```
/// let finding = scopewright_policy::unreadable("scopes.toml", "there is no such file");
/// assert_eq!(finding.message, "can't read `scopes.toml`: there is no such file");
/// ```
pub fn unreadable(file: &str, why: &str) -> Diagnostic {
    Diagnostic::new(
        Code::UnreadablePolicy,
        format!("can't read `{file}`: {why}"),
        Span::file_start(file),
        "the policy is looked for here",
    )
    .help("write a first policy there (`cargo scopes routes` lists the endpoints it is about), or name another file with `--policy`")
}

/// The text of the file.
///
/// # Errors
/// Empty, larger than [`MAX_BYTES`] or not UTF-8.
pub(crate) fn decode<'a>(file: &Arc<str>, bytes: &'a [u8]) -> Result<&'a str, Box<Diagnostic>> {
    let finding = |message: String, place: Span, label: &str, help: &str| {
        Err(Box::new(Diagnostic::new(Code::UnreadablePolicy, message, place, label).help(help)))
    };
    if bytes.len() > MAX_BYTES {
        return finding(
            format!(
                "`{file}` is larger than a policy can be: {} bytes, and the limit is {MAX_BYTES}",
                bytes.len()
            ),
            Span::file_start(file),
            "too large to be read",
            "a policy is written by hand and rarely passes 200 kB; is this the right file?",
        );
    }
    match str::from_utf8(bytes) {
        Ok(text) if text.trim_start_matches('\u{feff}').trim().is_empty() => finding(
            format!("`{file}` is empty"),
            Span::file_start(file),
            "declares nothing",
            "declare at least one `[auth.NAME]` and one `[scopes.\"NAME\"]`",
        ),
        Ok(text) => Ok(text),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).and_then(|bytes| str::from_utf8(bytes).ok());
            let valid = valid.unwrap_or_default();
            let byte = bytes.get(valid.len()).copied().unwrap_or_default();
            finding(
                format!("`{file}` is not UTF-8: byte {byte:#04x} at offset {}", valid.len()),
                LineIndex::new(valid).span(file, valid.len()..valid.len()),
                "the text can't be read from here on",
                "TOML files are UTF-8; save the file in that encoding",
            )
        }
    }
}
