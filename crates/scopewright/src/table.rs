//! Look-ups in the policy's table of operations.

use crate::catalogue::{CompiledPolicy, RouteRow};
use scopewright_core::Method;

/// The row that answers a request to a matched route: of its own method, of `GET` for `HEAD` (axum answers it by the
/// handler of `GET`), or of every method.
#[cfg(feature = "axum")]
pub(crate) fn find(policy: &'static CompiledPolicy, method: &str, path: &str) -> Option<&'static RouteRow> {
    of_method(rows_at(policy, path)?, method)
}

/// The row whose tail parameter covers a request's own path: of several, that of the service axum takes. A nested
/// service answers its bare prefix as well.
#[cfg(feature = "axum")]
pub(crate) fn find_covering(
    policy: &'static CompiledPolicy,
    method: &str,
    path: &str,
) -> Option<&'static RouteRow> {
    of_method(rows_at(policy, covering(policy.routes, path)?.path)?, method)
}

#[cfg(feature = "axum")]
fn covering(routes: &'static [RouteRow], path: &str) -> Option<&'static RouteRow> {
    let covers =
        |row: &&RouteRow| row.path.rsplit_once("/{*").is_some_and(|(prefix, _)| begins_with(path, prefix));
    // Of two patterns that one path fits, axum takes the one that spells out more where they begin to differ: text
    // before a parameter, a parameter before a tail.
    let spelled_out = |row: &RouteRow| {
        without_names(row.path).map(|character| if character == '{' { '\0' } else { character })
    };
    routes.iter().filter(covers).max_by(|one, other| spelled_out(one).cmp(spelled_out(other)))
}

/// The rows whose path a request's own path fits, one for each path that has a row for the method.
#[cfg(feature = "actix")]
pub(crate) fn find_matching(
    policy: &'static CompiledPolicy,
    method: &str,
    path: &str,
) -> impl Iterator<Item = &'static RouteRow> {
    let of_path = policy.routes.chunk_by(|one, other| one.path == other.path);
    let matching = of_path.filter(move |rows| rows.first().is_some_and(|row| fits(path, row.path)));
    matching.filter_map(move |rows| of_method(rows, method))
}

/// Whether the table has a path, whatever the method. Of a service that answers a path and all below it, actix-web knows
/// no more than the path.
#[cfg(feature = "actix")]
pub(crate) fn lists(policy: &'static CompiledPolicy, path: &str) -> bool {
    let below = || format!("{}/{{*rest}}", path.trim_end_matches('/'));
    rows_at(policy, path).is_some() || rows_at(policy, &below()).is_some()
}

/// Whether a path fits a pattern. A tail takes what is left, or nothing.
#[cfg(feature = "actix")]
fn fits(path: &str, pattern: &str) -> bool {
    match pattern.rsplit_once("/{*") {
        Some((prefix, _)) => begins_with(path, prefix),
        None => begins_with(path, pattern) && path.split('/').count() == pattern.split('/').count(),
    }
}

/// Whether a path has these segments first, parameters standing for any text that is not empty.
fn begins_with(path: &str, prefix: &str) -> bool {
    let mut segments = path.split('/');
    prefix.split('/').all(|wanted| segments.next().is_some_and(|found| is_segment(found, wanted)))
}

/// Whether a segment is the wanted one: alike, or alike before the first parameter and after the last.
fn is_segment(found: &str, wanted: &str) -> bool {
    match (wanted.split_once('{'), wanted.rsplit_once('}')) {
        (Some((before, _)), Some((_, after))) => {
            let inside = found.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            inside.is_some_and(|inside| !inside.is_empty())
        }
        _ => found == wanted,
    }
}

fn of_method(rows: &'static [RouteRow], method: &str) -> Option<&'static RouteRow> {
    let of = |name: &str| rows.iter().find(|row| row.method.as_str() == name);
    of(method)
        .or_else(|| (method == "HEAD").then(|| of("GET")).flatten())
        .or_else(|| of(Method::Any.as_str()))
}

/// The rows of one path. Rows are sorted by path, so that the usual case, a path spelled alike, is found by halving.
pub(crate) fn rows_at(policy: &'static CompiledPolicy, path: &str) -> Option<&'static [RouteRow]> {
    let routes = policy.routes;
    let of_path = |path: &str| {
        let from = routes.partition_point(|row| row.path < path);
        let to = from + routes.get(from..)?.iter().take_while(|row| row.path == path).count();
        routes.get(from..to).filter(|rows| !rows.is_empty())
    };
    of_path(path).or_else(|| of_path(routes.iter().find(|row| is_same_path(row.path, path))?.path))
}

/// Whether two paths are equal but for the names of parameters.
pub(crate) fn is_same_path(one: &str, other: &str) -> bool {
    without_names(one).eq(without_names(other))
}

/// The characters of a path without the names of its parameters: `/cameras/{}` and `/files/{*}`.
fn without_names(path: &str) -> impl Iterator<Item = char> + '_ {
    let mut is_inside = false;
    path.chars().filter(move |character| match character {
        '{' => {
            is_inside = true;
            true
        }
        '}' => {
            is_inside = false;
            true
        }
        '*' => true,
        _ => !is_inside,
    })
}

#[cfg(all(test, feature = "axum"))]
mod tests {
    use super::*;
    use ::axum::Router;
    use ::axum::body::{Body, to_bytes};
    use ::axum::routing::any;
    use scopewright_core::{Decision, Operation};
    use tower::ServiceExt as _;

    /// A row for everything below a prefix.
    fn below(prefix: &str) -> RouteRow {
        RouteRow {
            method: Method::Any,
            path: format!("{prefix}/{{*rest}}").leak(),
            operation_id: "",
            operation: Operation::uniform(Decision::Deferred),
            is_handler: true,
            is_conditional: false,
        }
    }

    #[test]
    fn a_path_is_covered_by_the_row_of_the_service_that_axum_takes() {
        let prefixes = ["/a", "/a/b", "/a-{x}", "/a-b/c", "/b/{y}/{z}/d", "/{x}/b", "/{x}/{y}/c"];
        let rows: &'static [RouteRow] = Vec::from(prefixes.map(below)).leak();
        let app = prefixes
            .into_iter()
            .fold(Router::new(), |app, prefix| app.nest_service(prefix, any(move || async move { prefix })));
        for path in [
            "/a/x/c/1",
            "/a/b/c/1",
            "/a-b/c/1",
            "/a-b/b/1",
            "/a-c/b/1",
            "/a-c/x/c/1",
            "/b/b/1",
            "/b/b/b/d/1",
            "/b/x/c/d/1",
            "/c/b/c/1",
            "/c/x/c/1",
        ] {
            let request = http::Request::builder().uri(path).body(Body::empty()).unwrap();
            let taken = futures_executor::block_on(async {
                let response = app.clone().oneshot(request).await.unwrap();
                to_bytes(response.into_body(), usize::MAX).await.unwrap()
            });
            let covering = covering(rows, path).and_then(|row| row.path.strip_suffix("/{*rest}"));
            assert_eq!(covering, std::str::from_utf8(&taken).ok(), "{path}");
        }
    }
}
