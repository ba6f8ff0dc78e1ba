//! What the test programs of this crate share: the cases, and plain forms of findings and policies.

#![allow(dead_code, reason = "each test program uses a part of it")]

pub mod dump;
pub mod mutate;
pub mod render;

use scopewright_model::{Code, Diagnostic, Policy, Sink};
use scopewright_policy::{PolicyText, parse};
use std::path::{Path, PathBuf};

/// The day all cases are read on.
pub const TODAY: &str = "2026-06-15";

/// The codes this stage reports.
pub const OURS: &[Code] = &[
    Code::UnreadablePolicy,
    Code::InvalidToml,
    Code::UnknownKey,
    Code::MissingKey,
    Code::InvalidValue,
    Code::UnknownScope,
    Code::InvalidScopeToken,
    Code::ScopeFormatMismatch,
    Code::DuplicateDeclaration,
    Code::NameCollision,
    Code::ReservedName,
    Code::ImplicationCycle,
    Code::SelfImplication,
    Code::ScopeNotLive,
    Code::DeprecatedScope,
    Code::ExpiredAlias,
    Code::AliasUsed,
    Code::RedundantBundleMember,
    Code::MissingScopesAnswer,
    Code::UnknownMode,
    Code::UnknownPublicReason,
    Code::UnknownPlaceholder,
    Code::UndisclosedPlaceholder,
    Code::InvalidMatcher,
];

/// A policy file that is read as `scopes.toml`.
pub fn read(bytes: &[u8]) -> (Option<Policy>, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let policy = parse(&PolicyText { file: "scopes.toml", bytes, today: TODAY }, &mut sink);
    (policy, sink.finish())
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every case folder of the policy stage, sorted by name.
pub fn cases() -> Vec<PathBuf> {
    let folder = root().join("tests/cases/policy");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    assert!(!cases.is_empty(), "no case in {}", folder.display());
    cases
}

/// Whether expected files are to be rewritten.
pub fn is_update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}
