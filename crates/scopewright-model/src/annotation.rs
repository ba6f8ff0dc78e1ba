//! A decision as somebody wrote it down, before scope names are looked up in a policy.

use crate::Span;
use crate::policy::RouteStatus;
use serde::{Deserialize, Serialize};

/// How a scope was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ScopeSpelling {
    /// `"read:cameras"`, the name in the policy.
    Literal,
    /// `ReadCameras`, the name of the generated variant.
    Variant,
}

/// A scope as somebody named it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ScopeName {
    /// The text, without quotes.
    pub text: String,
    /// Whether it is the policy's name or the generated variant's.
    pub spelling: ScopeSpelling,
    /// Where.
    pub span: Span,
}

/// What a person asked for, for all modes or for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeclaredRule {
    /// Any one of the alternatives, all scopes of it. Never empty, no empty alternative.
    Scoped(Vec<Vec<ScopeName>>),
    /// A valid credential, no scope.
    Authenticated,
    /// No credential; the key of a reason in `[public_reasons]`.
    Public {
        /// The key.
        reason: String,
        /// Where the key was written.
        reason_span: Span,
    },
    /// No credential needed, one that is sent must be valid.
    OptionalAuth,
    /// May never call.
    Refused,
    /// Denied until decided.
    Deferred {
        /// Where the open question is tracked.
        ticket: String,
    },
}

/// A rule and the mode it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModeRule {
    /// The auth mode, as written after `via`; none means every mode without a rule of its own.
    pub via: Option<crate::Spanned<String>>,
    /// What it must bring.
    pub rule: DeclaredRule,
    /// Where the rule was written.
    pub span: Span,
}

/// A need the table can't decide: shown in docs, checked by the handler itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MayRequire {
    /// The scope.
    pub scope: ScopeName,
    /// In words, when it is needed.
    pub when: String,
}

/// All that was written about one handler or one registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotation {
    /// The rules, at most one for each mode and at most one without a mode.
    pub rules: Vec<ModeRule>,
    /// The notes.
    pub may_require: Vec<MayRequire>,
    /// The life of the endpoint, where it is said.
    pub status: Option<RouteStatus>,
    /// Where the first rule was written.
    pub span: Span,
}
