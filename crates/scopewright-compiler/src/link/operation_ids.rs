//! The name of each operation in documents and SDKs: the handler's own, made longer only where two would clash.

use scopewright_model::Route;
use std::collections::BTreeMap;

/// One id for each route, in the order of `routes`. Ids that a source or the policy states are kept as they are.
///
/// The handler's name comes first (`list`); where two share it, its module is put before it (`cameras_list`), then the
/// method (`get_cameras_list`), then the whole path. The result depends on the set of routes only, not on their order.
pub(super) fn assign(routes: &[(&Route, Option<&str>)]) -> Vec<String> {
    let candidates: Vec<Vec<String>> =
        routes.iter().map(|(route, stated)| candidates(route, *stated)).collect();
    let mut level: Vec<usize> = vec![0; routes.len()];
    loop {
        let ids = candidates.iter().zip(&level).map(|(names, at)| at_level(names, *at));
        let mut users: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (route, id) in ids.enumerate() {
            users.entry(id).or_default().push(route);
        }
        let mut grown = false;
        for route in users.values().filter(|users| users.len() > 1).flatten() {
            if let (Some(level), Some(names)) = (level.get_mut(*route), candidates.get(*route))
                && *level + 1 < names.len()
            {
                *level += 1;
                grown = true;
            }
        }
        if !grown {
            break;
        }
    }
    let ids = candidates.iter().zip(&level).map(|(names, at)| at_level(names, *at).to_owned());
    // Only fallbacks of different servers have the same method and path; stated ids are left as they are.
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut numbered = |id: String, is_stated: bool| {
        let count = seen.entry(id.clone()).or_default();
        *count += 1;
        if *count == 1 || is_stated { id } else { format!("{id}_{count}") }
    };
    ids.zip(routes)
        .map(|(id, (route, stated))| {
            let is_stated = stated.is_some() || route.operation_id.is_some();
            numbered(id, is_stated)
        })
        .collect()
}

fn at_level(names: &[String], level: usize) -> &str {
    names.get(level).or(names.last()).map_or("", String::as_str)
}

/// The names a route could have, shortest first. The last is unique among routes with different methods or paths.
fn candidates(route: &Route, stated: Option<&str>) -> Vec<String> {
    if let Some(stated) = stated.or(route.operation_id.as_deref()) {
        return vec![stated.to_owned()];
    }
    let method = route.method.as_str().to_lowercase();
    let whole = format!("{method}_{}", words(&route.path.to_string()));
    let exact = format!("{whole}_{}", hex(&route.path.to_string()));
    let mut names: Vec<String> = Vec::new();
    if let Some(handler) = &route.handler {
        let mut parts = handler.path.rsplit("::").map(words);
        if let Some(name) = parts.next().filter(|name| !name.is_empty() && name != "closure") {
            names.push(name.clone());
            if let Some(module) = parts.next() {
                names.push(format!("{module}_{name}"));
                names.push(format!("{method}_{module}_{name}"));
            } else {
                names.push(format!("{method}_{name}"));
            }
        }
    }
    names.extend([whole, exact]);
    names
}

/// Runs of letters, digits and `_`, joined by `_`.
fn words(text: &str) -> String {
    text.split(|character: char| !character.is_alphanumeric() && character != '_')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}

/// Every byte of the text: what is left when two paths have the same words.
fn hex(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut text, byte| {
        // Writing to a text can't fail.
        _ = write!(text, "{byte:02x}");
        text
    })
}
