//! What an OpenAPI document says about versions, servers and operations. Nothing is judged here but what can't be read.
//!
//! OpenAPI 3.0.4, 3.1.1 and 3.2.0: Server Object (section 4.6), Paths Object (4.9), Path Item Object (4.10).

use super::tree::{NodeId, Tree};
use scopewright_model::core::{Method, MixedPart, RoutePattern, Segment};

/// The versions that differ in what we write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 3.0: scope names only for `oauth2` and `openIdConnect`.
    V3_0,
    /// 3.1 and 3.2: role names for every scheme.
    V3_1,
}

/// An operation of a document.
#[derive(Debug, Clone)]
pub struct DocumentedOperation {
    /// The keys from the root to the operation.
    pub location: Vec<String>,
    /// The method's key.
    pub key: NodeId,
    /// The operation.
    pub node: NodeId,
    /// The method.
    pub method: Method,
    /// The path as the document writes it.
    pub path: String,
    /// The path of the operation's own first server, or of its path's.
    pub own_base: Option<String>,
}

/// A path whose operations stand in another file.
#[derive(Debug, Clone)]
pub struct ElsewherePath {
    /// The `$ref`.
    pub reference: NodeId,
    /// The path.
    pub path: String,
}

/// A path that is no path.
#[derive(Debug, Clone)]
pub struct InvalidPath {
    /// The key.
    pub key: NodeId,
    /// Why, lower case, no final stop.
    pub reason: String,
}

/// The operations of a document.
#[derive(Debug, Clone, Default)]
pub struct Operations {
    /// Those that can be seen.
    pub documented: Vec<DocumentedOperation>,
    /// Those that can't.
    pub elsewhere: Vec<ElsewherePath>,
    /// What is no path.
    pub invalid: Vec<InvalidPath>,
}

/// The version, if it is one that is understood.
pub fn version(tree: &Tree<'_>) -> Option<Version> {
    let text = tree.at(&["openapi"]).and_then(|node| tree.scalar(node))?;
    let mut parts = text.split('.');
    match (parts.next(), parts.next()) {
        (Some("3"), Some("0")) => Some(Version::V3_0),
        (Some("3"), Some("1" | "2")) => Some(Version::V3_1),
        _ => None,
    }
}

/// The path parts of the document's servers, in order, each once; without servers it is the root.
pub fn bases(tree: &Tree<'_>) -> Vec<String> {
    let mut bases = Vec::new();
    for base in tree.at(&["servers"]).map(|servers| server_bases(tree, servers)).unwrap_or_default() {
        if !bases.contains(&base) {
            bases.push(base);
        }
    }
    bases
}

fn server_bases(tree: &Tree<'_>, servers: NodeId) -> Vec<String> {
    tree.items(servers).iter().filter_map(|server| server_base(tree, *server)).collect()
}

/// The path part of a server's URL, variables replaced by their defaults, without the final `/`.
fn server_base(tree: &Tree<'_>, server: NodeId) -> Option<String> {
    let mut url = tree.get(server, "url").and_then(|url| tree.scalar(url))?.to_owned();
    for variable in tree.get(server, "variables").map(|variables| tree.entries(variables)).unwrap_or_default()
    {
        let default = tree.get(variable.value, "default").and_then(|default| tree.scalar(default));
        if let Some((name, default)) = tree.scalar(variable.key).zip(default) {
            url = url.replace(&format!("{{{name}}}"), default);
        }
    }
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| rest.get(at..).unwrap_or_default()),
        None if url.starts_with("//") => {
            let rest = url.trim_start_matches('/');
            rest.find('/').map_or("", |at| rest.get(at..).unwrap_or_default())
        }
        None => url.as_str(),
    };
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    Some(if path.is_empty() || path.starts_with('/') { path.to_owned() } else { format!("/{path}") })
}

/// Every operation under `paths`.
pub fn operations(tree: &Tree<'_>) -> Operations {
    let mut found = Operations::default();
    let paths = tree.at(&["paths"]).map(|paths| tree.entries(paths)).unwrap_or_default();
    for entry in paths {
        let Some(path) = tree.scalar(entry.key).filter(|key| !key.starts_with("x-")) else { continue };
        if let Err(error) = path.parse::<RoutePattern>() {
            found.invalid.push(InvalidPath { key: entry.key, reason: error.to_string() });
            continue;
        }
        let mut location = vec!["paths".to_owned(), path.to_owned()];
        let mut item = entry.value;
        if let Some(reference) = tree.get(item, "$ref") {
            match tree.scalar(reference).and_then(|pointer| local_target(tree, pointer)) {
                Some((target, keys)) => {
                    item = target;
                    location = keys;
                }
                None => found.elsewhere.push(ElsewherePath { reference, path: path.to_owned() }),
            }
        }
        let item_base = own_base(tree, item);
        for operation in tree.entries(item) {
            let Some(key) = tree.scalar(operation.key) else { continue };
            let Some(method) = method_of_key(key) else { continue };
            let mut location = location.clone();
            location.push(key.to_owned());
            found.documented.push(DocumentedOperation {
                location,
                key: operation.key,
                node: operation.value,
                method,
                path: path.to_owned(),
                own_base: own_base(tree, operation.value).or_else(|| item_base.clone()),
            });
        }
    }
    found
}

fn own_base(tree: &Tree<'_>, node: NodeId) -> Option<String> {
    server_bases(tree, tree.get(node, "servers")?).into_iter().next()
}

/// The node a `#/..` reference points at, and the keys on the way (RFC 6901).
fn local_target(tree: &Tree<'_>, pointer: &str) -> Option<(NodeId, Vec<String>)> {
    let keys: Vec<String> =
        pointer.strip_prefix("#/")?.split('/').map(|key| key.replace("~1", "/").replace("~0", "~")).collect();
    let path: Vec<&str> = keys.iter().map(String::as_str).collect();
    Some((tree.at(&path)?, keys))
}

/// The fixed fields of a Path Item Object that are methods.
fn method_of_key(key: &str) -> Option<Method> {
    Method::STANDARD
        .into_iter()
        .filter(|method| *method != Method::Connect)
        .find(|method| method.as_str().to_ascii_lowercase() == key)
}

/// What the paths of documents and of a plan are compared by: parameter names are erased, letter case counts. OpenAPI
/// has no notation for a parameter that takes several segments, so such a one is compared as a plain one.
pub fn comparable(pattern: &RoutePattern) -> String {
    let mut text = String::new();
    for segment in pattern.segments() {
        text.push('/');
        match segment {
            Segment::Literal(literal) => text.push_str(literal),
            Segment::Parameter(_) | Segment::Tail(_) => text.push_str("{}"),
            Segment::Mixed(parts) => {
                for part in parts {
                    match part {
                        MixedPart::Text(literal) => text.push_str(literal),
                        MixedPart::Parameter(_) => text.push_str("{}"),
                    }
                }
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_base(server: &str, base: &str) {
        let text = format!("servers:\n  - {server}\n");
        assert_eq!(bases(&Tree::parse(&text).unwrap()), [base]);
    }

    #[test]
    fn the_path_of_a_server_is_found() {
        check_base("url: https://api.example.com/api/v1/", "/api/v1");
        check_base("url: https://api.example.com", "");
        check_base("url: /api", "/api");
        check_base("url: //api.example.com/v2", "/v2");
        check_base(
            "url: 'https://{host}/{version}'\n    variables: {host: {default: h}, version: {default: v3}}",
            "/v3",
        );
    }

    #[test]
    fn letter_case_counts_and_parameter_names_do_not() {
        let comparable = |path: &str| comparable(&path.parse().unwrap());
        assert_eq!(comparable("/a/{id}/{*rest}"), comparable("/a/{x}/{y}"));
        assert_ne!(comparable("/a"), comparable("/A"));
    }
}
