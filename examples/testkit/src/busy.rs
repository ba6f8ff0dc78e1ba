//! A database that somebody else holds, and a log that nobody reads.

use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::Program;
use crate::storm::Keys;
use crate::{Lost, Service};

/// More than a service has connections for readers.
const WRITERS: usize = 30;

/// Holds a service's database while thirty clients write and one reads. The writers are told to try again, 503; who reads,
/// or asks at `open` whether the service is alive, does not notice. Nobody reads what the service logs about it, and that
/// does not harm it either.
///
/// # Panics
/// If it is otherwise.
pub fn check<K: Keys>(program: Program, keys: impl FnOnce(&Service) -> K, open: &str) {
    let service = program.with_nobody_reading_its_log().start();
    let (client, keys) = (service.client(), keys(&service));
    let secret = keys.issue(&client, "busy").unwrap().secret;
    assert_eq!(keys.read(&client, &secret).ok(), Some(200));
    let other = Connection::open(service.database()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    thread::scope(|scope| {
        let (client, keys, secret) = (&client, &keys, &secret);
        let write = move |number: usize| keys.write(client, secret, &format!("busy-{number}"));
        let writing: Vec<_> = (0..WRITERS).map(|number| scope.spawn(move || write(number))).collect();
        thread::sleep(Duration::from_millis(200));
        let begun = Instant::now();
        for _ in 0..10 {
            assert_eq!(keys.read(client, secret).ok(), Some(200));
            assert_eq!(client.get(open).status, 200);
        }
        assert!(begun.elapsed() < Duration::from_secs(3), "readers waited: {:?}", begun.elapsed());
        let told: Vec<_> = writing.into_iter().map(|writer| writer.join().unwrap()).collect();
        let not_busy: Vec<_> = told.iter().filter(|status| !matches!(status, Ok(503))).collect();
        assert!(not_busy.is_empty(), "{not_busy:?}");
    });
    other.execute_batch("ROLLBACK").unwrap();
    let status = keys.write(&client, &secret, "afterwards").unwrap_or_else(|Lost| panic!("no answer"));
    assert!((200..300).contains(&status), "{status}");
}
