//! Many clients that make, rotate, revoke and use keys at once, on a service that is killed in the middle.
//!
//! Held, with nothing but what the clients saw:
//! - no call is allowed that was sent after its key's revocation (or rotation) was acknowledged;
//! - no call is denied whose key was acknowledged and that nobody had begun to revoke before the answer came;
//! - what was acknowledged as written is there at the end, once;
//! - the same before and after SIGKILL and a restart, and the database file is sound.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::{Client, Lost, Service};

/// A key as the answer that made its secret shows it.
#[derive(Debug, Clone)]
pub struct Key {
    /// How the service names it in paths.
    pub id: String,
    /// The secret.
    pub secret: String,
}

/// How a service's keys are managed and used. Every call says what the service answered; an answer that is not one of
/// those it should give is a failed test there.
pub trait Keys: Sync {
    /// Makes a key that may do what [`read`](Self::read) and [`write`](Self::write) do.
    ///
    /// # Errors
    /// If there was no answer.
    fn issue(&self, client: &Client, name: &str) -> Result<Key, Lost>;
    /// Gives a key a new secret; the old one stops working.
    ///
    /// # Errors
    /// If there was no answer.
    fn rotate(&self, client: &Client, key: &Key) -> Result<Key, Lost>;
    /// Makes a key useless.
    ///
    /// # Errors
    /// If there was no answer.
    fn revoke(&self, client: &Client, key: &Key) -> Result<(), Lost>;
    /// The status of a read with this secret: 200, or 401.
    ///
    /// # Errors
    /// If there was no answer.
    fn read(&self, client: &Client, secret: &str) -> Result<u16, Lost>;
    /// The status of a write that leaves `marker` in the data: a success, or 401.
    ///
    /// # Errors
    /// If there was no answer.
    fn write(&self, client: &Client, secret: &str, marker: &str) -> Result<u16, Lost>;
    /// The markers that are in the data, each as often as it is there.
    fn markers(&self, client: &Client) -> Vec<String>;
}

/// How much is done.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Clients at once.
    pub clients: usize,
    /// What each does before the kill, and again after it.
    pub rounds: usize,
}

impl Default for Size {
    fn default() -> Self {
        Self { clients: 20, rounds: 40 }
    }
}

const LIVE: u8 = 0;
const ENDING: u8 = 1;
const ENDED: u8 = 2;

/// A secret that was acknowledged, and whether it may still be good.
struct Issued {
    key: Key,
    life: AtomicU8,
}

#[derive(Default)]
struct Account {
    secrets: Mutex<Vec<Arc<Issued>>>,
    /// Writes that were acknowledged.
    written: Mutex<Vec<String>>,
    problems: Mutex<Vec<String>>,
    calls: AtomicUsize,
    denied: AtomicUsize,
    ended: AtomicUsize,
}

/// Runs the storm; returns how many answers were judged.
pub fn run(service: &mut Service, keys: &impl Keys, size: Size) -> usize {
    let account = Account::default();
    phase(service, keys, size, &account, "before", true);
    service.restart();
    account.verify(&service.client(), keys, "after SIGKILL");
    phase(service, keys, size, &account, "after", false);
    account.verify(&service.client(), keys, "at the end");
    let markers = keys.markers(&service.client());
    service.kill();
    account.compare_markers(&markers);
    check_database(service, &account);
    let problems = account.problems.into_inner().unwrap_or_else(PoisonError::into_inner);
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
    let (calls, denied) = (account.calls.into_inner(), account.denied.into_inner());
    let (ended, written) = (account.ended.into_inner(), lock(&account.written).len());
    // A storm in which nothing happens would hold everything.
    let least = size.clients * size.rounds / 8;
    assert!(calls > 4 * least && ended > least, "only {calls} calls were judged, {ended} keys ended");
    assert!(denied > 0 && denied < calls && written > least, "{denied} of {calls} denied, {written} written");
    calls
}

/// All clients at once. The process is killed when about half is done, if it is to be.
fn phase(
    service: &mut Service,
    keys: &impl Keys,
    size: Size,
    account: &Account,
    name: &str,
    is_to_be_killed: bool,
) {
    let done = AtomicUsize::new(0);
    let client = service.client();
    thread::scope(|scope| {
        for number in 0..size.clients {
            let (client, done) = (&client, &done);
            scope.spawn(move || {
                for round in 0..size.rounds {
                    let step = number * size.rounds + round;
                    // The connection breaks when the process is killed: this client is done.
                    if one_step(client, keys, account, &format!("{name}-{step}"), step).is_err() {
                        break;
                    }
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        if is_to_be_killed {
            while done.load(Ordering::Relaxed) < size.clients * size.rounds / 2 {
                thread::sleep(Duration::from_millis(1));
            }
            service.kill();
        }
    });
}

/// One thing a client does; which one follows from the step's number, so that every run does the same.
fn one_step(
    client: &Client,
    keys: &impl Keys,
    account: &Account,
    name: &str,
    step: usize,
) -> Result<(), Lost> {
    match step % 8 {
        0 => account.made(keys.issue(client, name)?),
        3 => account.end(step, |key| keys.rotate(client, key).map(Some))?,
        6 => account.end(step, |key| keys.revoke(client, key).map(|()| None))?,
        1 | 4 => account.judge(step, |secret| keys.read(client, secret)).map(drop)?,
        _ => {
            if account.judge(step, |secret| keys.write(client, secret, name))? {
                lock(&account.written).push(name.to_owned());
            }
        }
    }
    Ok(())
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Account {
    fn made(&self, key: Key) {
        lock(&self.secrets).push(Arc::new(Issued { key, life: AtomicU8::new(LIVE) }));
    }

    /// One of the secrets made so far, mostly a young one.
    fn pick(&self, step: usize) -> Option<Arc<Issued>> {
        let secrets = lock(&self.secrets);
        let back = step.wrapping_mul(7) % secrets.len().clamp(1, 30);
        secrets.get(secrets.len().checked_sub(1 + back)?).cloned()
    }

    /// Rotates or revokes a key that nobody else is ending.
    fn end(&self, step: usize, end: impl FnOnce(&Key) -> Result<Option<Key>, Lost>) -> Result<(), Lost> {
        let Some(issued) = self.pick(step) else { return Ok(()) };
        if issued.life.compare_exchange(LIVE, ENDING, Ordering::SeqCst, Ordering::SeqCst).is_err() {
            return Ok(());
        }
        let next = end(&issued.key)?;
        issued.life.store(ENDED, Ordering::SeqCst);
        self.ended.fetch_add(1, Ordering::Relaxed);
        if let Some(key) = next {
            self.made(key);
        }
        Ok(())
    }

    /// Uses a key; whether the call was allowed.
    fn judge(&self, step: usize, call: impl FnOnce(&str) -> Result<u16, Lost>) -> Result<bool, Lost> {
        let Some(issued) = self.pick(step) else { return Ok(false) };
        let before = issued.life.load(Ordering::SeqCst);
        let status = call(&issued.key.secret)?;
        let after = issued.life.load(Ordering::SeqCst);
        self.calls.fetch_add(1, Ordering::Relaxed);
        if status == 401 {
            self.denied.fetch_add(1, Ordering::Relaxed);
        }
        match status {
            200..300 if before == ENDED => {
                self.problem(format!("key {} was allowed after its end was acknowledged", issued.key.id));
            }
            401 if after == LIVE => {
                self.problem(format!("key {} was denied though nobody was ending it", issued.key.id));
            }
            200..300 | 401 => {}
            _ => self.problem(format!("key {} was answered {status}", issued.key.id)),
        }
        Ok((200..300).contains(&status))
    }

    /// Every secret whose state is known, asked once more with nobody else about.
    fn verify(&self, client: &Client, keys: &impl Keys, when: &str) {
        for issued in lock(&self.secrets).iter() {
            let expected = match issued.life.load(Ordering::SeqCst) {
                LIVE => 200,
                ENDED => 401,
                // The kill came between the request and its answer: either is right, and it stays as it is.
                _ => {
                    let status = keys.read(client, &issued.key.secret).unwrap();
                    issued.life.store(if status == 401 { ENDED } else { LIVE }, Ordering::SeqCst);
                    continue;
                }
            };
            let status = keys.read(client, &issued.key.secret).unwrap();
            if status != expected {
                self.problem(format!("{when}: key {} is answered {status}, not {expected}", issued.key.id));
            }
        }
    }

    fn compare_markers(&self, found: &[String]) {
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for marker in found {
            *times.entry(marker).or_default() += 1;
        }
        for marker in lock(&self.written).iter() {
            if times.get(marker.as_str()) != Some(&1) {
                let times = times.get(marker.as_str()).copied().unwrap_or_default();
                self.problem(format!("the acknowledged write `{marker}` is there {times} times"));
            }
        }
        if let Some((marker, times)) = times.iter().find(|(_, times)| **times > 1) {
            self.problem(format!("the write `{marker}` is there {times} times"));
        }
    }

    fn problem(&self, problem: String) {
        lock(&self.problems).push(problem);
    }
}

/// The file itself, with nobody writing.
fn check_database(service: &Service, account: &Account) {
    let connection = rusqlite::Connection::open(service.database()).unwrap();
    let integrity: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    if integrity != "ok" {
        account.problem(format!("the database is damaged: {integrity}"));
    }
    let mut broken = connection.prepare("PRAGMA foreign_key_check").unwrap();
    if broken.exists([]).unwrap() {
        account.problem("a row refers to another that is not there".to_owned());
    }
}
