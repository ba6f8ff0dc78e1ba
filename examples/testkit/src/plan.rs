//! The policy and the sources of an example, compiled anew: what the running service is held against.

use std::path::Path;

use scopewright_compiler::{DiskFileSystem, Inputs, Outcome, compile, read_package, today};
use scopewright_model::Plan;

/// The plan of the package at `manifest_dir`, which is `env!("CARGO_MANIFEST_DIR")` of the package under test. Any
/// error is a failed test.
pub fn plan(manifest_dir: &str) -> Plan {
    outcome(manifest_dir).plan.unwrap()
}

/// Everything the compiler has to say about the package. An error is a failed test.
pub(crate) fn outcome(manifest_dir: &str) -> Outcome {
    let folder = Path::new(manifest_dir).file_name().unwrap().to_str().unwrap();
    let files = DiskFileSystem::new(Path::new(manifest_dir).join("../..").canonicalize().unwrap());
    let package = read_package(&files, &format!("examples/{folder}")).unwrap();
    let outcome = compile(&Inputs {
        files: &files,
        package: Some(&package),
        policy: None,
        today: &today(None),
        cache: None,
        targets: &[],
    });
    // A warning may be meant: a document can name a scope in a bundle that another one there implies.
    assert!(!outcome.has_errors(), "the service is not clean: {:?}", outcome.diagnostics);
    outcome
}
