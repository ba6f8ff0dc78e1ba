//! The vocabulary every part of Scopewright shares, and the one decision function.
//!
//! In: what a caller holds and what an operation asks for. Out: a [`Verdict`].
//! The guard at run time, `cargo scopes explain`, the generated docs and the tests all call [`decide`]; nothing
//! else in the workspace answers the question "may this caller do that?". What the caller holds is read by
//! [`NameTable`], and whether names that grant nothing make a credential none by [`UnknownNames::refuses`].
//!
//! This crate has no dependencies and no policy in it: scopes are numbers here.

#![no_std]

extern crate alloc;

mod call;
mod decision;
pub mod json;
mod method;
mod name_hash;
mod names;
pub mod naming;
mod pattern;
mod placeholder;
mod resource;
mod route_kind;
mod scope_set;
mod status;

pub use call::{Answering, Joined, answering, joined};
pub use decision::{
    Caller, Decision, ModeDecision, ModeIndex, Operation, Requirement, ScopeEnforcement, UnknownNames,
    Verdict, decide, decide_invalid_credential,
};
pub use method::{Method, UnknownMethod};
pub use name_hash::{NameHash, name_slots};
pub use names::NameTable;
pub use pattern::{InvalidPattern, MixedPart, RoutePattern, Segment};
pub use placeholder::Placeholder;
pub use resource::{InvalidResourcePattern, ResourcePattern, resources_about};
pub use route_kind::RouteKind;
pub use scope_set::{Iter, ScopeIndex, ScopeSet, contains};
pub use status::Status;
