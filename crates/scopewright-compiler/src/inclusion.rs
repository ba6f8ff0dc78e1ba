//! Whether a package takes in what is generated for it. Errors travel in that file; where nobody includes it they are said
//! by the build script itself.

use crate::file_system::FileSystem;
use crate::package::PackageInfo;
use scopewright_model::{Code, Diagnostic, Span};
use scopewright_routes::includes_scopes;

/// Which of a package's crates take in what is generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inclusion {
    /// Its library, or every binary where there is none: nothing of the package is built without it.
    Everywhere,
    /// Some, so that others are built whatever it says.
    Somewhere,
    /// None, or none that does it in every build.
    Nowhere(Box<Diagnostic>),
}

/// Looks at the roots of a package's crates.
pub fn inclusion(files: &dyn FileSystem, package: &PackageInfo) -> Inclusion {
    let crates = &package.package.crates;
    let includes = |file: &str| {
        files.read_text(file).is_ok_and(|text| includes_scopes(&text, &package.package.dependencies))
    };
    let has_library = crates.iter().any(|krate| krate.is_library);
    let mut decisive = crates.iter().filter(|krate| krate.is_library || !has_library).peekable();
    if decisive.peek().is_some() && decisive.all(|krate| includes(&krate.file)) {
        return Inclusion::Everywhere;
    }
    if crates.iter().any(|krate| includes(&krate.file)) {
        return Inclusion::Somewhere;
    }
    let root = crates.first().map_or(&package.manifest, |krate| &krate.file);
    let line = format!("{}::include_scopes!();", package.runtime());
    let finding = Diagnostic::new(
        Code::UnenforcedDecision,
        format!("package `{}` does not take in what its policy comes to", package.package.name),
        Span::file_start(root),
        "no `include_scopes!()` here that is there in every build",
    )
    .help(format!("write `{line}` at the root of the crate, under no `cfg`"));
    Inclusion::Nowhere(Box::new(finding))
}
