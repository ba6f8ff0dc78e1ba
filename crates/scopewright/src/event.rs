//! What the outside may watch: one event for each denied call, as a `tracing` event and for a hook of the service's.

use crate::denial::{CredentialFinding, Denial, DenialKind};
use std::fmt;
use std::sync::OnceLock;

/// A denied call, for counters and logs. Holds no credential and nothing a caller wrote, except the method's name.
///
/// Under a framework's feature every denial is also a `tracing` event at level `INFO` with the target
/// `scopewright::denied` and the fields `kind`, `method`, `route`, `mode`, `credential`, `credential_modes`,
/// `unknown_scopes` (how many, where there are some), `required` and `missing`.
pub struct DenialEvent<'a> {
    pub(crate) denial: &'a Denial,
}

impl DenialEvent<'_> {
    /// Why the call was denied.
    pub const fn kind(&self) -> DenialKind {
        self.denial.kind()
    }

    /// The request's method.
    pub fn method(&self) -> &str {
        self.denial.method()
    }

    /// The route's pattern: safe as a metric's label, its values are finitely many.
    pub fn route(&self) -> &str {
        self.denial.route()
    }

    /// The auth mode, if the credential was valid.
    pub fn mode(&self) -> Option<&'static str> {
        self.denial.mode()
    }

    /// What came of looking for the credential: why there is no valid one, where there is none.
    pub const fn credential(&self) -> CredentialFinding {
        self.denial.credential()
    }

    /// The auth modes of what was sent: of several credentials those of all, of one that is not valid those it could be
    /// of.
    pub fn credential_modes(&self) -> Vec<&'static str> {
        self.denial.credential_modes()
    }

    /// What the operation asks for: any of the alternatives, all scopes of it.
    pub fn required(&self) -> Vec<Vec<&'static str>> {
        self.denial.required()
    }

    /// What is missing for the nearest alternative, sorted.
    pub fn missing(&self) -> Vec<&'static str> {
        self.denial.missing()
    }

    /// How many unknown scopes made the credential invalid.
    #[cfg(feature = "_framework")]
    const fn unknown_scopes(&self) -> Option<u32> {
        match self.credential() {
            CredentialFinding::UnknownScopes { count } => Some(count),
            _ => None,
        }
    }
}

impl fmt::Debug for DenialEvent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.denial.fmt(f)
    }
}

/// Is called for every denied call.
pub type DenialHook = fn(&DenialEvent<'_>);

static HOOK: OnceLock<DenialHook> = OnceLock::new();

/// Sets the process's hook, which is called for every denied call before it is answered: for counters. It should
/// return quickly.
///
/// # Errors
/// The hook, if one is set already.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// static DENIED: AtomicU64 = AtomicU64::new(0);
///
/// scopewright::on_denial(|_event| { DENIED.fetch_add(1, Ordering::Relaxed); }).expect("set once");
/// assert!(scopewright::on_denial(|_event| {}).is_err());
/// ```
pub fn on_denial(hook: DenialHook) -> Result<(), DenialHook> {
    HOOK.set(hook)
}

pub(crate) fn announce(event: &DenialEvent<'_>) {
    #[cfg(feature = "_framework")]
    tracing::info!(
        target: "scopewright::denied",
        kind = event.kind().as_str(),
        method = event.method(),
        route = event.route(),
        mode = event.mode(),
        credential = event.credential().as_str(),
        credential_modes = ?event.credential_modes(),
        unknown_scopes = event.unknown_scopes(),
        required = ?event.required(),
        missing = ?event.missing(),
        "denied"
    );
    if let Some(hook) = HOOK.get() {
        hook(event);
    }
}
