//! The thread of a hook that blocks.

use super::{AuditEvent, AuditUnavailable};
use std::io;
use std::iter::once;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use tokio::sync::{SemaphorePermit, oneshot};

/// A call to write down, the one who waits for it, and the place it takes among those that wait.
pub(super) struct Job {
    pub(super) event: AuditEvent,
    pub(super) answer: oneshot::Sender<Result<(), AuditUnavailable>>,
    pub(super) place: SemaphorePermit<'static>,
}

/// What gives work to the thread. The thread ends with it.
pub(super) struct Writer(Sender<Job>);

impl Writer {
    pub(super) fn start(
        write: impl FnMut(&[AuditEvent]) -> Result<(), AuditUnavailable> + Send + 'static,
    ) -> io::Result<Self> {
        // Bounded by the places: a job has one until it is done.
        let (jobs, waiting) = channel();
        thread::Builder::new().name("audit".to_owned()).spawn(move || run(&waiting, write))?;
        Ok(Self(jobs))
    }

    pub(super) fn give(&self, job: Job) -> Result<(), AuditUnavailable> {
        self.0.send(job).map_err(|_| AuditUnavailable)
    }
}

fn run(waiting: &Receiver<Job>, mut write: impl FnMut(&[AuditEvent]) -> Result<(), AuditUnavailable>) {
    while let Ok(first) = waiting.recv() {
        let wanted = once(first).chain(waiting.try_iter()).filter(|job| !job.answer.is_closed());
        let (events, answers): (Vec<_>, Vec<_>) =
            wanted.map(|Job { event, answer, place }| (event, (answer, place))).unzip();
        if events.is_empty() {
            continue;
        }
        let outcome = catch_unwind(AssertUnwindSafe(|| write(&events))).unwrap_or_else(|_| {
            tracing::error!("the audit hook panicked");
            Err(AuditUnavailable)
        });
        for (answer, place) in answers {
            drop(place);
            // Whoever waited may have given up.
            let _ = answer.send(outcome);
        }
    }
}
