//! Lists in pages: `limit` and `after` in, `items` and `next` out.

use example_groundwork::page;
use serde::Serialize;

use crate::body::Fields;
use crate::values::{Id, Whole};

/// Which part of a list is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    limit: Whole<1, 200>,
    /// The `next` of the page before.
    after: Option<Id>,
}

const USUAL_LIMIT: i64 = 50;

impl Page {
    pub(crate) fn read(fields: &mut Fields) -> Option<Self> {
        let limit = fields.optional("limit");
        let after = fields.optional("after");
        Some(Self { limit: limit?.unwrap_or(Whole::of(USUAL_LIMIT)), after: after? })
    }

    pub(crate) fn limit(self) -> i64 {
        self.limit.get()
    }

    /// The id of the last row of the page before; lower than every id on the first page.
    pub(crate) fn after(self) -> i64 {
        self.after.map_or(0, Id::get)
    }
}

/// One page of a list.
#[derive(Debug, Serialize)]
pub(crate) struct Listing<T> {
    items: Vec<T>,
    /// `null` on the last page.
    next: Option<i64>,
}

impl<T> Listing<T> {
    /// Makes a page of rows that were queried with one row more than the limit.
    pub(crate) fn cut(rows: Vec<T>, page: Page, id: impl Fn(&T) -> i64) -> Self {
        let limit = usize::try_from(page.limit()).unwrap_or(usize::MAX);
        let (items, next) = page::cut(rows, limit, id);
        Self { items, next }
    }
}
