//! The log of the example services: lines on standard error.
//!
//! `eprintln!` panics where standard error is closed, full or a broken pipe. A service whose log is gone goes on.

use std::fmt::Arguments;
use std::io::{self, Write as _};

/// Writes a line, or does not: whoever reads the log is not there any more.
pub fn line(text: Arguments<'_>) {
    // One write for a line, so that those of several threads do not mix.
    let _gone = io::stderr().lock().write_all(format!("{text}\n").as_bytes());
}

/// Writes an error down that the client is not told.
pub fn report(cause: &str) {
    line(format_args!("internal error: {cause}"));
}
