//! Every folder of `tests/cases/link`: a policy and its routes, and what linking the two comes to.
//!
//! `diagnostics.txt` holds all findings as a terminal shows them and is absent where there is none; `operations.txt`
//! holds the linked operations. `UPDATE=1` rewrites both; a plain run only compares.

#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use scopewright_compiler::render::{Colour, Texts, human};
use scopewright_compiler::{
    DiskFileSystem, FileSystem as _, Inputs, MemoryFileSystem, Outcome, compile, read_package, requirement,
};
use scopewright_model::core::{ModeIndex, ScopeIndex};
use scopewright_model::{Code, Decision, McpOperation, Operation, Plan};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The day all cases are read on.
const TODAY: &str = "2026-06-15";
const EXPECTED: [&str; 2] = ["diagnostics.txt", "operations.txt"];

#[test]
fn every_case_links_as_its_folder_expects() {
    let mut wrong = Vec::new();
    for folder in cases() {
        let files = files(&folder);
        let outcome = outcome(&files);
        let findings = human(&outcome.diagnostics, &Texts::new(&files), Colour::Off);
        let operations = outcome.plan.as_ref().map(operations).unwrap_or_default();
        for (name, text) in EXPECTED.into_iter().zip([findings, operations]) {
            wrong.extend(compare(&folder.join(name), &text).err());
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 accepts these:\n{}", wrong.join("\n"));
}

#[test]
fn every_finding_of_this_stage_has_a_case() {
    let findings = cases().into_iter().flat_map(|folder| outcome(&files(&folder)).diagnostics);
    let seen: BTreeSet<Code> = findings.map(|found| found.code).collect();
    let missing: Vec<&str> =
        OURS.iter().filter(|code| !seen.contains(code)).map(|code| code.name()).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}

#[test]
fn findings_are_written_in_the_house_style() {
    for folder in cases() {
        for found in outcome(&files(&folder)).diagnostics {
            let texts = std::iter::once(&found.message).chain(&found.help);
            for text in texts.chain(found.secondary.iter().map(|label| &label.text)) {
                let first = text.chars().next().unwrap();
                assert!(!first.is_uppercase(), "{}: begins with a capital: {text}", folder.display());
                assert!(!text.ends_with('.'), "{}: ends with a stop: {text}", folder.display());
            }
            assert!(!found.help.is_empty(), "{}: no way out: {}", folder.display(), found.message);
        }
    }
}

/// The codes that linking reports.
const OURS: &[Code] = &[
    Code::UnknownScope,
    Code::ScopeNotLive,
    Code::DeprecatedScope,
    Code::AliasUsed,
    Code::UnusedScope,
    Code::UnknownMode,
    Code::UnknownPublicReason,
    Code::UnmatchedFamily,
    Code::UnmatchedRoute,
    Code::ConflictingFamilies,
    Code::FamilyMismatch,
    Code::UndecidedEndpoint,
    Code::DecidedTwice,
    Code::DuplicateRoute,
    Code::AmbiguousRoutes,
    Code::NoEndpoints,
    Code::UnguardedService,
    Code::UnenforcedDecision,
    Code::UnmatchedListener,
    Code::UnreachedAnnotation,
    Code::DeferredEndpoint,
    Code::UndecidedTool,
    Code::DuplicateTool,
    Code::InvalidSource,
];

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/link");
    let mut cases: Vec<PathBuf> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty(), "no case in {}", root.display());
    cases
}

/// The inputs of a case, in memory.
fn files(folder: &Path) -> MemoryFileSystem {
    let disk = DiskFileSystem::new(folder);
    let mut paths = vec![String::new()];
    let mut files = Vec::new();
    while let Some(path) = paths.pop() {
        for name in disk.names(&path) {
            let inside = if path.is_empty() { name } else { format!("{path}/{name}") };
            if disk.locate(&inside).is_dir() {
                paths.push(inside);
            } else if !EXPECTED.contains(&inside.as_str()) {
                let contents = disk.read(&inside).unwrap();
                files.push((inside, contents));
            }
        }
    }
    files.into_iter().collect()
}

fn outcome(files: &MemoryFileSystem) -> Outcome {
    let package = files.is_file("Cargo.toml").then(|| read_package(files, "").unwrap());
    let policy = package.is_none().then_some("scopes.toml");
    compile(&Inputs { files, package: package.as_ref(), policy, today: TODAY, cache: None, targets: &[] })
}

fn operations(plan: &Plan) -> String {
    let mut text = String::new();
    for operation in &plan.operations {
        let Operation { operation_id, otherwise, by_mode, decided_by, may_require, .. } = operation;
        writeln!(text, "{} ({operation_id}), decided at {}", operation.title(), decided_by.span()).unwrap();
        for (mode, place) in &operation.decided_apart {
            let mode = &plan.policy.mode(*mode).name;
            writeln!(text, "  {mode}: decided at {}", place.span()).unwrap();
        }
        decisions(&mut text, plan, by_mode, otherwise, may_require);
    }
    for offered in &plan.mcp {
        let McpOperation { otherwise, by_mode, decided_by, may_require, .. } = offered;
        writeln!(text, "{}, decided at {}", offered.title(), decided_by.span()).unwrap();
        decisions(&mut text, plan, by_mode, otherwise, may_require);
    }
    text
}

fn decisions(
    text: &mut String,
    plan: &Plan,
    by_mode: &BTreeMap<ModeIndex, Decision>,
    otherwise: &Decision,
    may_require: &[(ScopeIndex, String)],
) {
    for (mode, decision) in by_mode {
        let mode = &plan.policy.mode(*mode).name;
        writeln!(text, "  {mode}: {}", requirement(decision, &plan.policy)).unwrap();
    }
    writeln!(text, "  otherwise: {}", requirement(otherwise, &plan.policy)).unwrap();
    for (scope, when) in may_require {
        writeln!(text, "  may require `{}` {when}", plan.policy.scope(*scope).name).unwrap();
    }
}

/// Compares with a file that is absent where nothing is expected.
fn compare(path: &Path, text: &str) -> Result<(), String> {
    let present = fs::read_to_string(path).ok();
    let expected = (!text.is_empty()).then_some(text);
    if present.as_deref() == expected {
        return Ok(());
    }
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        match expected {
            Some(text) => fs::write(path, text).unwrap(),
            None => fs::remove_file(path).unwrap(),
        }
        return Ok(());
    }
    let path = path.display();
    Err(match (present, expected) {
        (Some(present), Some(text)) => format!("{path} holds:\n{present}\nand should hold:\n{text}"),
        (_, None) => format!("{path} is left over"),
        (None, Some(text)) => format!("{path} is missing; it should hold:\n{text}"),
    })
}
