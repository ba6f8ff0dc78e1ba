//! A small HTTP client that keeps what it was answered as bytes.

use std::time::Duration;

use serde_json::Value;

/// Calls with the same headers, a credential among them.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    base: String,
    headers: Vec<(String, String)>,
}

/// An answer, whatever its status.
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers in the order they came, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// The connection broke before there was an answer: nobody knows whether the call had an effect.
#[derive(Debug)]
pub struct Lost;

impl Client {
    /// A client of the service at `base` without a credential.
    pub fn new(base: &str) -> Self {
        // No connection is used twice: a service closes one whose request body it did not want to read.
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_idle_connections(0)
            // No service lets anybody wait for so long.
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        Self { agent: config.into(), base: base.to_owned(), headers: Vec::new() }
    }

    /// The same client with one header more.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut client = self.clone();
        client.headers.push((name.to_owned(), value.to_owned()));
        client
    }

    /// The same client with a bearer token.
    #[must_use]
    pub fn bearer(&self, token: &str) -> Self {
        self.with("Authorization", &format!("Bearer {token}"))
    }

    /// Asks; the body, if there is one, is JSON.
    pub fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        self.try_call(method, path, body).unwrap_or_else(|Lost| panic!("{method} {path}: no answer"))
    }

    /// Asks a service that may be killed meanwhile.
    ///
    /// # Errors
    /// If there was no whole answer.
    pub fn try_call(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Answer, Lost> {
        match body {
            Some(body) => {
                self.with("Content-Type", "application/json").send(method, path, body.to_string().as_bytes())
            }
            None => self.run(self.request(method, path).body(()).unwrap()),
        }
    }

    /// Sends a body of whatever kind the client's headers say.
    ///
    /// # Errors
    /// If there was no whole answer.
    pub fn send(&self, method: &str, path: &str, body: &[u8]) -> Result<Answer, Lost> {
        self.run(self.request(method, path).body(body).unwrap())
    }

    fn request(&self, method: &str, path: &str) -> ureq::http::request::Builder {
        let request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        self.headers.iter().fold(request, |request, (name, value)| request.header(name, value))
    }

    fn run(&self, request: ureq::http::Request<impl ureq::AsSendBody>) -> Result<Answer, Lost> {
        let mut answer = self.agent.run(request).map_err(|_| Lost)?;
        let text = |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        Ok(Answer {
            status: answer.status().as_u16(),
            headers: answer.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
            body: answer.body_mut().read_to_vec().map_err(|_| Lost)?,
        })
    }

    /// `GET`.
    pub fn get(&self, path: &str) -> Answer {
        self.call("GET", path, None)
    }

    /// `POST` of a JSON body.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path, Some(body))
    }

    /// `DELETE`.
    pub fn delete(&self, path: &str) -> Answer {
        self.call("DELETE", path, None)
    }
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}: {}", self.status, self.text()))
    }

    /// The values of a header, whose name is given in lower case.
    pub fn header(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }

    /// The JSON body of an answer that must have this status.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        self.json()
    }
}
