//! The attribute macros; each is a few lines over `scopewright-syntax`.
//!
//! Use them through the `scopewright` crate, beside the runtime they need. They read no file and no environment: what
//! they expand to names `crate::scopes`, the module that `scopewright::include_scopes!()` makes at the crate root.
//!
//! All of them stand on a function that handles requests (free, associated or generic, in any order with other
//! attributes) and give it a first parameter, the guard: `_: crate::scopes::Guard<..>`. Nothing else changes. A test that
//! calls the function itself hands it a guard as first argument.
//!
//! At most one attribute without `via` and at most one for each `via` may stand on one function. An auth mode without
//! a rule of its own gets the rule without `via`; if there is none, it is refused.
//!
//! Limits:
//! - Attributes are recognised by name: don't rename them in `use`, and don't let another crate's attribute of the
//!   same name stand beside them on one function.
//! - An attribute that calls the function itself, such as `axum::debug_handler`, must stand below all of ours: above, it
//!   would see the function without its guard. Attributes that only wrap the body may stand anywhere.
//! - A function with `self` is no handler and can't be guarded, unless it is an MCP tool or prompt: there the attribute
//!   stands above `#[tool]` or `#[prompt]`.
//! - `clippy::too_many_arguments` is off for functions with three parameters or more, because the guard adds one.

use proc_macro::TokenStream;
use scopewright_syntax::AttributeKind;

#[cfg(not(feature = "actix"))]
use scopewright_syntax::expand;
#[cfg(feature = "actix")]
use scopewright_syntax::expand_beside_routes as expand;

/// Callers need these scopes.
///
/// Several scopes are all needed; `any(..)` asks for one of them, and groups nest once. A scope is written as the
/// policy names it, in quotes, or as its generated variant.
///
/// ```
/// # mod scopes { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/scopes.in")); }
/// # use scopewright_macros::requires_scope;
/// #[requires_scope("read:cameras")]
/// async fn list_cameras() {}
///
/// #[requires_scope(ReadCameras, "read:events")]
/// async fn list_camera_events() {}
///
/// #[requires_scope(any("admin", all("write:cameras", "write:events")))]
/// async fn delete_camera() {}
/// # fn main() {}
/// ```
///
/// `via = ".."` limits the rule to one auth mode of the policy; a mode without a rule is refused. `may_require(..)` notes a
/// need that the handler checks itself: it changes no decision, and is shown in the docs.
///
/// ```
/// # mod scopes { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/scopes.in")); }
/// # use scopewright_macros::{requires_auth, requires_scope};
/// #[requires_scope(
///     "write:cameras",
///     via = "api_key",
///     may_require("write:events", when = "the body closes open events"),
/// )]
/// #[requires_auth(via = "operator")]
/// async fn update_camera() {}
/// # fn main() {}
/// ```
///
/// A scope the policy does not have fails to compile, at the literal:
///
/// ```compile_fail,E0599
/// # mod scopes { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/scopes.in")); }
/// # use scopewright_macros::requires_scope;
/// #[requires_scope("read:camras")]
/// async fn list_cameras() {}
/// # fn main() {}
/// ```
#[proc_macro_attribute]
pub fn requires_scope(args: TokenStream, item: TokenStream) -> TokenStream {
    expand(AttributeKind::RequiresScope, args.into(), item.into()).into()
}

/// Callers need a valid credential, whatever its scopes. Takes `via = ".."` and `may_require(..)` like
/// [`macro@requires_scope`].
///
/// ```
/// # mod scopes { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/scopes.in")); }
/// # use scopewright_macros::requires_auth;
/// #[requires_auth]
/// async fn me() {}
///
/// #[requires_auth(via = "operator")] // no other auth mode
/// async fn settings() {}
/// # fn main() {}
/// ```
#[proc_macro_attribute]
pub fn requires_auth(args: TokenStream, item: TokenStream) -> TokenStream {
    expand(AttributeKind::RequiresAuth, args.into(), item.into()).into()
}

/// Everybody may call, with a credential or without, for a reason that `[public_reasons]` of the policy declares.
///
/// ```
/// # mod scopes { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/scopes.in")); }
/// # use scopewright_macros::public;
/// #[public(reason = "health")]
/// async fn health() -> &'static str {
///     "ok"
/// }
/// # fn main() {}
/// ```
#[proc_macro_attribute]
pub fn public(args: TokenStream, item: TokenStream) -> TokenStream {
    expand(AttributeKind::Public, args.into(), item.into()).into()
}

/// No credential is needed, and one that is sent must be valid, unless the policy says of its mode
/// `invalid_where_optional = "counts-as-none"`.
///
/// ```
/// # mod scopes { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/scopes.in")); }
/// # use scopewright_macros::optional_auth;
/// #[optional_auth]
/// async fn front_page() {}
/// # fn main() {}
/// ```
#[proc_macro_attribute]
pub fn optional_auth(args: TokenStream, item: TokenStream) -> TokenStream {
    expand(AttributeKind::OptionalAuth, args.into(), item.into()).into()
}

/// Callers of one auth mode may never call. Stands beside the rule for the other modes.
///
/// ```
/// # mod scopes { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/scopes.in")); }
/// # use scopewright_macros::{refused, requires_auth};
/// #[requires_auth]
/// #[refused(via = "api_key")]
/// async fn create_key() {}
/// # fn main() {}
/// ```
#[proc_macro_attribute]
pub fn refused(args: TokenStream, item: TokenStream) -> TokenStream {
    expand(AttributeKind::Refused, args.into(), item.into()).into()
}

/// Nobody has decided yet: denied for everybody until somebody does. The ticket says where the question is open.
///
/// ```
/// # mod scopes { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/scopes.in")); }
/// # use scopewright_macros::scope_todo;
/// #[scope_todo("CAM-12")]
/// async fn export_everything() {}
/// # fn main() {}
/// ```
#[proc_macro_attribute]
pub fn scope_todo(args: TokenStream, item: TokenStream) -> TokenStream {
    expand(AttributeKind::ScopeTodo, args.into(), item.into()).into()
}

/// The bodies are alike; `proc_macro` functions must stand at the crate root.
#[cfg(feature = "actix")]
macro_rules! actix_routes {
    ($($name:ident $shown:literal;)*) => {$(
        #[doc = concat!("actix-web's `#[", stringify!($name), "(..)]`, ", $shown, ", beside our attributes.")]
        ///
        /// Takes the same arguments and becomes actix-web's own, below ours; so ours may stand above it or below it.
        #[proc_macro_attribute]
        pub fn $name(args: TokenStream, item: TokenStream) -> TokenStream {
            scopewright_syntax::expand_route(stringify!($name), args.into(), item.into()).into()
        }
    )*};
}

#[cfg(feature = "actix")]
actix_routes! {
    get "a route for `GET` requests";
    post "a route for `POST` requests";
    put "a route for `PUT` requests";
    patch "a route for `PATCH` requests";
    delete "a route for `DELETE` requests";
    head "a route for `HEAD` requests";
    connect "a route for `CONNECT` requests";
    options "a route for `OPTIONS` requests";
    trace "a route for `TRACE` requests";
    route "a route for several methods";
    routes "several routes";
}
