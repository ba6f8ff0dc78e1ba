//! The two streams: results on stdout, words about the run on stderr.

use crate::status::Status;
use anyhow::Result;
use scopewright_compiler::render::Colour;
use std::io::{ErrorKind, IsTerminal, Write as _, stderr, stdout};

/// Writes a result. A reader that went away (`| head`) is no error: the run is over then.
pub fn result(text: &str) -> Result<()> {
    let mut stream = stdout().lock();
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Writes words about the run. There is nobody left to tell if that fails.
pub fn note(text: &str) {
    _ = stderr().lock().write_all(text.as_bytes());
}

/// Whether to colour what goes to a stream: cargo's own setting, then `NO_COLOR`, then whether it is a terminal.
pub fn colour(stream: &impl IsTerminal) -> Colour {
    let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let wanted = match variable("CARGO_TERM_COLOR").as_deref() {
        Some("always") => true,
        Some("never") => false,
        _ => {
            variable("NO_COLOR").is_none()
                && variable("TERM").as_deref() != Some("dumb")
                && stream.is_terminal()
        }
    };
    if wanted { Colour::On } else { Colour::Off }
}

/// Says how the command line was wrong, or prints the help that was asked for.
pub fn usage(error: &clap::Error) -> Status {
    // There is nobody left to tell if that fails.
    _ = error.print();
    if error.use_stderr() { Status::Failed } else { Status::Clean }
}

/// The status of a run, after saying why it could not be done if it could not.
pub fn finish(result: Result<Status>) -> Status {
    result.unwrap_or_else(|error| {
        note(&format!("error: {error:#}\n"));
        Status::Failed
    })
}
