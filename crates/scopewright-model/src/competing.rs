//! Which credentials one request can carry, and which of them counts.

use crate::policy::{AuthMode, CredentialKind};
use scopewright_core::ModeIndex;

/// Where a request carries a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    kind: PlaceKind,
    name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PlaceKind {
    Header,
    Query,
    Cookie,
}

impl Place {
    /// Where a credential is; none for a client certificate, which is in no request, and for several credentials, which
    /// are where each of them is. Header names know no case (RFC 9110 section 5.1), and the cookies of a request are told
    /// apart by their names.
    pub fn of(credential: &CredentialKind) -> Option<Self> {
        let at = |kind, name: &str| Some(Self { kind, name: name.to_owned() });
        match credential {
            CredentialKind::ApiKeyHeader { name, .. } => at(PlaceKind::Header, &name.to_ascii_lowercase()),
            CredentialKind::ApiKeyQuery { name } => at(PlaceKind::Query, name),
            CredentialKind::ApiKeyCookie { name } => at(PlaceKind::Cookie, name),
            CredentialKind::Bearer { .. }
            | CredentialKind::OAuth2 { .. }
            | CredentialKind::OpenIdConnect { .. } => at(PlaceKind::Header, "authorization"),
            CredentialKind::MutualTls | CredentialKind::Together(_) => None,
        }
    }
}

/// The credentials that one of a mode is made of: itself, or its members.
fn pieces<'m>(modes: &'m [AuthMode], mode: &'m AuthMode) -> Vec<(Place, &'m str)> {
    let members = mode.credential.members();
    let of_members = members.iter().filter_map(|member| modes.get(usize::from(member.0)));
    let own = members.is_empty().then_some(mode);
    of_members
        .chain(own)
        .filter_map(|mode| {
            let prefix = match &mode.credential {
                CredentialKind::ApiKeyHeader { prefix, .. } | CredentialKind::Bearer { prefix, .. } => prefix,
                _ => &None,
            };
            Some((Place::of(&mode.credential)?, prefix.as_deref().unwrap_or_default()))
        })
        .collect()
}

/// Whether a request can carry a credential of each of two modes: neither stands only where the other one does.
pub fn may_stand_together(modes: &[AuthMode], one: &AuthMode, other: &AuthMode) -> bool {
    let (one, other) = (pieces(modes, one), pieces(modes, other));
    let is_within = |some: &[(Place, &str)], others: &[(Place, &str)]| {
        some.iter().all(|(place, _)| others.iter().any(|(taken, _)| taken == place))
    };
    !is_within(&one, &other) && !is_within(&other, &one)
}

/// Whether a credential can be of both modes, for all that can be seen of it: they stand at the same places, and what one
/// begins with, the other may.
pub fn look_alike(modes: &[AuthMode], one: &AuthMode, other: &AuthMode) -> bool {
    let (one, other) = (pieces(modes, one), pieces(modes, other));
    // One with a prefix of its own is told from one that has none.
    let is_alike = |one: &str, other: &str| {
        one.is_empty() == other.is_empty() && (one.starts_with(other) || other.starts_with(one))
    };
    !one.is_empty()
        && one.len() == other.len()
        && one.iter().all(|(place, prefix)| {
            other.iter().any(|(taken, beginning)| taken == place && is_alike(prefix, beginning))
        })
}

/// The first two modes of which a request that carries both is refused, because neither yields to the other.
pub fn refused_together(modes: &[AuthMode]) -> Option<(&AuthMode, &AuthMode)> {
    let indexed = || (0..=u8::MAX).map(ModeIndex).zip(modes).filter(|(_, mode)| mode.alone);
    indexed().find_map(|(one_at, one)| {
        let mut later = indexed().filter(|(other_at, _)| *other_at > one_at);
        later
            .find(|(other_at, other)| {
                !one.yields_to.contains(other_at)
                    && !other.yields_to.contains(&one_at)
                    && may_stand_together(modes, one, other)
            })
            .map(|(_, other)| (one, other))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;
    use scopewright_core::{ScopeEnforcement, UnknownNames};

    fn mode(name: &str, credential: CredentialKind) -> AuthMode {
        AuthMode {
            name: name.to_owned(),
            variant: name.to_owned(),
            span: Span::file_start("scopes.toml"),
            description: None,
            credential,
            alone: true,
            enforcement: ScopeEnforcement::Enforced,
            skipped_because: None,
            claim: None,
            claim_format: None,
            unknown_scopes: UnknownNames::Ignore,
            assurance: None,
            upgrades: None,
            max_age: None,
            realm: None,
            yields_to: Vec::new(),
            invalid_counts_as_none: false,
            mcp_lists: crate::policy::McpLists::Allowed,
        }
    }

    fn key(name: &str, prefix: Option<&str>) -> AuthMode {
        let prefix = prefix.map(str::to_owned);
        mode(name, CredentialKind::ApiKeyHeader { name: "X-Key".to_owned(), prefix })
    }

    #[test]
    fn places_tell_what_one_request_can_carry() {
        let bearer = mode("bearer", CredentialKind::Bearer { format: None, prefix: None });
        let oauth2 = mode("oauth2", CredentialKind::OAuth2 { authorization_url: None, token_url: None });
        let cookie = mode("cookie", CredentialKind::ApiKeyCookie { name: "sid".to_owned() });
        let other_key =
            mode("other", CredentialKind::ApiKeyHeader { name: "x-key".to_owned(), prefix: None });
        let certificate = mode("certificate", CredentialKind::MutualTls);
        let paired = mode("paired", CredentialKind::Together(vec![ModeIndex(0), ModeIndex(2)]));
        let modes = [bearer, oauth2, cookie, key("key", None), other_key, certificate, paired];
        let together = |one: usize, other: usize| may_stand_together(&modes, &modes[one], &modes[other]);
        assert!(together(0, 2) && together(2, 3) && together(1, 3) && together(6, 3));
        assert!(!together(0, 1), "one header");
        assert!(!together(3, 4), "names of headers know no case");
        assert!(!together(6, 0) && !together(6, 2), "a member is a part of it");
        assert!(!together(5, 0), "a certificate is in no request");
    }

    #[test]
    fn prefixes_tell_credentials_of_one_place_apart() {
        let modes = [key("a", Some("k_")), key("b", Some("k_live_")), key("c", Some("t_")), key("d", None)];
        let alike = |one: usize, other: usize| look_alike(&modes, &modes[one], &modes[other]);
        assert!(alike(0, 1));
        assert!(!alike(0, 2) && !alike(0, 3) && !alike(3, 0));
        let tokens =
            ["one", "other"].map(|name| mode(name, CredentialKind::Bearer { format: None, prefix: None }));
        assert!(look_alike(&tokens, &tokens[0], &tokens[1]));
    }

    #[test]
    fn what_yields_is_not_refused() {
        let cookie = mode("cookie", CredentialKind::ApiKeyCookie { name: "sid".to_owned() });
        let mut modes = [key("key", None), cookie];
        assert!(refused_together(&modes).is_some());
        modes[1].yields_to.push(ModeIndex(0));
        assert!(refused_together(&modes).is_none());
    }
}
