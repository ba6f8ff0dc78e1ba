//! Which operation a method and a path mean: as a pattern is written, or as a request would send it.

use scopewright_model::core::{Method, MixedPart, RoutePattern, Segment};
use scopewright_model::{Framework, Operation};

/// The operation that is meant, if there is one.
///
/// Of those whose pattern a request path fits, the one with fixed text earliest, as routers choose.
pub fn operation<'o>(operations: &'o [Operation], method: Method, path: &str) -> Option<&'o Operation> {
    let pattern: Option<RoutePattern> = path.parse().ok();
    let as_written = operations.iter().filter(|operation| {
        pattern.as_ref().is_some_and(|pattern| operation.path.to_string() == pattern.to_string())
    });
    let by_method = |candidates: Vec<&'o Operation>| {
        rank(method).into_iter().find_map(|(method, only)| {
            candidates
                .iter()
                .copied()
                .find(|found| found.method == method && only.is_none_or(|only| found.framework == only))
        })
    };
    by_method(as_written.collect()).or_else(|| {
        let path = path.split('?').next().unwrap_or_default();
        let mut fitting: Vec<&Operation> =
            operations.iter().filter(|operation| fits(&operation.path, path)).collect();
        fitting.sort_by_key(|operation| freedom(&operation.path));
        let best = freedom(&fitting.first()?.path);
        fitting.retain(|operation| freedom(&operation.path) == best);
        by_method(fitting)
    })
}

/// The methods that answer a request with this one, in order: itself, axum's GET for HEAD, and a route for all.
fn rank(method: Method) -> Vec<(Method, Option<Framework>)> {
    let head = (method == Method::Head).then_some((Method::Get, Some(Framework::Axum)));
    std::iter::once((method, None)).chain(head).chain([(Method::Any, None)]).collect()
}

/// How free each segment is: fixed text, mixed, a parameter, a tail. Less is chosen first.
fn freedom(path: &RoutePattern) -> Vec<u8> {
    let free = |segment: &Segment| match segment {
        Segment::Literal(_) => 0,
        Segment::Mixed(_) => 1,
        Segment::Parameter(_) => 2,
        Segment::Tail(_) => 3,
    };
    path.segments().iter().map(free).collect()
}

fn fits(pattern: &RoutePattern, path: &str) -> bool {
    let Some(path) = path.strip_prefix('/') else { return false };
    let mut parts = path.split('/');
    for segment in pattern.segments() {
        let Some(part) = parts.next() else { return false };
        let fits = match segment {
            Segment::Literal(text) => text == part,
            Segment::Parameter(_) => !part.is_empty(),
            Segment::Mixed(mixed) => fits_mixed(mixed, part),
            Segment::Tail(_) => return !part.is_empty() || parts.next().is_some(),
        };
        if !fits {
            return false;
        }
    }
    parts.next().is_none()
}

fn fits_mixed(mixed: &[MixedPart], part: &str) -> bool {
    match mixed {
        [] => part.is_empty(),
        [MixedPart::Text(text), rest @ ..] => {
            part.strip_prefix(text.as_str()).is_some_and(|left| fits_mixed(rest, left))
        }
        [MixedPart::Parameter(_), rest @ ..] => {
            let cuts = part.char_indices().map(|(at, character)| at + character.len_utf8());
            cuts.into_iter().any(|at| part.get(at..).is_some_and(|left| fits_mixed(rest, left)))
        }
    }
}
