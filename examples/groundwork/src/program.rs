//! How a service's program starts, and how it ends.

use std::error::Error;
use std::net::SocketAddr;
use std::process::ExitCode;

/// The program's exit status. An error is printed with everything that caused it.
#[expect(clippy::print_stderr, reason = "a program talks to whoever started it")]
pub fn conclude(result: Result<(), Box<dyn Error>>) -> ExitCode {
    let Err(error) = result else { return ExitCode::SUCCESS };
    eprintln!("error: {error}");
    let mut cause = error.source();
    while let Some(inner) = cause {
        eprintln!("  because: {inner}");
        cause = inner.source();
    }
    ExitCode::FAILURE
}

/// Prints where the service listens. For whoever waits for this line the service is there.
#[expect(clippy::print_stdout, reason = "a program talks to whoever started it")]
pub fn announce(address: SocketAddr) {
    println!("listening on http://{address}");
}

#[cfg(feature = "tokio")]
pub use on_tokio::{Stop, run_until_stopped};

#[cfg(feature = "tokio")]
mod on_tokio {
    use std::error::Error;
    use std::io;
    use std::net::SocketAddr;
    use std::pin::Pin;

    use tokio::net::TcpListener;

    /// Completes when the process is asked to stop.
    pub type Stop = Pin<Box<dyn Future<Output = ()> + Send>>;

    /// Binds the address, prints it, and serves; `serve` is to return when [`Stop`] completes. What it needs is open
    /// already: the line that is printed is a promise.
    ///
    /// # Errors
    ///
    /// Those of `serve`, and those of getting a runtime and the address.
    pub fn run_until_stopped<E, F>(
        address: SocketAddr,
        serve: impl FnOnce(TcpListener, Stop) -> F,
    ) -> Result<(), Box<dyn Error>>
    where
        E: Error + 'static,
        F: Future<Output = Result<(), E>>,
    {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let listener = TcpListener::bind(address).await?;
            let stop = stop_signal()?;
            super::announce(listener.local_addr()?);
            Ok(serve(listener, stop).await?)
        })
    }

    #[cfg(unix)]
    fn stop_signal() -> io::Result<Stop> {
        use tokio::signal::unix::{SignalKind, signal};

        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        Ok(Box::pin(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        }))
    }

    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "it can fail where there are signals")]
    fn stop_signal() -> io::Result<Stop> {
        Ok(Box::pin(async {
            // Where Ctrl-C cannot be watched, the process is ended by other means.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        }))
    }
}
