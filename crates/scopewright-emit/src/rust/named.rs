//! `named` and its siblings: the constants by which an expanded attribute confirms that a name is exactly a declared one.

use super::quote::RustIdent;
use super::{line, put};
use scopewright_model::Policy;
use scopewright_model::core::ScopeIndex;
use scopewright_model::core::naming::{fingerprint, variant_name};
use std::collections::BTreeMap;

/// An attribute names a scope by the variant it derives from the literal, and by the literal's fingerprint. The pair
/// leads to the scope's number: several names derive one variant, and only declared ones have an arm here.
pub(super) fn print(out: &mut String, policy: &Policy) {
    let variants: BTreeMap<&str, &str> =
        policy.scopes.iter().map(|scope| (scope.variant.as_str(), scope.variant.as_str())).collect();
    // What a derived name resolves to: a variant of that name, or the constant made for the first that derives it.
    let mut derived: BTreeMap<String, &str> = BTreeMap::new();
    let mut arms = Vec::new();
    let aliases = policy.aliases.iter().map(|alias| (alias.name.as_str(), alias.target));
    for (name, scope) in policy.scopes_indexed().map(|(at, scope)| (scope.name.as_str(), at)).chain(aliases) {
        let variant = policy.scope(scope).variant.as_str();
        let from = variant_name(name);
        let resolved =
            variants.get(from.as_str()).copied().unwrap_or_else(|| derived.entry(from).or_insert(variant));
        arms.push(Arm { seen: resolved, name, meant: variant });
    }
    print_function(out, "named", "Scope", "u16", "scope", &arms);

    let modes = policy.modes.iter().map(|mode| (mode.variant.clone(), mode.name.as_str()));
    let modes: Vec<_> = modes.collect();
    let arms: Vec<_> =
        modes.iter().map(|(variant, name)| Arm { seen: variant, name, meant: variant }).collect();
    print_function(out, "named_mode", "AuthMode", "u8", "auth mode", &arms);

    let reasons: Vec<_> = policy.public_reasons.keys().map(|key| (variant_name(key), key.as_str())).collect();
    let arms: Vec<_> =
        reasons.iter().map(|(variant, name)| Arm { seen: variant, name, meant: variant }).collect();
    print_function(out, "named_reason", "PublicReason", "u16", "public reason", &arms);
}

/// The variant that the attribute's path resolves to, the name it was derived from, the variant that is meant.
struct Arm<'a> {
    seen: &'a str,
    name: &'a str,
    meant: &'a str,
}

fn print_function(out: &mut String, function: &str, ty: &str, number: &str, noun: &str, arms: &[Arm<'_>]) {
    line(out, "");
    line(out, "#[doc(hidden)]");
    line(out, "#[track_caller]");
    line(
        out,
        "#[allow(clippy::match_same_arms, clippy::panic, clippy::too_many_lines, reason = \"for constants only\")]",
    );
    if arms.is_empty() {
        put(out, format_args!("pub const fn {function}(it: {ty}, _fingerprint: u64) -> {number} {{\n"));
        line(out, "    match it {}\n}");
        return;
    }
    put(out, format_args!("pub const fn {function}(it: {ty}, fingerprint: u64) -> {number} {{\n"));
    line(out, "    match (it, fingerprint) {");
    for arm in arms {
        put(
            out,
            format_args!(
                "        ({ty}::{}, {}) => {ty}::{} as {number},\n",
                RustIdent::new(arm.seen),
                Hex(fingerprint(arm.name)),
                RustIdent::new(arm.meant),
            ),
        );
    }
    put(out, format_args!("        _ => panic!(\"the policy declares no {noun} of exactly this name\"),\n"));
    line(out, "    }\n}");
}

/// A number in hexadecimal, grouped by four digits.
pub(super) struct Hex(pub(super) u64);

impl std::fmt::Display for Hex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let group = |shift: u32| (self.0 >> shift) & 0xFFFF;
        write!(f, "0x{:04x}_{:04x}_{:04x}_{:04x}", group(48), group(32), group(16), group(0))
    }
}

/// The words of a set of scopes.
pub(super) fn words(scopes: &[ScopeIndex], count: usize) -> Vec<u64> {
    let mut words = vec![0; count];
    for scope in scopes {
        if let Some(word) = words.get_mut(scope.word()) {
            *word |= scope.bit();
        }
    }
    words
}
