//! One file a command, each with its arguments and one function.

pub mod check;
pub mod explain;
pub mod generate;
pub mod list;
pub mod routes;

use crate::args::Common;
use crate::progress::Progress;
use crate::project::{Project, announce};
use crate::report::Compiled;
use scopewright_compiler::Target;

/// Compiles every service of a project.
fn compile<'p>(project: &'p Project, targets: &[Target]) -> Compiled<'p> {
    announce(project);
    let outcomes = project
        .services
        .iter()
        .map(|service| {
            let _progress = Progress::start(format!("reading `{}`", service.name));
            (service, service.compile(&project.files, targets))
        })
        .collect();
    Compiled { project, outcomes }
}

/// How `cargo scopes …` is said again for the same packages and policy.
fn same_arguments(common: &Common) -> String {
    let packages = common.package.iter().map(|package| format!(" --package {package}"));
    let policy = common.policy.iter().map(|policy| format!(" --policy {}", policy.display()));
    packages.chain(policy).collect()
}
