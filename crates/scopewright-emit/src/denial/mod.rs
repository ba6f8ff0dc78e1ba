//! The denials a policy declares, as targets speak of them.

#[cfg(any(feature = "openapi", feature = "docs"))]
mod beside_decisions;
#[cfg(any(feature = "openapi", feature = "docs"))]
mod example;

#[cfg(feature = "openapi")]
pub use beside_decisions::may_be_denied_for_invalid;
#[cfg(any(feature = "openapi", feature = "docs"))]
pub use beside_decisions::{may_be_invalid_request, may_be_unavailable};
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
    /// The request carries several credentials, or one twice.
    InvalidRequest,
    /// The credential could not be checked, or the call could not be written to the audit log.
    Unavailable,
}

impl DenialKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Unauthenticated,
        Self::InsufficientScope,
        Self::InsufficientUserAuthentication,
        Self::ModeRefused,
        Self::Undecided,
        Self::InvalidRequest,
        Self::Unavailable,
    ];

    /// Those that a policy makes possible, each with what it declares: an assurance is too low only where a mode upgrades
    /// another one, credentials compete only where one request can carry two of which neither yields, and of what the
    /// service can't find out nothing is said unless it is declared.
    #[cfg(any(feature = "docs", feature = "sdk"))]
    pub fn possible(policy: &Policy) -> impl Iterator<Item = (Self, &Denial)> {
        let has_upgrades = policy.modes.iter().any(|mode| mode.upgrades.is_some());
        let has_competing = scopewright_model::competing::refused_together(&policy.modes).is_some();
        Self::ALL
            .into_iter()
            .filter(move |kind| has_upgrades || *kind != Self::InsufficientUserAuthentication)
            .filter(move |kind| has_competing || *kind != Self::InvalidRequest)
            .filter_map(|kind| Some((kind, kind.declared(policy)?)))
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
            Self::InvalidRequest => "invalid_request",
            Self::Unavailable => "unavailable",
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
            Self::InvalidRequest => "InvalidRequest",
            Self::Unavailable => "Unavailable",
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
            Self::InvalidRequest => "The request carries more than one credential.",
            Self::Unavailable => "The credential could not be checked, or the call could not be recorded.",
        }
    }

    /// What the policy declares for it; none of one that is answered without a body where it is not declared.
    pub const fn declared(self, policy: &Policy) -> Option<&Denial> {
        match self {
            Self::Unauthenticated => Some(&policy.denials.unauthenticated),
            Self::InsufficientScope => Some(&policy.denials.insufficient_scope),
            Self::InsufficientUserAuthentication => Some(&policy.denials.insufficient_user_authentication),
            Self::ModeRefused => Some(&policy.denials.mode_refused),
            Self::Undecided => Some(&policy.denials.undecided),
            Self::InvalidRequest => Some(&policy.denials.invalid_request),
            Self::Unavailable => policy.denials.unavailable.as_ref(),
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
