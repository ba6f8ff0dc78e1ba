//! The known name that a misspelt one is closest to.

use scopewright_policy::Budget;

/// The candidate nearest to `text`, if one is near enough to be worth proposing, by the measure the policy stage has for
/// the names in its file.
pub fn nearest<'a>(text: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    scopewright_policy::nearest(text, candidates, &mut Budget::default())
}
