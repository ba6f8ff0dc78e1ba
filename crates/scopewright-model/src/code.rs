//! The registry of diagnostic codes: name, usual level and long explanation.

use crate::Level;
use std::fmt;
use std::str::FromStr;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $level:ident;)*) => {
        /// A stable code of a finding. The name is what `deny = [..]` and `cargo scopes explain` take.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* $variant,)*
        }

        impl Code {
            /// Every code, in the order of this registry.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stable name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The level it has unless a policy says otherwise.
            pub const fn level(self) -> Level {
                match self { $(Self::$variant => Level::$level),* }
            }

            /// The long explanation, Markdown: what is wrong, an example that fails and the mended one.
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$variant => include_str!(concat!("explanations/", $name, ".md"))),* }
            }
        }
    };
}

codes! {
    // The policy file as a text.
    /// The file can't be read, is empty, too large or not UTF-8.
    UnreadablePolicy = "unreadable-policy", Error;
    /// The file is not TOML.
    InvalidToml = "invalid-toml", Error;
    /// A key no table has.
    UnknownKey = "unknown-key", Error;
    /// A key a table must have.
    MissingKey = "missing-key", Error;
    /// A value of the wrong type or outside what is allowed.
    InvalidValue = "invalid-value", Error;
    // Scopes and what they imply.
    /// A scope that no `[scopes]` entry declares.
    UnknownScope = "unknown-scope", Error;
    /// A scope token outside the alphabet of RFC 6749.
    InvalidScopeToken = "invalid-scope-token", Error;
    /// A scope that does not follow the declared `scope_format`.
    ScopeFormatMismatch = "scope-format-mismatch", Error;
    /// The same scope, bundle, mode or family twice.
    DuplicateDeclaration = "duplicate-declaration", Error;
    /// Two declarations with one generated name.
    NameCollision = "name-collision", Error;
    /// A declaration whose generated name is a reserved word of a target.
    ReservedName = "reserved-name", Error;
    /// A cycle in `implies`.
    ImplicationCycle = "implication-cycle", Error;
    /// A scope that implies itself.
    SelfImplication = "self-implication", Error;
    /// A planned, under-review or removed scope where a live one is needed.
    ScopeNotLive = "scope-not-live", Error;
    /// A deprecated scope is required.
    DeprecatedScope = "deprecated-scope", Warning;
    /// An alias past its last day.
    ExpiredAlias = "expired-alias", Error;
    /// An alias is used where the new name should stand.
    AliasUsed = "alias-used", Warning;
    /// A bundle member that other members already give.
    RedundantBundleMember = "redundant-bundle-member", Warning;
    /// A scope no operation requires.
    UnusedScope = "unused-scope", Warning;
    // Modes, reasons, denials.
    /// An auth mode that does not say whether scopes are enforced.
    MissingScopesAnswer = "missing-scopes-answer", Error;
    /// A mode that no `[auth]` entry declares.
    UnknownMode = "unknown-mode", Error;
    /// A public decision without a declared reason.
    UnknownPublicReason = "unknown-public-reason", Error;
    /// A hole in a denial body that has no meaning.
    UnknownPlaceholder = "unknown-placeholder", Error;
    /// A denial body that would disclose what `disclose = false` forbids.
    UndisclosedPlaceholder = "undisclosed-placeholder", Error;
    // Families and declared routes.
    /// A `match` that is no method and path.
    InvalidMatcher = "invalid-matcher", Error;
    /// A family that matches no route.
    UnmatchedFamily = "unmatched-family", Error;
    /// A `[[routes]]` pattern that matches nothing and can't declare an endpoint.
    UnmatchedRoute = "unmatched-route", Error;
    /// Two families that want different things of one route.
    ConflictingFamilies = "conflicting-families", Error;
    /// An annotation that a family contradicts.
    FamilyMismatch = "family-mismatch", Error;
    // Routes.
    /// An endpoint without a decision.
    UndecidedEndpoint = "undecided-endpoint", Error;
    /// A decision in two places.
    DecidedTwice = "decided-twice", Error;
    /// Two registrations of one method and path.
    DuplicateRoute = "duplicate-route", Error;
    /// Two routes that differ only in parameter name or letter case and carry different decisions.
    AmbiguousRoutes = "ambiguous-routes", Error;
    /// A `HEAD` that lets in callers whom the `GET` of its path does not.
    HeadAsksForLess = "head-asks-for-less", Warning;
    /// No endpoint at all.
    NoEndpoints = "no-endpoints", Error;
    /// An annotated handler that is never registered.
    UnreachedAnnotation = "unreached-annotation", Error;
    /// An endpoint that stays denied until it is decided.
    DeferredEndpoint = "deferred-endpoint", Warning;
    // MCP.
    /// An MCP tool without a decision.
    UndecidedTool = "undecided-tool", Error;
    /// Two MCP tools, or two prompts, of one name.
    DuplicateTool = "duplicate-tool", Error;
    /// An MCP prompt without a decision.
    UndecidedPrompt = "undecided-prompt", Error;
    /// An MCP server that reads resources, of none of which the policy says who may.
    UndecidedResource = "undecided-resource", Error;
    /// An MCP server that is served without what decides about its tools.
    UnguardedMcpServer = "unguarded-mcp-server", Error;
    /// An MCP server that is served open, by a word that says so.
    OpenMcpServer = "open-mcp-server", Warning;
    /// An attribute that can't be read.
    InvalidAttribute = "invalid-attribute", Error;
    /// An attribute under `cfg_attr`, which may be off in the build that is served.
    ConditionalAttribute = "conditional-attribute", Error;
    // What discovery can't follow.
    /// A source file that can't be read.
    UnreadableSource = "unreadable-source", Error;
    /// A source file that is not Rust.
    InvalidRust = "invalid-rust", Error;
    /// A router value that comes from where discovery can't look.
    UnresolvedRouter = "unresolved-router", Error;
    /// A path that is not a constant.
    UnresolvedPath = "unresolved-path", Error;
    /// A handler that can't be found.
    UnresolvedHandler = "unresolved-handler", Error;
    /// A method that is not a constant.
    UnresolvedMethod = "unresolved-method", Error;
    /// A route-like call inside a macro that is not known.
    OpaqueMacro = "opaque-macro", Error;
    /// Handlers of one `routes!` that name different paths, and so answer at all of them.
    CrossedRoutes = "crossed-routes", Warning;
    /// A router that is built and never served.
    UnservedRouter = "unserved-router", Warning;
    // What is served.
    /// A router is served that `guarded()` did not hand out. An error, unless it was given up in so many words.
    UnguardedService = "unguarded-service", Warning;
    /// A decision of the policy about an endpoint that nothing asks for a decision.
    UnenforcedDecision = "unenforced-decision", Error;
    /// A door in front of a plain part that asks another policy than the service is under.
    AnotherPolicy = "another-policy", Error;
    /// A `[[listeners]]` entry that excuses nothing.
    UnmatchedListener = "unmatched-listener", Error;
    // Documents and manifests.
    /// A document or manifest that can't be read.
    InvalidSource = "invalid-source", Error;
    /// An operation of the service that the document does not describe.
    UndocumentedOperation = "undocumented-operation", Warning;
    /// An operation of the document that the service does not have.
    UnimplementedOperation = "unimplemented-operation", Warning;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text names no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownCode;

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        Self::ALL.iter().copied().find(|code| code.name() == text).ok_or(UnknownCode)
    }
}
