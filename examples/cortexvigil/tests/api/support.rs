//! A service on a free port, and a client to talk to it.

use std::net::SocketAddr;
use std::sync::LazyLock;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use cortexvigil::scopes::Scope;
use cortexvigil::{AppState, Database, MediaStore, OperatorToken, open, serve};
use example_groundwork::Limits;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

pub const OPERATOR: &str = "an operator's token";

pub static ALL_SCOPES: LazyLock<Vec<&str>> =
    LazyLock::new(|| Scope::ALL.iter().map(|scope| scope.as_str()).collect());

/// Stopped, and its files removed, when dropped.
pub struct Service {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    pub database: Database,
    pub media: MediaStore,
    folder: TempDir,
}

/// Calls with the same headers, the credential among them.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    base: String,
    headers: Vec<(&'static str, String)>,
}

pub struct Answer {
    pub status: u16,
    pub content_type: String,
    pub bytes: Vec<u8>,
}

impl Service {
    pub fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let database = open(&folder.path().join("test.sqlite")).unwrap();
        let media = MediaStore::open(&folder.path().join("media")).unwrap();
        let state = AppState::new(database.clone(), media.clone(), OperatorToken::new(Some(OPERATOR)));
        let (stop, stopped) = oneshot::channel::<()>();
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(
                async move {
                    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                    tell.send(listener.local_addr().unwrap()).unwrap();
                    let shutdown = async {
                        let _ = stopped.await;
                    };
                    serve(listener, state, Limits::default(), shutdown).await.unwrap();
                },
            );
        });
        let address = told.recv().unwrap();
        Self { address, stop: Some(stop), thread: Some(thread), database, media, folder }
    }

    /// The database file, for what no request can bring about.
    pub fn sql(&self, script: &str) {
        let connection = rusqlite::Connection::open(self.folder.path().join("test.sqlite")).unwrap();
        connection.execute_batch(script).unwrap();
    }

    pub fn database_file(&self) -> Vec<u8> {
        std::fs::read(self.folder.path().join("test.sqlite")).unwrap()
    }

    pub fn file(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.path().join("media").join(name)).unwrap()
    }

    pub fn anonymous(&self) -> Client {
        // No connection is used twice: the service closes one whose request body it did not want to read.
        let config =
            ureq::Agent::config_builder().http_status_as_error(false).max_idle_connections(0).build();
        Client { agent: config.into(), base: format!("http://{}", self.address), headers: Vec::new() }
    }

    pub fn operator(&self) -> Client {
        self.anonymous().with("Authorization", &format!("Bearer {OPERATOR}"))
    }

    pub fn with_key(&self, secret: &str) -> Client {
        self.anonymous().with("X-API-Key", secret)
    }

    /// A client whose key holds these scopes, in the organisation `Acme`.
    pub fn app(&self, scopes: &[&str]) -> Client {
        self.app_of("Acme", scopes)
    }

    pub fn app_of(&self, organisation: &str, scopes: &[&str]) -> Client {
        let operator = self.operator();
        let name = format!("app for {}", scopes.join(" ").chars().take(80).collect::<String>());
        let app = json!({ "organisation": organisation, "name": name, "scopes": scopes });
        let app_id = operator.post("/api/v1/admin/external-apps", &app).created()["id"].clone();
        let key = operator
            .post(&format!("/api/v1/admin/external-apps/{app_id}/keys"), &json!({ "label": "test" }))
            .created();
        self.with_key(key["secret"].as_str().unwrap())
    }

    /// A new site of `Acme`.
    pub fn site(&self) -> i64 {
        let site = json!({ "organisation": "Acme", "name": "Plant" });
        self.operator().post("/api/v1/admin/sites", &site).created()["id"].as_i64().unwrap()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Client {
    /// The same client with one header more.
    pub fn with(&self, header: &'static str, value: &str) -> Self {
        let mut client = self.clone();
        client.headers.push((header, value.to_owned()));
        client
    }

    pub fn get(&self, path: &str) -> Answer {
        self.call("GET", path, None)
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path, Some(body))
    }

    pub fn put(&self, path: &str, body: &Value) -> Answer {
        self.call("PUT", path, Some(body))
    }

    pub fn patch(&self, path: &str, body: &Value) -> Answer {
        self.call("PATCH", path, Some(body))
    }

    pub fn delete(&self, path: &str) -> Answer {
        self.call("DELETE", path, None)
    }

    pub fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let answer = match body {
            Some(body) => {
                let request = request.header("Content-Type", "application/json");
                self.agent.run(request.body(body.to_string()).unwrap())
            }
            None => self.agent.run(request.body(()).unwrap()),
        };
        let mut answer = answer.unwrap();
        Answer {
            status: answer.status().as_u16(),
            content_type: answer
                .headers()
                .get("content-type")
                .map_or(String::new(), |value| value.to_str().unwrap().to_owned()),
            bytes: answer.body_mut().read_to_vec().unwrap(),
        }
    }

    /// Asks again until `done`; for what the worker does in its own time.
    pub fn wait_for(&self, path: &str, done: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let body = self.get(path).ok();
            if done(&body) {
                return body;
            }
            assert!(Instant::now() < deadline, "{path} stays {body}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|_| panic!("{}: {}", self.status, String::from_utf8_lossy(&self.bytes)))
    }

    #[track_caller]
    pub fn expect(&self, status: u16) {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
    }

    #[track_caller]
    pub fn ok(&self) -> Value {
        self.expect(200);
        self.json()
    }

    #[track_caller]
    pub fn created(&self) -> Value {
        self.expect(201);
        self.json()
    }

    /// An error of the service's own form.
    #[track_caller]
    pub fn refused(&self, status: u16, detail: &str) {
        self.expect(status);
        assert_eq!(self.json()["detail"], detail, "{}", self.json());
    }
}

/// The `id`s of a list, in its order.
pub fn ids(list: &Value) -> Vec<i64> {
    list["items"].as_array().unwrap().iter().map(|item| item["id"].as_i64().unwrap()).collect()
}
