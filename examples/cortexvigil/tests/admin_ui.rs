//! The Admin UI in a real headless browser, driven as an operator drives it.

use std::path::Path;
use std::process::Command;

use example_testkit::{Program, browser};

const OPERATOR: &str = "an operator's token";

#[test]
fn an_operator_sees_scopes_grants_and_rotates() {
    let service = Program::new(env!("CARGO_BIN_EXE_cortexvigil"))
        .with_variable("CORTEXVIGIL_OPERATOR_TOKEN", OPERATOR)
        .start();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/admin_ui.mjs");
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("admin_ui");
    std::fs::create_dir_all(&pictures).unwrap();
    let run = Command::new("node")
        .arg(script)
        .args([service.base(), OPERATOR, service.variable("KEY_DASHBOARD")])
        .arg(&pictures)
        .args([browser::program(), browser::node_tools()])
        .output()
        .unwrap();
    let (printed, problems) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success() && printed.trim() == "done", "{printed}{problems}");
    assert!(pictures.join("external-app.png").is_file());
}

/// What the browser's test can't send: a session that is over, and one that is brought to the API.
#[test]
fn a_session_is_the_operators_credential_below_admin_only() {
    let program =
        Program::new(env!("CARGO_BIN_EXE_cortexvigil")).with_variable("CORTEXVIGIL_OPERATOR_TOKEN", OPERATOR);
    let service = program.start();
    let client = service.client();
    let form = client.with("Content-Type", "application/x-www-form-urlencoded");
    let signed_in = form.send("POST", "/admin/sign-in", b"token=an+operator%27s+token").unwrap();
    assert_eq!(signed_in.status, 303);
    let [cookie] = signed_in.header("set-cookie")[..] else { panic!("one cookie is set") };
    assert!(cookie.ends_with("Max-Age=43200; Path=/admin; HttpOnly; SameSite=Strict"), "{cookie}");
    let session = client.with("Cookie", cookie.split(';').next().unwrap());
    assert_eq!(session.get("/admin/external-apps").status, 200);
    assert_eq!(session.get("/api/v1/admin/external-apps").status, 401);
    assert_eq!(
        session.with("Sec-Fetch-Site", "cross-site").call("POST", "/admin/sign-out", None).status,
        401
    );

    let database = rusqlite::Connection::open(service.database()).unwrap();
    database.execute("UPDATE admin_sessions SET expires_at = '2020-01-01T00:00:00.000Z'", []).unwrap();
    assert_eq!(session.get("/admin/external-apps").status, 401);
    let page = session.with("Accept", "text/html").get("/admin/external-apps");
    assert_eq!((page.status, page.header("location")), (303, vec!["/admin/sign-in"]));
}

/// Guesses are slowed down, good ones too; who comes from elsewhere, or brings the token as an API's client does, is not.
#[test]
fn who_guesses_the_token_is_slowed_down() {
    let program =
        Program::new(env!("CARGO_BIN_EXE_cortexvigil")).with_variable("CORTEXVIGIL_OPERATOR_TOKEN", OPERATOR);
    let service = program.start();
    let form = service.client().with("Content-Type", "application/x-www-form-urlencoded");
    let sign_in =
        |token: &str| form.send("POST", "/admin/sign-in", format!("token={token}").as_bytes()).unwrap();
    let right = "an+operator%27s+token";
    for _ in 0..4 {
        assert_eq!(sign_in("guess").status, 422);
    }
    assert_eq!(sign_in(right).status, 303, "a good attempt begins anew");
    // Many at once are counted like one after the other.
    let heard = std::thread::scope(|scope| {
        let guesses: Vec<_> = (0..20).map(|_| scope.spawn(|| sign_in("guess").status)).collect();
        guesses.into_iter().map(|guess| guess.join().unwrap()).filter(|status| *status == 422).count()
    });
    assert_eq!(heard, 5);
    let braked = sign_in(right);
    assert_eq!(braked.status, 429, "{}", braked.text());
    let [wait] = braked.header("retry-after")[..] else { panic!("it says for how long") };
    assert!((1..=60).contains(&wait.parse::<u64>().unwrap()), "{wait}");
    assert_eq!(service.client().bearer(OPERATOR).get("/api/v1/admin/external-apps").status, 200);
}
