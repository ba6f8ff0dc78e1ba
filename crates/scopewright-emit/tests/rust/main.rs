//! Compares generated Rust with committed files; `UPDATE=1` accepts. `crates/scopewright` compiles and runs them.

mod plans;

use scopewright_emit::emit_rust;
use scopewright_model::Plan;
use std::collections::BTreeSet;
use std::path::PathBuf;

fn golden(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/rust").join(format!("{name}.rs"))
}

/// Every plan and the file it makes.
fn all() -> Vec<(&'static str, Plan, Vec<String>)> {
    let findings = vec![
        "src/main.rs:12:5: `GET /cameras/{id}` has no access decision\n  help: #[requires_scope(\"read:cameras\")]".to_owned(),
    ];
    vec![
        ("audited", plans::audited(), Vec::new()),
        ("cameras", plans::cameras(), Vec::new()),
        ("competing", plans::competing(), Vec::new()),
        ("cortexvigil", plans::cortexvigil(), Vec::new()),
        ("credentials", plans::credentials(), Vec::new()),
        ("together", plans::together(), Vec::new()),
        ("tools", plans::tools(), Vec::new()),
        ("offers", plans::offers(), Vec::new()),
        ("everything", plans::everything(), Vec::new()),
        ("nothing", plans::nothing(), Vec::new()),
        ("resource", plans::resource(), Vec::new()),
        ("resource_without_path", plans::resource_without_path(), Vec::new()),
        ("findings", plans::nothing(), findings),
    ]
}

#[test]
fn generated_rust_is_as_committed() {
    for (name, plan, findings) in all() {
        let file = emit_rust(&plan, "scopewright", &findings);
        assert_eq!(file.path(), "scopewright.rs");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(golden(name), file.contents()).unwrap();
        }
        let committed = std::fs::read_to_string(golden(name)).unwrap_or_default();
        assert_eq!(file.contents(), committed, "{name}: `UPDATE=1` accepts");
    }
}

#[test]
fn no_committed_file_is_left_over() {
    let expected: BTreeSet<_> = all().iter().map(|(name, ..)| golden(name)).collect();
    let found = std::fs::read_dir(golden("x").parent().unwrap()).unwrap();
    assert_eq!(found.map(|entry| entry.unwrap().path()).collect::<BTreeSet<_>>(), expected);
}

#[test]
fn a_renamed_runtime_is_named_in_one_place() {
    let file = emit_rust(&plans::cameras(), "guards", &[]);
    assert_eq!(file.contents().matches("guards").count(), 1);
    assert!(file.contents().contains("pub use ::guards as rt;"));
}

/// Compiled with all warnings denied and run, as part of a program of a few lines.
#[test]
fn a_thousand_scopes_compile() {
    let file = emit_rust(&plans::thousand(), "scopewright", &[]);
    let program = format!(
        "#![deny(warnings)]
        #[allow(dead_code, reason = \"as `include_scopes!` has it\")]
        mod scopes {{
            {}
        }}
        fn main() {{
            let all = scopes::Scope::Resource0999Read.closure();
            assert_eq!(all.len(), 1000);
            let grant = scopes::Grant::from_claim(scopes::AuthMode::Token, \"resource-0500:read\");
            assert_eq!(grant.map(|grant| grant.closure().count()), Ok(501));
        }}",
        file.contents()
    );
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("a_thousand_scopes.rs");
    std::fs::write(&path, program).unwrap();
    trybuild::TestCases::new().pass(path);
}
