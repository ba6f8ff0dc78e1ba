//! The generated Rust module: the scope enum, the tables the runtime decides by, and findings as compile errors.
//!
//! In: a plan, the runtime's crate name as the service knows it, and the findings of the build. Out: one file for
//! `include!`, so it begins with no inner attribute and names nothing but itself and the runtime.

mod bodies;
mod enums;
mod named;
mod quote;
mod resource;
mod tables;

use quote::{RustIdent, RustStr};
use scopewright_model::{GENERATED_MARKER, OutputFile, Plan};
use std::fmt::Write as _;

/// The name of the generated file, in `OUT_DIR`.
const FILE: &str = "scopewright.rs";

/// Generates the module that `scopewright::include_scopes!()` includes.
///
/// `runtime` is the name by which the service depends on `scopewright`. Each of `findings` (place, what is missing, the
/// mended line) becomes a `compile_error!`: the build stops, while the enum is there and an editor still completes.
pub fn emit_rust(plan: &Plan, runtime: &str, findings: &[String]) -> OutputFile {
    let policy = &plan.policy;
    let mut out = String::new();
    let file = policy.file.file.rsplit('/').next().unwrap_or_default();
    line(&mut out, &format!("// {GENERATED_MARKER}{file}. Changes made here are lost with the next build."));
    line(&mut out, "");
    line(&mut out, "#[doc(hidden)]");
    line(&mut out, &format!("pub use ::{} as rt;", RustIdent::new(runtime)));
    enums::print_scopes(&mut out, policy);
    enums::print_modes(&mut out, policy);
    enums::print_public_reasons(&mut out, policy);
    enums::print_bundles(&mut out, policy);
    enums::print_aliases(&mut out, policy);
    named::print(&mut out, policy);
    tables::print(&mut out, plan);
    for finding in findings {
        line(&mut out, "");
        line(&mut out, &format!("::core::compile_error!({});", RustStr(finding)));
    }
    OutputFile::new(FILE, out)
}

/// Generates what stands in the place of that module where there is none: it does not compile, and says why.
pub fn emit_rust_refusal(why: &str) -> OutputFile {
    OutputFile::new(
        FILE,
        format!(
            "// {GENERATED_MARKER}a policy that can't be compiled.\n::core::compile_error!({});\n",
            RustStr(why)
        ),
    )
}

/// Prints a line.
fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// Prints several lines, after an empty one, without the indentation that all of them share.
fn lines(out: &mut String, text: &str) {
    let text = text.trim_start_matches('\n').trim_end();
    let of_line = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let indent = text.lines().filter(|line| !line.trim().is_empty()).map(of_line).min().unwrap_or(0);
    line(out, "");
    for one in text.lines() {
        line(out, one.get(indent..).unwrap_or_default());
    }
}

/// Prints formatted text. Writing to a `String` has no errors.
fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}
