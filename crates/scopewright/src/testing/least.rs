//! The smallest grant for one operation.

use super::cases;
use crate::catalogue::Catalogue;
use crate::grant::Grant;
use scopewright_core::Verdict;

/// The smallest grant with which a credential of this mode may call an operation; of several, the first in the order
/// of the policy. The operation is named by method and pattern, as `cargo scopes routes` shows it, or by its id.
///
/// For tests that call through the guard and do not care about scopes:
///
/// ```
/// # scopewright::doc_example!();
/// use scopes::{AuthMode, Scope};
/// let grant = scopewright::testing::least_grant(AuthMode::ApiKey, "POST /cameras").with_subject("app-7");
/// assert_eq!(grant.raw().collect::<Vec<_>>(), [Scope::WriteCameras]);
/// let mut request = axum::extract::Request::new(axum::body::Body::empty());
/// request.extensions_mut().insert::<scopes::Grant>(grant);
/// ```
///
/// # Panics
/// If there is no such operation, or it lets no credential of this mode in.
#[expect(clippy::panic, reason = "it is for tests")]
#[track_caller]
pub fn least_grant<C: Catalogue>(mode: C::Mode, operation: &str) -> Grant<C> {
    let is_meant = |case: &super::Case<C>| {
        let by_title = |method: &str| operation.strip_prefix(method) == Some(&format!(" {}", case.route));
        case.operation_id == operation || by_title(case.method.as_str()) || by_title("ANY")
    };
    let mut of_operation = cases::<C>().filter(is_meant).peekable();
    assert!(
        of_operation.peek().is_some(),
        "the policy's table has no operation `{operation}` with a handler"
    );
    let found = of_operation.find(|case| case.mode == Some(mode) && case.expected == Verdict::Allowed);
    match found.and_then(|case| case.grant()) {
        Some(grant) => grant,
        None => panic!("`{operation}` lets no credential of the mode {mode:?} in"),
    }
}
