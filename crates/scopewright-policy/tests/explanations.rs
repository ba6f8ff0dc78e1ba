//! The long explanations of this stage's findings: each shows an example that fails and the mended one.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod common;

use common::{OURS, read, render::render};
use scopewright_model::{Code, Level};

/// Codes whose examples are no whole policies: they show attributes too, or leave out what they are not about.
const NO_WHOLE_POLICY: [Code; 3] = [Code::DeprecatedScope, Code::AliasUsed, Code::RedundantBundleMember];

/// The TOML examples of an explanation, as whole files: what every policy must have is added where it is left out.
fn examples(code: Code) -> Vec<String> {
    let fences = code.explanation().split("```toml\n").skip(1);
    fences
        .map(|fence| {
            let (example, _) = fence.split_once("```").unwrap();
            let mut file = example.to_owned();
            // An example that declares nothing is about that.
            if !example.contains('=') {
                return file;
            }
            if !example.contains("[auth.") {
                file.push_str(
                    "[auth.api_key]\ntype = \"bearer\"\nscopes = \"enforced\"\nunknown_scopes = \"deny\"\n",
                );
            }
            if !example.contains("[scopes.") {
                file.push_str("[scopes.see]\ngrants = \"See things.\"\n");
            }
            file
        })
        .collect()
}

#[test]
fn the_first_example_fails_and_the_others_are_mended() {
    for code in OURS.iter().filter(|code| !NO_WHOLE_POLICY.contains(code)) {
        let examples = examples(*code);
        let (broken, mended) = examples.split_first().unwrap_or_else(|| panic!("{code}: no example"));
        let findings = read(broken.as_bytes()).1;
        assert!(
            findings.iter().any(|finding| finding.code == *code),
            "{code} is not found in its example, but:\n{}",
            render(&findings)
        );
        assert!(!mended.is_empty(), "{code}: no mended example");
        for example in mended {
            let errors: Vec<_> = read(example.as_bytes())
                .1
                .into_iter()
                .filter(|finding| finding.level == Level::Error)
                .collect();
            assert!(errors.is_empty(), "{code}: the mended example is wrong:\n{}", render(&errors));
        }
    }
}
