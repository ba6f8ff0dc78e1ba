//! Every folder of `tests/cases/commands`: files, the runs of the command on them, and what it says and writes.
//!
//! `case.toml` lists the runs; `transcript.txt` holds their output and exit status; `expected/` holds the files they
//! write. A case runs in a copy of its folder. `UPDATE=1` rewrites what is expected; a plain run only compares.

#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The arguments of each run, after `cargo scopes`.
    runs: Vec<Vec<String>>,
    /// The folder they run in, below the case's.
    #[serde(default)]
    folder: String,
}

#[test]
fn every_case_says_and_writes_what_its_folder_expects() {
    let mut wrong = Vec::new();
    for folder in cases() {
        wrong.extend(check(&folder));
    }
    assert!(wrong.is_empty(), "UPDATE=1 accepts these:\n{}", wrong.join("\n"));
}

#[test]
fn both_ways_to_call_the_command_are_one() {
    let say = |arguments: &[&str]| Command::new(command()).args(arguments).output().unwrap();
    let as_subcommand = say(&["scopes", "explain", "unused-scope"]);
    let alone = say(&["explain", "unused-scope"]);
    assert!(as_subcommand.status.success());
    assert_eq!(as_subcommand.stdout, alone.stdout);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = Command::new(command())
        .args(["explain", "unused-scope"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", output.status);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

fn command() -> &'static str {
    env!("CARGO_BIN_EXE_cargo-scopes")
}

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/commands");
    let mut cases: Vec<PathBuf> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty(), "no case in {}", root.display());
    cases
}

/// Runs a case; the result is what is not as expected.
fn check(folder: &Path) -> Vec<String> {
    let case: Case = toml::from_str(&fs::read_to_string(folder.join("case.toml")).unwrap()).unwrap();
    let copy = tempfile::tempdir().unwrap();
    let mut inputs = files(folder);
    inputs.retain(|path, _| !is_expected(path));
    for (path, contents) in &inputs {
        let place = copy.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, contents).unwrap();
    }
    let mut transcript = String::new();
    for arguments in &case.runs {
        run(copy.path(), &case.folder, arguments, &mut transcript);
    }
    let mut found: BTreeMap<String, Vec<u8>> = files(copy.path())
        .into_iter()
        .filter(|(path, contents)| inputs.get(path) != Some(contents))
        .map(|(path, contents)| (format!("expected/{path}"), contents))
        .collect();
    found.insert("transcript.txt".to_owned(), transcript.into_bytes());
    let mut expected = files(folder);
    expected.retain(|path, _| path != "case.toml" && is_expected(path));
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        accept(folder, &expected, &found);
        return Vec::new();
    }
    differences(folder, &expected, &found)
}

fn is_expected(path: &str) -> bool {
    matches!(path, "case.toml" | "transcript.txt") || path.starts_with("expected/")
}

fn run(copy: &Path, folder: &str, arguments: &[String], transcript: &mut String) {
    let shown: Vec<String> = arguments
        .iter()
        .map(|argument| if argument.contains(' ') { format!("'{argument}'") } else { argument.clone() })
        .collect();
    let output = Command::new(command())
        .args(arguments)
        .current_dir(copy.join(folder))
        .env("SOURCE_DATE_EPOCH", "1781481600") // 2026-06-15
        .env("CARGO_TERM_COLOR", "never")
        .env_remove("CARGO_TARGET_DIR")
        .output()
        .unwrap();
    let copy = copy.canonicalize().unwrap();
    let plain = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(copy.to_str().unwrap(), "$CASE");
    writeln!(transcript, "$ cargo scopes {}", shown.join(" ")).unwrap();
    transcript.push_str(&plain(&output.stdout));
    for line in plain(&output.stderr).lines() {
        writeln!(transcript, "{}", format!("! {line}").trim_end()).unwrap();
    }
    writeln!(transcript, "= {}\n", output.status.code().unwrap()).unwrap();
}

/// All files below a folder, by path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn accept(folder: &Path, expected: &BTreeMap<String, Vec<u8>>, found: &BTreeMap<String, Vec<u8>>) {
    for path in expected.keys().filter(|path| !found.contains_key(*path)) {
        fs::remove_file(folder.join(path)).unwrap();
    }
    for (path, contents) in found {
        let place = folder.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, contents).unwrap();
    }
}

fn differences(
    folder: &Path,
    expected: &BTreeMap<String, Vec<u8>>,
    found: &BTreeMap<String, Vec<u8>>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for path in expected.keys().filter(|path| !found.contains_key(*path)) {
        wrong.push(format!("{} is left over", folder.join(path).display()));
    }
    for (path, contents) in found {
        let text = String::from_utf8_lossy(contents);
        match expected.get(path) {
            Some(present) if present == contents => {}
            Some(present) => {
                let present = String::from_utf8_lossy(present);
                let difference = similar::TextDiff::from_lines(&*present, &text);
                let difference = difference.unified_diff().header("expected", "found").to_string();
                wrong.push(format!("{}:\n{difference}", folder.join(path).display()));
            }
            None => {
                wrong.push(format!("{} is missing; it should hold:\n{text}", folder.join(path).display()));
            }
        }
    }
    wrong
}
