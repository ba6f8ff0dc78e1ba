//! The program itself: what it prints, and how it ends.

use std::process::Command;

use crate::support::start;

fn videovector() -> Command {
    Command::new(env!("CARGO_BIN_EXE_videovector"))
}

#[test]
fn a_database_is_seeded_once() {
    let folder = tempfile::tempdir().unwrap();
    let seed =
        || videovector().args(["seed", "--database"]).arg(folder.path().join("v.sqlite")).output().unwrap();
    let first = seed();
    assert!(first.status.success());
    for line in String::from_utf8(first.stdout).unwrap().lines() {
        let (name, value) = line.split_once('=').unwrap();
        assert!(name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'), "{name}");
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
        assert!(value.bytes().all(plain), "{value}");
    }
    let second = seed();
    assert!(!second.status.success());
    assert!(String::from_utf8(second.stderr).unwrap().contains("holds the demonstration already"));
}

#[cfg(unix)]
#[test]
fn private_keys_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;

    let service = start();
    for name in ["service.rs256.pk8", "service.eddsa.pk8"] {
        let mode = std::fs::metadata(service.folder().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn without_the_issuers_keys_it_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let output = videovector()
        .args(["--listen", "127.0.0.1:0", "--database"])
        .arg(folder.path().join("v.sqlite"))
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot verify sessions"));
}

/// Whoever waits for the line with the address may ask at once.
#[test]
fn it_says_that_it_listens_only_when_it_can_serve() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("v.sqlite");
    for broken in ["v.jwks.json", "v.sqlite"] {
        std::fs::write(folder.path().join(broken), "neither a key set nor a database").unwrap();
        let output =
            videovector().args(["--listen", "127.0.0.1:0", "--database"]).arg(&database).output().unwrap();
        assert!(!output.status.success(), "{broken}");
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "", "{broken}");
    }
}

#[test]
fn anybody_may_ask_whether_it_is_alive_and_what_it_offers() {
    let service = start();
    assert_eq!(service.client().get("/api/v2/health").expect(200)["status"], "ok");
    let document = service.client().get("/api/v2/openapi.yaml");
    assert_eq!((document.status, document.header("content-type")), (200, vec!["application/yaml"]));
    assert!(document.text().starts_with("openapi: 3.1.0"));
}
