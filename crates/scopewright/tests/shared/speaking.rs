//! An authenticator whose credentials say what they are, and callers that have them.

use crate::scopes::{AuthMode, Grant, Scope};
use scopewright::{Authenticate, Presented, Rejection};

pub type Header = (&'static str, &'static str);

pub const NONE: &[Header] = &[];
pub const BAD: &[Header] = &[("x-api-key", "k_bad")];
pub const DOWN: &[Header] = &[("x-api-key", "k_down")];
pub const NO_SCOPE: &[Header] = &[("X-API-KEY", "k_")];
pub const READ: &[Header] = &[("X-Api-Key", "k_vehicles:read")];
pub const WRITE: &[Header] = &[("x-api-key", "k_vehicles:write")];
pub const OPERATOR: &[Header] = &[("authorization", "Bearer op_x")];
pub const TOKEN: &[Header] = &[("authorization", "bearer vehicles:read+a.b")];

/// Callers and what each is answered.
pub type Expected = &'static [(&'static [Header], u16)];

/// Of `GET /vehicles/7`.
pub const ONE_SCOPE: Expected = &[
    (NONE, 401),
    (BAD, 401),
    (DOWN, 503),
    (NO_SCOPE, 403),
    (READ, 200),
    (OPERATOR, 200),
    (TOKEN, 200),
    // Writing implies reading.
    (WRITE, 200),
    // Only its name grants a scope.
    (&[("x-api-key", "k_vehicles:READ")], 403),
    (&[("cookie", "a=b; session=vehicles:read; c=d")], 200),
    // Of two credentials none is chosen.
    (&[("x-api-key", "k_vehicles:read"), ("authorization", "Bearer op_x")], 400),
];

/// Of `DELETE /vehicles/7`.
pub const ANY_OF_ALL_OF: Expected = &[
    (NONE, 401),
    (READ, 403),
    (WRITE, 200),
    (OPERATOR, 200),
    (TOKEN, 200),
    (&[("x-api-key", "k_a.b")], 200),
    (&[("x-api-key", "k_a:b")], 403),
];

/// Of `PUT /vehicles/7`.
pub const MODES_APART: Expected = &[
    (NONE, 401),
    (READ, 403),
    (WRITE, 200),
    (OPERATOR, 200),
    (TOKEN, 200),
    (&[("authorization", "Bearer vehicles:read")], 403),
    // A mode without a rule is refused, whatever it holds.
    (&[("cookie", "session=vehicles:write")], 403),
];

/// Credentials that say what they are: `vehicles:read+a.b`, after a prefix if the mode has one, are those scopes;
/// `bad` is not valid, `down` can't be checked.
pub struct Speaking {
    pub at_once: bool,
}

impl Speaking {
    fn answer(presented: &Presented<'_, Scope>) -> Result<Grant, Rejection> {
        let secret = presented.secret();
        let secret = secret.strip_prefix("k_").or_else(|| secret.strip_prefix("op_")).unwrap_or(secret);
        match (presented.mode(), secret) {
            (None, _) | (_, "bad") => Err(Rejection::Invalid),
            (_, "down") => Err(Rejection::Unavailable),
            (_, "other-mode") => Ok(Grant::new(AuthMode::Mtls)),
            (Some(mode), names) => {
                Ok(Grant::from_scopes(mode, names.split('+').filter(|name| !name.is_empty()))
                    .with_subject("Ada"))
            }
        }
    }
}

impl Authenticate for Speaking {
    type Catalogue = Scope;

    fn authenticate_now(&self, presented: &Presented<'_, Scope>) -> Option<Result<Grant, Rejection>> {
        self.at_once.then(|| Self::answer(presented))
    }

    async fn authenticate(&self, presented: Presented<'_, Scope>) -> Result<Grant, Rejection> {
        tokio::task::yield_now().await;
        Self::answer(&presented)
    }
}
