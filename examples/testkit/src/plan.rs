//! The policy and the sources of an example, compiled anew: what the running service is held against.

use std::path::Path;

use scopewright_compiler::{DiskFileSystem, Inputs, compile, read_package, today};
use scopewright_model::Plan;

/// The plan of the package at `manifest_dir`, which is `env!("CARGO_MANIFEST_DIR")` of the package under test. Any
/// finding is a failed test.
pub fn plan(manifest_dir: &str) -> Plan {
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
    assert_eq!(outcome.diagnostics, [], "the service is not clean");
    outcome.plan.unwrap()
}
