//! The generated TypeScript under the real compiler, and under Node.js against the decision function.

use crate::support::{Case, folders, golden};
use scopewright_emit::emit_typescript;
use scopewright_model::competing::refused_together;
use scopewright_model::core::{ScopeIndex, Verdict};
use scopewright_model::policy::{BodyValue, Denial};
use scopewright_model::{Plan, Policy};
use serde_json::{Map, Value, json};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Strict in every way the compiler knows, and several it leaves off.
const STRICT: &[&str] = &[
    "--strict",
    "--noUncheckedIndexedAccess",
    "--exactOptionalPropertyTypes",
    "--noPropertyAccessFromIndexSignature",
    "--noImplicitReturns",
    "--noUnusedLocals",
    "--noUnusedParameters",
    "--isolatedModules",
    "--verbatimModuleSyntax",
    "--erasableSyntaxOnly",
    "--target",
    "ES2017",
    "--module",
    "ESNext",
    "--moduleResolution",
    "bundler",
];

/// Where `cargo xtask test` puts the compiler.
fn compiler() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/node/node_modules/typescript/bin/tsc")
}

/// Compiles files to JavaScript in `out`.
#[track_caller]
fn compile(files: &[PathBuf], out: &Path) {
    let compiler = compiler();
    assert!(
        compiler.exists(),
        "the TypeScript compiler is not installed: run `cargo xtask test`, or `npm ci` in `tests/node`"
    );
    let output = Command::new("node")
        .arg(compiler)
        .args(STRICT)
        .arg("--outDir")
        .arg(out)
        .args(files)
        .output()
        .unwrap_or_else(|error| panic!("these tests need Node.js 20 or later (`node`): {error}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// Writes the module of a case into a folder of the case's name.
fn write_module(case: &Case, folder: &Path) -> PathBuf {
    let made = emit_typescript(&case.plan);
    let [file] = made.as_slice() else { panic!("{} makes {} files", case.folder.display(), made.len()) };
    let path = folder.join(case.folder.file_name().unwrap()).join(file.path());
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, file.contents()).unwrap();
    path
}

/// The answers of a compiled module to questions: a function's name and its arguments.
fn ask(module: &Path, questions: &[Value]) -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/targets/typescript_client/decide.mjs");
    let mut node = Command::new("node")
        .arg(script)
        .arg(module)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let questions = serde_json::to_vec(questions).unwrap();
    node.stdin.take().unwrap().write_all(&questions).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", module.display());
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A call of a module's function and the answer it must give.
struct Question {
    call: &'static str,
    with: Value,
    answer: Value,
}

#[test]
fn every_module_compiles_strictly_and_answers_like_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let cases: Vec<Case> =
        folders(&golden().join("typescript")).iter().map(|folder| Case::read(folder)).collect();
    let mut files: Vec<PathBuf> = cases.iter().map(|case| write_module(case, folder.path())).collect();
    let client = folder.path().join("everything/usage.ts");
    fs::write(&client, include_str!("typescript_client/usage.ts")).unwrap();
    files.push(client);
    compile(&files, &out);
    fs::write(out.join("package.json"), r#"{"type": "module"}"#).unwrap();
    for (case, file) in cases.iter().zip(&files) {
        let questions: Vec<Question> =
            decisions(&case.plan).into_iter().chain(guards(&case.plan.policy)).collect();
        let calls: Vec<Value> =
            questions.iter().map(|question| json!({"call": question.call, "with": question.with})).collect();
        let module = out.join(file.strip_prefix(folder.path()).unwrap()).with_extension("js");
        let answers = ask(&module, &calls);
        assert_eq!(answers.len(), questions.len());
        for (Question { call, with, answer }, found) in questions.iter().zip(&answers) {
            assert_eq!(found, answer, "{}: {call}{with}", case.folder.display());
        }
    }
}

/// Every grant worth asking about: none, each scope alone, all, a name that is no scope.
fn grants(policy: &Policy) -> Vec<Vec<ScopeIndex>> {
    let every: Vec<ScopeIndex> = policy.scopes_indexed().map(|(scope, _)| scope).collect();
    let mut grants: Vec<Vec<ScopeIndex>> = every.iter().map(|scope| vec![*scope]).collect();
    grants.push(Vec::new());
    grants.push(every);
    grants
}

fn names(policy: &Policy, scopes: &[ScopeIndex]) -> Vec<String> {
    scopes.iter().map(|scope| policy.scope(*scope).name.clone()).collect()
}

/// Every operation, for every caller worth asking about, and what only looks like an operation.
fn decisions(plan: &Plan) -> Vec<Question> {
    let Plan { policy, operations, .. } = plan;
    let mut questions = Vec::new();
    for operation in operations {
        let id = &operation.operation_id;
        let answer = json!(operation.verdict(policy, None) == Verdict::Allowed);
        questions.push(Question { call: "isAllowed", with: json!([id, null, []]), answer });
        for (mode, auth_mode) in policy.modes_indexed() {
            for granted in grants(policy) {
                let held = [names(policy, &granted), vec!["no scope of ours".to_owned()]].concat();
                let caller = json!([id, auth_mode.name, held]);
                let answer = json!(operation.verdict(policy, Some((mode, &granted))) == Verdict::Allowed);
                questions.push(Question { call: "isAllowed", with: caller.clone(), answer });
                let mut missing = names(policy, &operation.missing_scopes(policy, mode, &granted));
                missing.sort();
                questions.push(Question { call: "missingScopes", with: caller, answer: json!(missing) });
            }
        }
    }
    for alias in &policy.aliases {
        let mut held = names(policy, &policy.scope(alias.target).closure);
        held.sort();
        questions.push(Question { call: "expand", with: json!([[alias.name]]), answer: json!(held) });
    }
    for (id, mode) in [("toString", "token"), ("hasOwnProperty", "__proto__"), ("valueOf", "valueOf")] {
        questions.push(Question { call: "isAllowed", with: json!([id, mode, []]), answer: json!(false) });
    }
    questions
}

/// A body as a server could send it.
fn sent(body: &BodyValue) -> Value {
    use scopewright_model::core::Placeholder::{Granted, Required};
    match body {
        BodyValue::Text(text) => json!(text),
        BodyValue::Integer(number) => json!(number),
        BodyValue::Float(number) => json!(number),
        BodyValue::Boolean(truth) => json!(truth),
        BodyValue::Array(items) => items.iter().map(sent).collect(),
        BodyValue::Object(entries) => Value::Object(
            entries.iter().map(|(key, value)| (key.clone(), sent(value))).collect::<Map<_, _>>(),
        ),
        BodyValue::Hole(Required | Granted) => json!(["a", "b"]),
        BodyValue::Hole(_) => json!("text"),
    }
}

/// The body with one of its values replaced by something no body holds, for each value in it.
fn spoiled(body: &Value) -> Vec<Value> {
    let mut found = vec![json!({"something": "else"})];
    match body {
        Value::Object(entries) => {
            for (key, value) in entries {
                for other in spoiled(value) {
                    let mut copy = entries.clone();
                    copy.insert(key.clone(), other);
                    found.push(Value::Object(copy));
                }
                let mut shorter = entries.clone();
                shorter.remove(key);
                found.push(Value::Object(shorter));
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                found.extend(spoiled(value).into_iter().map(|other| {
                    let mut copy = items.clone();
                    copy[at] = other;
                    Value::Array(copy)
                }));
            }
        }
        _ => found.extend([Value::Null, json!([1])]),
    }
    found
}

/// Every guard knows its own body and no spoiled one.
fn guards(policy: &Policy) -> Vec<Question> {
    let denials = &policy.denials;
    let has_upgrades = policy.modes.iter().any(|mode| mode.upgrades.is_some());
    let kinds: [(&'static str, Option<&Denial>); 7] = [
        ("isUnauthenticated", Some(&denials.unauthenticated)),
        ("isInsufficientScope", Some(&denials.insufficient_scope)),
        ("isInsufficientUserAuthentication", Some(&denials.insufficient_user_authentication)),
        ("isModeRefused", Some(&denials.mode_refused)),
        ("isUndecided", Some(&denials.undecided)),
        ("isInvalidRequest", Some(&denials.invalid_request)),
        ("isUnavailable", denials.unavailable.as_ref()),
    ];
    let mut questions = Vec::new();
    let has_competing = refused_together(&policy.modes).is_some();
    let is_possible = |call: &str| match call {
        "isInsufficientUserAuthentication" => has_upgrades,
        "isInvalidRequest" => has_competing,
        _ => true,
    };
    for (call, denial) in kinds.into_iter().filter(|(call, _)| is_possible(call)) {
        // Not declared, nothing is said of it.
        let Some(denial) = denial else { continue };
        let body = denial.body.as_ref().map_or(json!(""), sent);
        // A client may read an empty answer as `null`.
        let is_spoiled = |other: &Value| denial.body.is_some() || !other.is_null();
        for other in spoiled(&body).into_iter().filter(is_spoiled) {
            questions.push(Question { call, with: json!([other]), answer: json!(false) });
        }
        questions.push(Question { call, with: json!([body]), answer: json!(true) });
    }
    questions
}
