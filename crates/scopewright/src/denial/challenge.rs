//! The challenges of a denial: `WWW-Authenticate` as RFC 6750 section 3 and RFC 9110 section 11.6.1 have it.

use super::{Denial, DenialKind, Sent};
use crate::catalogue::{Credential, ModeRow};
use scopewright_core::{Decision, ModeIndex, ScopeEnforcement, ScopeIndex};

/// One challenge for each bearer mode that could be let in and, where scopes are asked for and may be told, for each
/// alternative of them; none twice. API keys have no registered scheme, so they are never challenged.
pub(super) fn challenges(denial: &Denial) -> Vec<String> {
    let of_kind = match denial.0.kind {
        DenialKind::InsufficientUserAuthentication => challenges_to_upgrade(denial),
        DenialKind::InvalidRequest => challenges_of_several(denial),
        _ => challenges_by_mode(denial),
    };
    let mut challenges: Vec<String> = Vec::with_capacity(of_kind.len());
    for mut challenge in of_kind {
        if let Some(resource) = denial.0.policy.resource {
            // RFC 9728 section 5.1. A URL of RFC 3986 holds no character that would have to be quoted.
            challenge.push_str(", resource_metadata=\"");
            challenge.push_str(resource.url);
            challenge.push('"');
        }
        if !challenges.contains(&challenge) {
            challenges.push(challenge);
        }
    }
    challenges
}

fn challenges_by_mode(denial: &Denial) -> Vec<String> {
    let mut challenges = Vec::new();
    for (mode, row) in denial.0.policy.modes_indexed() {
        if !row.alone || !denial.0.policy.is_bearer(row) {
            continue;
        }
        match reason_for(denial, mode) {
            Reason::None => {}
            Reason::NothingSent => challenges.extend(challenges_of_mode(denial, mode, row, None)),
            Reason::Error(error) => challenges.extend(challenges_of_mode(denial, mode, row, Some(error))),
        }
    }
    challenges
}

/// One challenge for each bearer token among several credentials: RFC 6750 section 3.1, `invalid_request`. It names no
/// scopes, because they are not what is wrong.
fn challenges_of_several(denial: &Denial) -> Vec<String> {
    let Sent::Several(sent) = denial.0.sent else { return Vec::new() };
    let rows = sent.iter().filter_map(|mode| denial.0.policy.mode(mode));
    let bearer = rows.filter(|row| matches!(row.credential, Credential::Bearer { .. }));
    bearer.map(|row| challenge(row.realm, &[("error", Some("invalid_request"))])).collect()
}

/// One challenge for each upgrade that could be let in: RFC 9470 section 3.
fn challenges_to_upgrade(denial: &Denial) -> Vec<String> {
    let Sent::Valid(sent) = denial.0.sent else { return Vec::new() };
    let policy = denial.0.policy;
    let upgrades = policy.modes_indexed().filter(|(mode, row)| {
        row.base == Some(sent)
            && policy.is_bearer(row)
            && !matches!(
                policy.decision_for(denial.0.operation, *mode),
                Decision::Refused | Decision::Deferred
            )
    });
    let of_upgrade = |(_, row): (ModeIndex, &ModeRow)| {
        let max_age = row.max_age.map(|seconds| seconds.to_string());
        challenge(
            row.realm,
            &[
                ("error", Some("insufficient_user_authentication")),
                ("acr_values", row.assurance),
                ("max_age", max_age.as_deref()),
            ],
        )
    };
    upgrades.map(of_upgrade).collect()
}

/// Why a mode is challenged.
enum Reason {
    /// It is not.
    None,
    /// No token of this mode was sent; such a challenge has no `error` parameter (RFC 6750 section 3.1).
    NothingSent,
    /// One was sent, with this `error`.
    Error(&'static str),
}

fn reason_for(denial: &Denial, mode: ModeIndex) -> Reason {
    match (denial.0.kind, denial.0.sent) {
        (DenialKind::Unauthenticated, Sent::Invalid(modes) | Sent::UnknownScopes(modes, _))
            if modes.contains(mode) =>
        {
            Reason::Error("invalid_token")
        }
        (DenialKind::Unauthenticated, _) => Reason::NothingSent,
        (DenialKind::InsufficientScope, Sent::Valid(sent)) if sent == mode => {
            Reason::Error("insufficient_scope")
        }
        _ => Reason::None,
    }
}

fn challenges_of_mode(
    denial: &Denial,
    mode: ModeIndex,
    row: &ModeRow,
    error: Option<&'static str>,
) -> Vec<String> {
    let plain = || challenge(row.realm, &[("error", error)]);
    match denial.0.policy.decision_for(denial.0.operation, mode) {
        Decision::Refused | Decision::Deferred => Vec::new(),
        Decision::Scoped(requirement)
            if row.enforcement == ScopeEnforcement::Enforced
                && denial.template().is_some_and(|template| template.discloses_to(Some(mode))) =>
        {
            let scope = |all_of: &&[ScopeIndex]| denial.sorted_names(all_of.iter().copied()).join(" ");
            let nearest = [requirement.cheapest_alternative(&denial.0.closure)];
            let named = if denial.0.one_challenge { &nearest } else { requirement.alternatives() };
            named
                .iter()
                .map(|all_of| challenge(row.realm, &[("error", error), ("scope", Some(&scope(all_of)))]))
                .collect()
        }
        _ => vec![plain()],
    }
}

/// `Bearer realm="..", error="..", scope=".."`. Realms and assurances are made quotable at build time, and scope tokens
/// hold no character that would have to be quoted (RFC 6749 section 3.3).
fn challenge(realm: &str, parameters: &[(&str, Option<&str>)]) -> String {
    let mut challenge = format!("Bearer realm=\"{realm}\"");
    for (name, value) in parameters {
        if let Some(value) = value {
            challenge.push_str(", ");
            challenge.push_str(name);
            challenge.push_str("=\"");
            challenge.push_str(value);
            challenge.push('"');
        }
    }
    challenge
}
