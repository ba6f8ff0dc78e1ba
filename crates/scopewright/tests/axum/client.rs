//! A service on a port of its own, and one request to it.

use crate::served::Served;
use axum::extract::Request;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: BTreeMap<String, Vec<String>>,
    pub body: String,
}

impl Reply {
    pub fn challenges(&self) -> &[String] {
        self.headers.get("www-authenticate").map_or(&[], Vec::as_slice)
    }
}

/// Serves `app` and sends it one request: the bytes as a client would write them, over a connection.
pub async fn send(app: impl Served, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut connection = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let app = axum::ServiceExt::<Request>::into_make_service(app);
    let server = tokio::spawn(axum::serve(listener, app).into_future());
    let mut request = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
    for (name, value) in headers {
        write!(request, "{name}: {value}\r\n").unwrap();
    }
    request.push_str("content-length: 0\r\n\r\n");
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut reply = Vec::new();
    connection.read_to_end(&mut reply).await.unwrap();
    server.abort();
    parse(&String::from_utf8(reply).unwrap())
}

fn parse(reply: &str) -> Reply {
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let mut headers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        headers.entry(name.to_ascii_lowercase()).or_default().push(value.to_owned());
    }
    Reply { status, headers, body: body.to_owned() }
}
