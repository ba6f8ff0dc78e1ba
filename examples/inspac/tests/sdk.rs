//! The TypeScript client over the generated constants: compiled strictly, and run under Node.js against the program.

#![expect(clippy::unwrap_used, reason = "what is missing here is a failed test")]

use std::path::Path;
use std::process::Command;

use example_testkit::{Program, browser};

const STRICT: &[&str] = &[
    "--strict",
    "--noUncheckedIndexedAccess",
    "--exactOptionalPropertyTypes",
    "--noUnusedLocals",
    "--noUnusedParameters",
    "--noImplicitReturns",
    "--target",
    "es2022",
    "--lib",
    "es2022,dom",
    "--module",
    "nodenext",
];

#[test]
fn a_scope_error_names_the_scope_that_the_server_does_not() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let modules = tempfile::tempdir().unwrap();
    // What the compiler makes is taken for modules by Node.js, as what it reads is by the compiler.
    let sources = modules.path().join("sources");
    std::fs::create_dir(&sources).unwrap();
    for name in ["scopes.ts", "client.ts", "example.ts"] {
        std::fs::copy(package.join("sdk/typescript").join(name), sources.join(name)).unwrap();
    }
    std::fs::write(modules.path().join("package.json"), r#"{"type": "module"}"#).unwrap();
    let compiled = modules.path().join("compiled");
    let typescript = Path::new(&browser::node_tools()).join("node_modules/typescript/bin/tsc");
    run(Command::new("node")
        .arg(typescript)
        .args(STRICT)
        .arg("--outDir")
        .arg(&compiled)
        .arg(sources.join("example.ts")));

    let service = Program::new(env!("CARGO_BIN_EXE_inspac")).start();
    let script = package.join("tests/sdk/scope_errors.mjs");
    let printed =
        run(Command::new("node").arg(script).arg(&compiled).arg(service.base()).envs(service.variables()));
    assert_eq!(printed.trim(), "done");
}

/// What a program prints; that it fails is a failed test.
fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let (printed, problems) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{printed}{problems}");
    printed.into_owned()
}
