//! What every step of the stage shares: the file, its places, and the findings so far.

use crate::nearest::{Budget, nearest};
use crate::raw::quoted;
use scopewright_model::{Code, Diagnostic, Level, LineIndex, Span};
use std::ops::Range;
use std::sync::Arc;

/// How many findings are kept. A file with more is not mended by reading on.
const MOST_FINDINGS: usize = 1000;

/// The file that is read, and what was found wrong in it.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    file: Arc<str>,
    text: &'a str,
    lines: LineIndex,
    today: &'a str,
    findings: Vec<Diagnostic>,
    /// How many findings were not kept, the place of the first of them and the worst level.
    dropped: Option<(usize, Span, Level)>,
    /// Bounds the search for misspelt names.
    pub(crate) budget: Budget,
}

impl<'a> Context<'a> {
    pub(crate) fn new(file: Arc<str>, text: &'a str, today: &'a str) -> Self {
        Self {
            lines: LineIndex::new(text),
            file,
            text,
            today,
            findings: Vec::new(),
            dropped: None,
            budget: Budget::default(),
        }
    }

    /// The whole text.
    pub(crate) const fn text(&self) -> &'a str {
        self.text
    }

    /// Today, `YYYY-MM-DD`.
    pub(crate) const fn today(&self) -> &'a str {
        self.today
    }

    /// The span of a byte range of the text.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        self.lines.span(&self.file, range)
    }

    /// The file's first character.
    pub(crate) fn file_start(&self) -> Span {
        self.span(0..0)
    }

    /// Adds a finding.
    pub(crate) fn report(&mut self, finding: Diagnostic) {
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding);
            return;
        }
        self.drop_one(finding.primary.span, finding.level);
    }

    /// Adds a finding that takes work to put into words, which is left undone if it would not be kept.
    pub(crate) fn report_lazily(&mut self, place: Range<usize>, finding: impl FnOnce(&Self) -> Diagnostic) {
        if self.findings.len() < MOST_FINDINGS {
            let finding = finding(self);
            self.findings.push(finding);
        } else {
            // What is not looked at counts as an error: a file with so many findings is no policy.
            self.drop_one(self.span(place), Level::Error);
        }
    }

    fn drop_one(&mut self, place: Span, level: Level) {
        let (count, _, worst) = self.dropped.get_or_insert((0, place, level));
        *count += 1;
        *worst = level.min(*worst);
    }

    /// Proposes, where the finding is, the candidate nearest to the text written there.
    pub(crate) fn with_nearest<'n>(
        &mut self,
        finding: Diagnostic,
        written: &str,
        candidates: impl IntoIterator<Item = &'n str>,
    ) -> Diagnostic {
        match nearest(written, candidates, &mut self.budget) {
            Some(near) => {
                let place = finding.primary.span.clone();
                finding.suggest(place, quoted(near))
            }
            None => finding,
        }
    }

    /// All findings; past the most that are kept one says how many more there are.
    pub(crate) fn into_findings(self) -> Vec<Diagnostic> {
        let mut findings = self.findings;
        if let Some((count, place, level)) = self.dropped {
            let message = format!("{count} more findings in this file are not shown");
            let finding = Diagnostic::new(Code::InvalidValue, message, place, "the first of them");
            findings.push(finding.at_level(level).help("mend the others first"));
        }
        findings
    }
}
