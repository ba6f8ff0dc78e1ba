//! What discovery can't follow and `[[routes]]` entries say: `from` names what registers their endpoints.
//!
//! Such an entry takes the place of what would have been found. It opens nothing: the endpoints it names need their
//! decision like any other, and what is registered beyond them is in no table, so the door denies it.

use scopewright_model::{Code, Diagnostic, Policy, RouteTable, Sink};
use std::collections::BTreeSet;

/// Takes what entries vouch for out of what could not be followed.
pub(crate) fn lift(policy: &Policy, table: &mut RouteTable, sink: &mut Sink) {
    let named: BTreeSet<&str> =
        policy.routes.iter().filter_map(|entry| Some(entry.from.as_ref()?.value.as_str())).collect();
    if named.is_empty() {
        return;
    }
    let mut known: BTreeSet<String> = BTreeSet::new();
    table.unresolved.retain(|unresolved| {
        known.extend(unresolved.registrars.iter().cloned());
        let is_vouched_for = unresolved.registrars.iter().all(|name| named.contains(name.as_str()));
        unresolved.registrars.is_empty() || !is_vouched_for
    });
    for entry in &policy.routes {
        let Some(from) = &entry.from else { continue };
        if entry.matcher.value.as_route().is_none() {
            sink.push(
                Diagnostic::new(
                    Code::UnmatchedRoute,
                    format!(
                        "`{}` does not say which endpoints `{}` registers",
                        entry.matcher.value, from.value
                    ),
                    entry.matcher.span.clone(),
                    "a pattern with `*` only selects",
                )
                .also(from.span.clone(), "registers them")
                .help("write an entry with an exact path for each endpoint, as in `/docs/{*rest}`"),
            );
        }
        if !known.contains(&from.value) {
            let diagnostic = Diagnostic::new(
                Code::UnmatchedRoute,
                format!("discovery can follow everything there is of `{}`", from.value),
                from.span.clone(),
                "names nothing that could not be followed",
            );
            let diagnostic = match crate::nearest::nearest(&from.value, known.iter().map(String::as_str)) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic,
            };
            sink.push(diagnostic.help("remove `from`; the entry then decides an endpoint that is found"));
        }
    }
}
