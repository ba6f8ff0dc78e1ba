//! Clients that begin something and do not end it, and a service that has others to serve.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::storm::Keys;
use crate::{Client, Lost, Program, Service};

/// The program with limits that make a test short. With `REAL_LIMITS=1` it keeps its own.
#[must_use]
pub fn impatient(program: Program) -> Program {
    if std::env::var_os("REAL_LIMITS").is_some_and(|value| value == "1") {
        return program;
    }
    ["--header-seconds=1", "--body-idle-seconds=1", "--shutdown-seconds=1"]
        .into_iter()
        .fold(program, Program::with_argument)
}

/// Holds what a service promises to those who are served beside clients that stall: with 200 descriptors and 200 clients
/// that never end their header, an ordinary client has its answer from `open` within ten seconds; a body that stops is
/// answered 408; asked to stop while bodies never end, the process is gone within fifteen seconds, and everything that
/// was acknowledged is there. `body` takes a JSON body from a key, whose header line `credential` writes.
///
/// # Panics
/// If a promise is not kept.
#[expect(clippy::print_stdout, reason = "how long it took is worth a look in the output of a test")]
pub fn check<K: Keys>(
    program: Program,
    keys: impl FnOnce(&Service) -> K,
    open: &str,
    body: &str,
    credential: impl Fn(&str) -> String,
) {
    let mut service = impatient(program.with_descriptors(200)).start();
    let keys = keys(&service);
    let waited = an_ordinary_client_among_slow_headers(&service, 200, open);
    println!("served after {waited:?} beside 200 headers that never end");
    assert!(waited < Duration::from_secs(10), "an ordinary client waited {waited:?}");
    let waited = an_ordinary_client_among_bodies_nobody_reads(&service, 200, body, open);
    println!("served after {waited:?} beside 200 bodies that never end and nobody reads");
    assert!(waited < Duration::from_secs(10), "an ordinary client waited {waited:?}");
    let key = keys.issue(&service.client(), "stalled").unwrap();
    let (status, waited) = status_of_a_body_that_stops(&service, body, &credential(&key.secret));
    println!("{status} after {waited:?} for a body that stops");
    assert_eq!(status, 408);
    assert!(waited < Duration::from_secs(15), "a body was waited for {waited:?}");
    let stopped = stop_while_bodies_never_end(&mut service, &keys, body, credential);
    println!("{stopped:?} while bodies never end");
    assert!(stopped.after < Duration::from_secs(15), "{stopped:?}");
}

/// How often a client that drips sends something.
const DRIP: Duration = Duration::from_millis(250);

/// Ways in which a header never ends.
#[derive(Clone, Copy)]
enum Header {
    /// Nothing is sent.
    Silent,
    /// A part is sent, and nothing more.
    Part,
    /// A byte is sent, and another one, and another one.
    Drip,
    /// A request is sent as it should be, and a part of a second one.
    Second,
}

/// Opens connections whose header never ends, each again when it is closed, and then asks for `path` as a client that does
/// nothing special; returns how long that client waited for its 200.
///
/// # Panics
/// If there is no such answer within a minute.
pub fn an_ordinary_client_among_slow_headers(service: &Service, clients: usize, path: &str) -> Duration {
    let address = service.base().trim_start_matches("http://").to_owned();
    let over = AtomicBool::new(false);
    let ready = Barrier::new(2);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut open: Vec<_> = (0..clients).map(|number| stall(&address, number, path)).collect();
            ready.wait();
            while !over.load(Ordering::Relaxed) {
                thread::sleep(DRIP);
                for (number, connection) in open.iter_mut().enumerate() {
                    if !connection.as_mut().is_some_and(|it| goes_on(it, header(number))) {
                        *connection = stall(&address, number, path);
                    }
                }
            }
        });
        ready.wait();
        let begun = Instant::now();
        let served = loop {
            let status = service.client().try_call("GET", path, None).map(|answer| answer.status);
            if matches!(status, Ok(200)) {
                break Ok(begun.elapsed());
            }
            if begun.elapsed() > Duration::from_secs(60) {
                break Err(status.ok());
            }
        };
        over.store(true, Ordering::Relaxed);
        served.unwrap_or_else(|status| panic!("no answer within a minute, at last {status:?}"))
    })
}

/// They take turns.
fn header(number: usize) -> Header {
    match number % 4 {
        0 => Header::Silent,
        1 => Header::Part,
        2 => Header::Drip,
        _ => Header::Second,
    }
}

fn stall(address: &str, number: usize, path: &str) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_nonblocking(true).ok()?;
    let begun = match header(number) {
        Header::Silent => String::new(),
        Header::Part | Header::Drip => format!("GET {path} HTTP/1.1\r\nHost: x\r\nX-Slow: "),
        Header::Second => format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\nGET {path} HTTP/1.1\r\nHost: "),
    };
    stream.write_all(begun.as_bytes()).ok()?;
    Some(stream)
}

/// Whether the service still holds the connection; one that drips sends its next byte.
fn goes_on(stream: &mut TcpStream, header: Header) -> bool {
    if matches!(header, Header::Drip) && stream.write_all(b"a").is_err() {
        return false;
    }
    let mut answer = [0; 4096];
    loop {
        match stream.read(&mut answer) {
            Ok(0) => return false,
            Ok(_) => {}
            Err(error) => return error.kind() == ErrorKind::WouldBlock,
        }
    }
}

/// Sends bodies that never end to `path` without a credential, and then asks for `open`; returns how long it took.
///
/// # Panics
/// If there is no answer.
pub fn an_ordinary_client_among_bodies_nobody_reads(
    service: &Service,
    clients: usize,
    path: &str,
    open: &str,
) -> Duration {
    let bodies: Vec<_> = (0..clients).map(|_| endless(service, path, "X-Nobody: 1")).collect();
    let begun = Instant::now();
    assert_eq!(service.client().get(open).status, 200);
    let waited = begun.elapsed();
    for body in bodies {
        body.join().unwrap();
    }
    waited
}

/// What became of a service that was asked to stop.
#[derive(Debug)]
pub struct Stopped {
    /// How long it took.
    pub after: Duration,
    /// How many writes it had acknowledged.
    pub acknowledged: usize,
}

/// Asks a service to stop while ten requests to `path` have a body that never ends, and another client writes. Every write
/// that was acknowledged is there afterwards.
///
/// `credential` is the line of a header for the secret of a key.
///
/// # Panics
/// If one is not there, or nothing was acknowledged.
pub fn stop_while_bodies_never_end(
    service: &mut Service,
    keys: &impl Keys,
    path: &str,
    credential: impl Fn(&str) -> String,
) -> Stopped {
    let client = service.client();
    let key = keys.issue(&client, "stopped").unwrap();
    let credential = credential(&key.secret);
    let bodies: Vec<_> = (0..10).map(|_| endless(service, path, &credential)).collect();
    let (acknowledged, after) = thread::scope(|scope| {
        let writing = scope.spawn(|| write_until_it_is_gone(&client, keys, &key.secret));
        thread::sleep(Duration::from_secs(1));
        let after = service.terminate();
        (writing.join().unwrap(), after)
    });
    for body in bodies {
        body.join().unwrap();
    }
    service.restart();
    let there = keys.markers(&service.client());
    let lost: Vec<_> = acknowledged.iter().filter(|marker| !there.contains(marker)).collect();
    assert!(lost.is_empty(), "{} acknowledged writes are lost: {lost:?}", lost.len());
    assert!(!acknowledged.is_empty(), "nothing was written");
    Stopped { after, acknowledged: acknowledged.len() }
}

/// Returns what was acknowledged.
fn write_until_it_is_gone(client: &Client, keys: &impl Keys, secret: &str) -> Vec<String> {
    let mut acknowledged = Vec::new();
    for marker in (0..).map(|number| format!("stopped-{number}")) {
        match keys.write(client, secret, &marker) {
            Ok(status) if (200..300).contains(&status) => acknowledged.push(marker),
            Ok(_) => {}
            Err(Lost) => break,
        }
    }
    acknowledged
}

/// A request whose body goes on until the connection is closed.
fn endless(service: &Service, path: &str, credential: &str) -> thread::JoinHandle<()> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\n{credential}\r\nContent-Type: application/json\r\n\
         Transfer-Encoding: chunked\r\n\r\n1\r\n{{\r\n"
    );
    let mut stream = TcpStream::connect(service.base().trim_start_matches("http://")).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    thread::spawn(move || {
        while stream.write_all(b"1\r\n \r\n").is_ok() {
            thread::sleep(DRIP);
        }
    })
}

/// Sends a part of a body and then nothing, and returns the status that comes back, and after how long.
///
/// # Panics
/// If nothing comes back within a minute.
pub fn status_of_a_body_that_stops(service: &Service, path: &str, credential: &str) -> (u16, Duration) {
    let mut stream = TcpStream::connect(service.base().trim_start_matches("http://")).unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\n{credential}\r\nContent-Type: application/json\r\n\
         Content-Length: 100\r\n\r\n{{"
    );
    let begun = Instant::now();
    stream.write_all(head.as_bytes()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut answer = Vec::new();
    // Up to the end of the connection: the rest of the body is not waited for either.
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
    (status.unwrap_or_else(|| panic!("no answer, but `{answer}`")), begun.elapsed())
}
