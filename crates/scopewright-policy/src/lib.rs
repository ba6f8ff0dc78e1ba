//! `scopes.toml` text to a validated [`Policy`], every error in one run.
//!
//! In: the bytes of one file and today's date. Out: a [`Policy`] in which nothing is in doubt, and findings.
//! bytes -> text (`text`) -> TOML with places (`syntax`) -> raw tables, a place on every value (`raw`,
//! `tables`) -> checked values (the `check` of each table). Nothing here reads a file, a clock or a route.

// Only the compiler reads and writes files.
#![warn(clippy::disallowed_methods)]

mod context;
mod generated_names;
mod implications;
mod nearest;
mod raw;
#[cfg(feature = "schema")]
pub mod schema;
mod scope_names;
mod syntax;
mod tables;
mod text;

pub use nearest::{Budget, nearest};
pub use text::{MAX_BYTES, unreadable};

use context::Context;
use scopewright_model::{Level, Policy, Sink};
use std::sync::Arc;

/// The text of a policy and what its meaning depends on.
#[derive(Debug, Clone)]
pub struct PolicyText<'a> {
    /// The file's path, as shown to people.
    pub file: &'a str,
    /// The file's bytes, as read. More than [`MAX_BYTES`] are refused, so a reader may stop one past them.
    pub bytes: &'a [u8],
    /// Today, `YYYY-MM-DD` (UTC): alias windows end against it.
    pub today: &'a str,
}

/// Parses and validates. Returns none if the policy is wrong; the sink then holds at least one error.
///
/// A warning that the policy's own `deny = [..]` turns into an error does not make the policy wrong: it is in the
/// sink as an error, and the policy is returned, so that what depends on its scopes can still be generated.
///
/// ```
/// use scopewright_model::Sink;
/// use scopewright_policy::{PolicyText, parse};
///
/// let toml = br#"
/// [auth.api_key]
/// type = "bearer"
/// scopes = "enforced"
/// unknown_scopes = "deny"
///
/// [scopes."vehicles:read"]
/// grants = "Read vehicles."
/// "#;
/// let mut sink = Sink::default();
/// let input = PolicyText { file: "scopes.toml", bytes: toml, today: "2026-01-31" };
/// let policy = parse(&input, &mut sink).unwrap();
/// assert_eq!(policy.scopes[0].variant, "VehiclesRead");
/// ```
pub fn parse(input: &PolicyText<'_>, sink: &mut Sink) -> Option<Policy> {
    let file: Arc<str> = input.file.into();
    let text = match text::decode(&file, input.bytes) {
        Ok(text) => text,
        Err(finding) => {
            sink.push(*finding);
            return None;
        }
    };
    let mut cx = Context::new(file, text, input.today);
    let policy = syntax::parse(&mut cx).and_then(|document| {
        let raw = tables::RawPolicy::read_document(&document, &mut cx)?;
        Some(tables::check(raw, &mut cx))
    });
    let mut findings = cx.into_findings();
    let is_wrong = findings.iter().any(|finding| finding.level == Level::Error);
    if let Some(policy) = &policy {
        for finding in findings.iter_mut().filter(|finding| policy.deny.contains(&finding.code)) {
            finding.level = Level::Error;
        }
    }
    sink.extend(findings);
    policy.filter(|_| !is_wrong)
}
