//! The grammar of the attributes and their expansion, on `proc_macro2`: used by the macros and by discovery.
//!
//! In: the tokens of an attribute (and, for the macros, of the item it stands on). Out: an [`Annotation`] with a span on
//! every value, or all the [`SyntaxError`]s; for the macros, the item with a guard as its first parameter.
//!
//! ```text
//! #[requires_scope(ARG, ..)]      ARG = SCOPE | any(ITEM, ..) | all(ITEM, ..) | via = MODES
//!                                     | may_require(SCOPE, when = "..")
//!                                 ITEM = SCOPE | any(SCOPE, ..) | all(SCOPE, ..)
//!                                 SCOPE = "read:cameras" | ReadCameras | Scope::ReadCameras
//! #[requires_auth]                also (via = "mode", may_require(..))
//! #[public(reason = "health")]    a key of `[public_reasons]`
//! #[optional_auth]
//! #[refused(via = "mode")]
//! #[scope_todo("ticket")]         also (.., via = "mode")
//! ```
//!
//! Several attributes may stand on one function, at most one without `via` and at most one for each mode.
//! The crate reads no file and no environment, knows no policy, and never looks into the body of a function.
//!
//! ```
//! use scopewright_syntax::{parse_annotation, Attribute, Rule};
//! let tokens = r#"requires_scope("read:cameras", via = "api_key")"#.parse().unwrap();
//! let attribute = Attribute::from_tokens(tokens, proc_macro2::Span::call_site()).unwrap();
//! let annotation = parse_annotation(&[attribute]).unwrap().unwrap();
//! assert_eq!(annotation.rules[0].via.as_ref().unwrap().text, "api_key");
//! assert!(matches!(&annotation.rules[0].rule, Rule::Scoped(any_of) if any_of[0][0].text == "read:cameras"));
//! ```

// Only the compiler reads and writes files.
#![warn(clippy::disallowed_methods)]

mod actix;
mod annotation;
mod argument;
mod attribute;
mod combine;
mod error;
mod expand;
mod grammar;
mod guard_type;
mod item;
mod requirement;
mod tokens;

pub use actix::{expand_beside_routes, expand_route};
pub use annotation::{Annotation, MayRequire, ModeRule, Named, Rule, ScopeName, Spelling, Text};
pub use attribute::{Attribute, AttributeKind};
pub use combine::parse_annotation;
pub use error::SyntaxError;
pub use expand::expand;
