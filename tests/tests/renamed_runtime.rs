//! A service may call its dependency on the runtime what it likes: the expansion names only its own module.

#![allow(clippy::expect_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;
use std::process::Command;

const MANIFEST: &str = r#"[package]
name = "renamed-runtime"
version = "0.0.0"
edition = "2024"

[lib]
path = "lib.rs"

[dependencies]
guards = { package = "scopewright", path = "PATH", features = ["axum"] }

[workspace]
"#;

const SERVICE: &str = r#"
#![deny(warnings)]

pub mod scopes;

#[guards::requires_scope("read:cameras", via = "api_key")]
#[guards::requires_auth(via = "operator", may_require("write:cameras", when = "asked to"))]
pub async fn list_cameras() {}

#[guards::public(reason = "health")]
pub async fn health() {}

pub fn router() -> guards::axum::Router {
    use guards::axum::routing::get;
    guards::axum::Router::new().route("/cameras", get(list_cameras)).route("/health", get(health))
}
"#;

#[test]
fn service_that_renames_the_runtime() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests have a parent folder");
    let generated = fs::read_to_string(root.join("crates/scopewright-emit/tests/golden/rust/cameras.rs"))
        .expect("there is no generated module");
    assert!(
        generated.contains("pub use ::scopewright as rt;"),
        "the generated module names the runtime otherwise"
    );
    let runtime = root.join("crates/scopewright").to_string_lossy().replace('\\', "/");

    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("renamed-runtime");
    fs::create_dir_all(&package).expect("no place for the package");
    let write =
        |name: &str, text: &str| fs::write(package.join(name), text).expect("can't write the package");
    write("Cargo.toml", &MANIFEST.replace("PATH", &runtime));
    write("scopes.rs", &generated.replace("::scopewright as rt", "::guards as rt"));
    write("lib.rs", SERVICE);
    // The versions that are already here.
    fs::copy(root.join("Cargo.lock"), package.join("Cargo.lock")).expect("there is no lock file");

    let output = Command::new(env!("CARGO"))
        .current_dir(&package)
        .args(["check", "--quiet", "--offline", "--target-dir", "target"])
        .output()
        .expect("cargo does not start");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
