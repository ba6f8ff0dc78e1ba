//! The process's audit hook: what it is, and how a call waits for it without holding a thread.

use super::writer::{Job, Writer};
use super::{AuditEvent, AuditUnavailable};
use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::OnceLock;
use std::task::Poll;
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit, oneshot};
use tokio::time::sleep;

const DEFAULT_TIME_LIMIT: Duration = Duration::from_secs(5);
const DEFAULT_MAX_WAITING: usize = 256;

type Outcome = Result<(), AuditUnavailable>;
type Recording = Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// What writes down each call that a scope with `audit = true` lets in, before its handler runs.
///
/// A call waits for it as a task: other requests go on, also those of the same worker. It is not made, and its caller is
/// answered 503 ([`DenialKind::Unavailable`](crate::DenialKind::Unavailable)), if the hook
///
/// - fails or panics (which needs a build that unwinds),
/// - takes longer than [`with_time_limit`](Self::with_time_limit),
/// - has more calls to write down than [`with_max_waiting`](Self::with_max_waiting).
///
/// A caller that goes away while the hook runs makes no call either, and the hook's future is dropped. So the log may have
/// a line for a call that was not made; there is no call without its line. actix-web extracts a handler's other parameters
/// while its guard waits: a request whose body is refused there (400, 422) makes no call, and may have no line.
///
/// The time is that of tokio's timer: the runtime that serves has it (`enable_time`, which `#[tokio::main]` and actix-web
/// turn on).
pub struct AuditHook {
    means: Means,
    time_limit: Duration,
    max_waiting: usize,
}

enum Means {
    Future(Box<dyn Fn(AuditEvent) -> Recording + Send + Sync>),
    Thread(Writer),
}

impl AuditHook {
    /// A hook that waits as a future: for a log behind an asynchronous client. It must not block its thread; one that would
    /// is [`blocking`](Self::blocking).
    ///
    /// ```
    /// use scopewright::{AuditHook, AuditUnavailable};
    /// use std::time::Duration;
    /// use tokio::sync::mpsc;
    ///
    /// let (log, _lines) = mpsc::channel::<String>(100);
    /// let hook = AuditHook::new(move |call| {
    ///     let log = log.clone();
    ///     async move {
    ///         let line = format!("{} {} by {}", call.method(), call.route(), call.subject().unwrap_or("?"));
    ///         log.send(line).await.map_err(|_| AuditUnavailable)
    ///     }
    /// });
    /// let hook = hook.with_time_limit(Duration::from_secs(2));
    /// # let _ = hook;
    /// ```
    pub fn new<F, R>(record: F) -> Self
    where
        F: Fn(AuditEvent) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), AuditUnavailable>> + Send + 'static,
    {
        Self::by(Means::Future(Box::new(move |event| Box::pin(record(event)))))
    }

    /// A hook that blocks, such as one that writes to a file or a database. It has a thread of its own, and gets all the
    /// calls that came while it was at work at once, in their order: one commit for many. All of them are made, or none.
    ///
    /// Calls whose callers gave up before their turn are left out.
    ///
    /// # Errors
    /// If the thread can't be started.
    ///
    /// ```
    /// use scopewright::{AuditHook, AuditUnavailable};
    /// use std::io::Write as _;
    ///
    /// let mut log = std::io::stdout();
    /// let hook = AuditHook::blocking(move |calls| {
    ///     let lines: String = calls.iter().map(|call| format!("{} {}\n", call.method(), call.route())).collect();
    ///     log.write_all(lines.as_bytes()).and_then(|()| log.flush()).map_err(|_| AuditUnavailable)
    /// })?;
    /// # let _ = hook;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn blocking(
        write: impl FnMut(&[AuditEvent]) -> Result<(), AuditUnavailable> + Send + 'static,
    ) -> io::Result<Self> {
        Ok(Self::by(Means::Thread(Writer::start(write)?)))
    }

    const fn by(means: Means) -> Self {
        Self { means, time_limit: DEFAULT_TIME_LIMIT, max_waiting: DEFAULT_MAX_WAITING }
    }

    /// The same, with this long for each call; five seconds, unless it is said here. What a call waits for its turn counts.
    #[must_use]
    pub fn with_time_limit(self, time_limit: Duration) -> Self {
        Self { time_limit, ..self }
    }

    /// The same, with at most this many calls that wait for it at once; 256, unless it is said here. A call that a blocking
    /// hook is at work on counts until the hook returns, even if its caller has gone.
    #[must_use]
    pub fn with_max_waiting(self, max_waiting: usize) -> Self {
        Self { max_waiting, ..self }
    }
}

impl fmt::Debug for AuditHook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuditHook")
            .field("time_limit", &self.time_limit)
            .field("max_waiting", &self.max_waiting)
            .finish_non_exhaustive()
    }
}

/// Somebody has set the process's hook already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditHookSet;

impl fmt::Display for AuditHookSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the process has an audit hook already")
    }
}

impl std::error::Error for AuditHookSet {}

/// The hook in use.
struct Hook {
    means: Means,
    time_limit: Duration,
    max_waiting: usize,
    places: Semaphore,
}

static HOOK: OnceLock<Hook> = OnceLock::new();

/// Sets the process's audit hook: what writes down each call that a scope with `audit = true` lets in, before the handler
/// runs.
///
/// A service with an operation that needs an audited scope does not start without one.
///
/// # Errors
/// If there is one already.
///
/// ```
/// use scopewright::{AuditHook, on_audit};
/// on_audit(AuditHook::new(|call| async move {
///     println!("{} {} by {}", call.method(), call.route(), call.subject().unwrap_or("?"));
///     Ok(())
/// }))?;
/// assert!(on_audit(AuditHook::new(|_| async { Ok(()) })).is_err());
/// # Ok::<(), scopewright::AuditHookSet>(())
/// ```
pub fn on_audit(hook: AuditHook) -> Result<(), AuditHookSet> {
    let AuditHook { means, time_limit, max_waiting } = hook;
    let places = Semaphore::new(max_waiting.min(Semaphore::MAX_PERMITS));
    HOOK.set(Hook { means, time_limit, max_waiting, places }).map_err(|_| AuditHookSet)
}

/// Whether a hook is set.
#[cfg_attr(not(feature = "_framework"), expect(dead_code, reason = "asked when a service starts"))]
pub(crate) fn has_hook() -> bool {
    HOOK.get().is_some()
}

/// Has the hook write a call down.
///
/// # Errors
/// If it was not: the hook refused, panicked, took too long or has too much to do, or there is none.
pub(crate) async fn record(event: AuditEvent) -> Outcome {
    let hook = HOOK.get().ok_or(AuditUnavailable)?;
    let Ok(place) = hook.places.try_acquire() else {
        tracing::error!(max_waiting = hook.max_waiting, "too many calls wait for the audit hook");
        return Err(AuditUnavailable);
    };
    let mut recording = pin!(hook.record(event, place));
    poll_fn(|cx| {
        let polled = catch_unwind(AssertUnwindSafe(|| recording.as_mut().poll(cx)));
        polled.unwrap_or_else(|_| {
            tracing::error!("the audit hook panicked, or the runtime has no timer");
            Poll::Ready(Err(AuditUnavailable))
        })
    })
    .await
}

impl Hook {
    async fn record(&self, event: AuditEvent, place: SemaphorePermit<'static>) -> Outcome {
        let mut recording = pin!(self.means.record(event, place));
        // Made when it is needed: a hook that is done at once needs no clock.
        let mut clock = None;
        poll_fn(|cx| {
            let outcome = recording.as_mut().poll(cx);
            if outcome.is_ready() {
                return outcome;
            }
            let clock = clock.get_or_insert_with(|| Box::pin(sleep(self.time_limit)));
            clock.as_mut().poll(cx).map(|()| {
                tracing::error!(time_limit = ?self.time_limit, "the audit hook took too long");
                Err(AuditUnavailable)
            })
        })
        .await
    }
}

impl Means {
    /// What holds the place, holds it as long as there is work for the hook.
    async fn record(&self, event: AuditEvent, place: SemaphorePermit<'static>) -> Outcome {
        match self {
            Self::Future(record) => {
                let outcome = record(event).await;
                drop(place);
                outcome
            }
            Self::Thread(writer) => {
                let (answer, answered) = oneshot::channel();
                writer.give(Job { event, answer, place })?;
                answered.await.unwrap_or(Err(AuditUnavailable))
            }
        }
    }
}
