//! Which crates a package has, how it calls its dependencies, where its workspace begins and which policy is its.

#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use scopewright_compiler::{MemoryFileSystem, PackageInfo, find_policy, read_package, workspace_root};

fn package(manifest: &str, files: &[&str]) -> PackageInfo {
    let manifest = ("a/service/Cargo.toml", manifest.to_owned());
    let others = files.iter().map(|path| (*path, String::new()));
    let files: MemoryFileSystem = std::iter::once(manifest).chain(others).collect();
    read_package(&files, "a/service").unwrap()
}

/// Asserts the crates as `name file`, a library marked with `lib`.
#[track_caller]
fn check_crates(manifest: &str, files: &[&str], expected: &[&str]) {
    let manifest = format!("[package]\nname = \"my-service\"\n{manifest}");
    let files: Vec<String> = files.iter().map(|file| format!("a/service/{file}")).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let found: Vec<String> = package(&manifest, &files)
        .package
        .crates
        .iter()
        .map(|root| {
            let kind = if root.is_library { "lib " } else { "" };
            format!("{kind}{} {}", root.name, root.file.trim_start_matches("a/service/"))
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn crates_are_found_where_cargo_looks() {
    check_crates(
        "",
        &[
            "src/lib.rs",
            "src/main.rs",
            "src/bin/work-er.rs",
            "src/bin/admin/main.rs",
            "src/bin/admin/other.rs",
        ],
        &[
            "lib my_service src/lib.rs",
            "admin src/bin/admin/main.rs",
            "work_er src/bin/work-er.rs",
            "my_service src/main.rs",
        ],
    );
    check_crates("", &["src/main.rs", "tests/main.rs", "examples/x.rs"], &["my_service src/main.rs"]);
    check_crates("", &[], &[]);
}

#[test]
fn declared_crates_are_taken_as_declared() {
    check_crates(
        "autobins = false\n[lib]\nname = \"core\"\npath = \"lib/mod.rs\"\n[[bin]]\nname = \"server\"\npath = \"server.rs\"\n[[bin]]\nname = \"tool\"",
        &["lib/mod.rs", "server.rs", "src/main.rs", "src/bin/tool/main.rs", "src/bin/left.rs"],
        &["lib core lib/mod.rs", "server server.rs", "tool src/bin/tool/main.rs"],
    );
    check_crates(
        "[[bin]]\nname = \"renamed\"\npath = \"src/main.rs\"",
        &["src/main.rs", "src/bin/more.rs"],
        &["more src/bin/more.rs", "renamed src/main.rs"],
    );
    check_crates("autolib = false", &["src/lib.rs", "src/main.rs"], &["my_service src/main.rs"]);
}

#[test]
fn only_folders_below_the_package_are_watched() {
    let found = package(
        "[package]\nname = \"s\"\n[lib]\npath = \"lib.rs\"\n[[bin]]\nname = \"b\"\npath = \"bins/b.rs\"\n",
        &["a/service/lib.rs", "a/service/bins/b.rs"],
    );
    // The folder of the package itself holds what a build writes.
    assert_eq!(found.folders, ["a/service/bins"]);
}

#[test]
fn dependencies_go_by_the_names_the_source_uses() {
    let found = package(
        "[package]\nname = \"s\"\n\
         [dependencies]\naxum = \"0.8\"\nweb-kit = { package = \"axum-extra\", version = \"1\" }\nguard.workspace = true\n\
         [target.'cfg(unix)'.dependencies]\nnix = { version = \"1\", features = [] }\n\
         [dev-dependencies]\ntower = \"1\"\n\
         [workspace.dependencies]\nguard = { package = \"scopewright\", version = \"0.1\" }\n",
        &["a/service/src/main.rs"],
    );
    let names: Vec<String> =
        found.package.dependencies.iter().map(|(name, package)| format!("{name}={package}")).collect();
    assert_eq!(names, ["axum=axum", "guard=scopewright", "nix=nix", "web_kit=axum-extra"]);
    assert_eq!(found.runtime(), "guard");
}

#[test]
fn a_workspace_gives_names_to_its_members() {
    let files: MemoryFileSystem = [
        ("Cargo.toml", "[workspace]\n[workspace.dependencies]\nguard = { package = \"scopewright\", path = \"x\" }\n"),
        ("a/service/Cargo.toml", "[package]\nname = \"s\"\nversion.workspace = true\n[dependencies]\nguard = { workspace = true }\n"),
    ]
    .into_iter()
    .collect();
    let found = read_package(&files, "a/service").unwrap();
    assert_eq!(found.runtime(), "guard");
    assert_eq!(found.files_read, ["a/service/Cargo.toml", "Cargo.toml"]);
}

#[test]
fn libraries_of_the_workspace_are_found_through_one_another() {
    let files: MemoryFileSystem = [
        ("Cargo.toml", "[workspace]\n[workspace.dependencies]\napi = { path = \"libs/api\" }\n"),
        (
            "service/Cargo.toml",
            "[package]\nname = \"service\"\n[dependencies]\naxum = \"0.8\"\napi.workspace = true\n\
             scopewright = { path = \"../libs/scopewright\" }\nfar = { path = \"../../far\" }\n",
        ),
        ("service/src/main.rs", ""),
        (
            "libs/api/Cargo.toml",
            "[package]\nname = \"api\"\n[dependencies]\nnames = { package = \"my-names\", path = \"../names\" }\n\
             service = { path = \"../../service\" }\n",
        ),
        ("libs/api/src/lib.rs", ""),
        ("libs/api/src/main.rs", ""),
        ("libs/names/Cargo.toml", "[package]\nname = \"my-names\"\n"),
        ("libs/names/src/lib.rs", ""),
        ("libs/scopewright/Cargo.toml", "[package]\nname = \"scopewright\"\n"),
    ]
    .into_iter()
    .collect();
    let found = read_package(&files, "service").unwrap();
    let crates = found.libraries.iter().flat_map(|library| &library.crates);
    let crates: Vec<String> = crates.map(|krate| format!("{} {}", krate.name, krate.file)).collect();
    assert_eq!(crates, ["api libs/api/src/lib.rs", "my_names libs/names/src/lib.rs"]);
    assert_eq!(
        found.files_read,
        ["service/Cargo.toml", "Cargo.toml", "libs/api/Cargo.toml", "libs/names/Cargo.toml"]
    );
}

#[test]
fn the_workspace_is_the_nearest_that_does_not_exclude_the_package() {
    let files: MemoryFileSystem = [
        ("/r/Cargo.toml", "[workspace]\nexclude = [\"alone\"]\n"),
        ("/r/in/Cargo.toml", "[package]\nname = \"in\"\n"),
        ("/r/alone/Cargo.toml", "[package]\nname = \"alone\"\n"),
        ("/r/alone/deep/Cargo.toml", "[package]\nname = \"deep\"\n"),
        ("/r/own/Cargo.toml", "[package]\nname = \"own\"\n[workspace]\n"),
        ("/r/far/Cargo.toml", "[package]\nname = \"far\"\nworkspace = \"../own\"\n"),
        ("/none/Cargo.toml", "[package]\nname = \"none\"\n"),
    ]
    .into_iter()
    .collect();
    for (folder, root) in [
        ("/r/in", "/r"),
        ("/r/alone", "/r/alone"),
        ("/r/alone/deep", "/r/alone/deep"),
        ("/r/own", "/r/own"),
        ("/r/far", "/r/own"),
        ("/none", "/none"),
    ] {
        assert_eq!(workspace_root(&files, folder), root, "{folder}");
    }
}

#[test]
fn the_policy_is_the_named_one_or_the_nearest_upwards() {
    let manifest = "[package]\nname = \"s\"\n";
    let find = |manifest: &str, files: &[&str]| {
        let info = package(manifest, files);
        let files: MemoryFileSystem = files.iter().map(|path| (*path, "")).collect();
        find_policy(&files, &info)
    };
    assert_eq!(find(manifest, &["scopes.toml", "a/scopes.toml"]).as_deref(), Some("a/scopes.toml"));
    assert_eq!(find(manifest, &["scopes.toml"]).as_deref(), Some("scopes.toml"));
    assert_eq!(find(manifest, &["b/scopes.toml"]), None);
    let named = format!("{manifest}[package.metadata.scopewright]\npolicy = \"../public.toml\"\n");
    assert_eq!(find(&named, &["a/scopes.toml"]).as_deref(), Some("a/public.toml"));
}

#[test]
fn a_broken_manifest_is_a_finding() {
    let files: MemoryFileSystem = [("Cargo.toml", "[package]\nname = 1\n")].into_iter().collect();
    let findings = read_package(&files, "").unwrap_err();
    assert_eq!(findings[0].primary.span.to_string(), "Cargo.toml:2:8");
    assert_eq!(read_package(&files, "missing").unwrap_err()[0].code.name(), "unreadable-source");
}

/// The packages that use the library in `folder` and are looked at with it.
#[track_caller]
fn check_dependents(folder: &str, files: &[(&str, &str)], expected: &[&str]) {
    let files: MemoryFileSystem = files.iter().copied().collect();
    let found = read_package(&files, folder).unwrap();
    let names: Vec<&str> =
        found.dependents.iter().filter_map(|it| it.packages.first()).map(|it| it.name.as_str()).collect();
    assert_eq!(names, expected);
}

const API: (&str, &str) = ("api/Cargo.toml", "[package]\nname = \"api\"\n");
const LIBRARY: (&str, &str) = ("api/src/lib.rs", "");

#[test]
fn the_root_of_a_workspace_is_a_dependent_like_any_other() {
    for workspace in ["[workspace]\n", "[workspace]\nmembers = [\"api\"]\n"] {
        let root =
            format!("[package]\nname = \"server\"\n[dependencies]\napi = {{ path = \"api\" }}\n{workspace}");
        check_dependents("api", &[("Cargo.toml", &root), API, LIBRARY, ("src/main.rs", "")], &["server"]);
    }
}

#[test]
fn what_others_inherit_is_known_though_the_library_inherits_nothing() {
    check_dependents(
        "api",
        &[
            (
                "Cargo.toml",
                "[workspace]\nmembers = [\"ser?er\"]\n[workspace.dependencies]\napi = { path = \"api\" }\nkit = { path = \"kit\" }\n",
            ),
            ("server/Cargo.toml", "[package]\nname = \"server\"\n[dependencies]\nkit.workspace = true\n"),
            ("kit/Cargo.toml", "[package]\nname = \"kit\"\n[dependencies]\napi.workspace = true\n"),
            ("kit/src/lib.rs", ""),
            API,
            LIBRARY,
        ],
        &["kit", "server"],
    );
}

#[test]
fn libraries_are_found_through_what_a_library_inherits() {
    let files: MemoryFileSystem = [
        ("Cargo.toml", "[workspace]\n[workspace.dependencies]\nmore = { path = \"more\" }\n"),
        (
            "service/Cargo.toml",
            "[package]\nname = \"service\"\n[dependencies]\nkit = { path = \"../kit\" }\n",
        ),
        ("service/src/main.rs", ""),
        ("kit/Cargo.toml", "[package]\nname = \"kit\"\n[dependencies]\nmore.workspace = true\n"),
        ("kit/src/lib.rs", ""),
        ("more/Cargo.toml", "[package]\nname = \"more\"\n"),
        ("more/src/lib.rs", ""),
    ]
    .into_iter()
    .collect();
    let found = read_package(&files, "service").unwrap();
    let names: Vec<&str> = found.libraries.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["kit", "more"]);
}

#[test]
fn a_dependent_is_looked_at_unless_its_build_script_compiles_a_policy() {
    let manifest = "[package]\nname = \"server\"\n[dependencies]\napi = { path = \"../api\" }\n\
                    [build-dependencies]\nours = { package = \"scopewright-build\", version = \"0.1\" }\n";
    let root = ("Cargo.toml", "[workspace]\nmembers = [\"*\"]\nexclude = [\"old\"]\n");
    let server = ("server/Cargo.toml", manifest);
    let old = ("old/Cargo.toml", manifest);
    let script = |text| ("server/build.rs", text);
    let compiles = script("fn main() { ours::compile().unwrap() }");
    check_dependents("api", &[root, server, old, API, LIBRARY, compiles], &[]);
    check_dependents("api", &[root, server, old, API, LIBRARY, script("fn main() {}")], &["server"]);
    check_dependents("api", &[root, server, old, API, LIBRARY], &["server"]);
}

#[test]
fn whoever_may_become_a_dependent_is_watched() {
    let files: MemoryFileSystem = [
        ("Cargo.toml", "[workspace]\nmembers = [\"*\"]\n"),
        ("Cargo.lock", ""),
        ("tool/Cargo.toml", "[package]\nname = \"tool\"\n"),
        API,
        LIBRARY,
    ]
    .into_iter()
    .collect();
    let found = read_package(&files, "api").unwrap();
    assert_eq!(found.files_read, ["api/Cargo.toml", "Cargo.toml", "Cargo.lock", "tool/Cargo.toml"]);
}
