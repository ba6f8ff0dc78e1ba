//! Every OpenAPI document of this repository and every one that is generated in its tests, under a validator nobody here
//! wrote.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a tool or a file that can't be read is a defect of the tests, and the panic names it"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

/// Generated documents that refer to a file that is not there, which is what their case is about.
const BROKEN_ON_PURPOSE: &[&str] = &["refers_to_another_file"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The documents below a folder, sorted.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(documents(&path));
        } else if path
            .extension()
            .is_some_and(|extension| ["yaml", "yml", "json"].map(Some).contains(&extension.to_str()))
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What the validator says about documents, and whether it was content.
fn validate(documents: &[PathBuf]) -> (bool, String) {
    let tools = root().join("tests/node");
    assert!(
        tools.join("node_modules/@redocly/openapi-core").exists(),
        "the OpenAPI validator is not installed: run `cargo xtask test`, or `npm ci` in `tests/node`"
    );
    let output = Command::new("node")
        .arg(tools.join("check-openapi.mjs"))
        .args(documents)
        .output()
        .unwrap_or_else(|error| panic!("this test needs Node.js 20 or later (`node`): {error}"));
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn committed_and_generated_documents_are_valid() {
    let mut wanted = documents(&root().join("openapi"));
    assert!(!wanted.is_empty());
    for example in ["inspac", "inspecto", "videovector"] {
        wanted.extend(documents(&root().join("examples").join(example).join("openapi")));
    }
    let golden = root().join("crates/scopewright-emit/tests/golden/openapi");
    for case in std::fs::read_dir(&golden).unwrap().map(|entry| entry.unwrap()) {
        let name = case.file_name().to_string_lossy().into_owned();
        let expected = case.path().join("expected");
        if expected.exists() && !BROKEN_ON_PURPOSE.contains(&name.as_str()) {
            wanted.extend(documents(&expected));
        }
    }
    wanted.sort();
    let (is_content, said) = validate(&wanted);
    assert!(is_content, "{said}");
    assert!(said.contains(&format!("{} documents, 0 problems", wanted.len())), "{said}");
}

#[test]
fn the_validator_sees_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let operation = "paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/No'}}, security: [{key: []}]}}}";
    let broken = [
        ("no_info.yaml", format!("openapi: 3.0.3\n{operation}\n"), "`info` must be present"),
        (
            "no_scheme.yaml",
            format!("openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\n{operation}\n"),
            "`key` security scheme",
        ),
        (
            "no_response.yaml",
            format!("openapi: 3.2.0\ninfo: {{title: A, version: '1'}}\n{operation}\n"),
            "Can't resolve $ref",
        ),
    ];
    for (name, text, complaint) in broken {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        let (is_content, said) = validate(&[file]);
        assert!(!is_content && said.contains(complaint), "{name}: {said}");
    }
}
