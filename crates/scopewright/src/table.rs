//! Look-ups in the policy's table of operations.

use crate::catalogue::{CompiledPolicy, RouteRow};
use scopewright_core::Method;

/// The row that answers a request to a matched route: of its own method, of `GET` for `HEAD` (axum answers it by the
/// handler of `GET`), or of every method.
#[cfg(feature = "axum")]
pub(crate) fn find(policy: &'static CompiledPolicy, method: &str, path: &str) -> Option<&'static RouteRow> {
    of_method(rows_at(policy, path)?, method)
}

/// The row whose tail parameter covers a request's own path: of several, the one with the longest path before it. A
/// nested service answers its bare prefix as well.
#[cfg(feature = "axum")]
pub(crate) fn find_covering(
    policy: &'static CompiledPolicy,
    method: &str,
    path: &str,
) -> Option<&'static RouteRow> {
    let covers =
        |row: &&RouteRow| row.path.rsplit_once("/{*").is_some_and(|(prefix, _)| begins_with(path, prefix));
    let longest = policy.routes.iter().filter(covers).max_by_key(|row| row.path.split('/').count())?;
    of_method(rows_at(policy, longest.path)?, method)
}

/// The rows whose path a request's own path fits, one for each path that has a row for the method.
#[cfg(feature = "actix")]
pub(crate) fn find_matching(
    policy: &'static CompiledPolicy,
    method: &str,
    path: &str,
) -> Vec<&'static RouteRow> {
    let of_path = policy.routes.chunk_by(|one, other| one.path == other.path);
    let matching = of_path.filter(|rows| rows.first().is_some_and(|row| fits(path, row.path)));
    matching.filter_map(|rows| of_method(rows, method)).collect()
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
