//! Look-ups in the policy's table of operations.

use crate::catalogue::{CompiledPolicy, RouteRow};
use scopewright_core::{Method, RouteKind};
use std::collections::BTreeMap;

/// The row that answers a request to a matched route: of its own method, of `GET` for `HEAD` (axum answers it by the
/// handler of `GET`), or of every method.
#[cfg(feature = "mcp")]
pub(crate) fn find(policy: &'static CompiledPolicy, method: &str, path: &str) -> Option<&'static RouteRow> {
    of_method(rows_at(policy, path)?, method)
}

#[cfg(feature = "mcp")]
fn of_method(rows: &'static [RouteRow], method: &str) -> Option<&'static RouteRow> {
    let of = |name: &str| rows.iter().find(|row| row.method.as_str() == name);
    of(method)
        .or_else(|| (method == "HEAD").then(|| of("GET")).flatten())
        .or_else(|| of(Method::Any.as_str()))
}

/// The rows of one path. Rows are sorted by path, so that the usual case, a path spelled alike, is found by halving.
#[cfg(feature = "mcp")]
pub(crate) fn rows_at(policy: &'static CompiledPolicy, path: &str) -> Option<&'static [RouteRow]> {
    let routes = policy.routes;
    let of_path = |path: &str| {
        let from = routes.partition_point(|row| row.path < path);
        let to = from + routes.get(from..)?.iter().take_while(|row| row.path == path).count();
        routes.get(from..to).filter(|rows| !rows.is_empty())
    };
    of_path(path).or_else(|| of_path(routes.iter().find(|row| is_same_path(row.path, path))?.path))
}

/// The rows of a policy by path, names of parameters aside: what a door looks up, made once for each door.
#[derive(Debug)]
pub(crate) struct Rows(BTreeMap<String, Vec<&'static RouteRow>>);

impl Rows {
    pub(crate) fn of(policy: &'static CompiledPolicy) -> Self {
        let mut by_path: BTreeMap<String, Vec<&'static RouteRow>> = BTreeMap::new();
        for row in policy.routes {
            by_path.entry(nameless(row.path)).or_default().push(row);
        }
        Self(by_path)
    }

    /// The rows of one path: of handlers of this kind, and those that only say what is elsewhere, which have none.
    pub(crate) fn at(&self, path: &str, kind: RouteKind) -> PathRows {
        let all = self.0.get(&nameless(path)).into_iter().flatten();
        PathRows(all.copied().filter(|row| row.kind == kind || !row.is_handler).collect())
    }

    /// As [`at`](Self::at), without anything made before.
    #[cfg(feature = "axum")]
    pub(crate) fn found(policy: &'static CompiledPolicy, path: &str, kind: RouteKind) -> PathRows {
        let of_path = policy.routes.iter().filter(|row| is_same_path(row.path, path));
        PathRows(of_path.filter(|row| row.kind == kind || !row.is_handler).collect())
    }

    /// Whether something below a path, or at it, is only declared: then more may be there than the table has.
    #[cfg(feature = "actix")]
    pub(crate) fn has_declared_below(&self, path: &str) -> bool {
        let prefix = nameless(path);
        let is_below = |path: &str| {
            path.strip_prefix(&prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.0
            .range(prefix.clone()..)
            .take_while(|(path, _)| path.starts_with(&prefix))
            .any(|(path, rows)| is_below(path) && rows.iter().any(|row| !row.is_handler))
    }
}

/// Rows of one path, by method.
#[derive(Debug)]
pub(crate) struct PathRows(Vec<&'static RouteRow>);

impl PathRows {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The row of a method itself.
    pub(crate) fn of(&self, method: &str) -> Option<&'static RouteRow> {
        self.0.iter().copied().find(|row| row.method.as_str() == method)
    }

    /// The row of every method.
    pub(crate) fn of_any(&self) -> Option<&'static RouteRow> {
        self.of(Method::Any.as_str())
    }

    /// These, or others if there are none.
    #[cfg(feature = "actix")]
    pub(crate) fn or(self, others: Self) -> Self {
        if self.is_empty() { others } else { self }
    }

    /// Those of handlers that the build has seen.
    pub(crate) fn seen(self) -> Self {
        Self(self.0.into_iter().filter(|row| row.is_handler).collect())
    }

    /// Whether all of them are of handlers that the build has seen.
    #[cfg(feature = "actix")]
    pub(crate) fn are_all_seen(&self) -> bool {
        self.0.iter().all(|row| row.is_handler)
    }
}

/// Whether two paths are equal but for the names of parameters.
pub(crate) fn is_same_path(one: &str, other: &str) -> bool {
    without_names(one).eq(without_names(other))
}

/// A path without the names of its parameters.
pub(crate) fn nameless(path: &str) -> String {
    without_names(path).collect()
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
