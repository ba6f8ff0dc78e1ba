//! JSON text (RFC 8259): the one place where strings are quoted for it.

use core::fmt::{self, Write};

/// Writes `text` as a JSON string, quotes included.
///
/// ```
/// let mut json = String::new();
/// scopewright_core::json::write_string(&mut json, "say \"hi\"\n").unwrap();
/// assert_eq!(json, r#""say \"hi\"\n""#);
/// ```
///
/// # Errors
/// Only those of `out`; writing to a `String` has none.
pub fn write_string(out: &mut impl Write, text: &str) -> fmt::Result {
    out.write_char('"')?;
    for character in text.chars() {
        match character {
            '"' => out.write_str("\\\"")?,
            '\\' => out.write_str("\\\\")?,
            '\n' => out.write_str("\\n")?,
            '\r' => out.write_str("\\r")?,
            '\t' => out.write_str("\\t")?,
            // RFC 8259 section 7: control characters must be escaped.
            control if (control as u32) < 0x20 => write!(out, "\\u{:04x}", control as u32)?,
            other => out.write_char(other)?,
        }
    }
    out.write_char('"')
}

/// Writes texts as a JSON array of strings.
///
/// # Errors
/// Only those of `out`.
pub fn write_strings<'a>(out: &mut impl Write, texts: impl IntoIterator<Item = &'a str>) -> fmt::Result {
    out.write_char('[')?;
    for (at, text) in texts.into_iter().enumerate() {
        if at > 0 {
            out.write_char(',')?;
        }
        write_string(out, text)?;
    }
    out.write_char(']')
}
