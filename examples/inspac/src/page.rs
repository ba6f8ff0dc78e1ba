//! Lists in pages: `limit` and `after` in, `items` and `next` out.

use example_groundwork::page::{self, Limit};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which part of a list is asked for.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// How many rows, from 1 to 200.
    #[serde(default)]
    #[param(value_type = Option<u16>, minimum = 1, maximum = 200)]
    limit: Limit,
    /// The `next` of the page before.
    pub(crate) after: Option<i64>,
}

impl Page {
    pub(crate) fn limit(self) -> u16 {
        self.limit.get()
    }
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Listing<T> {
    items: Vec<T>,
    /// `null` on the last page.
    next: Option<i64>,
}

impl<T> Listing<T> {
    /// Makes a page of rows that were queried with one row more than the limit.
    pub(crate) fn cut(rows: Vec<T>, page: Page, id: impl Fn(&T) -> i64) -> Self {
        let (items, next) = page::cut(rows, page.limit().into(), id);
        Self { items, next }
    }
}
