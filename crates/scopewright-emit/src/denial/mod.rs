//! The denials a policy declares, as targets speak of them.

#[cfg(any(feature = "openapi", feature = "docs"))]
mod example;

#[cfg(any(feature = "openapi", feature = "docs"))]
pub use example::example;

use scopewright_model::Policy;
use scopewright_model::policy::Denial;

/// One of the answers that `[denial.*]` declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DenialKind {
    /// No valid credential.
    Unauthenticated,
    /// A valid credential without the scopes.
    InsufficientScope,
    /// A valid credential whose assurance is too low.
    InsufficientUserAuthentication,
    /// A kind of credential that may never call the operation.
    ModeRefused,
    /// Nobody has decided who may call the operation.
    Undecided,
}

impl DenialKind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Unauthenticated,
        Self::InsufficientScope,
        Self::InsufficientUserAuthentication,
        Self::ModeRefused,
        Self::Undecided,
    ];

    /// Those that a policy makes possible: an assurance is too low only where a mode upgrades another one.
    #[cfg(any(feature = "docs", feature = "sdk"))]
    pub fn possible(policy: &Policy) -> impl Iterator<Item = Self> {
        let has_upgrades = policy.modes.iter().any(|mode| mode.upgrades.is_some());
        Self::ALL
            .into_iter()
            .filter(move |kind| has_upgrades || *kind != Self::InsufficientUserAuthentication)
    }

    /// The key in `[denial]`.
    #[cfg(any(feature = "openapi", feature = "sdk"))]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unauthenticated => "unauthenticated",
            Self::InsufficientScope => "insufficient_scope",
            Self::InsufficientUserAuthentication => "insufficient_user_authentication",
            Self::ModeRefused => "mode_refused",
            Self::Undecided => "undecided",
        }
    }

    /// The kind's name in `UpperCamelCase`, for types and components.
    #[cfg(any(feature = "openapi", feature = "sdk"))]
    pub const fn type_name(self) -> &'static str {
        match self {
            Self::Unauthenticated => "Unauthenticated",
            Self::InsufficientScope => "InsufficientScope",
            Self::InsufficientUserAuthentication => "InsufficientUserAuthentication",
            Self::ModeRefused => "ModeRefused",
            Self::Undecided => "Undecided",
        }
    }

    /// When it is answered, a sentence for readers of an API.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Unauthenticated => "The request carries no valid credential.",
            Self::InsufficientScope => "The credential is valid but lacks a scope the operation needs.",
            Self::InsufficientUserAuthentication => {
                "The credential is valid but the operation needs one with more assurance."
            }
            Self::ModeRefused => "This kind of credential may never call the operation.",
            Self::Undecided => "The operation is not open to callers yet.",
        }
    }

    /// What the policy declares for it.
    pub const fn declared(self, policy: &Policy) -> &Denial {
        match self {
            Self::Unauthenticated => &policy.denials.unauthenticated,
            Self::InsufficientScope => &policy.denials.insufficient_scope,
            Self::InsufficientUserAuthentication => &policy.denials.insufficient_user_authentication,
            Self::ModeRefused => &policy.denials.mode_refused,
            Self::Undecided => &policy.denials.undecided,
        }
    }

    /// The denial that the decision function's answer is, if it is one.
    #[cfg(any(feature = "openapi", feature = "docs"))]
    pub const fn of_verdict(verdict: scopewright_model::core::Verdict) -> Option<Self> {
        use scopewright_model::core::Verdict;
        match verdict {
            Verdict::Allowed => None,
            Verdict::Unauthenticated => Some(Self::Unauthenticated),
            Verdict::InsufficientScope => Some(Self::InsufficientScope),
            Verdict::InsufficientUserAuthentication => Some(Self::InsufficientUserAuthentication),
            Verdict::ModeRefused => Some(Self::ModeRefused),
            Verdict::Undecided => Some(Self::Undecided),
        }
    }
}
