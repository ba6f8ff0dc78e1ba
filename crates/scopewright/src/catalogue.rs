//! What generated code says about a policy: the trait its `Scope` implements and the tables behind it.
//!
//! Everything here is filled in by `scopewright-build`. A service reads it through [`Catalogue`]; it never writes it.

use crate::modes::ModeSet;
use crate::resource::ResourceMetadata;
use scopewright_core::{
    Decision, ModeIndex, NameTable, Operation, Placeholder, Requirement, RouteKind, ScopeEnforcement,
    ScopeIndex, ScopeSet, Status, UnknownNames,
};
use std::fmt::Debug;
use std::hash::Hash;

/// The scopes of one policy. Implemented by the generated `Scope` and by nothing else.
pub trait Catalogue: Copy + Eq + Debug + Send + Sync + 'static {
    /// A set of these scopes, as many words as the policy needs.
    type Set: ScopeWords;
    /// The generated `AuthMode`.
    type Mode: Copy + Eq + Debug + Send + Sync + 'static;
    /// The generated `PublicReason`.
    type Reason: PublicReason<Catalogue = Self>;

    /// Every scope, in the order of the policy.
    const SCOPES: &'static [Self];
    /// Every mode, in the order of the policy.
    const MODES: &'static [Self::Mode];
    /// What each scope implies directly.
    const IMPLIES: &'static [&'static [Self]];
    /// What each scope gives, itself included: the closure of `implies`, computed at build time.
    const CLOSURES: &'static [Self::Set];

    /// The policy's tables. One `static`, so that its address tells policies apart.
    fn policy() -> &'static CompiledPolicy;

    /// The scope's position.
    fn index(self) -> ScopeIndex;

    /// A mode's position.
    fn mode_index(mode: Self::Mode) -> ModeIndex;
}

/// A declared reason for an endpoint to be public. Implemented by the generated `PublicReason`.
pub trait PublicReason: Copy + Send + Sync + 'static {
    /// The generated `Scope` beside it.
    type Catalogue: Catalogue;
}

/// A set of scopes as words. Implemented by every [`ScopeSet`].
pub trait ScopeWords: Copy + Eq + Hash + Debug + Default + Send + Sync + 'static {
    /// The words, lowest scope in the lowest bit of the first.
    fn words(&self) -> &[u64];
    /// Adds a scope.
    fn insert(&mut self, scope: ScopeIndex);
    /// Adds all scopes of another set.
    fn insert_all(&mut self, other: &Self);
}

impl<const WORDS: usize> ScopeWords for ScopeSet<WORDS> {
    #[inline]
    fn words(&self) -> &[u64] {
        self.words()
    }

    #[inline]
    fn insert(&mut self, scope: ScopeIndex) {
        Self::insert(self, scope);
    }

    #[inline]
    fn insert_all(&mut self, other: &Self) {
        self.insert_words(other.words());
    }
}

/// A policy, as generated code holds it.
#[derive(Debug)]
pub struct CompiledPolicy {
    /// `[api] title`.
    pub title: &'static str,
    /// The scopes, by [`ScopeIndex`].
    pub scopes: &'static [ScopeRow],
    /// The scopes with `audit = true`, in the order of the policy.
    pub audited: &'static [ScopeIndex],
    /// The scopes with `hidden = true`, in the order of the policy.
    pub hidden: &'static [ScopeIndex],
    /// The names a grant may carry: live scopes, and aliases inside their window.
    pub names: NameTable<'static>,
    /// The auth modes, by [`ModeIndex`].
    pub modes: &'static [ModeRow],
    /// Every operation, sorted by path, then method name.
    pub routes: &'static [RouteRow],
    /// What each of the service's routers registers; empty if the build saw no server.
    pub servers: &'static [ServerRow],
    /// Every MCP tool, sorted by name.
    pub tools: &'static [McpRow],
    /// Every MCP prompt, sorted by name.
    pub prompts: &'static [McpRow],
    /// Every MCP resource, sorted by its URI or template.
    pub resources: &'static [McpRow],
    /// What the API says of itself as a protected resource, if the policy has a `[resource]`.
    pub resource: Option<ResourceMetadata>,
    /// What denied callers are answered.
    pub denials: DenialTemplates,
}

impl CompiledPolicy {
    /// The name of a scope; of another policy's scope, nothing.
    pub fn scope_name(&self, scope: ScopeIndex) -> &'static str {
        self.scopes.get(usize::from(scope.0)).map_or("", |row| row.name)
    }

    /// A mode, if the policy has it.
    pub fn mode(&self, mode: ModeIndex) -> Option<&'static ModeRow> {
        self.modes.get(usize::from(mode.0))
    }

    /// The MCP tool of this name.
    pub fn tool(&self, name: &str) -> Option<&'static McpRow> {
        named(self.tools, name)
    }

    /// The MCP prompt of this name.
    pub fn prompt(&self, name: &str) -> Option<&'static McpRow> {
        named(self.prompts, name)
    }

    /// The entries that decide about an MCP resource, all of which have to be met: see
    /// [`resources_about`](scopewright_core::resources_about). None if nobody has decided about it.
    pub fn resources_about(&self, uri: &str) -> Vec<&'static McpRow> {
        let about = scopewright_core::resources_about(uri, self.resources.iter().map(|row| row.name));
        about.into_iter().filter_map(|at| self.resources.get(at)).collect()
    }

    /// Whether a credential of a mode is, or holds, a bearer token.
    pub(crate) fn is_bearer(&self, row: &ModeRow) -> bool {
        let is_bearer = |row: &ModeRow| matches!(row.credential, Credential::Bearer { .. });
        match row.credential {
            Credential::Together(members) => {
                members.iter().any(|member| self.mode(*member).is_some_and(is_bearer))
            }
            _ => is_bearer(row),
        }
    }

    /// What an operation asks of a mode.
    pub(crate) fn decision_for<'o>(&self, operation: &Operation<'o>, mode: ModeIndex) -> Decision<'o> {
        operation.for_mode(mode, self.mode(mode).and_then(|row| row.base))
    }

    /// Whether a credential of whichever of these modes counts as none where one is optional and it is not valid.
    #[cfg_attr(not(feature = "_framework"), expect(dead_code, reason = "each framework integration asks"))]
    pub(crate) fn invalid_counts_as_none(&self, modes: ModeSet) -> bool {
        modes.iter().all(|mode| self.mode(mode).is_some_and(|row| row.invalid_counts_as_none))
    }

    /// Every mode with its position.
    pub fn modes_indexed(&self) -> impl Iterator<Item = (ModeIndex, &'static ModeRow)> {
        (0..=u8::MAX).map(ModeIndex).zip(self.modes)
    }
}

/// A scope of a [`CompiledPolicy`].
#[derive(Debug)]
pub struct ScopeRow {
    /// The name, byte for byte as declared.
    pub name: &'static str,
    /// What it opens, in the words of the policy.
    pub grants: &'static str,
    /// Its life.
    pub status: Status,
}

/// An auth mode of a [`CompiledPolicy`].
#[derive(Debug)]
pub struct ModeRow {
    /// The name.
    pub name: &'static str,
    /// Where its credential is found.
    pub credential: Credential,
    /// Whether its credential is one by itself, not only a part of a [`Credential::Together`].
    pub alone: bool,
    /// Whether scopes are checked.
    pub enforcement: ScopeEnforcement,
    /// The claim that lists scopes.
    pub claim: Option<&'static str>,
    /// How it lists them.
    pub claim_format: ClaimFormat,
    /// What becomes of a credential with names that are no scopes of this policy.
    pub unknown_scopes: UnknownNames,
    /// What is known of the credential beyond validity.
    pub assurance: Option<&'static str>,
    /// The mode this one upgrades: the same kind of credential with less assurance.
    pub base: Option<ModeIndex>,
    /// The modes that upgrade this one.
    pub upgrades: &'static [ModeIndex],
    /// How many seconds ago the user may have authenticated at most (RFC 9470 section 3). Challenges say so; whether it
    /// holds of a credential says the grant's time of authentication, or, where it has none, who checks it, by the mode of
    /// the grant.
    pub max_age: Option<u32>,
    /// The modes beside whose credential one of this mode is passed over, those that they yield to included.
    pub yields_to: &'static [ModeIndex],
    /// Whether one that is not valid counts as none where a credential is optional.
    pub invalid_counts_as_none: bool,
    /// The `realm` of challenges (RFC 9110 section 11.5).
    pub realm: &'static str,
    /// What the lists of an MCP server show a caller of this mode.
    pub mcp_lists: McpLists,
}

/// Which of what an MCP server offers a list shows a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum McpLists {
    /// What the caller may call.
    Allowed,
    /// Also what its mode could be let in for with more scopes.
    Requestable,
}

/// Where a credential is found in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// A key in a header. The name is in lower case; header names know no case (RFC 9110 section 5.1).
    Header {
        /// The header.
        name: &'static str,
        /// What a key of this mode begins with.
        prefix: Option<&'static str>,
    },
    /// A key in the query.
    Query {
        /// The parameter.
        name: &'static str,
    },
    /// A key in a cookie.
    Cookie {
        /// The cookie.
        name: &'static str,
    },
    /// `Authorization: Bearer` (RFC 6750 section 2.1).
    Bearer {
        /// What a token of this mode begins with.
        prefix: Option<&'static str>,
    },
    /// A client certificate; the service itself sees it and puts the grant into the request.
    MutualTls,
    /// The credentials of all these modes in one request, each in a place of its own.
    Together(&'static [ModeIndex]),
}

/// How a token's claim lists scopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimFormat {
    /// One text, names between blanks (RFC 6749 section 3.3).
    SpaceSeparated,
    /// One text, names between commas.
    CommaSeparated,
    /// An array of names.
    Array,
}

/// An operation of a [`CompiledPolicy`].
#[derive(Debug)]
pub struct RouteRow {
    /// The method.
    pub method: scopewright_core::Method,
    /// The full path, parameters as `{name}` and `{*name}`.
    pub path: &'static str,
    /// The operation's name.
    pub operation_id: &'static str,
    /// What it asks for.
    pub operation: Operation<'static>,
    /// Whether a handler of this service answers it; otherwise the policy or a document declares it.
    pub is_handler: bool,
    /// Whether it exists only under a condition (`cfg`, `if`, a guard of actix-web).
    pub is_conditional: bool,
    /// What answers it, if a handler of this service does.
    pub kind: RouteKind,
}

/// One of the service's typed routers, as the build saw it served.
#[derive(Debug)]
pub struct ServerRow {
    /// What it registers: positions in [`CompiledPolicy::routes`]. What stands behind a door is not among it.
    pub routes: &'static [u16],
    /// Whether all of it has to be registered: parts that a library hands out are put together by who serves them.
    pub is_whole: bool,
}

/// An MCP tool, prompt or resource of a [`CompiledPolicy`].
#[derive(Debug)]
pub struct McpRow {
    /// The name a client calls it by; of a resource the URI, or the template of its URIs (RFC 6570).
    pub name: &'static str,
    /// What it asks for, beside what the endpoint asks for that takes the call.
    pub operation: Operation<'static>,
    /// Whether it exists only under a condition (`cfg`).
    pub is_conditional: bool,
}

/// The declared answers to denied calls.
#[derive(Debug)]
pub struct DenialTemplates {
    /// No credential, or one that is not valid.
    pub unauthenticated: DenialTemplate,
    /// A valid credential without the scopes.
    pub insufficient_scope: DenialTemplate,
    /// A valid credential whose assurance is too low, where one of a mode that upgrades its mode may get in.
    pub insufficient_user_authentication: DenialTemplate,
    /// A kind of credential that may never call this.
    pub mode_refused: DenialTemplate,
    /// An endpoint nobody has decided about.
    pub undecided: DenialTemplate,
    /// Several credentials of which none counts more than the others, or one of them twice.
    pub invalid_request: DenialTemplate,
    /// A credential that could not be checked, or a call that could not be written to the audit log. None is 503 without
    /// a body.
    pub unavailable: Option<DenialTemplate>,
}

/// One declared answer: text with holes.
#[derive(Debug)]
pub struct DenialTemplate {
    /// The HTTP status.
    pub status: u16,
    /// The media type of the body.
    pub content_type: &'static str,
    /// The body; empty sends none.
    pub body: &'static [BodyPart],
    /// What `$granted` shows.
    pub granted: GrantedForm,
    /// Whether scope lists leave the server, in bodies and in challenges.
    pub disclose: bool,
    /// The modes to whose credentials they are not told all the same.
    pub undisclosed_to: &'static [ModeIndex],
}

impl DenialTemplate {
    /// Whether scope lists are told to a caller by this mode. One without a credential is of no mode, and told nothing
    /// as soon as some mode is told nothing.
    pub(crate) fn discloses_to(&self, mode: Option<ModeIndex>) -> bool {
        self.disclose
            && match mode {
                Some(mode) => !self.undisclosed_to.contains(&mode),
                None => self.undisclosed_to.is_empty(),
            }
    }
}

/// A piece of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyPart {
    /// JSON text, sent as it is.
    Text(&'static str),
    /// A JSON value, filled in.
    Hole(Placeholder),
}

/// Which scopes `$granted` shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantedForm {
    /// As granted.
    Raw,
    /// With everything they imply.
    Closure,
}

fn named(rows: &'static [McpRow], name: &str) -> Option<&'static McpRow> {
    let at = rows.binary_search_by(|row| row.name.cmp(name)).ok()?;
    rows.get(at)
}

/// The requirement of a decision of the table. Shortens generated code.
#[doc(hidden)]
pub const fn scoped(any_of: &'static [&'static [ScopeIndex]]) -> Decision<'static> {
    Decision::Scoped(Requirement::new(any_of))
}

/// The scopes a scope implies directly.
#[doc(hidden)]
pub fn implied_by<C: Catalogue>(scope: C) -> &'static [C] {
    C::IMPLIES.get(usize::from(scope.index().0)).copied().unwrap_or_default()
}

/// The closure of a scope.
#[doc(hidden)]
pub fn closure_of<C: Catalogue>(scope: C) -> C::Set {
    C::CLOSURES.get(usize::from(scope.index().0)).copied().unwrap_or_default()
}

/// What a scope opens, in the words of the policy.
#[doc(hidden)]
pub fn words_of<C: Catalogue>(scope: C) -> &'static str {
    C::policy().scopes.get(usize::from(scope.index().0)).map_or("", |row| row.grants)
}

/// Where a scope is in its life.
#[doc(hidden)]
pub fn status_of<C: Catalogue>(scope: C) -> Status {
    // Every scope of a generated enum has its row; without one it would be none that can be granted.
    C::policy().scopes.get(usize::from(scope.index().0)).map_or(Status::Removed, |row| row.status)
}

/// The scope of this name: of any that is declared, whatever its status, or the one an alias stands for.
#[doc(hidden)]
pub fn scope_named<C: Catalogue>(name: &str) -> Option<C> {
    let policy = C::policy();
    let declared = || policy.scopes.iter().position(|row| row.name == name);
    let at = policy.names.find(name).map(|scope| usize::from(scope.0)).or_else(declared)?;
    C::SCOPES.get(at).copied()
}

/// A text is no name that the policy declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownName;

impl std::fmt::Display for UnknownName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the scope policy does not declare this name")
    }
}

impl std::error::Error for UnknownName {}
