//! A policy as large as the largest published ones compiles, with no Rust behind it.

use scopewright_compiler::{Inputs, MemoryFileSystem, Target, compile};
use scopewright_tests::large_api;
use std::collections::BTreeSet;

#[test]
fn nine_hundred_scopes_and_eleven_thousand_endpoints_compile() {
    let files = MemoryFileSystem::from_iter(large_api::files());
    let outcome = compile(&Inputs {
        files: &files,
        package: None,
        policy: Some("scopes.toml"),
        today: "2026-01-01",
        cache: None,
        targets: &[Target::Rust, Target::Generated],
    });
    assert!(outcome.diagnostics.is_empty(), "{:#?}", outcome.diagnostics.first());
    let plan = outcome.plan.unwrap();
    assert_eq!(plan.policy.scopes.len(), large_api::SCOPES);
    assert_eq!(plan.operations.len(), large_api::ENDPOINTS);
    let written: Vec<String> = outcome.files.iter().map(|file| file.path().to_owned()).collect();
    assert_eq!(written, ["scopewright.rs", "openapi/service.yaml", "docs/scopes.md", "sdk/scopes.ts"]);
    let endpoints: BTreeSet<_> = plan
        .operations
        .iter()
        .map(|operation| (operation.path.to_string(), operation.method.as_str()))
        .collect();
    assert_eq!(endpoints.len(), large_api::ENDPOINTS, "no endpoint is counted twice");
}
