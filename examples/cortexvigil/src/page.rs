//! Lists in pages: `limit` and `cursor` in, `items` and `next_cursor` out.

use example_groundwork::page::{self, Limit};
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};

/// Which part of a list is asked for.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub(crate) struct Page {
    #[serde(default)]
    #[schemars(with = "Option<u16>")]
    limit: Limit,
    /// The `next_cursor` of the page before.
    pub(crate) cursor: Option<i64>,
}

impl Page {
    pub(crate) fn limit(self) -> u16 {
        self.limit.get()
    }
}

/// One page of a list.
#[derive(Debug, Serialize)]
pub(crate) struct Listing<T> {
    pub(crate) items: Vec<T>,
    /// `null` on the last page.
    pub(crate) next_cursor: Option<i64>,
}

impl<T> Listing<T> {
    /// Makes a page of rows that were queried with one row more than the limit.
    pub(crate) fn cut(rows: Vec<T>, page: Page, place: impl Fn(&T) -> i64) -> Self {
        let (items, next_cursor) = page::cut(rows, page.limit().into(), place);
        Self { items, next_cursor }
    }
}
