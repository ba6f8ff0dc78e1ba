//! A service on a port of its own, and one request to it: the bytes as a client writes and reads them.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;

/// Serves an application on a thread of its own, for the rest of the process.
macro_rules! serve {
    ($app:expr) => {{
        let app = $app;
        $crate::client::serve_with(move || {
            let server = ::actix_web::HttpServer::new(app).workers(1).bind("127.0.0.1:0").unwrap();
            let address = server.addrs()[0];
            (server.run(), address)
        })
    }};
}
pub(crate) use serve;

/// Runs what a server is made by, and waits until it listens.
pub fn serve_with(
    server: impl FnOnce() -> (actix_web::dev::Server, SocketAddr) + Send + 'static,
) -> SocketAddr {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let (server, address) = server();
            sender.send(address).unwrap();
            server.await.unwrap();
        });
    });
    receiver.recv().unwrap()
}

/// An answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    /// Names in lower case, in the order they came.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

pub fn send(address: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    let mut connection = TcpStream::connect(address).unwrap();
    let mut request = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
    for (name, value) in headers {
        write!(request, "{name}: {value}\r\n").unwrap();
    }
    request.push_str("content-length: 0\r\n\r\n");
    connection.write_all(request.as_bytes()).unwrap();
    let mut reply = String::new();
    connection.read_to_string(&mut reply).unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let header = |line: &str| {
        let (name, value) = line.split_once(": ").unwrap();
        (name.to_ascii_lowercase(), value.to_owned())
    };
    Reply { status, headers: lines.map(header).collect(), body: body.to_owned() }
}
