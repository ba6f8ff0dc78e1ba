//! What a build script does to `OUT_DIR`, and what it says to cargo.
#![allow(
    clippy::disallowed_methods,
    reason = "the tests make and change the files that a build script reads"
)]

use super::*;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const POLICY: &str = r#"
[api]
title = "Cameras"

[auth.api_key]
type = "api-key"
in = "header"
name = "X-API-Key"
scopes = "enforced"
unknown_scopes = "deny"

[scopes."read:cameras"]
grants = "List cameras."
"#;

const DECIDED: &str = "[[routes]]\nmatch = \"GET /cameras\"\nrequires = \"read:cameras\"\n";

/// A workspace with one package, and an `OUT_DIR` beside it.
fn workspace(policy: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let place = folder.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    };
    write("Cargo.toml", "[workspace]\nmembers = [\"service\"]\n");
    write("scopes.toml", policy);
    write(
        "service/Cargo.toml",
        "[package]\nname = \"service\"\n[dependencies]\nguard = { package = \"scopewright\" }\n",
    );
    write("service/src/main.rs", "guard::include_scopes!();\nfn main() {}\n");
    folder
}

fn run(folder: &TempDir) -> Result<Vec<String>, Error> {
    let root = folder.path();
    Config::new().run(&Environment::new(&root.join("service"), root.join("out")))
}

/// A run whose result is swallowed.
fn swallowed(folder: &TempDir) -> Vec<String> {
    let root = folder.path();
    Config::new().attempt(&Environment::new(&root.join("service"), root.join("out"))).0
}

fn generated(folder: &TempDir) -> String {
    fs::read_to_string(folder.path().join("out/scopewright.rs")).unwrap()
}

#[test]
fn a_decided_service_gets_its_scopes_and_cargo_hears_what_was_read() {
    let folder = workspace(&format!("{POLICY}{DECIDED}"));
    let root = folder.path().display().to_string();
    let said = run(&folder).unwrap();
    let watched = |path: &str| format!("cargo::rerun-if-changed={root}/{path}");
    assert_eq!(
        said,
        [
            watched("service/src"),
            watched("scopes.toml"),
            watched("service/Cargo.toml"),
            "cargo::rerun-if-env-changed=SOURCE_DATE_EPOCH".to_owned()
        ]
    );
    let generated = generated(&folder);
    assert!(generated.contains("ReadCameras"));
    assert!(generated.contains("::guard"), "the run-time crate goes by the name the package gives it");
    assert!(!generated.contains("compile_error!"));
    assert!(!generated.contains(&root), "no path of this machine gets into generated text");
}

#[test]
fn an_undecided_endpoint_keeps_the_scopes_and_does_not_compile() {
    let folder = workspace(POLICY);
    run(&folder).unwrap();
    let generated = generated(&folder);
    assert!(generated.contains("ReadCameras"));
    assert!(generated.contains("compile_error!(\"scopes.toml:1:1: no endpoint was found"), "{generated}");
}

#[test]
fn a_wrong_policy_fails_the_script_and_leaves_nothing_that_compiles() {
    let folder = workspace(&format!("{POLICY}{DECIDED}"));
    run(&folder).unwrap();
    fs::write(folder.path().join("scopes.toml"), POLICY.replace("grants", "grant")).unwrap();
    let error = run(&folder).unwrap_err();
    assert!(format!("{error:?}").contains("--> scopes.toml:13:1"), "{error:?}");
    assert_eq!(format!("{error:?}"), error.to_string());
    let said = swallowed(&folder);
    let refused = generated(&folder);
    assert!(refused.contains("compile_error!(") && refused.contains("--> scopes.toml:13:1"), "{refused}");
    assert!(!refused.contains("ReadCameras"), "{refused}");
    // Nothing that cargo watches for is there, so the next build asks again.
    assert_eq!(said.len(), 1);
    let watched = said[0].strip_prefix("cargo::rerun-if-changed=").unwrap();
    assert!(!Path::new(watched).exists());
    fs::write(folder.path().join("scopes.toml"), format!("{POLICY}{DECIDED}")).unwrap();
    run(&folder).unwrap();
    assert!(generated(&folder).contains("ReadCameras") && !generated(&folder).contains("compile_error!"));
}

#[test]
fn whatever_fails_leaves_nothing_that_compiles() {
    let broken: [fn(&Path); 3] = [
        |root| fs::write(root.join("service/Cargo.toml"), "[package").unwrap(),
        |root| fs::remove_file(root.join("scopes.toml")).unwrap(),
        |root| {
            // No place for what is remembered of the sources: the tables are written, the rest is not.
            fs::remove_file(root.join("out").join(FACTS)).unwrap();
            fs::create_dir(root.join("out").join(FACTS)).unwrap();
        },
    ];
    for (number, break_it) in broken.into_iter().enumerate() {
        let folder = workspace(&format!("{POLICY}{DECIDED}"));
        run(&folder).unwrap();
        break_it(folder.path());
        assert!(run(&folder).is_err(), "{number}");
        swallowed(&folder);
        assert!(generated(&folder).contains("compile_error!("), "{number}: {}", generated(&folder));
    }
}

#[test]
fn where_nothing_can_be_written_cargo_is_told() {
    let folder = workspace(&format!("{POLICY}{DECIDED}"));
    // Neither replaced nor removed as a file.
    fs::create_dir_all(folder.path().join("out").join(GENERATED).join("inside")).unwrap();
    let said = swallowed(&folder);
    assert!(said.iter().any(|line| line.starts_with("cargo::error=can't write `")), "{said:?}");
}

#[test]
fn an_unchanged_output_is_not_touched() {
    let folder = workspace(&format!("{POLICY}{DECIDED}"));
    run(&folder).unwrap();
    let modified =
        |name: &str| fs::metadata(folder.path().join("out").join(name)).unwrap().modified().unwrap();
    let (scopes, facts) = (modified(GENERATED), modified(FACTS));
    let comment = fs::read_to_string(folder.path().join("scopes.toml")).unwrap();
    fs::write(folder.path().join("scopes.toml"), format!("{comment}# a comment\n")).unwrap();
    run(&folder).unwrap();
    assert_eq!((modified(GENERATED), modified(FACTS)), (scopes, facts));
}

#[test]
fn a_damaged_cache_is_rebuilt() {
    let folder = workspace(&format!("{POLICY}{DECIDED}"));
    run(&folder).unwrap();
    let cache = folder.path().join("out").join(FACTS);
    let sound = fs::read(&cache).unwrap();
    fs::write(&cache, b"scopewright facts of another kind").unwrap();
    run(&folder).unwrap();
    assert_eq!(fs::read(&cache).unwrap(), sound);
}

#[test]
fn warnings_are_one_line_each() {
    let unused = "[scopes.\"read:zones\"]\ngrants = \"List zones.\"\n";
    let folder = workspace(&format!("{POLICY}{unused}{DECIDED}"));
    let said = run(&folder).unwrap();
    let warnings: Vec<&String> = said.iter().filter(|line| line.starts_with("cargo::warning=")).collect();
    assert_eq!(
        warnings,
        ["cargo::warning=scopes.toml:14:1: no endpoint requires `read:zones` [unused-scope]; \
          help: require it where it belongs, or remove it; \
          help: `status = \"planned\"` keeps a scope that is not in use yet"]
    );
}

#[test]
fn a_policy_of_another_name_is_read() {
    let folder = workspace("");
    fs::write(folder.path().join("service/public.toml"), format!("{POLICY}{DECIDED}")).unwrap();
    let environment = Environment::new(&folder.path().join("service"), folder.path().join("out"));
    let said = Config::new().policy(Path::new("public.toml")).run(&environment).unwrap();
    assert!(said.iter().any(|line| line.ends_with("/service/public.toml")), "{said:?}");
}

fn errors(said: &[String]) -> Vec<&str> {
    said.iter().filter_map(|line| line.strip_prefix("cargo::error=")).collect()
}

#[test]
fn what_nobody_takes_in_is_said_to_cargo() {
    for root in ["fn main() {}\n", "#[cfg(feature = \"api\")]\nguard::include_scopes!();\nfn main() {}\n"] {
        // Whatever is decided, nothing would ask for it.
        let folder = workspace(&format!("{POLICY}{DECIDED}"));
        fs::write(folder.path().join("service/src/main.rs"), root).unwrap();
        let said = run(&folder).unwrap();
        let missing = "service/src/main.rs:1:1: package `service` does not take in what its policy comes to \
             [unenforced-decision]; help: write `guard::include_scopes!();` at the root of the crate, under no `cfg`";
        assert_eq!(errors(&said), [missing]);
        // An undecided endpoint is said beside it, and a wrong policy whose error is swallowed.
        fs::write(folder.path().join("scopes.toml"), POLICY).unwrap();
        let said = run(&folder).unwrap();
        assert!(
            matches!(errors(&said).as_slice(), [none, found] if none.contains("[no-endpoints]") && *found == missing),
            "{said:?}"
        );
        fs::write(folder.path().join("scopes.toml"), POLICY.replace("grants", "grant")).unwrap();
        let said = swallowed(&folder);
        assert!(
            matches!(errors(&said).as_slice(), [found] if found.contains("scopes.toml:13:1")),
            "{said:?}"
        );
    }
}

#[test]
fn errors_are_said_once_where_they_are_taken_in_and_twice_only_where_a_crate_does_without() {
    let folder = workspace(POLICY);
    assert!(errors(&run(&folder).unwrap()).is_empty());
    fs::create_dir_all(folder.path().join("service/src/bin")).unwrap();
    fs::write(folder.path().join("service/src/bin/tool.rs"), "fn main() {}\n").unwrap();
    assert!(matches!(errors(&run(&folder).unwrap()).as_slice(), [found] if found.contains("[no-endpoints]")));
    fs::write(folder.path().join("scopes.toml"), format!("{POLICY}{DECIDED}")).unwrap();
    assert!(errors(&run(&folder).unwrap()).is_empty(), "a tool needs no scopes");
}

#[test]
fn a_library_watches_for_packages_that_begin_to_serve_it() {
    let folder = workspace(&format!("{POLICY}{DECIDED}"));
    let root = folder.path();
    fs::write(root.join("service/src/lib.rs"), "guard::include_scopes!();\n").unwrap();
    fs::write(root.join("Cargo.lock"), "version = 4\n").unwrap();
    let said = run(&folder).unwrap();
    for path in ["Cargo.toml", "Cargo.lock"] {
        let line = format!("cargo::rerun-if-changed={}/{path}", root.display());
        assert!(said.contains(&line), "{said:?}");
    }
}
