//! The extraction of a guard, as both frameworks wait for it.

use super::Guard;
use crate::catalogue::Catalogue;
use crate::check::{Admission, Recording};
use crate::denial::Denial;
use crate::require::Require;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The extraction of a [`Guard`]: known at once, except where the call is to be written down first.
pub struct GuardFuture<C, R> {
    progress: Progress,
    of: PhantomData<fn() -> (C, R)>,
}

enum Progress {
    Met,
    Recording(Recording),
    Denied(Option<Denial>),
}

impl<C: Catalogue, R: Require> GuardFuture<C, R> {
    #[inline]
    pub(crate) fn of(decided: Result<Admission, Denial>) -> Self {
        let progress = match decided.map(Admission::into_recording) {
            Ok(None) => Progress::Met,
            Ok(Some(recording)) => Progress::Recording(recording),
            Err(denial) => Progress::Denied(Some(denial)),
        };
        Self { progress, of: PhantomData }
    }
}

impl<C, R> fmt::Debug for GuardFuture<C, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GuardFuture")
    }
}

impl<C: Catalogue, R: Require> Future for GuardFuture<C, R> {
    type Output = Result<Guard<C, R>, Denial>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.progress {
            Progress::Met => Poll::Ready(Ok(Guard::met())),
            Progress::Recording(recording) => recording.as_mut().poll(cx).map_ok(|()| Guard::met()),
            Progress::Denied(denial) => match denial.take() {
                Some(denial) => Poll::Ready(Err(denial)),
                // Only a future that is polled after it was done gets here.
                None => Poll::Pending,
            },
        }
    }
}
