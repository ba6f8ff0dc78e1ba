//! What a user wrote wrong, as a value: place, reason and way out.

use crate::{Code, Span};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The build fails.
    Error,
    /// Shown, and the build goes on.
    Warning,
}

impl Level {
    /// `error` or `warning`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place and what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words, lower case, no final stop. May be empty.
    pub text: String,
}

/// How far a suggestion can be trusted; rustc's own scale, which editors know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// Certainly what was meant: a tool may apply it unseen.
    MachineApplicable,
    /// Probably what was meant: a person looks at it first.
    MaybeIncorrect,
    /// Holds a `…` that a person has to fill in.
    HasPlaceholders,
}

impl Applicability {
    /// The spelling in rustc's JSON form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MachineApplicable => "MachineApplicable",
            Self::MaybeIncorrect => "MaybeIncorrect",
            Self::HasPlaceholders => "HasPlaceholders",
        }
    }
}

/// A change to the source that mends the finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Suggestion {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// The new text.
    pub replacement: String,
    /// Whether a tool may apply it.
    pub applicability: Applicability,
}

/// One finding. Message style: lower-case start, no final stop, user text in backticks, our words and no Rust types.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The place the finding is about.
    pub primary: Label,
    /// Error or warning.
    pub level: Level,
    /// The stable code, explained by `cargo scopes explain CODE`.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// Ways out, each a sentence fragment. At least one.
    pub help: Vec<String>,
    /// The mended line, where there is one.
    pub suggestion: Option<Suggestion>,
}

impl Diagnostic {
    /// A finding with the code's usual level.
    pub fn new(code: Code, message: impl Into<String>, place: Span, label: impl Into<String>) -> Self {
        Self {
            primary: Label { span: place, text: label.into() },
            level: code.level(),
            code,
            message: message.into(),
            secondary: Vec::new(),
            help: Vec::new(),
            suggestion: None,
        }
    }

    /// Adds a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Adds the mended text, as a proposal for a person.
    #[must_use]
    pub fn suggest(self, span: Span, replacement: impl Into<String>) -> Self {
        self.suggest_as(span, replacement, Applicability::MaybeIncorrect)
    }

    /// Adds the mended text and how far it can be trusted.
    #[must_use]
    pub fn suggest_as(
        mut self,
        span: Span,
        replacement: impl Into<String>,
        applicability: Applicability,
    ) -> Self {
        self.suggestion = Some(Suggestion { span, replacement: replacement.into(), applicability });
        self
    }

    /// Changes the level, as `deny = [..]` in a policy does.
    #[must_use]
    pub fn at_level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }
}

/// Collects findings, so that one run shows all of them.
#[derive(Debug, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
}

impl Sink {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether any finding so far is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
    }

    /// All findings, sorted by place, each once.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort();
        self.diagnostics.dedup();
        self.diagnostics
    }
}

impl Extend<Diagnostic> for Sink {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        self.diagnostics.extend(diagnostics);
    }
}
