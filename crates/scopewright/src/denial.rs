//! A denied call as a value: why, what was missing, and the answer the policy declares for it.

mod body;
mod challenge;

#[cfg(feature = "audit")]
use crate::audit::AuditUnavailable;
use crate::audit::{self, AuditEvent};
use crate::catalogue::{Catalogue, CompiledPolicy, DenialTemplate, GrantedForm, ScopeWords};
use crate::event::{DenialEvent, announce};
use crate::grant::Grant;
use crate::modes::ModeSet;
use scopewright_core::{
    Decision, Iter, ModeIndex, Operation, ScopeIndex, Verdict, contains, decide, decide_invalid_credential,
};
use std::fmt;

/// Why a call was denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DenialKind {
    /// 401: a credential is needed, and there is none or it is not valid.
    Unauthenticated,
    /// 403: the credential is valid and does not hold the scopes.
    InsufficientScope,
    /// 401: the credential is valid and its assurance is too low; one of a mode that upgrades its mode may get in.
    InsufficientUserAuthentication,
    /// 403: this kind of credential may never call the operation.
    ModeRefused,
    /// 403: nobody has decided who may call the operation.
    Undecided,
    /// 400: the request carries several credentials and none of them counts more than the others, or one of them twice
    /// (RFC 6750 section 3.1).
    InvalidRequest,
    /// 503: the credential could not be checked, because what checks it does not answer; or the call has to be written
    /// to an audit log and was not.
    Unavailable,
}

impl DenialKind {
    /// The name in events: `unauthenticated`, `insufficient_scope`, `insufficient_user_authentication`,
    /// `mode_refused`, `undecided`, `invalid_request`, `unavailable`.
    pub const fn as_str(self) -> &'static str {
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
}

/// What is known about the credential of a denied call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(feature = "_framework"), expect(dead_code, reason = "each framework integration makes them"))]
pub(crate) enum Sent {
    /// Nobody looked for one.
    NotLookedFor,
    /// None.
    Nothing,
    /// Several of these modes, or one of them twice.
    Several(ModeSet),
    /// One that is not valid, of one of these modes.
    Invalid(ModeSet),
    /// One of these modes that is not valid because it names so many scopes that the policy does not have.
    UnknownScopes(ModeSet, u32),
    /// One of these modes that could not be checked.
    Unchecked(ModeSet),
    /// A valid one of this mode.
    Valid(ModeIndex),
}

/// What came of looking for the credential of a denied call: beside the [`DenialKind`], which is what the caller is told,
/// the reason that an operator looks for. Holds nothing of the credential itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialFinding {
    /// No `AuthenticateLayer` (actix-web: `AuthenticateMiddleware`) is around the endpoint: a mistake of the service, by
    /// which everybody is denied.
    NotLookedFor,
    /// The request carries none.
    Absent,
    /// The request carries several, or one twice, and the policy does not say which one counts.
    Several,
    /// It is not valid: unknown, expired, revoked, malformed.
    Invalid,
    /// It is not valid because it names scopes that the policy does not have, and the policy denies such a one.
    UnknownScopes {
        /// How many.
        count: u32,
    },
    /// It could not be checked.
    Unchecked,
    /// It is valid.
    Valid,
    /// It is valid, and its user authenticated longer ago than the mode it came by allows (`max_age`): it counted as one
    /// of the mode that this one upgrades.
    AuthenticatedTooLongAgo,
}

impl CredentialFinding {
    /// The name in events: `not_looked_for`, `absent`, `several`, `invalid`, `unknown_scopes`, `unchecked`, `valid`,
    /// `authenticated_too_long_ago`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotLookedFor => "not_looked_for",
            Self::Absent => "absent",
            Self::Several => "several",
            Self::Invalid => "invalid",
            Self::UnknownScopes { .. } => "unknown_scopes",
            Self::Unchecked => "unchecked",
            Self::Valid => "valid",
            Self::AuthenticatedTooLongAgo => "authenticated_too_long_ago",
        }
    }
}

/// A denied call: everything its answer is made of.
///
/// Under the feature of a framework it is a response. Without a framework, [`status`](Self::status),
/// [`content_type`](Self::content_type), [`body`](Self::body) and [`challenges`](Self::challenges) are the answer.
///
/// ```
/// # scopewright::doc_example!();
/// use scopes::{AuthMode, Scope};
/// use scopewright::require::{Is, Require};
/// use scopewright::{Denial, Grant};
///
/// const OPERATION: &scopewright::Operation<'static> = &Is::<{ Scope::WriteCameras as u16 }>::OPERATION;
/// let grant = Grant::<Scope>::from_scopes(AuthMode::ApiKey, ["read:cameras"]);
/// let denial = Denial::check(OPERATION, Some(&grant), "POST", "/cameras").unwrap_err();
/// assert_eq!(denial.status(), 403);
/// assert_eq!(
///     denial.body(),
///     r#"{"detail":"insufficient_scope","required":"write:cameras","granted":["read:cameras"]}"#,
/// );
/// ```
pub struct Denial(Box<Denied>);

struct Denied {
    policy: &'static CompiledPolicy,
    kind: DenialKind,
    operation: &'static Operation<'static>,
    sent: Sent,
    raw: Box<[u64]>,
    closure: Box<[u64]>,
    is_aged: bool,
    method: Box<str>,
    route: Box<str>,
    /// Of alternatives, challenges name the nearest one alone.
    one_challenge: bool,
}

impl Denial {
    /// Asks [`decide`](scopewright_core::decide) whether a caller may run an operation. `None` is a caller without a
    /// credential; a grant whose names make the credential none (`unknown_scopes = "deny"`) is one that is not valid.
    /// `route` is the route's pattern, not the request's own path.
    ///
    /// An allowed call that an audited scope lets in has to be written down before it is made, which takes time: here it is
    /// denied as unavailable. `check_and_record`, which comes with the feature `audit`, waits for the hook.
    ///
    /// # Errors
    /// The denial, already announced as an event.
    pub fn check<C: Catalogue>(
        operation: &'static Operation<'static>,
        grant: Option<&Grant<C>>,
        method: &str,
        route: &str,
    ) -> Result<(), Self> {
        match Self::decided(operation, grant, method, route)?.zip(grant) {
            None => Ok(()),
            Some((event, grant)) => Err(Self::unrecorded(operation, grant, &event).announced()),
        }
    }

    /// The same, and an allowed call that an audited scope lets in is given to the hook of
    /// [`on_audit`](crate::on_audit), and waits for it.
    ///
    /// # Errors
    /// The denial, already announced as an event.
    #[cfg(feature = "audit")]
    pub async fn check_and_record<C: Catalogue>(
        operation: &'static Operation<'static>,
        grant: Option<&Grant<C>>,
        method: &str,
        route: &str,
    ) -> Result<(), Self> {
        let Some((event, grant)) = Self::decided(operation, grant, method, route)?.zip(grant) else {
            return Ok(());
        };
        let unavailable = Self::unrecorded(operation, grant, &event);
        audit::record(event).await.map_err(|AuditUnavailable| unavailable.announced())
    }

    /// Decides, and says what is to be written down of an allowed call.
    fn decided<C: Catalogue>(
        operation: &'static Operation<'static>,
        grant: Option<&Grant<C>>,
        method: &str,
        route: &str,
    ) -> Result<Option<AuditEvent>, Self> {
        let (verdict, sent, grant) = match grant {
            None => (decide(operation, None), Sent::Nothing, None),
            Some(grant) if grant.is_valid() => {
                (decide(operation, Some(grant.caller())), Sent::Valid(grant.mode_index()), Some(grant))
            }
            Some(not_valid) => {
                let modes = ModeSet::of(not_valid.mode_index());
                (decide_invalid_credential(operation), Sent::Invalid(modes), None)
            }
        };
        match kind_of(verdict) {
            None => Ok(grant.and_then(|grant| audit::to_record(operation, grant, || (method, route.into())))),
            Some(kind) => Err(Self::new(kind, operation, sent, grant, method, route).announced()),
        }
    }

    /// The denial of an allowed call that was not written down, not announced yet.
    pub(crate) fn unrecorded<C: Catalogue>(
        operation: &'static Operation<'static>,
        grant: &Grant<C>,
        event: &AuditEvent,
    ) -> Self {
        let sent = Sent::Valid(grant.mode_index());
        Self::new(DenialKind::Unavailable, operation, sent, Some(grant), event.method(), event.route())
    }

    /// A denial nobody was told about yet.
    #[cold]
    pub(crate) fn new<C: Catalogue>(
        kind: DenialKind,
        operation: &'static Operation<'static>,
        sent: Sent,
        grant: Option<&Grant<C>>,
        method: &str,
        route: &str,
    ) -> Self {
        let words = |set: fn(&Grant<C>) -> &C::Set| grant.map(|grant| set(grant).words().into());
        Self(Box::new(Denied {
            policy: C::policy(),
            kind,
            operation,
            sent,
            raw: words(Grant::raw_set).unwrap_or_default(),
            closure: words(Grant::closure_set).unwrap_or_default(),
            is_aged: grant.is_some_and(Grant::is_aged),
            method: method.into(),
            route: route.into(),
            one_challenge: false,
        }))
    }

    /// The denial, after everybody who watches was told.
    pub(crate) fn announced(self) -> Self {
        self.announce();
        self
    }

    pub(crate) fn announce(&self) {
        announce(&self.event());
    }

    /// The same, with one challenge for each mode.
    #[cfg(feature = "mcp")]
    pub(crate) fn in_one_challenge(mut self) -> Self {
        self.0.one_challenge = true;
        self
    }

    /// Why.
    pub const fn kind(&self) -> DenialKind {
        self.0.kind
    }

    /// The HTTP status the policy declares for this kind.
    pub fn status(&self) -> u16 {
        self.template().map_or(503, |template| template.status)
    }

    /// The media type of the body.
    pub fn content_type(&self) -> &'static str {
        self.template().map_or("application/json", |template| template.content_type)
    }

    /// The declared body, its holes filled; empty if none is declared.
    pub fn body(&self) -> String {
        self.template().map_or_else(String::new, |template| body::render(self, template))
    }

    /// The values of `WWW-Authenticate`, one for each way to authenticate: RFC 6750 section 3 for bearer modes,
    /// nothing for API keys.
    pub fn challenges(&self) -> Vec<String> {
        challenge::challenges(self)
    }

    /// The headers of the answer, with the body it has.
    #[cfg(feature = "_framework")]
    pub(crate) fn headers(&self, body: &str) -> impl Iterator<Item = (&'static str, String)> + use<> {
        let content_type = (!body.is_empty()).then(|| ("content-type", self.content_type().to_owned()));
        // It depends on the credential and on what the caller holds now. Of itself 403 is cached by nobody (RFC 9110 section
        // 15.1), but a cache may be told to, and the policy may declare a status that is (404).
        let cache_control = ("cache-control", "no-store".to_owned());
        let challenges = self.challenges().into_iter().map(|challenge| ("www-authenticate", challenge));
        content_type.into_iter().chain([cache_control]).chain(challenges)
    }

    /// The request's method.
    pub fn method(&self) -> &str {
        &self.0.method
    }

    /// The route's pattern; empty if the framework did not say.
    pub fn route(&self) -> &str {
        &self.0.route
    }

    /// The auth mode of the credential that was sent, if it was a valid one.
    pub fn mode(&self) -> Option<&'static str> {
        match self.0.sent {
            Sent::Valid(mode) => Some(self.0.policy.mode(mode)?.name),
            _ => None,
        }
    }

    /// What came of looking for the credential. For the service's own eyes.
    pub const fn credential(&self) -> CredentialFinding {
        match self.0.sent {
            Sent::NotLookedFor => CredentialFinding::NotLookedFor,
            Sent::Nothing => CredentialFinding::Absent,
            Sent::Several(_) => CredentialFinding::Several,
            Sent::Invalid(_) => CredentialFinding::Invalid,
            Sent::UnknownScopes(_, count) => CredentialFinding::UnknownScopes { count },
            Sent::Unchecked(_) => CredentialFinding::Unchecked,
            Sent::Valid(_) if self.0.is_aged => CredentialFinding::AuthenticatedTooLongAgo,
            Sent::Valid(_) => CredentialFinding::Valid,
        }
    }

    /// The auth modes of what was sent, in the order of the policy: of several credentials those of all, of one that is not
    /// valid those it could be of. Empty without a credential.
    pub fn credential_modes(&self) -> Vec<&'static str> {
        let name = |mode| self.0.policy.mode(mode).map(|row| row.name);
        match self.0.sent {
            Sent::NotLookedFor | Sent::Nothing => Vec::new(),
            Sent::Valid(mode) => name(mode).into_iter().collect(),
            Sent::Several(modes)
            | Sent::Invalid(modes)
            | Sent::UnknownScopes(modes, _)
            | Sent::Unchecked(modes) => modes.iter().filter_map(name).collect(),
        }
    }

    /// The mode of the credential that was sent, if it was a valid one.
    pub(crate) const fn sent_mode(&self) -> Option<ModeIndex> {
        match self.0.sent {
            Sent::Valid(mode) => Some(mode),
            _ => None,
        }
    }

    /// What the operation asks of this caller: any of the alternatives, all scopes of it. Empty if scopes are not
    /// what it asks for. For the service's own eyes: the policy may say that it is not to be disclosed.
    pub fn required(&self) -> Vec<Vec<&'static str>> {
        let name = |scope: &ScopeIndex| self.0.policy.scope_name(*scope);
        self.alternatives().iter().map(|all_of| all_of.iter().map(name).collect()).collect()
    }

    /// What is missing for the alternative that is nearest to what the caller holds, sorted.
    pub fn missing(&self) -> Vec<&'static str> {
        let Some(Decision::Scoped(requirement)) = self.decision() else { return Vec::new() };
        let nearest = requirement.cheapest_alternative(&self.0.closure);
        self.sorted_names(nearest.iter().copied().filter(|scope| !contains(&self.0.closure, *scope)))
    }

    /// The scopes the caller holds, sorted, in the form the policy declares for this kind of denial.
    pub fn granted(&self) -> Vec<&'static str> {
        let form = self.template().map_or(GrantedForm::Raw, |template| template.granted);
        self.sorted_names(Iter::over(match form {
            GrantedForm::Raw => &self.0.raw,
            GrantedForm::Closure => &self.0.closure,
        }))
    }

    fn sorted_names(&self, scopes: impl Iterator<Item = ScopeIndex>) -> Vec<&'static str> {
        let mut names: Vec<_> = scopes.map(|scope| self.0.policy.scope_name(scope)).collect();
        names.sort_unstable();
        names
    }

    fn alternatives(&self) -> &'static [&'static [ScopeIndex]] {
        match self.decision() {
            Some(Decision::Scoped(requirement)) => requirement.alternatives(),
            _ => &[],
        }
    }

    /// The decision the caller ran into: of the mode it came by, or, for a caller without a valid credential, the
    /// first one that asks for something it could bring.
    fn decision(&self) -> Option<Decision<'static>> {
        let operation = self.0.operation;
        if let Sent::Valid(mode) = self.0.sent {
            return Some(self.0.policy.decision_for(operation, mode));
        }
        let mut all = operation.by_mode.iter().map(|entry| entry.decision).chain([operation.otherwise]);
        all.find(|decision| matches!(decision, Decision::Scoped(_) | Decision::Authenticated))
    }

    fn template(&self) -> Option<&'static DenialTemplate> {
        let denials = &self.0.policy.denials;
        Some(match self.0.kind {
            DenialKind::Unauthenticated => &denials.unauthenticated,
            DenialKind::InsufficientScope => &denials.insufficient_scope,
            DenialKind::InsufficientUserAuthentication => &denials.insufficient_user_authentication,
            DenialKind::ModeRefused => &denials.mode_refused,
            DenialKind::Undecided => &denials.undecided,
            DenialKind::InvalidRequest => &denials.invalid_request,
            DenialKind::Unavailable => return denials.unavailable.as_ref(),
        })
    }

    fn event(&self) -> DenialEvent<'_> {
        DenialEvent { denial: self }
    }
}

/// The kind of denial a verdict is, none if it is not one.
pub(crate) const fn kind_of(verdict: Verdict) -> Option<DenialKind> {
    match verdict {
        Verdict::Allowed => None,
        Verdict::Unauthenticated => Some(DenialKind::Unauthenticated),
        Verdict::InsufficientScope => Some(DenialKind::InsufficientScope),
        Verdict::InsufficientUserAuthentication => Some(DenialKind::InsufficientUserAuthentication),
        Verdict::ModeRefused => Some(DenialKind::ModeRefused),
        Verdict::Undecided => Some(DenialKind::Undecided),
    }
}

impl fmt::Debug for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Denial")
            .field("kind", &self.kind())
            .field("method", &self.method())
            .field("route", &self.route())
            .field("mode", &self.mode())
            .field("credential", &self.credential())
            .field("credential_modes", &self.credential_modes())
            .field("missing", &self.missing())
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} is denied: {}", self.method(), self.route(), self.kind().as_str())?;
        match self.credential() {
            CredentialFinding::Absent | CredentialFinding::Valid => Ok(()),
            CredentialFinding::UnknownScopes { count } => write!(f, " (unknown_scopes: {count})"),
            finding => write!(f, " ({})", finding.as_str()),
        }
    }
}

impl std::error::Error for Denial {}
