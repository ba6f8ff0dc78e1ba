//! The interactive reference in a real headless browser.

use std::path::Path;
use std::process::Command;

use example_testkit::{Program, browser};

#[test]
fn a_key_is_tried_in_the_reference() {
    let service = Program::new(env!("CARGO_BIN_EXE_inspac")).start();
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reference");
    std::fs::create_dir_all(&pictures).unwrap();
    let run = Command::new("node")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/reference.mjs"))
        .arg(service.base())
        .arg(&pictures)
        .args([browser::program(), browser::node_tools()])
        .envs(service.variables())
        .output()
        .unwrap();
    let (printed, problems) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success() && printed.trim() == "done", "{printed}{problems}");
    assert!(pictures.join("denied.png").is_file());
}
