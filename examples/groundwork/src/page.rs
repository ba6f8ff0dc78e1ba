//! Lists in pages: how many rows a page has, and where the next one begins.

use serde::Deserialize;

/// How many rows a page may have: 1 to 200, and 50 if it is not said.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "u16")]
pub struct Limit(u16);

impl Limit {
    const MOST: u16 = 200;

    /// The number of rows.
    pub fn get(self) -> u16 {
        self.0
    }
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

/// The rows of a page, and its last row's place if there are more: of rows that were queried with one more than the
/// limit.
pub fn cut<T, P>(mut rows: Vec<T>, limit: usize, place: impl Fn(&T) -> P) -> (Vec<T>, Option<P>) {
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = if more { rows.last().map(place) } else { None };
    (rows, next)
}

#[cfg(test)]
mod tests {
    use super::{Limit, cut};

    #[test]
    fn the_place_of_the_last_row_is_given_only_if_there_are_more() {
        let place = |row: &i64| *row;
        assert_eq!(cut(vec![1, 2, 3], 2, place), (vec![1, 2], Some(2)));
        assert_eq!(cut(vec![1, 2], 2, place), (vec![1, 2], None));
        assert_eq!(cut(vec![], 2, place), (vec![], None));
    }

    #[test]
    fn a_limit_has_bounds() {
        let read = serde_json::from_str::<Limit>;
        assert_eq!(read("200").unwrap().get(), 200);
        assert_eq!(Limit::default().get(), 50);
        for outside in ["0", "201"] {
            let error = read(outside).unwrap_err().to_string();
            assert!(error.starts_with("the limit is between 1 and 200"), "{error}");
        }
    }
}
