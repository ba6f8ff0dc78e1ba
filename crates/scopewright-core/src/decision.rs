//! What an operation asks for, what a caller brings, and the one function that compares them.

use crate::{ScopeIndex, contains};

/// The position of an auth mode in its policy, counted from 0 in the order of the policy file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModeIndex(pub u8);

/// Which scopes are needed: any one of the alternatives, and of that alternative all scopes.
///
/// INVARIANT: has at least one alternative and no empty alternative. "Nothing needed" has no spelling here; it is
/// [`Decision::Authenticated`] or [`Decision::Public`], which a person has to write. The fields are private and
/// [`Requirement::new`] panics on a violation (at compile time in generated code), so the invariant holds.
///
/// ```
/// use scopewright_core::{Requirement, ScopeIndex};
/// const READ: &[&[ScopeIndex]] = &[&[ScopeIndex(0)], &[ScopeIndex(1), ScopeIndex(2)]];
/// const REQUIREMENT: Requirement = Requirement::new(READ);
/// assert!(REQUIREMENT.is_met_by(&[0b110]));
/// assert!(!REQUIREMENT.is_met_by(&[0b100]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Requirement<'a> {
    any_of: &'a [&'a [ScopeIndex]],
}

impl<'a> Requirement<'a> {
    /// A requirement from its alternatives.
    ///
    /// # Panics
    /// If there is no alternative or one of them is empty.
    #[expect(clippy::indexing_slicing, reason = "the loop compares the index with the length")]
    pub const fn new(any_of: &'a [&'a [ScopeIndex]]) -> Self {
        assert!(!any_of.is_empty(), "a requirement needs at least one alternative");
        let mut at = 0;
        while at < any_of.len() {
            assert!(!any_of[at].is_empty(), "an alternative of a requirement needs at least one scope");
            at += 1;
        }
        Self { any_of }
    }

    /// The alternatives, each a list of scopes that are all needed.
    #[inline]
    pub const fn alternatives(&self) -> &'a [&'a [ScopeIndex]] {
        self.any_of
    }

    /// Whether the scopes in `closure` (a set's words, implications already followed) meet the requirement.
    #[inline]
    pub fn is_met_by(&self, closure: &[u64]) -> bool {
        self.any_of.iter().any(|all_of| all_of.iter().all(|scope| contains(closure, *scope)))
    }

    /// The alternative of which the fewest scopes are missing (the first of equals), the one a denial names.
    pub fn cheapest_alternative(&self, closure: &[u64]) -> &'a [ScopeIndex] {
        let missing =
            |all_of: &[ScopeIndex]| all_of.iter().filter(|scope| !contains(closure, **scope)).count();
        self.any_of.iter().copied().min_by_key(|all_of| missing(all_of)).unwrap_or_default()
    }
}

/// What one auth mode must bring to one operation. Exactly one of these holds for every (operation, mode) pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision<'a> {
    /// A valid credential whose scopes meet the requirement.
    Scoped(Requirement<'a>),
    /// A valid credential; its scopes do not matter.
    Authenticated,
    /// No credential needed. A person wrote down why.
    Public,
    /// No credential needed, but one that is sent must be valid.
    OptionalAuth,
    /// This mode may never call the operation.
    Refused,
    /// Not decided yet: denied for everybody until it is.
    Deferred,
}

/// The decision for one auth mode of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ModeDecision<'a> {
    /// The mode this is about.
    pub mode: ModeIndex,
    /// What the mode must bring.
    pub decision: Decision<'a>,
}

/// The decisions of one operation for all auth modes.
///
/// ```
/// use scopewright_core::{Decision, ModeDecision, ModeIndex, Operation};
/// let operators_only = Operation {
///     by_mode: &[ModeDecision { mode: ModeIndex(1), decision: Decision::Authenticated }],
///     otherwise: Decision::Refused,
/// };
/// assert_eq!(operators_only.for_mode(ModeIndex(0), None), Decision::Refused);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Operation<'a> {
    /// Modes with a decision of their own.
    pub by_mode: &'a [ModeDecision<'a>],
    /// What holds for every other mode, and for a caller without a credential.
    pub otherwise: Decision<'a>,
}

impl<'a> Operation<'a> {
    /// The same decision for every mode.
    pub const fn uniform(decision: Decision<'a>) -> Self {
        Self { by_mode: &[], otherwise: decision }
    }

    /// The decision for one mode: its own; else that of `base`, the mode it upgrades, because a credential with more
    /// assurance may do all that one with less may; else what holds for every other mode.
    ///
    /// ```
    /// use scopewright_core::{Decision, ModeDecision, ModeIndex, Operation};
    /// const JWT: ModeIndex = ModeIndex(1);
    /// const VERIFIED_JWT: ModeIndex = ModeIndex(2);
    /// let people_only = Operation {
    ///     by_mode: &[ModeDecision { mode: JWT, decision: Decision::Authenticated }],
    ///     otherwise: Decision::Refused,
    /// };
    /// assert_eq!(people_only.for_mode(VERIFIED_JWT, Some(JWT)), Decision::Authenticated);
    /// ```
    #[inline]
    pub fn for_mode(&self, mode: ModeIndex, base: Option<ModeIndex>) -> Decision<'a> {
        let own = |wanted| self.by_mode.iter().find(|entry| entry.mode == wanted);
        own(mode).or_else(|| base.and_then(own)).map_or(self.otherwise, |entry| entry.decision)
    }

    /// Whether a credential of one of these modes may get in where one of the mode they upgrade may not.
    fn admits_any(&self, upgrades: &[ModeIndex]) -> bool {
        upgrades.iter().any(|mode| {
            let own = self.by_mode.iter().find(|entry| entry.mode == *mode);
            own.is_some_and(|entry| !matches!(entry.decision, Decision::Refused | Decision::Deferred))
        })
    }
}

/// Whether a mode's credentials carry scopes that are checked. The policy must say so for every mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScopeEnforcement {
    /// The scopes of a credential decide.
    Enforced,
    /// Another system decides (operators checked by role, say): a valid credential meets any scope requirement.
    Skipped,
}

/// What becomes of a credential that names scopes the policy does not have. The policy must say so for every mode whose
/// scopes are enforced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnknownNames {
    /// It is no valid credential.
    Deny,
    /// The names grant nothing and are counted.
    Ignore,
}

impl UnknownNames {
    /// Whether a credential with so many names that grant nothing is no valid one. Where scopes are skipped nobody looks
    /// at them.
    ///
    /// ```
    /// use scopewright_core::{ScopeEnforcement, UnknownNames};
    /// assert!(UnknownNames::Deny.refuses(ScopeEnforcement::Enforced, 1));
    /// assert!(!UnknownNames::Deny.refuses(ScopeEnforcement::Skipped, 1));
    /// assert!(!UnknownNames::Ignore.refuses(ScopeEnforcement::Enforced, 1));
    /// ```
    #[inline]
    pub const fn refuses(self, enforcement: ScopeEnforcement, unknown: u32) -> bool {
        unknown > 0 && matches!(enforcement, ScopeEnforcement::Enforced) && matches!(self, Self::Deny)
    }
}

/// What is known about an authenticated caller.
#[derive(Debug, Clone, Copy)]
pub struct Caller<'a> {
    /// The mode the credential came by.
    pub mode: ModeIndex,
    /// The mode that this one upgrades: the same kind of credential with less assurance.
    pub base: Option<ModeIndex>,
    /// The modes that upgrade this one.
    pub upgrades: &'a [ModeIndex],
    /// Whether that mode's scopes are checked.
    pub enforcement: ScopeEnforcement,
    /// The words of the granted scopes' closure.
    pub closure: &'a [u64],
}

/// The answer of [`decide`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Let the request through.
    Allowed,
    /// 401: a credential is needed and there is none.
    Unauthenticated,
    /// 403: the credential is valid and does not hold the scopes.
    InsufficientScope,
    /// 401: the credential is valid and its assurance is too low; one of a mode that upgrades its mode may get in
    /// (RFC 9470).
    InsufficientUserAuthentication,
    /// 403: this kind of credential may never call the operation.
    ModeRefused,
    /// 403: nobody has decided who may call the operation.
    Undecided,
}

impl Verdict {
    /// The name of the denial in events and machine forms; none where the request is let through.
    ///
    /// ```
    /// use scopewright_core::Verdict;
    /// assert_eq!(Verdict::InsufficientScope.denial(), Some("insufficient_scope"));
    /// assert_eq!(Verdict::Allowed.denial(), None);
    /// ```
    pub const fn denial(self) -> Option<&'static str> {
        match self {
            Self::Allowed => None,
            Self::Unauthenticated => Some("unauthenticated"),
            Self::InsufficientScope => Some("insufficient_scope"),
            Self::InsufficientUserAuthentication => Some("insufficient_user_authentication"),
            Self::ModeRefused => Some("mode_refused"),
            Self::Undecided => Some("undecided"),
        }
    }
}

/// Decides whether a caller may run an operation. `None` is a caller without a credential; a credential that was
/// sent and is not valid never gets this far.
///
/// ```
/// use scopewright_core::{decide, Decision, Operation, Verdict};
/// assert_eq!(decide(&Operation::uniform(Decision::Public), None), Verdict::Allowed);
/// assert_eq!(decide(&Operation::uniform(Decision::Authenticated), None), Verdict::Unauthenticated);
/// assert_eq!(decide(&Operation::uniform(Decision::Deferred), None), Verdict::Undecided);
/// ```
#[expect(
    clippy::inline_always,
    reason = "with the operation of a guard's type, a constant, it is a handful of instructions; as a call it is many times that"
)]
#[inline(always)]
pub fn decide(operation: &Operation<'_>, caller: Option<Caller<'_>>) -> Verdict {
    let Some(caller) = caller else { return decide_without_credential(operation) };
    match operation.for_mode(caller.mode, caller.base) {
        Decision::Scoped(requirement) => match caller.enforcement {
            ScopeEnforcement::Skipped => Verdict::Allowed,
            ScopeEnforcement::Enforced if requirement.is_met_by(caller.closure) => Verdict::Allowed,
            ScopeEnforcement::Enforced => Verdict::InsufficientScope,
        },
        Decision::Authenticated | Decision::Public | Decision::OptionalAuth => Verdict::Allowed,
        Decision::Refused if operation.admits_any(caller.upgrades) => Verdict::InsufficientUserAuthentication,
        Decision::Refused => Verdict::ModeRefused,
        Decision::Deferred => Verdict::Undecided,
    }
}

/// Decides about a caller whose credential was sent and is not valid. [`Decision::Public`] does not look at
/// credentials; everything else, [`Decision::OptionalAuth`] included, answers 401.
///
/// ```
/// use scopewright_core::{decide_invalid_credential, Decision, Operation, Verdict};
/// let decided = |decision| decide_invalid_credential(&Operation::uniform(decision));
/// assert_eq!(decided(Decision::Public), Verdict::Allowed);
/// assert_eq!(decided(Decision::OptionalAuth), Verdict::Unauthenticated);
/// ```
pub fn decide_invalid_credential(operation: &Operation<'_>) -> Verdict {
    decide_without_caller(operation, |decision| decision == Decision::Public)
}

fn decide_without_credential(operation: &Operation<'_>) -> Verdict {
    decide_without_caller(operation, |decision| matches!(decision, Decision::Public | Decision::OptionalAuth))
}

fn decide_without_caller(operation: &Operation<'_>, is_open: impl Fn(Decision<'_>) -> bool) -> Verdict {
    let every = || operation.by_mode.iter().map(|entry| entry.decision).chain([operation.otherwise]);
    if every().any(is_open) {
        Verdict::Allowed
    } else if every().all(|decision| decision == Decision::Deferred) {
        Verdict::Undecided
    } else {
        Verdict::Unauthenticated
    }
}
