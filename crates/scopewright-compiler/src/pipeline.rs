//! The pipeline: policy and sources in, plan and files out. This is the function to read first.

use crate::emit::{self, Target};
use crate::file_system::{FileSystem, Tracked};
use crate::link::{link, report_unresolved};
use crate::package::PackageInfo;
use crate::policy_file::{find_policy, missing_policy, read_policy};
use scopewright_model::{Code, Diagnostic, Level, OutputFile, Plan, Policy, RouteTable, Sink};
use scopewright_routes::{FactsCache, Package, Sources, discover};
use std::iter;

/// Everything a run depends on.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// Where files come from.
    pub files: &'a dyn FileSystem,
    /// The service's package; none for a policy whose endpoints all come from documents and manifests.
    pub package: Option<&'a PackageInfo>,
    /// The policy; none looks it up from the package.
    pub policy: Option<&'a str>,
    /// Today, `YYYY-MM-DD`, as [`today`](crate::today) gives it.
    pub today: &'a str,
    /// Facts of earlier runs.
    pub cache: Option<&'a dyn FactsCache>,
    /// What to emit.
    pub targets: &'a [Target],
}

/// Everything a run has to say.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The policy that was read, a path from the root of the run.
    pub policy_file: Option<String>,
    /// The endpoints found, also without a policy.
    pub routes: RouteTable,
    /// The linked result. None if the policy is missing or wrong; short of operations if there are errors.
    pub plan: Option<Plan>,
    /// The files to write, with paths from the root of the run; `scopewright.rs`, which is for `OUT_DIR`, only has its
    /// name. With errors only those that do not depend on completeness.
    pub files: Vec<OutputFile>,
    /// All findings, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Those of them that reading the sources made: what could not be read, understood or followed.
    pub discovery_findings: Vec<Diagnostic>,
    /// The files that were read, sorted.
    pub files_read: Vec<String>,
}

impl Outcome {
    /// Whether any finding is an error, or there is no plan at all: a run that links nothing has not checked anything.
    pub fn has_errors(&self) -> bool {
        self.plan.is_none() || self.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
    }
}

/// Compiles one service.
pub fn compile(input: &Inputs<'_>) -> Outcome {
    let files = Tracked::new(input.files);
    let mut sink = Sink::default();
    let policy_file = policy_file(input, &mut sink);
    let policy = policy_file.as_deref().and_then(|path| read_policy(&files, path, input.today, &mut sink));
    let deny = policy.as_ref().map(|policy| policy.deny.clone()).unwrap_or_default();
    let mut discovery = Sink::default();
    let routes = routes(input, &files, policy.as_ref(), &mut discovery);
    let discovery_findings = denied(discovery.finish(), &deny);
    sink.extend(discovery_findings.clone());
    let plan = policy.map(|policy| link(policy, &routes, &mut sink));
    let mut diagnostics = denied(sink.finish(), &deny);
    let mut sink = Sink::default();
    let context = emit::Context {
        package: input.package,
        diagnostics: &diagnostics,
        #[cfg(feature = "generate")]
        files: &files,
    };
    let emitted = plan.as_ref().map(|plan| emit::emit(plan, input.targets, &context, &mut sink));
    diagnostics.extend(denied(sink.finish(), &deny));
    diagnostics.sort();
    let mut files_read = files.into_read();
    files_read.extend(input.package.iter().flat_map(|package| package.files_read.clone()));
    files_read.sort();
    files_read.dedup();
    Outcome {
        policy_file,
        routes,
        plan,
        files: emitted.unwrap_or_default(),
        diagnostics,
        discovery_findings,
        files_read,
    }
}

fn policy_file(input: &Inputs<'_>, sink: &mut Sink) -> Option<String> {
    if let Some(policy) = input.policy {
        return Some(policy.to_owned());
    }
    let package = input.package?;
    let found = find_policy(input.files, package);
    if found.is_none() {
        sink.push(missing_policy(package));
    }
    found
}

/// The endpoints of all sources: the scan of the package and of the libraries of its workspace, and the manifests the policy names.
fn routes(input: &Inputs<'_>, files: &Tracked<'_>, policy: Option<&Policy>, sink: &mut Sink) -> RouteTable {
    let roots: Vec<String> =
        policy.iter().flat_map(|policy| &policy.sources.roots).map(|root| root.value.clone()).collect();
    let mut table = RouteTable::default();
    if let Some(package) = input.package {
        let packages: Vec<Package> =
            iter::once(&package.package).chain(&package.libraries).cloned().collect();
        let sources = Sources { packages: &packages, reader: files, cache: input.cache, roots: &roots };
        table = discover(&sources, sink).0;
    }
    if policy.is_some()
        && let Some(package) = input.package
    {
        crate::served_elsewhere::extend(&mut table, package, files, input.cache);
    }
    if let Some(policy) = policy {
        crate::sources::read(policy, files, &mut table, sink);
        crate::vouched::lift(policy, &mut table, sink);
    }
    report_unresolved(&table, sink);
    table
}

/// The findings at the levels the policy wants: a warning whose code stands in `deny` is an error.
fn denied(diagnostics: Vec<Diagnostic>, deny: &[Code]) -> Vec<Diagnostic> {
    diagnostics
        .into_iter()
        .map(
            |diagnostic| {
                if deny.contains(&diagnostic.code) { diagnostic.at_level(Level::Error) } else { diagnostic }
            },
        )
        .collect()
}
