//! What a door decides by: the rows of what answers a request, whatever the framework.

use crate::catalogue::{Catalogue, RouteRow};
use crate::check::{Admission, Asking, admission, deny_unlisted};
use crate::denial::Denial;
#[cfg(feature = "axum")]
use crate::table::PathRows;

/// What a door finds about a request, before it asks who is calling.
#[derive(Debug)]
pub(crate) enum Ruling {
    /// All of these rows have to let it in: that of what answers, and of what else may. INVARIANT: not empty.
    Rows(Vec<&'static RouteRow>),
    /// A preflight that nothing answers but a layer behind the door, or the framework.
    Preflight,
    /// Something that is not in the table answers, or may.
    Unlisted,
    /// Nothing answers.
    NotFound,
}

impl Ruling {
    /// These rows, if there is one.
    pub(crate) fn of(rows: impl IntoIterator<Item = &'static RouteRow>) -> Self {
        let mut distinct: Vec<&'static RouteRow> = Vec::new();
        for row in rows {
            if !distinct.iter().any(|other| std::ptr::eq(*other, row)) {
                distinct.push(row);
            }
        }
        if distinct.is_empty() { Self::Unlisted } else { Self::Rows(distinct) }
    }

    /// The same, and these rows besides: they make it stricter, and never let in what is not in the table.
    #[cfg(feature = "axum")]
    pub(crate) fn and(self, besides: impl IntoIterator<Item = Option<&'static RouteRow>>) -> Self {
        match self {
            Self::Rows(rows) => Self::of(rows.into_iter().chain(besides.into_iter().flatten())),
            other => other,
        }
    }
}

/// What a request that does not get in is told.
pub(crate) enum Refusal {
    Denied(Denial),
    NotFound,
}

/// Asks the rows.
pub(crate) fn asked<C: Catalogue>(ruling: &Ruling, request: &impl Asking) -> Result<Admission, Refusal> {
    match ruling {
        Ruling::Rows(rows) => {
            let mut rows = rows.iter();
            let all = rows.try_fold(Admission::AT_ONCE, |all, row| {
                Ok(all.and(admission::<C>(&row.operation, request)?))
            });
            all.map_err(Refusal::Denied)
        }
        Ruling::Preflight => Ok(Admission::AT_ONCE),
        Ruling::Unlisted => Err(Refusal::Denied(deny_unlisted::<C>(request))),
        Ruling::NotFound => Err(Refusal::NotFound),
    }
}

#[cfg(feature = "axum")]
/// The rows of something that answers every method itself: a service, a fallback. What is said of the method besides
/// has to be met as well.
pub(crate) fn of_every_method(rows: &PathRows, method: &str) -> Ruling {
    match rows.of_any() {
        Some(any) => Ruling::of([Some(any), rows.of(method)].into_iter().flatten()),
        None => Ruling::of(rows.of(method).or_else(|| (method == "HEAD").then(|| rows.of("GET")).flatten())),
    }
}

/// Whether a request is a preflight: what a browser asks before a call, without a credential (Fetch standard, "CORS
/// protocol").
pub(crate) fn is_preflight(method: &str, has_header: impl Fn(&str) -> bool) -> bool {
    method == "OPTIONS" && has_header("origin") && has_header("access-control-request-method")
}
