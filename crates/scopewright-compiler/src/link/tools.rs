//! Decides the MCP tools. A tool is decided by what stands on it and by nothing else: families and `[[routes]]` are
//! about paths, which tools do not have.

use super::names::{Names, listed};
use super::ruling::{Ruling, resolve_rules};
use super::{coverage, looked_up};
use scopewright_model::{
    Applicability, Code, DecidedBy, Diagnostic, Policy, Sink, Span, Tool, ToolOperation,
};

/// The tools that are decided, sorted by name, one of each.
pub(super) fn decide(tools: &[Tool], names: &Names<'_>, sink: &mut Sink) -> Vec<ToolOperation> {
    let mut decided = Vec::new();
    for same in tools.chunk_by(|one, other| one.name == other.name) {
        let mut rulings: Vec<(&Tool, Option<Ruling>)> =
            same.iter().map(|tool| (tool, ruling(tool, names, sink))).collect();
        report_duplicates(&rulings, sink);
        if let Some((tool, Some(ruling))) = rulings.drain(..).next() {
            decided.push(operation(tool, ruling, same.len() > 1, names, sink));
        }
    }
    decided
}

/// What a tool's annotation says; none if there is none or it is wrong, which is then reported.
fn ruling(tool: &Tool, names: &Names<'_>, sink: &mut Sink) -> Option<Ruling> {
    let Some(annotation) = tool.annotation.as_ref().filter(|annotation| !annotation.rules.is_empty()) else {
        sink.push(undecided(tool, names.policy));
        return None;
    };
    resolve_rules(&annotation.rules, names, sink)
}

fn operation(
    tool: &Tool,
    ruling: Ruling,
    in_some_builds: bool,
    names: &Names<'_>,
    sink: &mut Sink,
) -> ToolOperation {
    let annotation = tool.annotation.as_ref();
    let place = annotation.map_or(&tool.registered, |annotation| &annotation.span);
    let noted = annotation.iter().flat_map(|annotation| &annotation.may_require);
    let operation = ToolOperation {
        name: tool.name.clone(),
        handler: tool.handler.clone(),
        registered: tool.registered.clone(),
        by_mode: ruling.by_mode,
        otherwise: ruling.otherwise,
        decided_by: DecidedBy::Attribute(place.clone()),
        may_require: looked_up(noted, names, sink),
        // Of several under different conditions one is there, under whichever.
        conditions: if in_some_builds { Vec::new() } else { tool.conditions.clone() },
    };
    let rules: Vec<_> = annotation.iter().flat_map(|annotation| &annotation.rules).collect();
    coverage::report_deferred(&operation.title(), operation.decisions(), &operation.decided_by, &rules, sink);
    operation
}

/// Two tools of one name are one too many, unless they stand under conditions and ask for the same.
fn report_duplicates(rulings: &[(&Tool, Option<Ruling>)], sink: &mut Sink) {
    let Some(((first, ruling), rest)) = rulings.split_first() else { return };
    for (tool, other) in rest {
        let conditional = !first.conditions.is_empty() && !tool.conditions.is_empty();
        if conditional && (ruling == other || ruling.is_none() || other.is_none()) {
            continue;
        }
        let why = if conditional { "asks for something else" } else { "a client can't tell them apart" };
        sink.push(
            Diagnostic::new(
                Code::DuplicateTool,
                format!("two tools are called `{}`", tool.name),
                tool.handler.definition.clone(),
                why,
            )
            .also(first.handler.definition.clone(), "the other one")
            .help("give each its own name: `#[tool(name = \"…\")]`"),
        );
    }
}

fn undecided(tool: &Tool, policy: &Policy) -> Diagnostic {
    let name = tool.handler.path.rsplit("::").next().unwrap_or_default();
    let scopes = policy.scopes.iter().filter(|scope| scope.status.is_live()).map(|scope| &*scope.name);
    let mut diagnostic = Diagnostic::new(
        Code::UndecidedTool,
        format!("the MCP tool `{}` has no scope decision", tool.name),
        tool.handler.definition.clone(),
        format!("`{name}` has no scope decision"),
    )
    .also(tool.registered.clone(), "offered as a tool here");
    if let Some(item) = &tool.handler.attribute_place {
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
