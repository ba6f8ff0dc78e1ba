//! A validated policy: what `scopes.toml` means once nothing in it is in doubt.

use crate::core::{ModeIndex, ScopeEnforcement, ScopeIndex, UnknownNames, Verdict};
use crate::{Code, DeclaredRule, Resource, RouteMatcher, Span, Spanned};
use std::collections::BTreeMap;

pub use crate::core::{Placeholder, Status};

/// A whole policy. Positions in `scopes` and `modes` are the [`ScopeIndex`] and [`ModeIndex`] used everywhere else.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// The file, as shown to people.
    pub file: Span,
    /// `[api]`.
    pub api: Api,
    /// `[auth.*]`, in the order of the file. At most 255.
    pub modes: Vec<AuthMode>,
    /// `[scopes.*]`, in the order of the file, aliases left out. At most 65,535.
    pub scopes: Vec<Scope>,
    /// Scopes with `renamed_to`, inside their window.
    pub aliases: Vec<Alias>,
    /// The groups that scopes name: `[groups.*]` in the order of the file, or, where the file declares none, every
    /// group a scope names, in the order of first use, titled by its own name.
    pub groups: Vec<Group>,
    /// `[bundles.*]`, in the order of the file.
    pub bundles: Vec<Bundle>,
    /// `[resource]`.
    pub resource: Option<Resource>,
    /// `[public_reasons]`.
    pub public_reasons: BTreeMap<String, Spanned<String>>,
    /// `[[families]]`.
    pub families: Vec<Family>,
    /// Which of several families that match an endpoint are about it.
    pub family_order: FamilyOrder,
    /// `[[routes]]`.
    pub routes: Vec<DeclaredRoute>,
    /// `[[mcp.resources]]`, sorted by URI.
    pub mcp_resources: Vec<DeclaredMcpResource>,
    /// `[sources]`.
    pub sources: Sources,
    /// What is served beside the API, in the order of the file.
    pub listeners: Vec<Listener>,
    /// `[denial.*]`.
    pub denials: Denials,
    /// `[generate.*]`.
    pub generate: Generate,
    /// Warnings that `deny = [..]` makes errors.
    pub deny: Vec<Code>,
}

impl Policy {
    /// The scope with this name, aliases not followed.
    pub fn scope_named(&self, name: &str) -> Option<ScopeIndex> {
        self.scopes.iter().position(|scope| scope.name == name).and_then(index)
    }

    /// The scope with this generated variant name.
    pub fn scope_with_variant(&self, variant: &str) -> Option<ScopeIndex> {
        self.scopes.iter().position(|scope| scope.variant == variant).and_then(index)
    }

    /// The mode with this name.
    pub fn mode_named(&self, name: &str) -> Option<ModeIndex> {
        self.modes
            .iter()
            .position(|mode| mode.name == name)
            .and_then(|at| u8::try_from(at).ok())
            .map(ModeIndex)
    }

    /// The scope at an index of this policy.
    ///
    /// # Panics
    /// If the index is of another policy, which is a defect in the compiler.
    #[expect(clippy::indexing_slicing, reason = "an index of another policy is our defect, not the user's")]
    pub fn scope(&self, index: ScopeIndex) -> &Scope {
        &self.scopes[usize::from(index.0)]
    }

    /// The mode at an index of this policy.
    ///
    /// # Panics
    /// If the index is of another policy, which is a defect in the compiler.
    #[expect(clippy::indexing_slicing, reason = "an index of another policy is our defect, not the user's")]
    pub fn mode(&self, index: ModeIndex) -> &AuthMode {
        &self.modes[usize::from(index.0)]
    }

    /// The words of the set of everything that is held when these scopes are granted. A scope that is not live can't
    /// be granted and gives nothing.
    pub fn closure_words(&self, granted: &[ScopeIndex]) -> Vec<u64> {
        let mut words = vec![0; self.scopes.len().div_ceil(64)];
        let live = granted.iter().map(|scope| self.scope(*scope)).filter(|scope| scope.status.is_live());
        for held in live.flat_map(|scope| &scope.closure) {
            if let Some(word) = words.get_mut(held.word()) {
                *word |= held.bit();
            }
        }
        words
    }

    /// Every mode with its index.
    pub fn modes_indexed(&self) -> impl Iterator<Item = (ModeIndex, &AuthMode)> {
        (0..=u8::MAX).map(ModeIndex).zip(&self.modes)
    }

    /// The modes that a caller can be of: those whose credential is one by itself.
    pub fn modes_of_callers(&self) -> impl Iterator<Item = (ModeIndex, &AuthMode)> {
        self.modes_indexed().filter(|(_, mode)| mode.alone)
    }

    /// The modes that upgrade a mode.
    pub fn upgrades_of(&self, base: ModeIndex) -> Vec<ModeIndex> {
        let upgrades = self.modes_indexed().filter(|(_, mode)| mode.upgrades == Some(base));
        upgrades.map(|(index, _)| index).collect()
    }

    /// Every scope with its index.
    pub fn scopes_indexed(&self) -> impl Iterator<Item = (ScopeIndex, &Scope)> {
        (0..=u16::MAX).map(ScopeIndex).zip(&self.scopes)
    }
}

fn index(at: usize) -> Option<ScopeIndex> {
    u16::try_from(at).ok().map(ScopeIndex)
}

/// `[api]`: what the policy is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Api {
    /// Shown in docs.
    pub title: String,
    /// A paragraph for docs.
    pub description: Option<String>,
    /// A prefix that every path of the API has. Families and routes are written with full paths all the same.
    pub base_path: Option<String>,
    /// The declared spelling of scope names.
    pub scope_format: Option<ScopeFormat>,
}

/// The declared spelling of scope names: a lint, never an inference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeFormat {
    /// `read:cameras`.
    VerbResource,
    /// `vehicles:read`.
    ResourceAction,
    /// `read`.
    Name,
}

/// Where a credential is found in a request (OpenAPI 3.1 section 4.8.27, Security Scheme Object).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialKind {
    /// `apiKey` in a header.
    ApiKeyHeader {
        /// The header's name, as written.
        name: String,
        /// What the key begins with, such as `cv_`; a value without it is no key of this mode.
        prefix: Option<String>,
    },
    /// `apiKey` in the query.
    ApiKeyQuery {
        /// The parameter's name.
        name: String,
    },
    /// `apiKey` in a cookie.
    ApiKeyCookie {
        /// The cookie's name.
        name: String,
    },
    /// `http` with scheme `bearer` (RFC 6750).
    Bearer {
        /// `bearerFormat`, such as `JWT`. A hint for readers.
        format: Option<String>,
        /// What the token begins with, to tell bearer modes apart.
        prefix: Option<String>,
    },
    /// `oauth2`: a bearer token on the wire, with flows in documents.
    OAuth2 {
        /// `authorizationUrl`.
        authorization_url: Option<String>,
        /// `tokenUrl`.
        token_url: Option<String>,
    },
    /// `openIdConnect`: a bearer token on the wire.
    OpenIdConnect {
        /// `openIdConnectUrl`.
        url: String,
    },
    /// `mutualTLS`.
    MutualTls,
    /// The credentials of these modes in one request, in the order written: at least two, each in a place of its own.
    /// None of them is of this kind itself.
    Together(Vec<ModeIndex>),
}

impl CredentialKind {
    /// The modes whose credentials make this one up; none where it is one by itself.
    pub fn members(&self) -> &[ModeIndex] {
        match self {
            Self::Together(members) => members,
            _ => &[],
        }
    }

    /// Whether the credential travels as `Authorization: Bearer` and is challenged by RFC 6750.
    pub const fn is_bearer(&self) -> bool {
        matches!(self, Self::Bearer { .. } | Self::OAuth2 { .. } | Self::OpenIdConnect { .. })
    }
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

/// `[auth.NAME]`: a kind of credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthMode {
    /// The name: the OpenAPI security scheme's key, and what `via` names.
    pub name: String,
    /// The generated variant's name.
    pub variant: String,
    /// Where it was written.
    pub span: Span,
    /// For docs.
    pub description: Option<String>,
    /// Where the credential is found.
    pub credential: CredentialKind,
    /// Whether a request may carry it without another one. Not so where it is only a part of a
    /// [`CredentialKind::Together`]: then no caller is of this mode.
    pub alone: bool,
    /// Whether scopes are checked. Has no default in the file.
    pub enforcement: ScopeEnforcement,
    /// Why not, where they are not.
    pub skipped_because: Option<String>,
    /// The claim that lists scopes, such as `scope` or `scp`.
    pub claim: Option<String>,
    /// How it lists them.
    pub claim_format: Option<ClaimFormat>,
    /// What becomes of a credential with names that are no scopes of this policy. Without a meaning where scopes are
    /// skipped.
    pub unknown_scopes: UnknownNames,
    /// What is known of the credential beyond validity, such as `verified`.
    pub assurance: Option<String>,
    /// The mode this one upgrades: the same kind of credential with less assurance. That mode upgrades none itself.
    pub upgrades: Option<ModeIndex>,
    /// How many seconds ago the user may have authenticated at most, where the mode says so (RFC 9470 section 3).
    pub max_age: Option<u32>,
    /// The `realm` of challenges (RFC 9110 section 11.5).
    pub realm: Option<String>,
    /// The modes beside whose credential one of this mode is passed over, in the order of the file; those that they yield
    /// to are among them. Of a mode that is only a part of others: to which all of those yield.
    pub yields_to: Vec<ModeIndex>,
    /// Whether a credential of this mode that is not valid counts as none where one is optional. Of a mode that is only a
    /// part of others: whether one of each of those does.
    pub invalid_counts_as_none: bool,
    /// What the lists of an MCP server show a caller of this mode.
    pub mcp_lists: McpLists,
}

/// `[scopes."NAME"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The scope token, byte for byte as written (RFC 6749 section 3.3).
    pub name: String,
    /// The generated variant's name.
    pub variant: String,
    /// Where it was written.
    pub span: Span,
    /// What it opens, a sentence for docs.
    pub grants: String,
    /// Its life.
    pub status: Status,
    /// Direct implications, sorted.
    pub implies: Vec<ScopeIndex>,
    /// Everything held when this is held, itself included, sorted.
    pub closure: Vec<ScopeIndex>,
    /// The name of the group it belongs to, one of [`Policy::groups`].
    pub group: Option<String>,
    /// `low`, `medium`, `high`: as written.
    pub risk: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Whether docs and metadata leave it out.
    pub hidden: bool,
    /// Whether a call that it lets in is written down before the handler runs.
    pub audit: bool,
    /// What to use instead, where it is deprecated or removed.
    pub deprecated_note: Option<String>,
    /// The modes in which an administrator, not the user, consents to it. Shown only.
    pub admin_consent: Vec<ModeIndex>,
}

/// `[groups.NAME]`: scopes that docs show together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The key, which `group = ".."` of a scope names.
    pub name: String,
    /// A heading for docs.
    pub title: String,
    /// A paragraph for docs.
    pub description: Option<String>,
    /// Where it was written.
    pub span: Span,
}

/// `[scopes."OLD"] renamed_to = "NEW"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The old name.
    pub name: String,
    /// The scope it now is.
    pub target: ScopeIndex,
    /// The last day it is accepted, `YYYY-MM-DD`.
    pub until: String,
    /// Where it was written.
    pub span: Span,
}

/// `[bundles.NAME]`: scopes that are granted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The key.
    pub name: String,
    /// The generated constant's name, `UPPER_SNAKE_CASE`.
    pub constant: String,
    /// For docs.
    pub title: String,
    /// For docs.
    pub description: Option<String>,
    /// The members, sorted.
    pub scopes: Vec<ScopeIndex>,
    /// Where it was written.
    pub span: Span,
}

/// Whether a family checks annotations or decides routes that have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FamilyMode {
    /// Annotations of matching routes must agree.
    Check,
    /// Matching routes without an annotation are decided by the family.
    Assign,
}

/// `[order] families`: which of several families that match an endpoint are about it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FamilyOrder {
    /// All of them; they must agree.
    #[default]
    AllAgree,
    /// The first of them in the file, and further ones for the modes that it leaves to other entries.
    FirstMatch,
}

/// What becomes of the auth modes that the `via` of a family does not name, and of callers without a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherModes {
    /// They are refused. A mode that upgrades a named one counts as named.
    Refused,
    /// Other entries decide them.
    Elsewhere,
}

/// `[[families]]`: a rule about many routes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// Which operations.
    pub matcher: Spanned<RouteMatcher>,
    /// Operations left out.
    pub except: Vec<Spanned<RouteMatcher>>,
    /// What they need. Scope names may hold `{capture}`s of the matcher, filled in for each route.
    pub rule: DeclaredRule,
    /// The modes the rule is about, each once; none means all.
    pub via: Vec<ModeIndex>,
    /// What becomes of the others, where `via` names some.
    pub other_modes: OtherModes,
    /// Check or assign.
    pub mode: FamilyMode,
    /// Where it was written.
    pub span: Span,
}

/// `[[routes]]`: an endpoint or a group of endpoints whose decision stands in the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredRoute {
    /// Which operations.
    pub matcher: Spanned<RouteMatcher>,
    /// Decisions, as an attribute would make them.
    pub rules: Vec<crate::ModeRule>,
    /// Needs the table can't decide, for docs.
    pub may_require: Vec<crate::MayRequire>,
    /// What registers the endpoint where discovery can't follow it, by the name the finding gives it.
    pub from: Option<Spanned<String>>,
    /// The operation id for documents, if it names one operation.
    pub operation_id: Option<String>,
    /// Its life, for docs.
    pub status: RouteStatus,
    /// Where it was written.
    pub span: Span,
}

/// `[[mcp.resources]]`: a resource of an MCP server, or all that a template names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredMcpResource {
    /// The URI or template, a [`ResourcePattern`](crate::core::ResourcePattern). No other one has its shape.
    pub uri: Spanned<String>,
    /// Decisions, as an attribute would make them.
    pub rules: Vec<crate::ModeRule>,
    /// Needs the table can't decide, for docs.
    pub may_require: Vec<crate::MayRequire>,
    /// Where it was written.
    pub span: Span,
}

/// Which of what an MCP server offers a list shows a caller.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum McpLists {
    /// What the caller may call.
    #[default]
    Allowed,
    /// Also what its mode could be let in for with more scopes.
    Requestable,
}

/// The life of an endpoint, for docs and documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RouteStatus {
    /// In use.
    #[default]
    Stable,
    /// In use, may change.
    Preview,
    /// In use, going away.
    Deprecated,
}

impl RouteStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Stable, Self::Preview, Self::Deprecated];

    /// The word for it: `stable`, `preview`, `deprecated`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stable => "stable",
            Self::Preview => "preview",
            Self::Deprecated => "deprecated",
        }
    }

    /// The status of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

/// A `[[listeners]]` entry: a router that is served beside the API and that nothing guards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener {
    /// The function that serves it, as a path from a crate root.
    pub served_in: Spanned<String>,
    /// Why nothing has to guard it.
    pub reason: String,
    /// The entry.
    pub span: Span,
}

/// `[sources]`: endpoints beside the scan. Globs, relative to the policy's folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    /// OpenAPI documents.
    pub openapi: Vec<Spanned<String>>,
    /// Manifests, one JSON object a line.
    pub manifest: Vec<Spanned<String>>,
    /// Functions the search starts at besides what is served, as paths from a crate root.
    pub roots: Vec<Spanned<String>>,
}

/// A value of a declared body, with holes.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyValue {
    /// Fixed text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A fraction.
    Float(f64),
    /// True or false.
    Boolean(bool),
    /// A list.
    Array(Vec<BodyValue>),
    /// An object, in the order of the file.
    Object(Vec<(String, BodyValue)>),
    /// A hole.
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

/// One `[denial.KIND]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Denial {
    /// The HTTP status.
    pub status: u16,
    /// The body; none sends an empty one.
    pub body: Option<BodyValue>,
    /// The media type of the body, `application/json` unless said otherwise.
    pub content_type: String,
    /// What `$granted` shows.
    pub granted: GrantedForm,
    /// Whether scope lists leave the server at all, in bodies and in challenges.
    pub disclose: bool,
    /// The modes to whose credentials they are not told all the same. A caller without a credential is told nothing
    /// then: it is of no mode.
    pub undisclosed_to: Vec<ModeIndex>,
}

impl Denial {
    /// Whether scope lists are told to a caller by this mode, or to one without a credential.
    pub fn discloses_to(&self, mode: Option<ModeIndex>) -> bool {
        self.disclose
            && match mode {
                Some(mode) => !self.undisclosed_to.contains(&mode),
                None => self.undisclosed_to.is_empty(),
            }
    }
}

/// All denial answers. Kinds the file does not declare have the defaults of the policy stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Denials {
    /// No credential, or one that is not valid: 401.
    pub unauthenticated: Denial,
    /// A valid credential without the scopes: 403.
    pub insufficient_scope: Denial,
    /// A valid credential whose assurance is too low, where one of a mode that upgrades its mode may get in: 401.
    pub insufficient_user_authentication: Denial,
    /// A kind of credential that may never call this: 403.
    pub mode_refused: Denial,
    /// An endpoint nobody has decided about, or one that is not in the table: 403.
    pub undecided: Denial,
    /// Several credentials of which none counts more than the others, or one of them twice: 400.
    pub invalid_request: Denial,
    /// A credential that could not be checked, or a call that could not be written to the audit log. Where the file does
    /// not declare it, it is 503 without a body, and nothing that is generated speaks of it.
    pub unavailable: Option<Denial>,
}

impl Denials {
    /// What is answered to a verdict; none where it lets the request through.
    pub const fn of(&self, verdict: Verdict) -> Option<&Denial> {
        match verdict {
            Verdict::Allowed => None,
            Verdict::Unauthenticated => Some(&self.unauthenticated),
            Verdict::InsufficientScope => Some(&self.insufficient_scope),
            Verdict::InsufficientUserAuthentication => Some(&self.insufficient_user_authentication),
            Verdict::ModeRefused => Some(&self.mode_refused),
            Verdict::Undecided => Some(&self.undecided),
        }
    }
}

/// `[generate.*]`: which files `cargo scopes generate` writes. Paths are relative to the policy's folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Generate {
    /// `[generate.openapi]`.
    pub openapi: Option<GenerateOpenApi>,
    /// `[generate.markdown]`.
    pub markdown: Option<GenerateFile>,
    /// `[generate.typescript]`.
    pub typescript: Option<GenerateFile>,
}

/// Documents into which security is merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GenerateOpenApi {
    /// The documents, each rewritten in place.
    pub documents: Vec<Spanned<String>>,
}

/// A single generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GenerateFile {
    /// Where it goes.
    pub path: Spanned<String>,
}
