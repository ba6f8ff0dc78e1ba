//! Lists in pages: `limit` and `cursor` in, `items` and `next_cursor` out.

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

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "u16")]
struct Limit(u16);

impl Limit {
    const MOST: u16 = 200;
}

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

impl TryFrom<u16> for Limit {
    type Error = String;

    fn try_from(rows: u16) -> Result<Self, String> {
        match rows {
            1..=Self::MOST => Ok(Self(rows)),
            _ => Err(format!("the limit is between 1 and {}", Self::MOST)),
        }
    }
}

impl Page {
    pub(crate) fn limit(self) -> u16 {
        self.limit.0
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
    pub(crate) fn cut(mut rows: Vec<T>, page: Page, place: impl Fn(&T) -> i64) -> Self {
        let limit = usize::from(page.limit());
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = if more { rows.last().map(place) } else { None };
        Self { items: rows, next_cursor }
    }
}
