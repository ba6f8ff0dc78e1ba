//! Bodies that do not come.

use std::error::Error;
use std::fmt;
use std::io;
use std::time::Duration;

use crate::limits::Limits;

/// A body was not there in time.
#[derive(Clone, Copy, Debug)]
pub struct TooSlow;

impl fmt::Display for TooSlow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the body did not come in time")
    }
}

impl Error for TooSlow {}

/// Whether an error comes from [`TooSlow`], however the framework wrapped it: to be answered 408 (RFC 9110, section
/// 15.5.9).
pub fn is_too_slow(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let timed_out = |error: &io::Error| error.kind() == io::ErrorKind::TimedOut;
        if error.is::<TooSlow>() || error.downcast_ref().is_some_and(timed_out) {
            return true;
        }
        cause = error.source();
    }
    false
}

/// The two limits of one body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience<I> {
    idle: Duration,
    ends: I,
}

impl<I: Copy + Ord + std::ops::Add<Duration, Output = I>> Patience<I> {
    pub(crate) fn new(limits: &Limits, now: I) -> Self {
        Self { idle: limits.body_idle(), ends: now + limits.body() }
    }

    /// Until when a client that is silent now has to go on.
    pub(crate) fn until(&self, now: I) -> I {
        self.ends.min(now + self.idle)
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::time::{Duration, Instant};

    use super::{Limits, Patience, TooSlow, is_too_slow};

    #[test]
    fn the_cause_is_found_however_deep_it_is() {
        #[derive(Debug)]
        struct Wrapped(Box<dyn std::error::Error>);
        impl std::fmt::Display for Wrapped {
            fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                Ok(())
            }
        }
        impl std::error::Error for Wrapped {
            fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
                Some(self.0.as_ref())
            }
        }
        assert!(is_too_slow(&Wrapped(Box::new(Wrapped(Box::new(TooSlow))))));
        assert!(is_too_slow(&Wrapped(Box::new(io::Error::new(io::ErrorKind::TimedOut, TooSlow)))));
        assert!(!is_too_slow(&Wrapped(Box::new(io::Error::other("another")))));
    }

    #[test]
    fn neither_silence_nor_a_drip_outlasts_its_limit() {
        let (limits, start) = (Limits::default(), Instant::now());
        let patience = Patience::new(&limits, start);
        assert_eq!(patience.until(start), start + limits.body_idle());
        let late = start + limits.body().saturating_sub(Duration::from_secs(1));
        assert_eq!(patience.until(late), start + limits.body());
    }
}
