//! Lists in pages: `limit` and `cursor` in, `items` and `next_cursor` out.

use example_groundwork::page::{self, Limit};
use serde::{Deserialize, Serialize};

/// Which part of a list is asked for.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Page {
    #[serde(default)]
    limit: Limit,
    /// The `next_cursor` of the page before.
    pub(crate) cursor: Option<String>,
}

impl Page {
    pub(crate) fn limit(&self) -> u16 {
        self.limit.get()
    }
}

/// One page of a list.
#[derive(Debug, Serialize)]
pub(crate) struct Listing<T> {
    items: Vec<T>,
    /// `null` on the last page.
    next_cursor: Option<String>,
}

impl<T> Listing<T> {
    /// Makes a page of rows that were queried with one row more than the limit.
    pub(crate) fn cut(rows: Vec<T>, page: &Page, id: impl Fn(&T) -> &str) -> Self {
        let (items, next_cursor) = page::cut(rows, page.limit().into(), |row| id(row).to_owned());
        Self { items, next_cursor }
    }
}
