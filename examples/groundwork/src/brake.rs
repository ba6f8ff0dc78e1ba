//! A brake on guessing: so many attempts in so much time, for each of those who attempt.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many keys are remembered. An attempt of one more forgets the oldest.
const MOST: usize = 10_000;

/// Counts attempts by key.
#[derive(Debug)]
pub struct Brake {
    attempts: u32,
    window: Duration,
    tried: Mutex<BTreeMap<String, Tried>>,
}

#[derive(Debug)]
struct Tried {
    since: Instant,
    attempts: u32,
}

impl Brake {
    /// So many attempts of a key in a window; the next window begins with the first attempt after it.
    #[must_use]
    pub fn new(attempts: u32, window: Duration) -> Self {
        Self { attempts, window, tried: Mutex::default() }
    }

    /// Counts an attempt before it is made, so that many at once are no way around.
    ///
    /// # Errors
    ///
    /// How long it takes until an attempt is heard again.
    pub fn attempt(&self, key: &str, now: Instant) -> Result<(), Duration> {
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        let age = |it: &Tried| now.saturating_duration_since(it.since);
        if !tried.contains_key(key) && tried.len() >= MOST {
            tried.retain(|_, it| age(it) < self.window);
            let oldest = tried.iter().max_by_key(|(_, it)| age(it)).map(|(key, _)| key.clone());
            if let Some(oldest) = oldest.filter(|_| tried.len() >= MOST) {
                tried.remove(&oldest);
            }
        }
        let it = tried.entry(key.to_owned()).or_insert(Tried { since: now, attempts: 0 });
        if age(it) >= self.window {
            *it = Tried { since: now, attempts: 0 };
        }
        if it.attempts >= self.attempts {
            return Err(self.window.saturating_sub(age(it)));
        }
        it.attempts += 1;
        Ok(())
    }

    /// Forgets the attempts of a key: one of them was good.
    pub fn release(&self, key: &str) {
        self.tried.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

/// The key of a client's address. Of IPv6 the network: whoever has one address there has 2^64.
pub fn address_key(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// The value of `Retry-After` (RFC 9110, section 10.2.3): whole seconds, and never none.
pub fn retry_after(wait: Duration) -> String {
    wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0)).max(1).to_string()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Brake, MOST, address_key, retry_after};

    const MINUTE: Duration = Duration::from_mins(1);

    #[test]
    fn more_than_the_attempts_are_not_heard_until_the_window_is_over() {
        let (brake, start) = (Brake::new(2, MINUTE), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        assert_eq!(brake.attempt("a", at(0)), Ok(()));
        assert_eq!(brake.attempt("a", at(10)), Ok(()));
        assert_eq!(brake.attempt("a", at(20)), Err(Duration::from_secs(40)));
        assert_eq!(brake.attempt("b", at(20)), Ok(()), "another is not concerned");
        assert_eq!(brake.attempt("a", at(60)), Ok(()));
    }

    #[test]
    fn a_good_attempt_begins_anew() {
        let (brake, now) = (Brake::new(1, MINUTE), Instant::now());
        assert!(brake.attempt("a", now).is_ok() && brake.attempt("a", now).is_err());
        brake.release("a");
        assert!(brake.attempt("a", now).is_ok());
    }

    #[test]
    fn it_does_not_grow_with_the_number_of_those_who_attempt() {
        let (brake, start) = (Brake::new(1, MINUTE), Instant::now());
        for number in 0..MOST + 50 {
            let now = start + Duration::from_micros(number.try_into().unwrap());
            assert!(brake.attempt(&number.to_string(), now).is_ok());
        }
        assert_eq!(brake.tried.lock().unwrap().len(), MOST);
        assert!(
            brake.attempt(&(MOST + 49).to_string(), start + MINUTE / 2).is_err(),
            "the last are remembered"
        );
    }

    #[test]
    fn addresses_of_one_network_are_one_client() {
        let key = |text: &str| address_key(text.parse().unwrap());
        assert_eq!(key("2001:db8:1:2::3"), key("2001:db8:1:2:ffff::"));
        assert_ne!(key("2001:db8:1:2::3"), key("2001:db8:1:3::3"));
        assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
        assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
    }

    #[test]
    fn a_wait_is_said_in_whole_seconds() {
        let said = [0, 1, 1000, 1001].map(|milliseconds| retry_after(Duration::from_millis(milliseconds)));
        assert_eq!(said, ["1", "1", "1", "2"]);
    }
}
