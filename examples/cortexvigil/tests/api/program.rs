//! The program itself: started, asked, stopped.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

#[test]
fn it_seeds_listens_and_stops_when_asked() {
    let folder = tempfile::TempDir::new().unwrap();
    let program = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cortexvigil"));
        command.current_dir(folder.path()).args(["--listen", "127.0.0.1:0", "--database", "demo.sqlite"]);
        command
    };
    let seeded = program().arg("seed").output().unwrap();
    assert!(seeded.status.success());
    let printed = String::from_utf8(seeded.stdout).unwrap();
    let (_, secret) = printed.lines().find_map(|line| line.split_once("KEY_FACILITY_BOT=")).unwrap();
    assert!(!program().arg("seed").output().unwrap().status.success());

    let mut running = program().stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(running.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let base = line.trim().strip_prefix("listening on ").unwrap();
    let me = ureq::get(format!("{base}/api/v1/auth/me")).header("X-API-Key", secret).call().unwrap();
    assert_eq!(me.status(), 200);
    drop(me);

    let stop = Command::new("kill").args(["-TERM", &running.id().to_string()]).status().unwrap();
    assert!(stop.success());
    assert!(running.wait().unwrap().success());
}
