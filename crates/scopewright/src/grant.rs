//! What an authenticated caller holds.

use crate::catalogue::{Catalogue, ClaimFormat, ScopeWords, status_of};
use scopewright_core::{Caller, Iter, ModeIndex, ScopeEnforcement, UnknownNames};
use std::fmt;
use std::num::NonZeroU64;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// What an authenticated caller holds: scopes as granted, everything they imply, and how the caller came.
///
/// Made once per request (or kept in a cache and cloned) by an `axum::Authenticate`, or by a
/// service's own middleware, and put into the request's extensions. Handlers take it as an extractor.
///
/// ```
/// # scopewright::doc_example!();
/// use scopes::{AuthMode, Scope};
/// let grant = scopewright::Grant::<Scope>::from_scopes(AuthMode::ApiKey, ["write:cameras", "fly:drones"])
///     .with_subject("app-7");
/// assert!(grant.holds(Scope::WriteCameras));
/// assert!(grant.holds(Scope::ReadCameras), "writing implies reading in this policy");
/// assert_eq!(grant.raw().collect::<Vec<_>>(), [Scope::WriteCameras]);
/// assert_eq!(grant.unknown_scopes(), 1);
/// ```
#[derive(Clone)]
pub struct Grant<C: Catalogue> {
    raw: C::Set,
    closure: C::Set,
    mode: ModeIndex,
    base: Option<ModeIndex>,
    enforcement: ScopeEnforcement,
    /// Whether the credential is one: of a mode that a caller can be of, and not denied for what it names. Kept, because
    /// every guard asks.
    is_valid: bool,
    unknown: u32,
    assurance: Option<Arc<str>>,
    subject: Option<Arc<str>>,
    /// When the user authenticated, in seconds since 1970-01-01T00:00Z; at the earliest in its first second.
    auth_time: Option<NonZeroU64>,
    is_aged: bool,
}

impl<C: Catalogue> Grant<C> {
    /// A grant with no scopes: a valid credential and nothing else.
    #[inline]
    pub fn new(mode: C::Mode) -> Self {
        let mode = C::mode_index(mode);
        // A mode that the policy does not have can't come from the generated enum; no caller is of it.
        let (enforcement, base, is_valid) = C::policy()
            .mode(mode)
            .map_or((ScopeEnforcement::Enforced, None, false), |row| (row.enforcement, row.base, row.alone));
        Self {
            raw: C::Set::default(),
            closure: C::Set::default(),
            mode,
            base,
            enforcement,
            is_valid,
            unknown: 0,
            assurance: None,
            subject: None,
            auth_time: None,
            is_aged: false,
        }
    }

    /// A grant of these scopes. One that can't be granted (planned, under review, removed) grants nothing and is counted,
    /// as its name is by [`from_scopes`](Self::from_scopes).
    pub fn of(mode: C::Mode, scopes: impl IntoIterator<Item = C>) -> Self {
        let mut grant = Self::new(mode);
        for scope in scopes {
            grant.insert(status_of(scope).is_live().then(|| scope.index()));
        }
        grant
    }

    /// A grant of the scopes with these names. A name the policy does not have, or of a scope that can't be granted
    /// (planned, under review, removed), grants nothing and is counted: see [`unknown_scopes`](Self::unknown_scopes)
    /// and [`refuse_unknown`](Self::refuse_unknown).
    pub fn from_scopes(mode: C::Mode, names: impl IntoIterator<Item: AsRef<str>>) -> Self {
        let mut grant = Self::new(mode);
        let table = &C::policy().names;
        for name in names {
            grant.insert(table.find(name.as_ref()));
        }
        grant
    }

    /// A grant of the scopes in a token's claim (`scope`, `scp`), read as the policy's `claim_format` for the mode
    /// says: names between blanks (RFC 6749 section 3.3) or commas. Allocates nothing. Unknown names are counted as
    /// by [`from_scopes`](Self::from_scopes).
    ///
    /// # Errors
    /// If the policy says that this mode's claim is an array: a text is not what was agreed, and
    /// [`from_scopes`](Self::from_scopes) takes the array's elements.
    ///
    /// ```
    /// # scopewright::doc_example!();
    /// use scopes::{AuthMode, Scope};
    /// let grant = scopewright::Grant::<Scope>::from_claim(AuthMode::Operator, "read:cameras write:cameras")?;
    /// assert!(grant.holds(Scope::WriteCameras));
    /// # Ok::<(), scopewright::UnexpectedClaim>(())
    /// ```
    pub fn from_claim(mode: C::Mode, claim: &str) -> Result<Self, UnexpectedClaim> {
        let format = claim_format::<C>(mode);
        let mut grant = Self::new(mode);
        let names = &C::policy().names;
        match format {
            ClaimFormat::SpaceSeparated => names.scan::<false>(claim, |scope| grant.insert(scope)),
            ClaimFormat::CommaSeparated => names.scan::<true>(claim, |scope| grant.insert(scope)),
            ClaimFormat::Array => return Err(UnexpectedClaim { expected: ClaimFormat::Array }),
        }
        Ok(grant)
    }

    #[inline]
    fn insert(&mut self, scope: Option<scopewright_core::ScopeIndex>) {
        if let Some((scope, closure)) =
            scope.and_then(|scope| Some((scope, C::CLOSURES.get(usize::from(scope.0))?)))
        {
            self.raw.insert(scope);
            self.closure.insert_all(closure);
        } else {
            self.unknown = self.unknown.saturating_add(1);
            let rule = C::policy().mode(self.mode).map_or(UnknownNames::Deny, |row| row.unknown_scopes);
            self.is_valid &= !rule.refuses(self.enforcement, self.unknown);
        }
    }

    /// Says who the caller is: an app, a user. Never the credential itself.
    #[must_use]
    pub fn with_subject(mut self, subject: impl Into<Arc<str>>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Says what is known of the credential beyond validity, instead of what the policy says of its mode.
    #[must_use]
    pub fn with_assurance(mut self, assurance: impl Into<Arc<str>>) -> Self {
        self.assurance = Some(assurance.into());
        self
    }

    /// Says when the user authenticated, in seconds since 1970-01-01T00:00Z: the claim `auth_time` (`OpenID` Connect Core
    /// section 2, RFC 9470 section 6).
    ///
    /// Where the policy says `max_age` of the grant's mode and the time is further from now than that, the grant is one of
    /// the mode that this one upgrades: it may do what a credential with less assurance may, and where that is not enough
    /// the caller is answered `insufficient_user_authentication` (RFC 9470 section 3). The layer that authenticates looks
    /// again for each request, so that a grant out of a cache ages as well. A time in the future is as doubtful as one in
    /// the past. A grant without a time is of the mode it says.
    ///
    /// ```
    /// # scopewright::doc_example!();
    /// use scopes::{AuthMode, Scope};
    /// let claims_auth_time = 1_760_000_000;
    /// let grant = scopewright::Grant::<Scope>::from_scopes(AuthMode::Operator, ["read:cameras"])
    ///     .with_auth_time(claims_auth_time);
    /// # assert!(grant.holds(Scope::ReadCameras));
    /// ```
    #[must_use]
    pub fn with_auth_time(mut self, seconds: u64) -> Self {
        self.auth_time = NonZeroU64::new(seconds).or(Some(NonZeroU64::MIN));
        self.aged()
    }

    /// The grant at this moment: of a lesser mode if its user authenticated too long ago for its own.
    #[inline]
    pub(crate) fn aged(mut self) -> Self {
        // By value, so that a grant that does not age stays out of memory.
        if let Some(auth_time) = self.auth_time
            && let Some(base) = self.base
            && is_too_old::<C>(self.mode, auth_time.get())
        {
            self.mode = base;
            self.base = None;
            self.is_aged = true;
        }
        self
    }

    /// Whether it is of a lesser mode than its credential because its user authenticated too long ago.
    pub(crate) const fn is_aged(&self) -> bool {
        self.is_aged
    }

    /// The grant, or an error if a name was not known: for services that would rather refuse a key than ignore a
    /// part of what it says.
    pub fn refuse_unknown(self) -> Result<Self, UnknownScopes> {
        if self.unknown == 0 { Ok(self) } else { Err(UnknownScopes { count: self.unknown }) }
    }

    /// Whether the caller holds a scope, directly or because another one implies it.
    ///
    /// For needs that a table can't state (`may_require`). Endpoints are decided by their attributes.
    pub fn holds(&self, scope: C) -> bool {
        scopewright_core::contains(self.closure.words(), scope.index())
    }

    /// The scopes as granted, in the order of the policy.
    pub fn raw(&self) -> impl Iterator<Item = C> + '_ {
        scopes_of(&self.raw)
    }

    /// The scopes as granted and everything they imply, in the order of the policy.
    pub fn closure(&self) -> impl Iterator<Item = C> + '_ {
        scopes_of(&self.closure)
    }

    /// The set of scopes as granted.
    pub const fn raw_set(&self) -> &C::Set {
        &self.raw
    }

    /// The set of scopes as granted and everything they imply.
    pub const fn closure_set(&self) -> &C::Set {
        &self.closure
    }

    /// The mode the credential came by.
    pub fn mode(&self) -> Option<C::Mode> {
        C::MODES.get(usize::from(self.mode.0)).copied()
    }

    pub(crate) const fn mode_index(&self) -> ModeIndex {
        self.mode
    }

    /// What is known of the credential beyond validity.
    pub fn assurance(&self) -> Option<&str> {
        self.assurance.as_deref().or_else(|| C::policy().mode(self.mode)?.assurance)
    }

    /// Who the caller is, if the authenticator said.
    pub fn subject(&self) -> Option<&str> {
        self.subject.as_deref()
    }

    pub(crate) fn shared_subject(&self) -> Option<Arc<str>> {
        self.subject.clone()
    }

    /// How many names of the credential's scopes the policy does not know.
    pub const fn unknown_scopes(&self) -> u32 {
        self.unknown
    }

    /// The caller as the decision function sees it.
    #[inline]
    pub fn caller(&self) -> Caller<'_> {
        Caller {
            mode: self.mode,
            base: self.base,
            upgrades: C::policy().mode(self.mode).map_or(&[], |row| row.upgrades),
            enforcement: self.enforcement,
            closure: self.closure.words(),
        }
    }

    /// Whether the credential is a valid one: not one of a mode that is only a part of another one, and not one that names
    /// scopes which the policy does not have, where the policy says that such a one is none.
    #[inline]
    pub(crate) const fn is_valid(&self) -> bool {
        self.is_valid
    }
}

fn scopes_of<C: Catalogue>(set: &C::Set) -> impl Iterator<Item = C> + '_ {
    Iter::over(set.words()).filter_map(|scope| C::SCOPES.get(usize::from(scope.0)).copied())
}

/// Whether a user who authenticated then did so longer ago than the policy allows for a mode.
#[inline(never)]
fn is_too_old<C: Catalogue>(mode: ModeIndex, auth_time: u64) -> bool {
    // A clock from before 1970 knows nothing of now.
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_secs());
    let max_age = C::policy().mode(mode).and_then(|row| row.max_age);
    max_age.is_some_and(|max_age| now().abs_diff(auth_time) > u64::from(max_age))
}

fn claim_format<C: Catalogue>(mode: C::Mode) -> ClaimFormat {
    C::policy().mode(C::mode_index(mode)).map_or(ClaimFormat::SpaceSeparated, |row| row.claim_format)
}

impl<C: Catalogue> fmt::Debug for Grant<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grant")
            .field("mode", &self.mode())
            .field("raw", &self.raw().collect::<Vec<_>>())
            .field("unknown", &self.unknown)
            .field("assurance", &self.assurance())
            .field("subject", &self.subject())
            .finish_non_exhaustive()
    }
}

/// A credential names scopes that the policy does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownScopes {
    /// How many.
    pub count: u32,
}

impl fmt::Display for UnknownScopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the credential names {} scopes that the policy does not have", self.count)
    }
}

impl std::error::Error for UnknownScopes {}

/// A claim does not have the form the policy declares for its mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnexpectedClaim {
    /// The form the policy declares.
    pub expected: ClaimFormat,
}

impl fmt::Display for UnexpectedClaim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.expected {
            ClaimFormat::SpaceSeparated => {
                "the policy expects a text with names between blanks in this claim"
            }
            ClaimFormat::CommaSeparated => {
                "the policy expects a text with names between commas in this claim"
            }
            ClaimFormat::Array => "the policy expects an array of names in this claim",
        })
    }
}

impl std::error::Error for UnexpectedClaim {}
