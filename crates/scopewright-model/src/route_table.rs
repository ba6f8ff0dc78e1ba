//! What discovery found: every endpoint, and every place it could not follow.

use crate::core::{Method, RouteKind, RoutePattern};
use crate::{Annotation, Code, McpFunction, Span};
use serde::{Deserialize, Serialize};

/// The framework or source an endpoint was found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Framework {
    /// axum, directly or through Scopewright's typed router.
    Axum,
    /// actix-web.
    ActixWeb,
    /// An OpenAPI document named in `[sources]`.
    OpenApi,
    /// A manifest named in `[sources]`.
    Manifest,
    /// A `[[routes]]` entry of the policy.
    Policy,
}

impl Framework {
    /// The name in machine forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Axum => "axum",
            Self::ActixWeb => "actix-web",
            Self::OpenApi => "openapi",
            Self::Manifest => "manifest",
            Self::Policy => "policy",
        }
    }
}

/// The function (or other value) that answers an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handler {
    /// Module path and name from the crate root, such as `api::cameras::get_camera`; `{closure}` for a closure.
    pub path: String,
    /// The item's definition (its name), or the closure's place.
    pub definition: Span,
    /// Where an attribute would be written: the start of the item with its attributes. None for closures, values and
    /// macro-made handlers, which have no place for one and are decided at the registration or in the policy.
    pub attribute_place: Option<Span>,
}

/// Where an endpoint's decision, if any, was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteOrigin {
    /// On the handler.
    Handler,
    /// Around the handler, where it is registered.
    Registration,
    /// In a document or a manifest.
    Source,
    /// In `[resource]` of the policy.
    Resource,
}

/// One endpoint: a method on a path. A method router with n methods is n of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The method, or `Any`.
    pub method: Method,
    /// What answers: a route, or what is asked where no route fits.
    pub kind: RouteKind,
    /// The full path a client would send.
    pub path: RoutePattern,
    /// The path as the framework spells it, prefixes joined.
    pub path_as_written: String,
    /// Who answers; none for endpoints that are not Rust.
    pub handler: Option<Handler>,
    /// Where the endpoint is registered.
    pub registered: Span,
    /// The framework or source.
    pub framework: Framework,
    /// Conditions the endpoint exists under (`cfg(feature = "x")`, `if config.admin`), outermost first; one text if it is
    /// reached on several ways that share none. None if it is always there.
    pub conditions: Vec<String>,
    /// What was written about it in the source, if anything.
    pub annotation: Option<Annotation>,
    /// Where the annotation stands.
    pub annotation_origin: RouteOrigin,
    /// The operation id, where the source states one.
    pub operation_id: Option<String>,
    /// What asks for its decision at run time, whatever stands on its handler.
    pub asked_by: AskedBy,
    /// The servers it is served by: positions in [`RouteTable::servers`].
    pub servers: Vec<usize>,
}

/// The condition of what a guard of actix-web admits that looks at more than the method: registrations are asked in order,
/// so another one after it answers the rest.
pub const GUARDED: &str = "if a guard admits it";

impl Route {
    /// Whether a guard that looks at more than the method says when it answers.
    pub fn is_behind_a_guard(&self) -> bool {
        self.conditions.iter().any(|condition| condition == GUARDED)
    }
}

/// What asks for an endpoint's decision at run time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum AskedBy {
    /// Nothing that is known, unless a guard stands in the handler's own signature.
    #[default]
    Nothing,
    /// A door in front of the plain router it is registered on.
    Door,
    /// The type of the router it is registered on, which takes decided handlers only.
    Type,
    /// Somebody else: another source describes it.
    Elsewhere,
}

/// What is known about who may register on a router, by its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Standing {
    /// The web framework's own: it takes any handler.
    #[default]
    Plain,
    /// What `guarded()` handed out, made the framework's own again.
    Unguarded,
    /// Scopewright's: it takes decided handlers only, and was not compared with the table.
    Typed,
    /// What `guarded()` hands out.
    Guarded,
}

/// A router that is served: one call of `axum::serve`, `HttpServer::new` or the like, or a public function of a library that
/// returns one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Where it is served.
    pub span: Span,
    /// The function in which it is, from the crate root; empty if it is in none.
    pub function: String,
    /// What is known of the router.
    pub standing: Standing,
    /// The web framework.
    pub framework: Framework,
    /// Whether it is only handed out, for others to serve.
    pub is_handed_out: bool,
}

/// A place discovery could not follow. Always an error: what can't be followed can't be called covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// Why, such as `router returned by a function of another crate`.
    pub reason: String,
    /// Where.
    pub span: Span,
    /// The diagnostic code this becomes.
    pub code: Code,
    /// The way out, which loosens nothing else.
    pub help: String,
    /// What `from` in `[[routes]]` entries names to say what is registered here: the function of another package, the
    /// macro, the handlers. All of them have to be named. Empty if nothing here has a name.
    pub registrars: Vec<String>,
}

/// An annotated function that no registration reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreachedAnnotation {
    /// The function's path from the crate root.
    pub handler: String,
    /// Its name.
    pub span: Span,
    /// What is written on it.
    pub annotation: Annotation,
}

impl UnreachedAnnotation {
    /// The function's own name.
    pub fn name(&self) -> &str {
        self.handler.rsplit("::").next().unwrap_or(&self.handler)
    }
}

/// Everything discovery has to say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RouteTable {
    /// The endpoints, sorted by path, then method, then registration.
    pub routes: Vec<Route>,
    /// The functions marked as MCP tools and prompts, sorted by kind, then name, then place.
    pub mcp: Vec<McpFunction>,
    /// Where a server reads resources, whichever these are: its `read_resource`.
    pub resource_readers: Vec<Span>,
    /// What could not be followed.
    pub unresolved: Vec<Unresolved>,
    /// Annotations that decide nothing.
    pub unreached: Vec<UnreachedAnnotation>,
    /// Where the search started (`axum::serve` and the like), for "zero endpoints" findings.
    pub roots: Vec<Span>,
    /// The routers that are served, by place.
    pub servers: Vec<Server>,
}
