//! What a service answered against what its policy says.

use super::Case;
use crate::catalogue::Catalogue;
use crate::denial::{DenialKind, kind_of};
use std::fmt;

/// How a service answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// The status.
    pub status: u16,
    /// The denial, if it was one; otherwise the handler, or nothing that is decided, has answered.
    pub denial: Option<DenialKind>,
}

/// A case in which the service does not do what the policy says.
#[derive(Debug, Clone)]
pub struct Disagreement<C: Catalogue> {
    /// The call.
    pub case: Case<C>,
    /// What the service answered.
    pub answered: Answered,
}

/// The cases in which a service does not do what its policy says.
#[derive(Debug, Clone)]
pub struct Disagreements<C: Catalogue> {
    /// How many cases were tried.
    pub tried: usize,
    /// Those that came out otherwise.
    pub found: Vec<Disagreement<C>>,
}

impl<C: Catalogue> fmt::Display for Disagreement<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { case, answered: Answered { status, denial } } = self;
        let expected = kind_of(case.expected).map_or("let in", DenialKind::as_str);
        let answered = denial.map_or("let in", DenialKind::as_str);
        write!(
            f,
            "{case}: expected `{expected}` because {}, but it was `{answered}` ({status})",
            case.because
        )
    }
}

impl<C: Catalogue> fmt::Display for Disagreements<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} calls are not answered as the policy says:", self.found.len(), self.tried)?;
        for disagreement in &self.found {
            write!(f, "\n  - {disagreement}")?;
        }
        Ok(())
    }
}

impl<C: Catalogue> std::error::Error for Disagreements<C> {}

/// Compares the answers to cases. Returns how many there were.
///
/// A route that exists only under a condition may be missing: it is taken for missing if every call of it was answered
/// 404 or 405 and none was denied.
pub fn compare<C: Catalogue>(
    answers: impl IntoIterator<Item = (Case<C>, Answered)>,
) -> Result<usize, Disagreements<C>> {
    let answers: Vec<_> = answers.into_iter().collect();
    let is_there = |row: &Case<C>| {
        answers.iter().any(|(case, answered)| {
            case.route == row.route
                && case.method == row.method
                && (answered.denial.is_some() || !matches!(answered.status, 404 | 405))
        })
    };
    let found: Vec<_> = answers
        .iter()
        .filter(|(case, answered)| kind_of(case.expected) != answered.denial)
        .filter(|(case, _)| !case.is_conditional || is_there(case))
        .map(|(case, answered)| Disagreement { case: case.clone(), answered: *answered })
        .collect();
    if found.is_empty() { Ok(answers.len()) } else { Err(Disagreements { tried: answers.len(), found }) }
}
