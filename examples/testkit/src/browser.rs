//! Where the headless browser and the Node.js tools of the tests are.

use std::path::Path;

/// The names Chromium has on the machines the tests run on.
const PROGRAMS: &[&str] = &["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/// The browser's program: `CHROMIUM` in the environment, or one of the usual places.
pub fn program() -> String {
    let named = std::env::var("CHROMIUM").ok();
    let usual =
        PROGRAMS.iter().find(|program| Path::new(program).exists()).map(|program| (*program).to_owned());
    named.or(usual).expect("no Chromium is here: install it, or name it in `CHROMIUM`")
}

/// The folder of the pinned Node.js packages.
pub fn node_tools() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/node");
    assert!(
        folder.join("node_modules").is_dir(),
        "the Node.js packages are not there: run `npm ci` in tests/node, as `cargo xtask test` does"
    );
    folder.to_str().unwrap().to_owned()
}
