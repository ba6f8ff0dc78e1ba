//! The public enums: scopes, modes, public reasons; and what hangs on scopes: bundles and old names.

use super::quote::{DocCode, DocText, RustIdent, RustStr};
use super::{line, lines, put};
use scopewright_model::Policy;
use scopewright_model::core::naming::variant_name;
use scopewright_model::core::{ScopeEnforcement, ScopeIndex, Status};
use std::collections::BTreeSet;

/// `enum Scope` and what belongs to it.
pub(super) fn print_scopes(out: &mut String, policy: &Policy) {
    let variants = policy.scopes.iter().map(|scope| Variant {
        ident: RustIdent::new(&scope.variant),
        name: &scope.name,
        docs: scope_docs(policy, scope),
    });
    let docs =
        format!("A scope of {}: what a caller can be granted and an endpoint can ask for.", title(policy));
    print_enum(out, "Scope", "u16", &docs, &variants.collect::<Vec<_>>());
    lines(
        out,
        "
        impl Scope {
            /// Every scope, in the order of the policy.
            pub const ALL: &'static [Self] = <Self as rt::Catalogue>::SCOPES;

            /// The scopes this one implies directly.
            pub fn implies(self) -> &'static [Self] {
                rt::implied_by(self)
            }

            /// Everything a caller holds who was granted this scope, itself included.
            pub fn closure(self) -> ScopeSet {
                rt::closure_of(self)
            }

            /// What the scope opens, in the words of the policy.
            pub fn grants(self) -> &'static str {
                rt::words_of(self)
            }

            /// Where the scope is in its life.
            pub fn status(self) -> rt::Status {
                rt::status_of(self)
            }
        }

        impl ::core::str::FromStr for Scope {
            type Err = rt::UnknownName;

            fn from_str(name: &str) -> ::core::result::Result<Self, rt::UnknownName> {
                rt::scope_named(name).ok_or(rt::UnknownName)
            }
        }
        ",
    );
    let words = policy.scopes.len().div_ceil(64).max(1);
    line(out, "");
    line(out, "/// A set of scopes.");
    put(out, format_args!("pub type ScopeSet = rt::ScopeSet<{words}>;\n"));
    lines(
        out,
        "

        /// Proof, in a handler's signature, that the caller met the requirement `R`.
        pub type Guard<R> = rt::Guard<Scope, R>;

        /// What an authenticated caller holds.
        pub type Grant = rt::Grant<Scope>;
        ",
    );
}

fn scope_docs(policy: &Policy, scope: &scopewright_model::policy::Scope) -> Vec<String> {
    let mut docs = vec![format!("{}: {}", DocCode(&scope.name), DocText(&scope.grants))];
    if !scope.implies.is_empty() {
        docs.push(format!("Implies {}.", links(policy, &scope.implies)));
    }
    let note = scope.deprecated_note.as_deref().map(|note| format!(" {}", DocText(note))).unwrap_or_default();
    match scope.status {
        Status::Stable => {}
        Status::Beta => docs.push("Beta: it may change.".to_owned()),
        Status::Planned => docs.push("Planned: it can be neither granted nor required yet.".to_owned()),
        Status::UnderReview => {
            docs.push("Under review: it can be neither granted nor required yet.".to_owned());
        }
        Status::Deprecated => docs.push(format!("Deprecated.{note}")),
        Status::Removed => docs.push(format!("Removed: it can be neither granted nor required.{note}")),
    }
    docs
}

fn links(policy: &Policy, scopes: &[ScopeIndex]) -> String {
    let link = |scope: &ScopeIndex| format!("[`Scope::{}`]", RustIdent::new(&policy.scope(*scope).variant));
    scopes.iter().map(link).collect::<Vec<_>>().join(", ")
}

/// `enum AuthMode`.
pub(super) fn print_modes(out: &mut String, policy: &Policy) {
    let variants = policy.modes.iter().map(|mode| {
        let mut docs = vec![match &mode.description {
            Some(description) => format!("{}: {}", DocCode(&mode.name), DocText(description)),
            None => format!("{}.", DocCode(&mode.name)),
        }];
        if mode.enforcement == ScopeEnforcement::Skipped {
            let because = mode.skipped_because.as_deref().map(|because| format!(": {}", DocText(because)));
            docs.push(format!("Its scopes are not checked{}.", because.unwrap_or_default()));
        }
        if let Some(base) = mode.upgrades {
            let base = RustIdent::new(&policy.mode(base).variant);
            docs.push(format!("May do all that [`AuthMode::{base}`] may, with more assurance."));
        }
        let members = mode.credential.members().iter();
        let members: Vec<String> = members
            .map(|member| format!("[`AuthMode::{}`]", RustIdent::new(&policy.mode(*member).variant)))
            .collect();
        if !members.is_empty() {
            docs.push(format!("All of these in one request: {}.", members.join(", ")));
        }
        if !mode.alone {
            docs.push("No credential by itself: no grant is of this mode.".to_owned());
        }
        Variant { ident: RustIdent::new(&mode.variant), name: &mode.name, docs }
    });
    let docs = "A way to authenticate.";
    print_enum(out, "AuthMode", "u8", docs, &variants.collect::<Vec<_>>());
    print_all_and_from_str(
        out,
        "AuthMode",
        "Every mode, in the order of the policy.",
        "<Scope as rt::Catalogue>::MODES",
    );
}

/// `enum PublicReason`.
pub(super) fn print_public_reasons(out: &mut String, policy: &Policy) {
    let variants: Vec<_> = policy
        .public_reasons
        .iter()
        .map(|(key, reason)| Variant {
            ident: RustIdent::new(&variant_name(key)),
            name: key,
            docs: vec![format!("{}: {}", DocCode(key), DocText(&reason.value))],
        })
        .collect();
    print_enum(out, "PublicReason", "u16", "Why an endpoint asks nobody for a credential.", &variants);
    let all: Vec<_> = variants.iter().map(|variant| format!("Self::{}", variant.ident)).collect();
    print_all_and_from_str(
        out,
        "PublicReason",
        "Every reason, sorted by its key.",
        &format!("&[{}]", all.join(", ")),
    );
    lines(
        out,
        "

        impl rt::PublicReason for PublicReason {
            type Catalogue = Scope;
        }

        rt::__serde_impls! { Scope AuthMode PublicReason }
        rt::__registration_decisions! {}
        ",
    );
}

/// `mod bundles`.
pub(super) fn print_bundles(out: &mut String, policy: &Policy) {
    if policy.bundles.is_empty() {
        return;
    }
    line(out, "");
    line(out, "/// Scopes that are granted together.");
    line(out, "#[allow(clippy::doc_markdown, reason = \"the texts are the policy's\")]");
    line(out, "pub mod bundles {");
    line(out, "    use super::Scope;");
    for bundle in &policy.bundles {
        line(out, "");
        put(out, format_args!("    /// {}: {}\n", DocCode(&bundle.name), DocText(&bundle.title)));
        if let Some(description) = &bundle.description {
            put(out, format_args!("    ///\n    /// {}\n", DocText(description)));
        }
        put(out, format_args!("    pub const {}: &[Scope] = &[\n", RustIdent::new(&bundle.constant)));
        for scope in &bundle.scopes {
            put(out, format_args!("        Scope::{},\n", RustIdent::new(&policy.scope(*scope).variant)));
        }
        line(out, "    ];");
    }
    line(out, "}");
}

/// Names that attributes may derive from a scope's name and that are no variants: of scopes with an explicit variant,
/// and of aliases.
pub(super) fn print_aliases(out: &mut String, policy: &Policy) {
    let mut taken: BTreeSet<String> = policy.scopes.iter().map(|scope| scope.variant.clone()).collect();
    let mut constants = String::new();
    for scope in &policy.scopes {
        let derived = variant_name(&scope.name);
        if !derived.is_empty() && taken.insert(derived.clone()) {
            line(&mut constants, "    #[doc(hidden)]");
            let (derived, variant) = (RustIdent::new(&derived), RustIdent::new(&scope.variant));
            put(&mut constants, format_args!("    pub const {derived}: Self = Self::{variant};\n"));
        }
    }
    for alias in &policy.aliases {
        let derived = variant_name(&alias.name);
        if !derived.is_empty() && taken.insert(derived.clone()) {
            let target = policy.scope(alias.target);
            let note = format!("renamed to `{}`, accepted until {}", target.name, alias.until);
            line(&mut constants, "    #[doc(hidden)]");
            put(&mut constants, format_args!("    #[deprecated(note = {})]\n", RustStr(&note)));
            let (derived, variant) = (RustIdent::new(&derived), RustIdent::new(&target.variant));
            put(&mut constants, format_args!("    pub const {derived}: Self = Self::{variant};\n"));
        }
    }
    if !constants.is_empty() {
        line(out, "");
        line(
            out,
            "#[allow(non_upper_case_globals, reason = \"attributes write these names like variants\")]",
        );
        line(out, "impl Scope {");
        out.push_str(&constants);
        line(out, "}");
    }
}

fn title(policy: &Policy) -> String {
    if policy.api.title.is_empty() {
        "this API".to_owned()
    } else {
        format!("the {}", DocText(&policy.api.title))
    }
}

struct Variant<'a> {
    ident: RustIdent,
    name: &'a str,
    docs: Vec<String>,
}

/// An enum without fields, its `as_str` and its `Display`. An enum without variants has no representation to state.
fn print_enum(out: &mut String, name: &str, repr: &str, docs: &str, variants: &[Variant<'_>]) {
    line(out, "");
    put(out, format_args!("/// {docs}\n"));
    line(out, "#[allow(clippy::doc_markdown, reason = \"the texts are the policy's\")]");
    line(out, "#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]");
    if variants.is_empty() {
        put(out, format_args!("pub enum {name} {{}}\n"));
    } else {
        put(out, format_args!("#[repr({repr})]\npub enum {name} {{\n"));
        for variant in variants {
            for (at, paragraph) in variant.docs.iter().enumerate() {
                if at > 0 {
                    line(out, "    ///");
                }
                put(out, format_args!("    /// {paragraph}\n"));
            }
            put(out, format_args!("    {},\n", variant.ident));
        }
        line(out, "}");
    }
    put(out, format_args!("\nimpl {name} {{\n"));
    line(out, "    /// The name, byte for byte as the policy declares it.");
    line(out, "    #[allow(clippy::too_many_lines, reason = \"one line for each name\")]");
    line(out, "    pub const fn as_str(self) -> &'static str {");
    line(out, "        match self {");
    for variant in variants {
        put(out, format_args!("            Self::{} => {},\n", variant.ident, RustStr(variant.name)));
    }
    line(out, "        }\n    }\n}");
    put(out, format_args!("\nimpl ::core::fmt::Display for {name} {{\n"));
    line(out, "    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {");
    line(out, "        f.pad(self.as_str())\n    }\n}");
}

fn print_all_and_from_str(out: &mut String, name: &str, docs: &str, all: &str) {
    lines(
        out,
        &format!(
            "
            impl {name} {{
                /// {docs}
                pub const ALL: &'static [Self] = {all};
            }}

            impl ::core::str::FromStr for {name} {{
                type Err = rt::UnknownName;

                fn from_str(name: &str) -> ::core::result::Result<Self, rt::UnknownName> {{
                    Self::ALL.iter().copied().find(|it| it.as_str() == name).ok_or(rt::UnknownName)
                }}
            }}
            "
        ),
    );
}
