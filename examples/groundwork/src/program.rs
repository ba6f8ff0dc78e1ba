//! How a service's program starts, and how it ends.

use std::error::Error;
use std::io::{self, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;

use socket2::{Domain, Protocol, Socket, Type};

use crate::log;

/// How many connections may wait to be accepted. The library's own number is 128, fewer than one burst of clients.
const WAITING: i32 = 1024;

/// The program's exit status. An error is printed with everything that caused it.
pub fn conclude(result: Result<(), Box<dyn Error>>) -> ExitCode {
    let Err(error) = result else { return ExitCode::SUCCESS };
    log::line(format_args!("error: {error}"));
    let mut cause = error.source();
    while let Some(inner) = cause {
        log::line(format_args!("  because: {inner}"));
        cause = inner.source();
    }
    ExitCode::FAILURE
}

/// Prints a line that somebody asked for, such as a credential.
///
/// # Errors
///
/// When it can't be printed: then nobody has it.
pub fn print(line: &str) -> io::Result<()> {
    io::stdout().lock().write_all(format!("{line}\n").as_bytes())
}

/// Prints where the service listens. For whoever waits for this line the service is there; if nobody does, it goes on.
pub fn announce(address: SocketAddr) {
    let _unread = print(&format!("listening on http://{address}"));
}

/// Takes the address.
///
/// # Errors
///
/// When it is taken, or not one of this machine's.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    // As the library does: a service that is started again does not wait for its earlier connections to be forgotten.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(WAITING)?;
    socket.set_nonblocking(true)?;
    Ok(socket.into())
}
