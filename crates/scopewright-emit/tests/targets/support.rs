//! Plans and golden folders for the tests of the targets.

use scopewright_emit::{Document, Target, emit_markdown, emit_openapi, emit_rust, emit_typescript};
use scopewright_model::core::{ModeIndex, ScopeIndex};
use scopewright_model::policy::DeclaredRoute;
use scopewright_model::{
    AskedBy, DecidedBy, Decision, DeclaredRule, Diagnostic, Framework, Operation, OutputFile, Plan, Policy,
    Sink,
};
use scopewright_policy::{PolicyText, parse};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A plan of the operations that a policy declares under `[[routes]]`, one for each method.
pub fn plan(toml: &str) -> Plan {
    let mut sink = Sink::default();
    let text = PolicyText { file: "scopes.toml", bytes: toml.as_bytes(), today: "2026-01-31" };
    let policy = parse(&text, &mut sink);
    let findings: Vec<String> = sink.finish().iter().map(rendered).collect();
    let policy = policy.unwrap_or_else(|| panic!("the case's policy is wrong:\n{}", findings.join("\n")));
    let mut operations: Vec<Operation> =
        policy.routes.iter().flat_map(|route| operations_of(&policy, route)).collect();
    operations.sort_by_key(|operation| (operation.path.to_string(), operation.method.as_str()));
    Plan { policy, operations, mcp: Vec::new(), servers: Vec::new() }
}

fn operations_of(policy: &Policy, route: &DeclaredRoute) -> Vec<Operation> {
    let path = route.matcher.value.as_route().expect("a route of a case names one path");
    let methods = match route.matcher.value.methods() {
        [] => vec![scopewright_model::core::Method::Any],
        methods => methods.to_vec(),
    };
    let otherwise = route.rules.iter().find(|rule| rule.via.is_none());
    let mut by_mode: BTreeMap<ModeIndex, Decision> = route
        .rules
        .iter()
        .filter_map(|rule| {
            let mode = policy.mode_named(&rule.via.as_ref()?.value)?;
            Some((mode, decision(policy, &rule.rule)))
        })
        .collect();
    for (mode, upgrade) in policy.modes_indexed() {
        if let Some(of_base) = upgrade.upgrades.and_then(|base| by_mode.get(&base)).cloned() {
            by_mode.entry(mode).or_insert(of_base);
        }
    }
    let make = |method: scopewright_model::core::Method| Operation {
        method,
        kind: scopewright_model::core::RouteKind::Route,
        path: path.clone(),
        operation_id: route.operation_id.clone().unwrap_or_else(|| {
            format!("{}{path}", method.as_str().to_lowercase()).replace(['/', '{', '}', '*', '-'], "_")
        }),
        handler: None,
        registered: route.span.clone(),
        framework: Framework::Axum,
        by_mode: by_mode.clone(),
        otherwise: otherwise.map_or(Decision::Refused, |rule| decision(policy, &rule.rule)),
        decided_by: DecidedBy::Route(route.span.clone()),
        decided_apart: BTreeMap::new(),
        may_require: route
            .may_require
            .iter()
            .map(|note| (scope(policy, &note.scope.text), note.when.clone()))
            .collect(),
        conditions: Vec::new(),
        status: route.status,
        asked_by: AskedBy::Type,
        servers: Vec::new(),
    };
    methods.into_iter().map(make).collect()
}

fn decision(policy: &Policy, rule: &DeclaredRule) -> Decision {
    match rule {
        DeclaredRule::Scoped(any_of) => {
            let sorted = |all_of: &Vec<scopewright_model::ScopeName>| {
                let mut scopes: Vec<ScopeIndex> =
                    all_of.iter().map(|name| scope(policy, &name.text)).collect();
                scopes.sort_unstable();
                scopes
            };
            let mut any_of: Vec<Vec<ScopeIndex>> = any_of.iter().map(sorted).collect();
            any_of.sort();
            Decision::Scoped(any_of)
        }
        DeclaredRule::Authenticated => Decision::Authenticated,
        DeclaredRule::Public { reason, .. } => Decision::Public { reason: reason.clone() },
        DeclaredRule::OptionalAuth => Decision::OptionalAuth,
        DeclaredRule::Refused => Decision::Refused,
        DeclaredRule::Deferred { ticket } => Decision::Deferred { ticket: ticket.clone() },
    }
}

fn scope(policy: &Policy, name: &str) -> ScopeIndex {
    policy.scope_named(name).unwrap_or_else(|| panic!("the case's policy has no scope `{name}`"))
}

/// What a target makes of a plan and of the user's documents.
pub fn emit(target: Target, plan: &Plan, documents: &[Document], sink: &mut Sink) -> Vec<OutputFile> {
    match target {
        Target::Rust => vec![emit_rust(plan, "scopewright", &[])],
        Target::OpenApi => emit_openapi(plan, documents, sink),
        Target::Markdown => emit_markdown(plan),
        Target::TypeScript => emit_typescript(plan),
    }
}

/// A finding as one short text.
pub fn rendered(diagnostic: &Diagnostic) -> String {
    let mut text = format!(
        "{}: {}[{}]: {}",
        diagnostic.primary.span,
        diagnostic.level.as_str(),
        diagnostic.code,
        diagnostic.message
    );
    let labels = diagnostic.secondary.iter().map(|label| format!("{}: {}", label.span, label.text));
    let help = diagnostic.help.iter().map(|help| format!("help: {help}"));
    let suggestion = diagnostic.suggestion.iter();
    let suggestion = suggestion.map(|change| format!("suggestion at {}:{}", change.span, change.replacement));
    for line in labels.chain(help).chain(suggestion) {
        text.push_str("\n  ");
        text.push_str(&line);
    }
    text.push('\n');
    text
}

/// The folder of the golden cases.
pub fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// The folders in a folder, sorted by name.
pub fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut folders: Vec<PathBuf> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Every file below a folder, as paths relative to it with `/` between parts, sorted, with its text.
pub fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut left = vec![folder.to_owned()];
    while let Some(next) = left.pop() {
        let Ok(entries) = fs::read_dir(&next) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                left.push(path);
            } else {
                let parts = path.strip_prefix(folder).unwrap().components();
                let parts: Vec<String> =
                    parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
                found.push((parts.join("/"), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// One folder under `tests/golden/TARGET/`: documents under `input/`, and what is expected. The policy is the folder's
/// own `scopes.toml`, or the one of the folder's name under `tests/plans`, which several targets share.
pub struct Case {
    /// Where it stands.
    pub folder: PathBuf,
    /// Its plan.
    pub plan: Plan,
    /// Its documents.
    pub documents: Vec<Document>,
}

impl Case {
    /// Reads a case.
    pub fn read(folder: &Path) -> Self {
        let own = folder.join("scopes.toml");
        let name = folder.file_name().unwrap().to_string_lossy();
        let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/plans/{name}.toml"));
        let policy = if own.exists() { own } else { shared };
        let toml =
            fs::read_to_string(&policy).unwrap_or_else(|error| panic!("{}: {error}", policy.display()));
        let documents =
            files(&folder.join("input")).into_iter().map(|(path, text)| Document { path, text }).collect();
        Self { folder: folder.to_owned(), plan: plan(&toml), documents }
    }

    /// Compares what was made with `expected/` and `diagnostics.txt`; with `UPDATE=1` writes them.
    pub fn expect(&self, made: &[OutputFile], findings: &[Diagnostic]) -> Result<(), String> {
        let expected = self.folder.join("expected");
        let diagnostics: String = findings.iter().map(rendered).collect();
        let diagnostics_file = self.folder.join("diagnostics.txt");
        if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
            drop(fs::remove_dir_all(&expected));
            for file in made {
                let path = expected.join(file.path());
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, file.contents()).unwrap();
            }
            if diagnostics.is_empty() {
                drop(fs::remove_file(&diagnostics_file));
            } else {
                fs::write(&diagnostics_file, &diagnostics).unwrap();
            }
            return Ok(());
        }
        let mut problems = Vec::new();
        let wanted = files(&expected);
        for (path, text) in &wanted {
            match made.iter().find(|file| file.path() == path) {
                Some(file) => problems.extend(difference(path, text, file.contents())),
                None => problems.push(format!("expected/{path}: nothing makes this file any more")),
            }
        }
        for file in made {
            if !wanted.iter().any(|(path, _)| path == file.path()) {
                problems.push(format!("expected/{}: this file is missing", file.path()));
            }
        }
        let wanted = fs::read_to_string(&diagnostics_file).unwrap_or_default();
        problems.extend(difference("diagnostics.txt", &wanted, &diagnostics));
        if problems.is_empty() {
            return Ok(());
        }
        Err(format!("{} (accept with UPDATE=1)\n{}", self.folder.display(), problems.join("\n")))
    }
}

fn difference(path: &str, expected: &str, found: &str) -> Option<String> {
    if expected == found {
        return None;
    }
    let difference = similar::TextDiff::from_lines(expected, found);
    Some(format!("{path}:\n{}", difference.unified_diff().header("expected", "found")))
}
