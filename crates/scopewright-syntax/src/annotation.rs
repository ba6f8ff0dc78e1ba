//! What the attributes of one function say, with a span on every value.

use proc_macro2::Span;
use scopewright_core::naming::variant_name;

/// A text literal and where it stands.
#[derive(Debug, Clone)]
pub struct Text {
    /// The text, without quotes and escapes.
    pub text: String,
    /// The literal.
    pub span: Span,
}

/// How a scope was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// `"read:cameras"`: the name in the policy.
    Literal,
    /// `ReadCameras` or `Scope::ReadCameras`: the generated variant.
    Variant,
}

/// A scope as somebody named it. A literal follows the alphabet of a scope token (RFC 6749, section 3.3) and holds at
/// least one letter or digit; a variant begins with an upper-case letter.
#[derive(Debug, Clone)]
pub struct ScopeName {
    /// The name, without quotes.
    pub text: String,
    /// Which of the two names it is.
    pub spelling: Spelling,
    /// Where it was written.
    pub span: Span,
}

impl ScopeName {
    /// The variant it stands for: derived from a literal, itself otherwise.
    pub fn variant(&self) -> String {
        match self.spelling {
            Spelling::Literal => variant_name(&self.text),
            Spelling::Variant => self.text.clone(),
        }
    }
}

/// An auth mode or a public reason as somebody named it.
#[derive(Debug, Clone)]
pub struct Named {
    /// The name, without quotes.
    pub text: String,
    /// The policy's name, or the generated variant.
    pub spelling: Spelling,
    /// Where it was written.
    pub span: Span,
}

impl Named {
    /// The variant it stands for: derived from a literal, itself otherwise.
    pub fn variant(&self) -> String {
        match self.spelling {
            Spelling::Literal => variant_name(&self.text),
            Spelling::Variant => self.text.clone(),
        }
    }
}

/// What an attribute asks for.
#[derive(Debug, Clone)]
pub enum Rule {
    /// `requires_scope`: any one of the alternatives, and of it all scopes.
    ///
    /// INVARIANT: at least one alternative, none empty, no scope twice in one, no alternative twice.
    Scoped(Vec<Vec<ScopeName>>),
    /// `requires_auth`: a valid credential, no scope.
    Authenticated,
    /// `public`: no credential, for the reason with this key.
    Public {
        /// The key in `[public_reasons]`, or its variant.
        reason: Named,
    },
    /// `optional_auth`: no credential needed, one that is sent must be valid.
    OptionalAuth,
    /// `refused`: may never call.
    Refused,
    /// `scope_todo`: denied until decided.
    Deferred {
        /// Where the open question is tracked.
        ticket: Text,
    },
}

/// A rule and the mode it is for.
#[derive(Debug, Clone)]
pub struct ModeRule {
    /// The auth mode after `via`; none means every mode without a rule of its own.
    pub via: Option<Named>,
    /// What it must bring.
    pub rule: Rule,
    /// The attribute.
    pub span: Span,
}

/// A need no table can decide: the handler checks it itself, the docs show it.
#[derive(Debug, Clone)]
pub struct MayRequire {
    /// The scope.
    pub scope: ScopeName,
    /// In words, when it is needed.
    pub when: Text,
}

/// All that is written about one function.
///
/// INVARIANT: at least one rule, at most one without a mode, at most one for each mode; a public rule is alone.
#[derive(Debug, Clone)]
pub struct Annotation {
    /// The rules, in the order of the attributes.
    pub rules: Vec<ModeRule>,
    /// The notes, in the order of the attributes.
    pub may_require: Vec<MayRequire>,
    /// The life of the endpoint, where it is said: `stable`, `preview` or `deprecated`.
    pub status: Option<Text>,
    /// The first attribute.
    pub span: Span,
}
