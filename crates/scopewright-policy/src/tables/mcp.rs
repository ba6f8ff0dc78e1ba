//! `[mcp]`: what an MCP server offers that has no attribute in source, and what its lists show.

use super::Declared;
use super::auth::Via;
use super::decision::decided_table;
use super::routes::{RawMayRequire, RawModeDecision, SOMEWHERE, check_notes, check_rules};
use crate::context::Context;
use crate::raw::{Entries, Field, Many, Pattern, raw_table, raw_words};
use scopewright_model::core::{ModeIndex, ResourcePattern, ScopeEnforcement};
use scopewright_model::policy::{AuthMode, DeclaredMcpResource, Denial, McpLists};
use scopewright_model::{Code, Diagnostic, Span, Spanned};
use std::collections::BTreeMap;

raw_table! {
    /// What the policy says of MCP servers. Tools and prompts are decided where they are written.
    RawMcp {
        /// Who may read which resource, by its URI or a template of URIs. `[[mcp.resources]]`.
        resources: Optional Many<RawMcpResource> = "resources";
    }
    rules []
}

decided_table! {
    /// A resource of an MCP server, or all that a template names. What no entry names is denied and not listed.
    RawMcpResource {
        /// The URI, or a template with `{name}` (a value without slashes) and `{+name}` (one with slashes).
        uri: Required ResourceUri = "uri", "\"cameras://all\"", "\"cameras://{id}/snapshot\"";
        /// The auth modes the decision is about; all of them unless it is said.
        via: Optional Via = "via", "\"api_key\"", "[\"jwt\", \"session\"]";
        /// Decisions for single auth modes, beside the one for all others.
        modes: Optional Entries<RawModeDecision> = "modes", "{ operator = { authenticated = true } }";
        /// Scopes the server itself may ask for.
        may_require: Optional Many<RawMayRequire> = "may_require",
            "[{ scope = \"tag:read\", when = \"the camera has tags\" }]";
    }
    rules [SOMEWHERE]
}

raw_words! {
    McpLists {
        "allowed" => McpLists::Allowed, "What the caller may call.";
        "requestable" => McpLists::Requestable, "Also what it could call with more scopes.";
    }
}

/// `uri`.
#[derive(Debug)]
pub(crate) struct ResourceUri(String);

impl Pattern for ResourceUri {
    const PATTERN: &'static str = r"^[A-Za-z][A-Za-z0-9+.-]*:\S*$";

    fn parse(text: &str) -> Result<Self, (String, String)> {
        match ResourcePattern::parse(text) {
            Ok(_) => Ok(Self(text.to_owned())),
            Err(why) => Err((
                format!("is no URI and no template of URIs: `{}`", text.escape_debug()),
                format!("{why}; write it as in `cameras://{{id}}/snapshot`"),
            )),
        }
    }
}

/// `[[mcp.resources]]`, checked and sorted by URI.
pub(crate) fn check(
    mcp: Option<Field<RawMcp>>,
    declared: Declared<'_>,
    cx: &mut Context<'_>,
) -> Vec<DeclaredMcpResource> {
    let resources = mcp.and_then(|mcp| mcp.value.resources).map(|field| field.value.0).unwrap_or_default();
    let checked = resources.into_iter().filter_map(|resource| check_resource(resource, declared, cx));
    let mut found: Vec<DeclaredMcpResource> = checked.collect();
    report_twice(&found, cx);
    found.sort_by(|one, other| one.uri.value.cmp(&other.uri.value));
    found
}

fn check_resource(
    resource: Spanned<RawMcpResource>,
    declared: Declared<'_>,
    cx: &mut Context<'_>,
) -> Option<DeclaredMcpResource> {
    let Spanned { value: mut raw, span } = resource;
    let (via, modes) = (raw.via.take(), raw.modes.take());
    let rules = check_rules(raw.decision(), via, modes, ("resource", declared), cx);
    let may_require = check_notes(raw.may_require.take(), declared, cx);
    let uri = raw.uri.map(Field::spanned)?;
    Some(DeclaredMcpResource { uri: Spanned::new(uri.value.0, uri.span), rules, may_require, span })
}

/// Two entries that differ in the names of their expressions alone are about the same.
fn report_twice(resources: &[DeclaredMcpResource], cx: &mut Context<'_>) {
    let mut seen: BTreeMap<String, &Span> = BTreeMap::new();
    for resource in resources {
        let Spanned { value, span } = &resource.uri;
        let shape = ResourcePattern::parse(value).map(ResourcePattern::shape).unwrap_or_default();
        let Some(first) = seen.insert(shape, span) else { continue };
        let message = format!("the resource `{value}` is decided twice");
        let finding = Diagnostic::new(Code::DuplicateDeclaration, message, span.clone(), "again here")
            .also(first.clone(), "first here")
            .help("keep one of the two entries");
        cx.report(finding);
    }
}

/// An offer to ask for scopes can't be made to who is told of none, or is asked for none.
pub(crate) fn report_idle_offers(modes: &[AuthMode], denial: &Denial, cx: &mut Context<'_>) {
    let offered = (0..=u8::MAX).map(ModeIndex).zip(modes);
    for (index, mode) in offered.filter(|(_, mode)| mode.mcp_lists == McpLists::Requestable) {
        let why = if mode.enforcement == ScopeEnforcement::Skipped {
            "its scopes are not checked"
        } else if denial.discloses_to(Some(index)) {
            continue;
        } else {
            "`[denial.insufficient_scope]` tells it no scopes"
        };
        let message = format!("the mode `{}` can't be offered what it lacks scopes for: {why}", mode.name);
        let finding = Diagnostic::new(
            Code::InvalidValue,
            message,
            mode.span.clone(),
            "says `mcp_lists = \"requestable\"`",
        );
        cx.report(finding.help("leave `mcp_lists` out, or tell this mode which scopes it lacks"));
    }
}
