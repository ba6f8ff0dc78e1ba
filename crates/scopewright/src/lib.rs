//! What a service depends on: the scopes of its policy, the guard in front of every handler, and the answers to
//! denied calls.
//!
//! A service has a `scopes.toml`, two lines in `build.rs` (see `scopewright-build`), [`include_scopes!`] at its crate
//! root and an attribute on every handler. What the attribute says is in the handler's type, so a router that takes
//! only decided handlers can't be given another one, and the guard in the signature can't be walked around.
//!
//! Everything here asks one function, [`decide`]. This crate knows no file, no TOML and no source code: all that is
//! settled when a service runs.
//!
//! Features: `axum` (the module `axum`), `actix` (the module `actix`), `utoipa` (utoipa-axum's router, with `axum`),
//! `mcp` (tools of rmcp's servers, with `axum`), `serde` (the generated enums and [`Claim`] read and write with it),
//! `testing` (the module `testing`), `audit` (the audit hook without a framework; `axum` and `actix` bring it along).

mod audit;
#[cfg(feature = "_framework")]
mod authenticate;
mod catalogue;
#[cfg(feature = "_framework")]
mod check;
mod claim;
#[cfg(feature = "_framework")]
mod comparison;
#[cfg(feature = "_framework")]
mod credential;
#[cfg(feature = "_framework")]
mod decided;
mod denial;
#[cfg(feature = "_framework")]
mod door;
mod event;
mod grant;
mod guard;
mod macros;
mod modes;
#[cfg(feature = "_framework")]
mod record;
#[cfg(feature = "_framework")]
pub mod registration;
pub mod require;
mod resource;
mod sealed;
#[cfg(feature = "_framework")]
mod shape;
#[cfg(feature = "_framework")]
mod table;

#[cfg(feature = "actix")]
pub mod actix;
mod who_am_i;

#[cfg(feature = "axum")]
pub mod axum;
#[cfg(feature = "mcp")]
pub mod mcp;
#[cfg(feature = "testing")]
pub mod testing;

pub use audit::{AuditEvent, AuditUnavailable};
#[cfg(feature = "audit")]
pub use audit::{AuditHook, AuditHookSet, on_audit};
#[cfg(feature = "_framework")]
pub use authenticate::{Authenticate, Rejection, authenticate_with};
pub use catalogue::{
    BodyPart, Catalogue, ClaimFormat, CompiledPolicy, Credential, DenialTemplate, DenialTemplates,
    GrantedForm, McpLists, McpRow, ModeRow, PublicReason, RouteRow, ScopeRow, ScopeWords, ServerRow,
    UnknownName,
};
#[cfg(feature = "_framework")]
pub use check::NoCredential;
pub use claim::Claim;
#[doc(hidden)]
#[cfg(feature = "serde")]
pub use claim::deserialize_name as __deserialize_name;
#[cfg(feature = "_framework")]
pub use credential::Presented;
#[cfg(feature = "_framework")]
pub use decided::{Guarded, HandlerDecision};
pub use denial::{CredentialFinding, Denial, DenialKind};
pub use event::{DenialEvent, DenialHook, on_denial};
pub use grant::{Grant, UnexpectedClaim, UnknownScopes};
pub use guard::Guard;
#[cfg(feature = "_framework")]
pub use guard::GuardFuture;
#[cfg(feature = "_framework")]
pub use record::Registration;
pub use resource::ResourceMetadata;
pub use scopewright_core::{
    Decision, Method, ModeDecision, ModeIndex, NameTable, Operation, Placeholder, RouteKind,
    ScopeEnforcement, ScopeIndex, ScopeSet, Status, UnknownNames, Verdict, decide,
};
pub use scopewright_macros::{optional_auth, public, refused, requires_auth, requires_scope, scope_todo};
pub use who_am_i::{WhoAmI, who_am_i};

#[cfg(feature = "_framework")]
pub use comparison::{Difference, TableMismatch};

#[doc(hidden)]
pub use catalogue::{closure_of, implied_by, scope_named, scoped, status_of, words_of};
#[doc(hidden)]
#[cfg(feature = "serde")]
pub use serde;
