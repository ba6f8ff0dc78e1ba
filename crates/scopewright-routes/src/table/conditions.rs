//! Under what an endpoint is there that is reached on several ways.

use std::collections::{BTreeMap, BTreeSet};

/// More ways than this are not held against each other.
const MOST_WAYS: usize = 64;

/// The conditions under which each server is there: those of everything on it.
pub(super) fn of_servers<'w, 'c: 'w>(
    ways: impl Iterator<Item = (usize, &'w [&'c str])>,
) -> BTreeMap<usize, BTreeSet<&'c str>> {
    let mut servers: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for (server, conditions) in ways {
        let all = servers.entry(server).or_insert_with(|| set(conditions));
        all.retain(|condition| conditions.contains(condition));
    }
    servers
}

/// The conditions of an endpoint, from those of each way to it and the server that the way is on.
///
/// On a server it is there when any way is. Of several servers each may be there or not, and it is only said to be always
/// there if it is on each that is.
pub(super) fn of_ways<'w, 'c: 'w>(
    ways: impl Iterator<Item = (usize, &'w [&'c str])>,
    of_servers: &BTreeMap<usize, BTreeSet<&str>>,
) -> Vec<String> {
    let mut all: Vec<&[&str]> = Vec::new();
    let mut by_server: BTreeMap<usize, Vec<Vec<&str>>> = BTreeMap::new();
    for (server, conditions) in ways {
        all.push(conditions);
        let is_of_server =
            |condition: &str| of_servers.get(&server).is_some_and(|common| common.contains(condition));
        let own = conditions.iter().copied().filter(|condition| !is_of_server(condition)).collect();
        by_server.entry(server).or_default().push(own);
    }
    let Some(first) = all.first() else { return Vec::new() };
    let on_all = |condition: &&&str| all.iter().all(|way| way.contains(*condition));
    let common: Vec<String> = first.iter().filter(on_all).map(ToString::to_string).collect();
    if !common.is_empty() {
        return common;
    }
    by_server.values().find_map(|ways| of_one(ways)).into_iter().collect()
}

/// None if one of the ways is always there.
fn of_one(ways: &[Vec<&str>]) -> Option<String> {
    if ways.len() <= MOST_WAYS && covers_all(ways.iter().map(|way| set(way)).collect()) {
        return None;
    }
    let mut each: Vec<String> =
        ways.iter().map(|way| way.join(" and ")).filter(|way| !way.is_empty()).collect();
    if each.len() < ways.len() {
        return None;
    }
    each.dedup();
    Some(each.join(", or "))
}

fn set<'c>(way: &[&'c str]) -> BTreeSet<&'c str> {
    way.iter().copied().collect()
}

/// Whether one of the ways is always there: `if a` or `unless a`.
fn covers_all(mut ways: BTreeSet<BTreeSet<&str>>) -> bool {
    while !ways.contains(&BTreeSet::new()) && ways.len() <= MOST_WAYS {
        let pairs = ways.iter().flat_map(|one| ways.iter().filter_map(move |other| one_less(one, other)));
        let found: Vec<BTreeSet<&str>> = pairs.filter(|way| !ways.contains(way)).collect();
        if found.is_empty() {
            return false;
        }
        ways.extend(found);
    }
    ways.contains(&BTreeSet::new())
}

/// What holds on either of two ways that differ in one condition, which the other has as its contrary.
fn one_less<'c>(one: &BTreeSet<&'c str>, other: &BTreeSet<&'c str>) -> Option<BTreeSet<&'c str>> {
    let only: Vec<&str> = one.difference(other).copied().collect();
    let its: Vec<&str> = other.difference(one).copied().collect();
    match (only.as_slice(), its.as_slice()) {
        ([only], [its]) if excludes(only, its) => Some(one.intersection(other).copied().collect()),
        _ => None,
    }
}

/// Whether the second condition holds exactly if the first does not.
fn excludes(one: &str, other: &str) -> bool {
    other.strip_prefix("not ") == Some(one)
        || one.strip_prefix("if ").is_some_and(|text| other.strip_prefix("unless ") == Some(text))
}

#[cfg(test)]
mod tests {
    use super::{of_servers, of_ways};

    fn of<'c>(ways: &'c [(usize, &'c [&'c str])], others: &[(usize, &'c [&'c str])]) -> Vec<String> {
        let servers = of_servers(ways.iter().chain(others).copied());
        of_ways(ways.iter().copied(), &servers)
    }

    fn on_one_server(ways: &[&[&str]]) -> Vec<String> {
        let ways: Vec<(usize, &[&str])> = ways.iter().map(|way| (0, *way)).collect();
        of(&ways, &[(0, &[])])
    }

    #[test]
    fn what_all_ways_share_is_the_condition() {
        assert_eq!(on_one_server(&[&["if a", "if b"], &["if b"]]), ["if b"]);
        assert!(on_one_server(&[&["if a"], &[]]).is_empty());
    }

    #[test]
    fn ways_that_share_nothing_are_alternatives() {
        assert_eq!(on_one_server(&[&["if a"], &["if b", "if c"]]), ["if a, or if b and if c"]);
    }

    #[test]
    fn a_condition_and_its_contrary_are_none() {
        assert!(on_one_server(&[&["if a"], &["unless a"]]).is_empty());
        assert!(on_one_server(&[&["cfg(x)"], &["not cfg(x)"]]).is_empty());
        let both_ways: [&[&str]; 3] = [&["if a", "if b"], &["if a", "unless b"], &["unless a"]];
        assert!(on_one_server(&both_ways).is_empty());
        assert!(!on_one_server(&[&["if a", "if b"], &["unless a"]]).is_empty());
    }

    #[test]
    fn each_server_is_asked_by_itself() {
        assert_eq!(of(&[(0, &[]), (1, &["if a"])], &[(1, &[])]), ["if a"]);
    }

    #[test]
    fn a_server_that_may_not_be_there_makes_nothing_on_it_conditional() {
        assert!(of(&[(0, &["if tls"]), (1, &["if plain"])], &[]).is_empty());
        assert_eq!(of(&[(0, &["if tls", "if a"]), (1, &["if plain"])], &[(0, &["if tls"])]), ["if a"]);
    }
}
