//! Which `scopes.toml` is a package's, and reading it.

use crate::file_system::{FileSystem, reason};
use crate::package::PackageInfo;
use crate::paths::{join, parent};
use scopewright_model::{Code, Diagnostic, Policy, Sink, Span};
use scopewright_policy::{PolicyText, unreadable};

/// The name a policy has unless somebody says otherwise.
pub const POLICY_FILE: &str = "scopes.toml";

/// The policy of a package: what its manifest names, else the nearest `scopes.toml` upwards from it, no further than
/// the root of the run.
pub fn find_policy(files: &dyn FileSystem, package: &PackageInfo) -> Option<String> {
    if let Some(policy) = &package.policy {
        return Some(policy.clone());
    }
    let mut folder = Some(package.folder.as_str());
    while let Some(at) = folder {
        let candidate = join(at, POLICY_FILE);
        if files.is_file(&candidate) {
            return Some(candidate);
        }
        folder = parent(at);
    }
    None
}

/// Reads and validates a policy. None if anything in it is an error; all errors are reported.
pub(crate) fn read_policy(
    files: &dyn FileSystem,
    path: &str,
    today: &str,
    sink: &mut Sink,
) -> Option<Policy> {
    match files.read(path) {
        Ok(bytes) => scopewright_policy::parse(&PolicyText { file: path, bytes: &bytes, today }, sink),
        Err(failure) => {
            sink.push(unreadable(path, reason(&failure)));
            None
        }
    }
}

/// A package without a policy.
pub(crate) fn missing_policy(package: &PackageInfo) -> Diagnostic {
    Diagnostic::new(
        Code::UnreadablePolicy,
        format!("package `{}` has no policy", package.package.name),
        Span::file_start(&package.manifest),
        format!("no `{POLICY_FILE}` here or in a folder above, up to the workspace's root"),
    )
    .help(format!("write a `{POLICY_FILE}` beside this manifest"))
    .help("or name one: `policy = \"…\"` under `[package.metadata.scopewright]`")
}
