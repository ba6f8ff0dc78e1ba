//! Lists in pages: `limit` and `after` in, `items` and `next` out.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The most rows a page has.
const MOST: u16 = 200;

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

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "u16")]
struct Limit(u16);

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

impl TryFrom<u16> for Limit {
    type Error = String;

    fn try_from(rows: u16) -> Result<Self, String> {
        match rows {
            1..=MOST => Ok(Self(rows)),
            _ => Err(format!("the limit is between 1 and {MOST}")),
        }
    }
}

impl Page {
    pub(crate) fn limit(self) -> u16 {
        self.limit.0
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
    pub(crate) fn cut(mut rows: Vec<T>, page: Page, id: impl Fn(&T) -> i64) -> Self {
        let limit = usize::from(page.limit());
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(id) } else { None };
        Self { items: rows, next }
    }
}
