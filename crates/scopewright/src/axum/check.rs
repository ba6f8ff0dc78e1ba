//! The decision about one request, for guards, registrations and the door alike.

use crate::catalogue::Catalogue;
use crate::denial::{Denial, DenialKind, Sent, kind_of};
use crate::grant::Grant;
use crate::modes::ModeSet;
use ::axum::extract::MatchedPath;
use http::{Extensions, Method};
use scopewright_core::{Operation, decide, decide_invalid_credential};

/// Remembered in a request whose credential gave no grant. The layer that checks credentials answers nothing itself,
/// because a public endpoint does not look at them.
#[derive(Debug, Clone, Copy)]
pub(crate) enum CredentialProblem {
    /// It is not valid, or not one alone.
    Invalid(ModeSet),
    /// What checks it did not answer.
    Unchecked,
}

/// Decides about a request. The allowed path looks up the grant, asks [`decide`] and returns.
#[inline]
pub(crate) fn check<C: Catalogue>(
    operation: &'static Operation<'static>,
    method: &Method,
    extensions: &Extensions,
) -> Result<(), Denial> {
    let grant = extensions.get::<Grant<C>>();
    if let Some(grant) = grant {
        return match kind_of(decide(operation, Some(grant.caller()))) {
            None => Ok(()),
            Some(kind) => {
                let sent = Sent::Valid(grant.mode_index());
                Err(deny(kind, operation, sent, Some(grant), method, extensions))
            }
        };
    }
    check_without_grant::<C>(operation, method, extensions)
}

fn check_without_grant<C: Catalogue>(
    operation: &'static Operation<'static>,
    method: &Method,
    extensions: &Extensions,
) -> Result<(), Denial> {
    let problem = extensions.get::<CredentialProblem>();
    let (verdict, sent) = match problem {
        None => (decide(operation, None), Sent::Nothing),
        Some(CredentialProblem::Invalid(modes)) => {
            (decide_invalid_credential(operation), Sent::Invalid(*modes))
        }
        Some(CredentialProblem::Unchecked) => (decide_invalid_credential(operation), Sent::Unchecked),
    };
    match kind_of(verdict) {
        None => Ok(()),
        // Nobody may call an undecided operation, so it does not matter that the credential was not checked.
        Some(kind) => {
            let unchecked = sent == Sent::Unchecked && kind == DenialKind::Unauthenticated;
            let kind = if unchecked { DenialKind::Unavailable } else { kind };
            Err(deny::<C>(kind, operation, sent, None, method, extensions))
        }
    }
}

#[cold]
pub(crate) fn deny<C: Catalogue>(
    kind: DenialKind,
    operation: &'static Operation<'static>,
    sent: Sent,
    grant: Option<&Grant<C>>,
    method: &Method,
    extensions: &Extensions,
) -> Denial {
    let route = extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    Denial::new(kind, operation, sent, grant, method.as_str(), route)
}
