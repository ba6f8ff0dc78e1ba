//! Files made to be too much: none may crash the stage, hang it or pass for a policy.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at what it did not expect"
)]

mod common;

use common::mutate::{cut, mutated};
use proptest::prelude::*;
use scopewright_model::{Code, Diagnostic, Level, Policy};
use scopewright_policy::MAX_BYTES;
use std::fmt::Write;
use std::time::Duration;

const BASE: &str = "[auth.key]\ntype = \"bearer\"\nscopes = \"enforced\"\nunknown_scopes = \"deny\"\n\n[scopes.read]\ngrants = \"Read.\"\n\n";

/// Reads on a thread with a small stack, and gives up after a time no honest run takes.
#[track_caller]
fn read(bytes: Vec<u8>) -> (Option<Policy>, Vec<Diagnostic>) {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::Builder::new()
        .stack_size(2 * 1024 * 1024)
        .spawn(move || drop(sender.send(common::read(&bytes))))
        .unwrap();
    receiver.recv_timeout(Duration::from_secs(120)).expect("read without a crash or a hang")
}

/// Asks that a file is refused, and returns the codes of the findings, each once, in the order of the registry.
#[track_caller]
fn refused(bytes: impl Into<Vec<u8>>) -> Vec<Code> {
    let (policy, findings) = read(bytes.into());
    assert!(policy.is_none());
    assert!(findings.iter().any(|finding| finding.level == Level::Error));
    assert!(findings.len() <= 1001, "{} findings", findings.len());
    let mut codes: Vec<Code> = findings.into_iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// How large the files are that are filled with one kind of line. What takes the square of this takes minutes.
const LARGE: usize = MAX_BYTES / 4;

/// `BASE` and then `line`, numbered, up to [`LARGE`].
fn filled(line: impl Fn(usize) -> String) -> String {
    let mut text = BASE.to_owned();
    for number in 0.. {
        let line = line(number);
        if text.len() + line.len() > LARGE {
            break;
        }
        text.push_str(&line);
    }
    text
}

#[test]
fn bytes_that_are_no_text() {
    let (policy, findings) = common::read(b"[api]\ntitle = \"\xC3\xA9\xFF\"\n");
    assert!(policy.is_none());
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!(finding.message, "`scopes.toml` is not UTF-8: byte 0xff at offset 17");
    assert_eq!((finding.primary.span.start.line, finding.primary.span.start.column), (2, 11));
    assert_eq!(refused(b"\xFF\xFE[\0a\0]\0".to_vec()), [Code::UnreadablePolicy]);
    assert_eq!(refused(format!("{BASE}\0")), [Code::InvalidToml]);
}

#[test]
fn a_file_that_is_too_large() {
    assert_eq!(refused(vec![b'#'; MAX_BYTES + 1]), [Code::UnreadablePolicy]);
    assert_eq!(refused(vec![b'['; 100_000_000]), [Code::UnreadablePolicy]);
    assert_eq!(
        refused(vec![b'#'; MAX_BYTES]),
        [Code::UnreadablePolicy],
        "as large as may be, and declares nothing"
    );
}

#[test]
fn ten_thousand_levels_of_anything() {
    let n = 10_000;
    for text in [
        format!("x = {}{}", "[".repeat(n), "]".repeat(n)),
        format!("x = {}", "[".repeat(n)),
        format!("x = {}1{}", "{ a = ".repeat(n), " }".repeat(n)),
        format!("x = {}", "{ a = ".repeat(n)),
        format!("x = {}", "[{ a = ".repeat(n)),
        format!("{}b = 1", "a.".repeat(n)),
        format!("[{}b]", "a.".repeat(n)),
        format!("[[{}b]]", "a.".repeat(n)),
        format!("x = {{ {}b = 1 }}", "a.".repeat(n)),
    ] {
        assert_eq!(refused(format!("{BASE}{text}\n")), [Code::InvalidToml], "{}", cut(&text));
    }
}

#[test]
fn the_deepest_that_is_still_toml() {
    let dots = "a.".repeat(78);
    let inline = format!("{{ {dots}a = ").repeat(78);
    let text = format!("{BASE}[{dots}a]\n{dots}a = {inline}1{}\n", " }".repeat(78));
    assert_eq!(refused(text), [Code::UnknownKey]);
    let body = format!("{BASE}[denial.undecided]\nbody = {inline}1{}\n", " }".repeat(78));
    assert_eq!(refused(body), [Code::InvalidValue]);
}

#[test]
fn scopes_without_end() {
    assert_eq!(refused(filled(|number| format!("[scopes.s{number}]\ngrants=\"x\"\n"))), [Code::InvalidValue]);
}

#[test]
fn modes_without_end() {
    let text = filled(|number| {
        format!("[auth.m{number}]\ntype = \"bearer\"\nscopes = \"enforced\"\nunknown_scopes = \"deny\"\n")
    });
    assert_eq!(refused(text), [Code::InvalidValue]);
}

#[test]
fn a_chain_of_as_many_scopes_as_there_may_be() {
    let mut text = BASE.to_owned();
    for number in 0..8190 {
        writeln!(text, "[scopes.s{number}]\ngrants = \"x\"\nimplies = [\"s{}\"]", number + 1).unwrap();
    }
    writeln!(text, "[scopes.s8190]\ngrants = \"x\"").unwrap();
    let (policy, findings) = read(text.into_bytes());
    assert_eq!(findings, []);
    assert_eq!(policy.unwrap().scopes[1].closure.len(), 8191);
}

#[test]
fn cycles_without_end() {
    let mut text = BASE.to_owned();
    for number in 0..8000 {
        writeln!(text, "[scopes.s{number}]\ngrants = \"x\"\nimplies = [\"s{}\", \"s0\"]", number ^ 1)
            .unwrap();
    }
    assert_eq!(refused(text), [Code::DuplicateDeclaration, Code::ImplicationCycle, Code::SelfImplication]);
}

#[test]
fn unknown_names_without_end() {
    let scopes: String = (0..8000).fold(BASE.to_owned(), |mut text, number| {
        writeln!(text, "[scopes.scope{number}]\ngrants = \"x\"").unwrap();
        text
    });
    let names = "\"scopd\",".repeat(LARGE / 8);
    let text = format!("{scopes}[bundles.b]\nscopes = [{names}]\n");
    assert_eq!(refused(text), [Code::InvalidValue, Code::UnknownScope, Code::DuplicateDeclaration]);
    let mut text = scopes;
    let end = text.len() + LARGE;
    for number in 0.. {
        let family = format!("[[families]]\nmatch=\"GET /{number}\"\nrequires=\"scopd{number}\"\n");
        if text.len() + family.len() > end {
            break;
        }
        text.push_str(&family);
    }
    assert_eq!(refused(text), [Code::InvalidValue, Code::UnknownScope]);
}

#[test]
fn unknown_keys_duplicates_and_errors_without_end() {
    assert_eq!(refused(filled(|number| format!("key{number}=1\n"))), [Code::UnknownKey, Code::InvalidValue]);
    assert_eq!(refused(filled(|_| "a=1\n".to_owned())), [Code::InvalidValue, Code::DuplicateDeclaration]);
    assert_eq!(
        refused(filled(|_| "[scopes.read]\n".to_owned())),
        [Code::InvalidValue, Code::DuplicateDeclaration]
    );
    assert_eq!(refused(filled(|_| "=\n".to_owned())), [Code::InvalidToml, Code::InvalidValue]);
    assert_eq!(refused(filled(|_| "é".to_owned())), [Code::InvalidToml]);
}

#[test]
fn one_line_as_long_as_a_file_may_be() {
    let names = "\"é\",".repeat((MAX_BYTES - 200) / 5);
    assert_eq!(
        refused(format!("{BASE}[bundles.b]\nscopes = [{names}]\n")),
        [Code::InvalidValue, Code::UnknownScope, Code::DuplicateDeclaration]
    );
}

/// A policy, or an error: never neither, never both.
fn one_or_the_other(bytes: &[u8]) -> Result<(), TestCaseError> {
    let (policy, findings) = common::read(bytes);
    // A warning that `deny` makes an error leaves the policy right.
    let is_wrong =
        findings.iter().any(|finding| finding.level == Level::Error && finding.code.level() == Level::Error);
    prop_assert_eq!(policy.is_none(), is_wrong, "{}", cut(&String::from_utf8_lossy(bytes)));
    if let (Some(policy), Ok(text)) = (policy, str::from_utf8(bytes)) {
        nothing_is_lost(&policy, text)?;
    }
    for finding in &findings {
        prop_assert!(finding.primary.span.start <= finding.primary.span.end, "{finding:?}");
    }
    Ok(())
}

/// Every declaration of the file is in the policy: none was dropped without an error.
fn nothing_is_lost(policy: &Policy, text: &str) -> Result<(), TestCaseError> {
    let table: toml::Table = text.trim_start_matches('\u{feff}').parse().unwrap();
    let count = |name: &str| match table.get(name) {
        Some(toml::Value::Array(items)) => items.len(),
        Some(toml::Value::Table(entries)) => entries.len(),
        _ => 0,
    };
    let families = table.get("families").and_then(toml::Value::as_array).into_iter().flatten();
    // One for each pattern: `match` is one or a list.
    let patterns =
        families.map(|family| family.get("match").and_then(toml::Value::as_array).map_or(1, Vec::len));
    prop_assert_eq!(policy.families.len(), patterns.sum::<usize>(), "{}", cut(text));
    prop_assert_eq!(policy.routes.len(), count("routes"), "{}", cut(text));
    prop_assert_eq!(policy.modes.len(), count("auth"), "{}", cut(text));
    prop_assert_eq!(policy.scopes.len() + policy.aliases.len(), count("scopes"), "{}", cut(text));
    prop_assert_eq!(policy.bundles.len(), count("bundles"), "{}", cut(text));
    prop_assert_eq!(policy.public_reasons.len(), count("public_reasons"), "{}", cut(text));
    let decisions = ["requires", "public", "authenticated", "optional_auth", "refused", "deferred"];
    let routes = table.get("routes").and_then(toml::Value::as_array).into_iter().flatten();
    for (route, raw) in policy.routes.iter().zip(routes) {
        let own = decisions.iter().filter(|key| raw.get(key).is_some()).count();
        let modes = raw.get("modes").and_then(toml::Value::as_table).map_or(0, toml::Table::len);
        prop_assert_eq!(route.rules.len(), own + modes, "{}", cut(text));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        one_or_the_other(&bytes)?;
    }

    #[test]
    fn any_toml_like_text(text in "([a-z.\"'\\[\\]{}=#, \n0-9:$é-]{0,12}(scopes|auth|grants|= \"|\\[\\[|\n)){0,30}") {
        one_or_the_other(text.as_bytes())?;
    }

    #[test]
    fn any_changed_policy(text in mutated()) {
        one_or_the_other(text.as_bytes())?;
    }
}
