//! The file's tables, one module each: what may be written there, and what it means once checked.

mod api;
mod auth;
mod body;
mod bundles;
mod decision;
mod denial;
mod deny;
mod families;
mod generate;
mod groups;
mod listeners;
mod mcp;
mod order;
mod public_reasons;
mod requirement;
mod resource;
mod routes;
mod scope_format;
mod scopes;
mod sources;

use crate::context::Context;
use crate::raw::{Entries, Field, List, Many, TableReader, raw_table};
use crate::scope_names::ScopeNames;
use scopewright_model::core::ModeIndex;
use scopewright_model::policy::{AuthMode, Policy};
use scopewright_model::{Code, Diagnostic, Span, Spanned};
use std::collections::BTreeMap;
use toml::de::DeTable;

#[cfg(feature = "schema")]
pub(crate) use deny::warnings;
pub(crate) use scopes::RawScope;

raw_table! {
    /// A Scopewright policy: who may call what, and everything that is generated from it.
    RawPolicy {
        /// Warnings that are errors for this policy.
        deny: Optional List<deny::Warning> = "deny", "[\"unused-scope\"]";
        /// What the policy is about.
        api: Optional api::RawApi = "api";
        /// Auth modes: kinds of credential, each an OpenAPI security scheme. `[auth.NAME]`.
        auth: Required Entries<auth::RawAuth> = "auth";
        /// Groups of scopes, for docs. `[groups.NAME]`.
        groups: Optional Entries<groups::RawGroup> = "groups";
        /// The scopes, kept byte for byte. `[scopes."NAME"]`.
        scopes: Required Entries<RawScope> = "scopes";
        /// Orders: of scopes, as implications, and of families.
        order: Optional order::RawOrder = "order";
        /// Scopes that are granted together. `[bundles.NAME]`.
        bundles: Optional Entries<bundles::RawBundle> = "bundles";
        /// The reasons for which an operation may be public, by name.
        public_reasons: Optional Entries<public_reasons::Reason> = "public_reasons";
        /// The API as a protected resource of OAuth 2.0 (RFC 9728).
        resource: Optional resource::RawResource = "resource";
        /// Rules about many routes. `[[families]]`.
        families: Optional Many<families::RawFamily> = "families";
        /// Endpoints whose decision stands here: proxied, static, another service. `[[routes]]`.
        routes: Optional Many<routes::RawRoute> = "routes";
        /// What MCP servers offer that has no attribute in source.
        mcp: Optional mcp::RawMcp = "mcp";
        /// Endpoints beside those found in Rust source.
        sources: Optional sources::RawSources = "sources";
        /// What is served beside the API. `[[listeners]]`.
        listeners: Optional Many<listeners::RawListener> = "listeners";
        /// What a denied call is answered.
        denial: Optional denial::RawDenials = "denial";
        /// The files `cargo scopes generate` writes.
        generate: Optional generate::RawGenerate = "generate";
    }
    rules []
}

impl RawPolicy {
    /// Reads a document. Every table is read, whatever is wrong with the others.
    pub(crate) fn read_document(document: &DeTable<'_>, cx: &mut Context<'_>) -> Option<Self> {
        if document.is_empty() {
            let finding = Diagnostic::new(
                Code::UnreadablePolicy,
                "the policy declares nothing",
                cx.file_start(),
                "holds no table and no key",
            );
            cx.report(finding.help("declare at least one `[auth.NAME]` and one `[scopes.\"NAME\"]`"));
            return None;
        }
        let reader = TableReader::document(document, &Self::TABLE, cx);
        Some(Self::read_keys(&reader, cx))
    }
}

/// What names in later tables are looked up in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Declared<'a> {
    scopes: &'a ScopeNames,
    modes: &'a [AuthMode],
    public_reasons: &'a BTreeMap<String, Spanned<String>>,
}

impl<'a> Declared<'a> {
    /// The modes that `via` names, each with its place.
    fn with_places<'v>(&self, via: &'v [(ModeIndex, Spanned<String>)]) -> Vec<(&'a AuthMode, &'v Span)> {
        via.iter()
            .filter_map(|(mode, name)| Some((self.modes.get(usize::from(mode.0))?, &name.span)))
            .collect()
    }
}

/// Checks the raw tables. The result is only a policy if no error is among the findings.
pub(crate) fn check(raw: RawPolicy, cx: &mut Context<'_>) -> Policy {
    let api = raw.api.map_or_else(api::default_api, |api| api.value.check());
    let modes = auth::check(entries(raw.auth), cx);
    let declared_groups = groups::check(entries(raw.groups));
    let raw_scopes = entries(raw.scopes);
    let names = ScopeNames::declare(&raw_scopes, cx);
    let family_order = raw.order.as_ref().and_then(|order| order.value.families.as_ref());
    let family_order = family_order.map(|order| order.value).unwrap_or_default();
    let orders = raw.order.map(|order| order.value.check(&names, cx)).unwrap_or_default();
    let context = scopes::Surroundings { names: &names, modes: &modes, format: api.scope_format, orders };
    let (scopes, aliases) = scopes::check(raw_scopes, context, cx);
    let groups = groups::of_scopes(declared_groups, &scopes, cx);
    let bundles = bundles::check(entries(raw.bundles), &scopes, &names, cx);
    let public_reasons = public_reasons::check(entries(raw.public_reasons));
    let declared = Declared { scopes: &names, modes: &modes, public_reasons: &public_reasons };
    let resource = raw.resource.and_then(|resource| resource.value.check(resource.key, &modes, declared, cx));
    let families = families::check(raw.families, family_order, declared, cx);
    let routes = routes::check(raw.routes, declared, cx);
    let mcp_resources = mcp::check(raw.mcp, declared, cx);
    let denials = denial::check(raw.denial.map(|field| field.value), &modes, cx);
    mcp::report_idle_offers(&modes, &denials.insufficient_scope, cx);
    let generate = raw.generate.map(|generate| generate.value.check(cx)).unwrap_or_default();
    let listeners = listeners::check(raw.listeners);
    let sources = raw.sources.map(|sources| sources.value.check()).unwrap_or_default();
    Policy {
        file: cx.file_start(),
        api,
        modes,
        scopes: scopes.into_iter().map(|(scope, _)| scope).collect(),
        aliases,
        groups,
        bundles,
        resource,
        public_reasons,
        families,
        family_order,
        routes,
        mcp_resources,
        sources,
        listeners,
        denials,
        generate,
        deny: deny::check(raw.deny),
    }
}

/// The entries of a table; that it must have some is checked where it is opened.
fn entries<T>(field: Option<Field<Entries<T>>>) -> Entries<T> {
    field.map(|field| field.value).unwrap_or_default()
}
