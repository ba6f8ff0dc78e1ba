//! Claim text with nineteen scopes to a grant, against only splitting the text.

use super::scopes::{AuthMode, Grant};
use std::hint::black_box;

pub const CLAIM: &str = "read:cameras write:cameras read:events write:events read:faces write:faces read:areas \
                         write:areas read:sites read:attendance read:zones write:zones read:recordings \
                         write:recordings read:sensors write:sensors read:alerts write:alerts mcp:invoke";

/// Splits, and adds up the parts' lengths, so that they can't be left out.
pub fn split_only() -> usize {
    black_box(CLAIM).split(' ').map(str::len).sum()
}

pub fn to_grant() -> usize {
    let grant = Grant::from_claim(AuthMode::Token, black_box(CLAIM));
    grant.map_or(0, |grant| black_box(grant).raw_set().len())
}

/// What a service would write first: names to scopes by a hash map, scopes into a set.
pub fn by_hash_map() -> usize {
    use super::scopes::Scope;
    use std::collections::{HashMap, HashSet};
    use std::sync::LazyLock;
    static NAMES: LazyLock<HashMap<&str, Scope>> =
        LazyLock::new(|| Scope::ALL.iter().map(|scope| (scope.as_str(), *scope)).collect());
    let set: HashSet<Scope> =
        black_box(CLAIM).split(' ').filter_map(|name| NAMES.get(name).copied()).collect();
    black_box(set).len()
}
