//! What the runs count, and when they fail.

use crate::policy::{Handler, Listed};

/// The header a handler says its name in.
pub const NAME: &str = "x-answers";

/// What came of all requests of a framework.
#[derive(Debug, Default)]
pub struct Told {
    pub applications: usize,
    pub requests: usize,
    /// Requests that a handler answers without the door.
    pub answered: usize,
    pub let_in: usize,
    pub refused: usize,
    /// Refused by something besides the handler's own decision.
    pub stricter: usize,
    /// Not in the table, and so denied.
    pub unlisted: usize,
}

impl Told {
    /// Compares who answers without the door with who answers behind it. Says what is wrong, if something is.
    pub fn compare(
        &mut self,
        without: Option<&Handler>,
        behind: Option<usize>,
        held: Option<&[u16]>,
    ) -> Result<(), &'static str> {
        self.requests += 1;
        let Some(handler) = without else {
            return if behind.is_none() {
                Ok(())
            } else {
                Err("behind the door something answers that did not")
            };
        };
        self.answered += 1;
        match behind {
            Some(name) if name != handler.name => Err("behind the door another handler answers"),
            Some(_) if handler.listed == Listed::Missing => Err("it is not in the table, and answers"),
            Some(_) if !handler.asks.lets_in(held) => Err("it answers a caller that it does not let in"),
            Some(_) => {
                self.let_in += 1;
                Ok(())
            }
            None => {
                self.refused += 1;
                if handler.listed == Listed::Missing {
                    self.unlisted += 1;
                } else if handler.asks.lets_in(held) {
                    self.stricter += 1;
                }
                Ok(())
            }
        }
    }
}
