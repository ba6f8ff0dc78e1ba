//! A validated policy as plain text: every value, places only where they are all there is to tell.

use scopewright_model::competing::refused_together;
use scopewright_model::core::{ScopeEnforcement, ScopeIndex};
use scopewright_model::policy::{BodyValue, Denial, FamilyOrder, GenerateFile, McpLists};
use scopewright_model::{DeclaredRule, Policy, ScopeName, Spanned};
use std::fmt::Write;

/// The whole policy.
pub fn dump(policy: &Policy) -> String {
    let mut out = String::new();
    let Policy { api, modes, scopes, aliases, groups, bundles, public_reasons, .. } = policy;
    writeln!(out, "api {:?}", api.title).unwrap();
    optional(&mut out, "description", api.description.as_ref());
    optional(&mut out, "base path", api.base_path.as_ref());
    optional(&mut out, "scope format", api.scope_format.as_ref());
    for mode in modes {
        writeln!(out, "\nmode {} ({}): {:?}", mode.name, mode.variant, mode.credential).unwrap();
        writeln!(out, "  scopes {:?}", mode.enforcement).unwrap();
        optional(&mut out, "because", mode.skipped_because.as_ref());
        optional(&mut out, "description", mode.description.as_ref());
        optional(&mut out, "claim", mode.claim.as_ref());
        optional(&mut out, "claim format", mode.claim_format.as_ref());
        if mode.enforcement == ScopeEnforcement::Enforced {
            writeln!(out, "  unknown scopes {:?}", mode.unknown_scopes).unwrap();
        }
        optional(&mut out, "assurance", mode.assurance.as_ref());
        optional(&mut out, "upgrades", mode.upgrades.map(|base| &policy.mode(base).name));
        if !mode.alone {
            writeln!(out, "  not alone").unwrap();
        }
        optional(&mut out, "max age", mode.max_age.as_ref());
        optional(&mut out, "realm", mode.realm.as_ref());
        if !mode.yields_to.is_empty() {
            let names: Vec<&str> =
                mode.yields_to.iter().map(|other| policy.mode(*other).name.as_str()).collect();
            writeln!(out, "  yields to {}", names.join(", ")).unwrap();
        }
        if mode.invalid_counts_as_none {
            writeln!(out, "  counts as none where optional and not valid").unwrap();
        }
        if mode.mcp_lists != McpLists::Allowed {
            writeln!(out, "  mcp lists {:?}", mode.mcp_lists).unwrap();
        }
    }
    for scope in scopes {
        writeln!(
            out,
            "\nscope {} ({}, {}): {}",
            scope.name,
            scope.variant,
            scope.status.as_str(),
            scope.grants
        )
        .unwrap();
        if scope.implies.is_empty() {
            assert_eq!(names(policy, &scope.closure), scope.name);
        } else {
            writeln!(out, "  implies {}", names(policy, &scope.implies)).unwrap();
            writeln!(out, "  closure {}", names(policy, &scope.closure)).unwrap();
        }
        optional(&mut out, "group", scope.group.as_ref());
        optional(&mut out, "risk", scope.risk.as_ref());
        optional(&mut out, "owner", scope.owner.as_ref());
        optional(&mut out, "note", scope.deprecated_note.as_ref());
        if scope.hidden {
            writeln!(out, "  hidden").unwrap();
        }
        if scope.audit {
            writeln!(out, "  audit").unwrap();
        }
        for mode in &scope.admin_consent {
            writeln!(out, "  admin consent in {}", policy.mode(*mode).name).unwrap();
        }
    }
    for alias in aliases {
        let target = &policy.scope(alias.target).name;
        writeln!(out, "\nalias {} of {target} until {}", alias.name, alias.until).unwrap();
    }
    if let Some(resource) = &policy.resource {
        writeln!(out, "\nresource {}: {:?}", resource.identifier.value, resource.public.value).unwrap();
        writeln!(out, "  metadata at {} ({})", resource.metadata_url(), resource.metadata_path()).unwrap();
        for issuer in &resource.authorization_servers {
            writeln!(out, "  authorization server {issuer}").unwrap();
        }
        optional(&mut out, "documentation", resource.documentation.as_ref());
    }
    for group in groups {
        writeln!(out, "\ngroup {}: {}", group.name, group.title).unwrap();
        optional(&mut out, "description", group.description.as_ref());
    }
    for bundle in bundles {
        writeln!(out, "\nbundle {} ({}): {}", bundle.name, bundle.constant, bundle.title).unwrap();
        optional(&mut out, "description", bundle.description.as_ref());
        writeln!(out, "  {}", names(policy, &bundle.scopes)).unwrap();
    }
    for (name, reason) in public_reasons {
        writeln!(out, "\npublic reason {name}: {}", reason.value).unwrap();
    }
    families_and_routes(&mut out, policy);
    outputs(&mut out, policy);
    out
}

fn families_and_routes(out: &mut String, policy: &Policy) {
    if policy.family_order == FamilyOrder::FirstMatch {
        writeln!(out, "\nof families the first match").unwrap();
    }
    for family in &policy.families {
        writeln!(
            out,
            "\nfamily {} ({:?}, line {})",
            family.matcher.value, family.mode, family.span.start.line
        )
        .unwrap();
        for except in &family.except {
            writeln!(out, "  except {}", except.value).unwrap();
        }
        let named: Vec<&str> = family.via.iter().map(|mode| policy.mode(*mode).name.as_str()).collect();
        let via = if named.is_empty() { "every mode".to_owned() } else { named.join(", ") };
        writeln!(out, "  {via}: {}", rule(&family.rule)).unwrap();
        if !family.via.is_empty() {
            writeln!(out, "  other modes: {:?}", family.other_modes).unwrap();
        }
    }
    for route in &policy.routes {
        writeln!(out, "\nroute {} ({:?}, line {})", route.matcher.value, route.status, route.span.start.line)
            .unwrap();
        optional(out, "operation id", route.operation_id.as_ref());
        for mode_rule in &route.rules {
            let via = mode_rule.via.as_ref().map_or("otherwise", |via| &via.value);
            writeln!(out, "  {via}: {}", rule(&mode_rule.rule)).unwrap();
        }
        for note in &route.may_require {
            writeln!(out, "  may require {} when {}", note.scope.text, note.when).unwrap();
        }
    }
    for resource in &policy.mcp_resources {
        writeln!(out, "\nmcp resource {} (line {})", resource.uri.value, resource.span.start.line).unwrap();
        for mode_rule in &resource.rules {
            let via = mode_rule.via.as_ref().map_or("otherwise", |via| &via.value);
            writeln!(out, "  {via}: {}", rule(&mode_rule.rule)).unwrap();
        }
        for note in &resource.may_require {
            writeln!(out, "  may require {} when {}", note.scope.text, note.when).unwrap();
        }
    }
}

fn outputs(out: &mut String, policy: &Policy) {
    let denials = &policy.denials;
    denial(out, "unauthenticated", &denials.unauthenticated);
    denial(out, "insufficient scope", &denials.insufficient_scope);
    if policy.modes.iter().any(|mode| mode.upgrades.is_some()) {
        denial(out, "insufficient user authentication", &denials.insufficient_user_authentication);
    }
    denial(out, "mode refused", &denials.mode_refused);
    denial(out, "undecided", &denials.undecided);
    if refused_together(&policy.modes).is_some() {
        denial(out, "invalid request", &denials.invalid_request);
    }
    if let Some(unavailable) = &denials.unavailable {
        denial(out, "unavailable", unavailable);
    }
    writeln!(out).unwrap();
    let sources = [
        ("openapi", &policy.sources.openapi),
        ("manifest", &policy.sources.manifest),
        ("roots", &policy.sources.roots),
    ];
    for (kind, values) in sources {
        listed(out, &format!("source {kind}"), values);
    }
    let generate = &policy.generate;
    listed(out, "generate openapi", generate.openapi.iter().flat_map(|openapi| &openapi.documents));
    listed(out, "generate markdown", generate.markdown.iter().map(|GenerateFile { path }| path));
    listed(out, "generate typescript", generate.typescript.iter().map(|GenerateFile { path }| path));
    for code in &policy.deny {
        writeln!(out, "deny {code}").unwrap();
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
}

fn listed<'a>(out: &mut String, title: &str, values: impl IntoIterator<Item = &'a Spanned<String>>) {
    for value in values {
        writeln!(out, "{title} {}", value.value).unwrap();
    }
}

fn optional<T: std::fmt::Debug>(out: &mut String, title: &str, value: Option<&T>) {
    if let Some(value) = value {
        writeln!(out, "  {title} {value:?}").unwrap();
    }
}

fn names(policy: &Policy, scopes: &[ScopeIndex]) -> String {
    scopes.iter().map(|scope| policy.scope(*scope).name.as_str()).collect::<Vec<_>>().join(" ")
}

fn rule(rule: &DeclaredRule) -> String {
    match rule {
        DeclaredRule::Scoped(alternatives) => {
            let all = |names: &Vec<ScopeName>| {
                names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(" and ")
            };
            alternatives.iter().map(all).collect::<Vec<_>>().join(", or ")
        }
        DeclaredRule::Authenticated => "any valid credential".to_owned(),
        DeclaredRule::Public { reason, .. } => format!("public for {reason}"),
        DeclaredRule::OptionalAuth => "optional credential".to_owned(),
        DeclaredRule::Refused => "refused".to_owned(),
        DeclaredRule::Deferred { ticket } => format!("deferred to {ticket}"),
    }
}

fn denial(out: &mut String, title: &str, denial: &Denial) {
    let Denial { status, body, content_type, granted, disclose, undisclosed_to } = denial;
    writeln!(out, "\ndenial {title}: {status} {content_type}, granted {granted:?}, disclose {disclose}")
        .unwrap();
    if !undisclosed_to.is_empty() {
        writeln!(out, "  not disclosed to modes {undisclosed_to:?}").unwrap();
    }
    let body = body.as_ref().map_or_else(|| "no body".to_owned(), body_text);
    writeln!(out, "  {body}").unwrap();
}

fn body_text(body: &BodyValue) -> String {
    match body {
        BodyValue::Text(text) => format!("{text:?}"),
        BodyValue::Integer(number) => number.to_string(),
        BodyValue::Float(number) => format!("{number:?}"),
        BodyValue::Boolean(value) => value.to_string(),
        BodyValue::Array(items) => {
            format!("[{}]", items.iter().map(body_text).collect::<Vec<_>>().join(", "))
        }
        BodyValue::Object(members) => {
            let member = |(key, value): &(String, BodyValue)| format!("{key:?}: {}", body_text(value));
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        BodyValue::Hole(hole) => hole.as_str().to_owned(),
    }
}
