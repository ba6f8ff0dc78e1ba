//! The vocabulary every part of Scopewright shares, and the one decision function.
//!
//! In: what a caller holds and what an operation asks for. Out: a [`Verdict`].
//! The guard at run time, `cargo scopes explain`, the generated docs and the tests all call [`decide`]; nothing
//! else in the workspace answers the question "may this caller do that?".
//!
//! This crate has no dependencies and no policy in it: scopes are numbers here.

#![no_std]

extern crate alloc;

mod decision;
mod method;
pub mod naming;
mod pattern;
mod scope_set;

pub use decision::{
    Caller, Decision, ModeDecision, ModeIndex, Operation, Requirement, ScopeEnforcement, Verdict, decide,
};
pub use method::{Method, UnknownMethod};
pub use pattern::{InvalidPattern, MixedPart, RoutePattern, Segment};
pub use scope_set::{Iter, ScopeIndex, ScopeSet, contains};
