//! Every folder of `tests/cases` is a situation: `src/**` is scanned, and what it uses of `packages/*/src/**`;
//! `expected.jsonl` is what `routes --format json`
//! says of it, `findings.txt` what else is said. `UPDATE=1` accepts.

#![allow(clippy::unwrap_used, reason = "a test that can't read its files fails")]

mod support;

use scopewright_model::Sink;
use scopewright_routes::{Sources, discover, json_lines};
use std::fmt::Write as _;
use std::path::Path;
use support::{Memory, packages};

const KNOWN: &[&str] = &["src", "packages", "expected.jsonl", "findings.txt", "roots.txt"];

#[test]
fn every_situation_is_seen_as_expected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut failures = Vec::new();
    let mut count = 0;
    let mut folders: Vec<_> = std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders {
        count += 1;
        for entry in std::fs::read_dir(&folder).unwrap() {
            let name = entry.unwrap().file_name();
            if !KNOWN.iter().any(|known| name == *known) {
                failures.push(format!("{}: `{}` belongs to no situation", folder.display(), name.display()));
            }
        }
        let (table, findings) = run(&folder);
        compare(&folder.join("expected.jsonl"), &table, &mut failures);
        compare(&folder.join("findings.txt"), &findings, &mut failures);
    }
    assert!(count >= 40, "only {count} situations");
    assert!(failures.is_empty(), "\n{}\n(UPDATE=1 accepts)", failures.join("\n"));
}

fn run(folder: &Path) -> (String, String) {
    let reader = Memory::read_folder(folder);
    let packages = packages(&reader);
    let roots = std::fs::read_to_string(folder.join("roots.txt")).unwrap_or_default();
    let roots: Vec<String> = roots.lines().map(str::to_owned).collect();
    let mut sink = Sink::default();
    let sources = Sources { packages: &packages, reader: &reader, cache: None, roots: &roots };
    let (table, _) = discover(&sources, &mut sink);
    let mut findings = String::new();
    for it in sink.finish() {
        writeln!(findings, "{}[{}]: {}", it.level.as_str(), it.code, it.message).unwrap();
        writeln!(findings, "  {} {}", it.primary.span, it.primary.text).unwrap();
        assert!(!it.help.is_empty(), "{} without a way out", it.code);
    }
    for it in &table.unreached {
        writeln!(findings, "unreached: {} {}", it.handler, it.span).unwrap();
    }
    (json_lines(&table), findings)
}

fn compare(file: &Path, found: &str, failures: &mut Vec<String>) {
    let expected = std::fs::read_to_string(file).unwrap_or_default();
    if expected == found {
        return;
    }
    if std::env::var_os("UPDATE").is_some() {
        if found.is_empty() {
            std::fs::remove_file(file).unwrap();
        } else {
            std::fs::write(file, found).unwrap();
        }
        return;
    }
    failures.push(format!("{}\n--- expected\n{expected}--- found\n{found}", file.display()));
}
