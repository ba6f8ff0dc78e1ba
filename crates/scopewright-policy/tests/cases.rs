//! Every folder of `tests/cases/policy`: a `scopes.toml`, what is found wrong in it, and the policy if it is one.
//!
//! `diagnostics.txt` holds all findings and is absent where there is none; `policy.txt` holds the validated policy
//! and is absent where the stage returns none. `UPDATE=1` rewrites both; a plain run only compares.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod common;

use common::{OURS, cases, dump::dump, is_update, read, render::render};
use scopewright_model::{Code, Level};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

#[test]
fn every_case_says_what_its_folder_expects() {
    let mut wrong = Vec::new();
    for case in cases() {
        let (policy, findings) = read(&fs::read(case.join("scopes.toml")).unwrap());
        let mut expected = BTreeMap::new();
        if !findings.is_empty() {
            expected.insert("diagnostics.txt", render(&findings));
        }
        if let Some(policy) = &policy {
            expected.insert("policy.txt", dump(policy));
        }
        assert_eq!(
            policy.is_none(),
            findings
                .iter()
                .any(|finding| finding.level == Level::Error && finding.code.level() == Level::Error),
            "{}: a policy, or an error",
            case.display()
        );
        for name in ["diagnostics.txt", "policy.txt"] {
            if let Err(why) = compare(&case.join(name), expected.get(name).map(String::as_str)) {
                wrong.push(why);
            }
        }
        let known = ["scopes.toml", "diagnostics.txt", "policy.txt"];
        for entry in fs::read_dir(&case).unwrap() {
            let name = entry.unwrap().file_name();
            assert!(known.iter().any(|known| name == *known), "{}: what is {name:?}?", case.display());
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 accepts these:\n{}", wrong.join("\n"));
}

fn compare(path: &Path, expected: Option<&str>) -> Result<(), String> {
    let found = fs::read_to_string(path).ok();
    if found.as_deref() == expected {
        return Ok(());
    }
    if is_update() {
        match expected {
            Some(text) => fs::write(path, text).unwrap(),
            None => fs::remove_file(path).unwrap(),
        }
        return Ok(());
    }
    let path = path.display();
    Err(match (found, expected) {
        (None, Some(text)) => format!("{path} is missing; it should hold:\n{text}"),
        (Some(_), None) => format!("{path} is left over"),
        (Some(found), Some(text)) => format!("{path} holds:\n{found}\nand should hold:\n{text}"),
        (None, None) => unreachable!(),
    })
}

#[test]
fn every_finding_of_this_stage_has_a_case() {
    let seen: BTreeSet<Code> = cases()
        .iter()
        .flat_map(|case| read(&fs::read(case.join("scopes.toml")).unwrap()).1)
        .map(|finding| finding.code)
        .collect();
    let missing: Vec<&str> =
        OURS.iter().filter(|code| !seen.contains(code)).map(|code| code.name()).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
    let foreign: Vec<&str> =
        seen.iter().filter(|code| !OURS.contains(code)).map(|code| code.name()).collect();
    assert!(foreign.is_empty(), "{foreign:?} is not listed in this test");
}

#[test]
fn findings_are_written_in_the_house_style() {
    for case in cases() {
        for finding in read(&fs::read(case.join("scopes.toml")).unwrap()).1 {
            let texts = std::iter::once(&finding.message).chain(&finding.help);
            for text in texts.chain(finding.secondary.iter().map(|label| &label.text)) {
                let first = text.chars().next().unwrap();
                assert!(!first.is_uppercase(), "{}: begins with a capital: {text}", case.display());
                assert!(!text.ends_with('.'), "{}: ends with a stop: {text}", case.display());
            }
            assert!(!finding.help.is_empty(), "{}: no way out: {}", case.display(), finding.message);
        }
    }
}

#[test]
fn the_root_policy_is_right() {
    let path = common::root().join("scopes.toml");
    let (policy, findings) = read(&fs::read(path).unwrap());
    assert_eq!(render(&findings), "");
    assert_eq!(policy.unwrap().scopes.len(), 19);
}
