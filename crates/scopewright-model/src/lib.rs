//! The data that the stages of the compiler hand each other. Plain values, no behaviour beyond look-ups.
//!
//! `scopes.toml` text -> [`Policy`]; Rust sources, documents, manifests -> [`RouteTable`]; both -> [`Plan`];
//! [`Plan`] -> [`OutputFile`]s. What a user wrote wrong travels beside them as [`Diagnostic`]s in a [`Sink`].

// Only the compiler reads and writes files.
#![warn(clippy::disallowed_methods)]

mod access;
mod annotation;
mod code;
pub mod competing;
mod credential;
mod diagnostic;
mod mcp;
mod output;
mod plan;
pub mod policy;
mod resource;
mod route_matcher;
mod route_table;
mod span;

pub use access::{Access, Answer};
pub use annotation::{Annotation, DeclaredRule, MayRequire, ModeRule, ScopeName, ScopeSpelling};
pub use code::{Code, UnknownCode};
pub use credential::{Credential, CredentialName, InvalidCredential, NameStanding};
pub use diagnostic::{Applicability, Diagnostic, Label, Level, Sink, Suggestion};
pub use mcp::{McpFunction, McpKind, McpOperation};
pub use output::{GENERATED_MARKER, OutputFile, generated_marker};
pub use plan::{DecidedBy, Decision, Operation, Plan, ServedRows};
pub use policy::Policy;
pub use resource::Resource;
pub use route_matcher::{InvalidMatcher, RouteMatcher};
pub use route_table::{
    AskedBy, Framework, GUARDED, Handler, Route, RouteOrigin, RouteTable, Server, Standing,
    UnreachedAnnotation, Unresolved,
};
pub use span::{LineIndex, Position, Span, Spanned};

/// Re-exported so that stages name one vocabulary.
pub use scopewright_core as core;
