//! A word on the terminal when work takes long.

use std::io::{IsTerminal as _, Write as _, stderr};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long a run may be silent.
const PATIENCE: Duration = Duration::from_millis(500);

/// Shows what is being done while it is held, on a terminal and only if it takes over half a second.
pub struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

impl Progress {
    pub fn start(doing: String) -> Self {
        if !stderr().is_terminal() {
            return Self(None);
        }
        let (done, is_done) = channel();
        let shower = thread::spawn(move || {
            if is_done.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                // There is nobody left to tell if that fails.
                _ = write!(stderr(), "{doing} …");
                _ = is_done.recv();
                // Back to the start of the line, which is then cleared.
                _ = write!(stderr(), "\r\u{1b}[K");
            }
        });
        Self(Some((done, shower)))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, shower)) = self.0.take() {
            drop(done);
            _ = shower.join();
        }
    }
}
