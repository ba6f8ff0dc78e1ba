//! Findings in the form that was asked for.

use crate::args::MessageFormat;
use crate::output::{self, colour};
use crate::project::{Project, Service};
use crate::status::Status;
use anyhow::Result;
use scopewright_compiler::render::{Colour, Texts, human, json, sarif, short};
use scopewright_compiler::{DiskFileSystem, Outcome};
use scopewright_model::{Diagnostic, Level};
use std::io::{stderr, stdout};

/// Where findings go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// They are the result.
    Result,
    /// They are words about the run.
    Note,
}

/// The services of a run with what the compiler said about each.
pub struct Compiled<'p> {
    pub project: &'p Project,
    pub outcomes: Vec<(&'p Service, Outcome)>,
}

impl Compiled<'_> {
    /// Clean, or findings if there is an error.
    pub fn status(&self) -> Status {
        let findings = self.outcomes.iter().any(|(_, outcome)| outcome.has_errors());
        if findings { Status::Findings } else { Status::Clean }
    }

    /// Writes all findings.
    pub fn report(&self, format: MessageFormat, stream: Stream) -> Result<()> {
        let colour = match stream {
            Stream::Result => colour(&stdout()),
            Stream::Note => colour(&stderr()),
        };
        let by_service = self.outcomes.iter().map(|(service, outcome)| (*service, &*outcome.diagnostics));
        let text = render(&self.project.files, by_service, format, colour);
        match stream {
            Stream::Result => output::result(&text),
            Stream::Note => {
                output::note(&text);
                Ok(())
            }
        }
    }

    /// `2 errors, 1 warning`, or nothing if there is neither.
    pub fn counted(&self) -> Option<String> {
        let count = |level| {
            let all = self.outcomes.iter().flat_map(|(_, outcome)| &outcome.diagnostics);
            all.filter(|diagnostic| diagnostic.level == level).count()
        };
        let words = [(count(Level::Error), "error"), (count(Level::Warning), "warning")];
        let words: Vec<String> = words
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| counted(count, word))
            .collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

fn render<'a>(
    files: &DiskFileSystem,
    by_service: impl Iterator<Item = (&'a Service, &'a [Diagnostic])>,
    format: MessageFormat,
    colour: Colour,
) -> String {
    let texts = Texts::new(files);
    let all = |by_service: &mut dyn Iterator<Item = (&'a Service, &'a [Diagnostic])>| {
        // Two services with one policy share its findings.
        let mut all: Vec<Diagnostic> = by_service.flat_map(|(_, diagnostics)| diagnostics.to_vec()).collect();
        all.sort();
        all.dedup();
        all
    };
    let mut by_service = by_service;
    match format {
        MessageFormat::Human => human(&all(&mut by_service), &texts, colour),
        MessageFormat::Short => short(&all(&mut by_service)),
        MessageFormat::Sarif => sarif(&all(&mut by_service)),
        MessageFormat::Json => by_service
            .map(|(service, diagnostics)| json(diagnostics, &texts, service.target.as_ref()))
            .collect(),
    }
}

/// `1 error`, `2 errors`.
pub fn counted(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}
