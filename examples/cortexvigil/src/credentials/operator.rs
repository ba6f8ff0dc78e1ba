//! The token of the person who runs the installation.

use std::fmt;

use example_keyring::Digest;

/// The operator's bearer token, as a digest. Without one nobody is the operator.
#[derive(Clone)]
pub struct OperatorToken(Option<Digest>);

impl OperatorToken {
    /// Takes the token given at start-up; none, or an empty one, closes the administration.
    #[must_use]
    pub fn new(token: Option<&str>) -> Self {
        Self(token.filter(|token| !token.is_empty()).map(Digest::of))
    }

    /// Whether this is the operator's token.
    pub(crate) fn accepts(&self, presented: &str) -> bool {
        self.0.as_ref().is_some_and(|expected| expected.matches(&Digest::of(presented)))
    }
}

impl fmt::Debug for OperatorToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_some() { "OperatorToken(set)" } else { "OperatorToken(none)" })
    }
}
