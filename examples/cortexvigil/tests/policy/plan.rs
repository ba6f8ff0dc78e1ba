//! The policy and the sources, compiled anew: what the tests hold the running service against.

use std::path::Path;

use scopewright_compiler::{DiskFileSystem, Inputs, Outcome, compile, read_package, today};
use scopewright_model::Plan;

/// Everything the compiler has to say about this package.
pub fn outcome() -> Outcome {
    let files =
        DiskFileSystem::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap());
    let package = read_package(&files, "examples/cortexvigil").unwrap();
    let outcome = compile(&Inputs {
        files: &files,
        package: Some(&package),
        policy: None,
        today: &today(None),
        cache: None,
        targets: &[],
    });
    assert_eq!(outcome.diagnostics, [], "the service is not clean");
    outcome
}

/// Every operation with its decisions.
pub fn plan() -> Plan {
    outcome().plan.unwrap()
}
