//! Decides what MCP servers offer. A tool or prompt is decided by what stands on it and by nothing else: families and
//! `[[routes]]` are about paths, which these do not have. Resources have no function to write on; the policy decides them.

use super::names::{Names, listed};
use super::ruling::{Ruling, resolve_rules};
use super::{coverage, looked_up};
use scopewright_model::policy::DeclaredMcpResource;
use scopewright_model::{
    Applicability, Code, DecidedBy, Diagnostic, McpFunction, McpKind, McpOperation, Policy, RouteTable, Sink,
    Span,
};

/// What is decided, sorted by kind, then name, one of each.
pub(super) fn decide(table: &RouteTable, names: &Names<'_>, sink: &mut Sink) -> Vec<McpOperation> {
    let mut decided = Vec::new();
    for same in table.mcp.chunk_by(|one, other| (one.kind, &one.name) == (other.kind, &other.name)) {
        let mut rulings: Vec<(&McpFunction, Option<Ruling>)> =
            same.iter().map(|function| (function, ruling(function, names, sink))).collect();
        report_duplicates(&rulings, sink);
        if let Some((function, Some(ruling))) = rulings.drain(..).next() {
            decided.push(operation(function, ruling, same.len() > 1, names, sink));
        }
    }
    let resources = names.policy.mcp_resources.iter();
    decided.extend(resources.filter_map(|resource| of_resource(resource, names, sink)));
    report_undecided_resources(table, names.policy, sink);
    decided
}

/// What an annotation says; none if there is none or it is wrong, which is then reported.
fn ruling(function: &McpFunction, names: &Names<'_>, sink: &mut Sink) -> Option<Ruling> {
    let Some(annotation) = function.annotation.as_ref().filter(|annotation| !annotation.rules.is_empty())
    else {
        sink.push(undecided(function, names.policy));
        return None;
    };
    resolve_rules(&annotation.rules, names, sink)
}

fn operation(
    function: &McpFunction,
    ruling: Ruling,
    in_some_builds: bool,
    names: &Names<'_>,
    sink: &mut Sink,
) -> McpOperation {
    let annotation = function.annotation.as_ref();
    let place = annotation.map_or(&function.registered, |annotation| &annotation.span);
    let noted = annotation.iter().flat_map(|annotation| &annotation.may_require);
    let operation = McpOperation {
        kind: function.kind,
        name: function.name.clone(),
        handler: Some(function.handler.clone()),
        registered: function.registered.clone(),
        by_mode: ruling.by_mode,
        otherwise: ruling.otherwise,
        decided_by: DecidedBy::Attribute(place.clone()),
        may_require: looked_up(noted, names, sink),
        // Of several under different conditions one is there, under whichever.
        conditions: if in_some_builds { Vec::new() } else { function.conditions.clone() },
    };
    let rules: Vec<_> = annotation.iter().flat_map(|annotation| &annotation.rules).collect();
    coverage::report_deferred(&operation.title(), operation.decisions(), &operation.decided_by, &rules, sink);
    operation
}

fn of_resource(resource: &DeclaredMcpResource, names: &Names<'_>, sink: &mut Sink) -> Option<McpOperation> {
    let ruling = resolve_rules(&resource.rules, names, sink)?;
    let operation = McpOperation {
        kind: McpKind::Resource,
        name: resource.uri.value.clone(),
        handler: None,
        registered: resource.uri.span.clone(),
        by_mode: ruling.by_mode,
        otherwise: ruling.otherwise,
        decided_by: DecidedBy::McpResource(resource.uri.span.clone()),
        may_require: looked_up(resource.may_require.iter(), names, sink),
        conditions: Vec::new(),
    };
    let rules: Vec<_> = resource.rules.iter().collect();
    coverage::report_deferred(&operation.title(), operation.decisions(), &operation.decided_by, &rules, sink);
    Some(operation)
}

/// A server that reads resources, none of which anybody may read.
fn report_undecided_resources(table: &RouteTable, policy: &Policy, sink: &mut Sink) {
    if !policy.mcp_resources.is_empty() {
        return;
    }
    for reader in &table.resource_readers {
        sink.push(
            Diagnostic::new(
                Code::UndecidedResource,
                "the resources of this MCP server have no scope decision",
                reader.clone(),
                "answers `resources/read`",
            )
            .also(policy.file.clone(), "says of no resource who may read it")
            .help("say what a caller needs: `[[mcp.resources]]` with `uri = \"cameras://{id}/snapshot\"` and `requires = \"…\"`")
            .help("or remove `read_resource`, if there are no resources"),
        );
    }
}

/// Two of one name are one too many, unless they stand under conditions and ask for the same.
fn report_duplicates(rulings: &[(&McpFunction, Option<Ruling>)], sink: &mut Sink) {
    let Some(((first, ruling), rest)) = rulings.split_first() else { return };
    let noun = first.kind.as_str();
    for (function, other) in rest {
        let conditional = !first.conditions.is_empty() && !function.conditions.is_empty();
        if conditional && (ruling == other || ruling.is_none() || other.is_none()) {
            continue;
        }
        let why = if conditional { "asks for something else" } else { "a client can't tell them apart" };
        sink.push(
            Diagnostic::new(
                Code::DuplicateTool,
                format!("two {noun}s are called `{}`", function.name),
                function.handler.definition.clone(),
                why,
            )
            .also(first.handler.definition.clone(), "the other one")
            .help(format!("give each its own name: `#[{noun}(name = \"…\")]`")),
        );
    }
}

fn undecided(function: &McpFunction, policy: &Policy) -> Diagnostic {
    let noun = function.kind.as_str();
    let code = match function.kind {
        McpKind::Tool => Code::UndecidedTool,
        McpKind::Prompt => Code::UndecidedPrompt,
        McpKind::Resource => Code::UndecidedResource,
    };
    let name = function.handler.path.rsplit("::").next().unwrap_or_default();
    let scopes = policy.scopes.iter().filter(|scope| scope.status.is_live()).map(|scope| &*scope.name);
    let mut diagnostic = Diagnostic::new(
        code,
        format!("the MCP {noun} `{}` has no scope decision", function.name),
        function.handler.definition.clone(),
        format!("`{name}` has no scope decision"),
    )
    .also(function.registered.clone(), format!("offered as a {noun} here"));
    if let Some(item) = &function.handler.attribute_place {
        let indent = " ".repeat(usize::try_from(item.start.column.saturating_sub(1)).unwrap_or(0));
        let insertion = Span { file: item.file.clone(), start: item.start, end: item.start };
        let attribute = "#[requires_scope(\"…\")]";
        diagnostic = diagnostic.help(format!("say what a caller needs: `{attribute}`")).suggest_as(
            insertion,
            format!("{attribute}\n{indent}"),
            Applicability::HasPlaceholders,
        );
    }
    diagnostic.help(format!("the scopes are {}", listed(scopes))).help(
        "other answers are `#[requires_auth]` (whoever may call the MCP endpoint) and `#[scope_todo(\"…\")]` (denied \
         for everybody until it is decided)",
    )
}
