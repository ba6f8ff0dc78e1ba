//! The declared name that a misspelt one most likely means.

/// How many comparisons of names a run may still make. A file made to hold very many unknown names must not take
/// minutes: past the budget findings are the same, only without a proposal.
#[derive(Debug)]
pub struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(200_000)
    }
}

/// Names longer than this are not compared.
const LONGEST: usize = 128;

/// The candidate nearest to `name`, if it is near enough to be a slip. Of equals the first.
///
/// Names are compared part by part: `camera:read` is near `cameras:read`, and `cameras:write`, of which as many letters
/// agree, is not. A part may differ in a third of its letters; case and separators do not count, nor does the order
/// of the parts.
pub fn nearest<'n>(
    name: &str,
    candidates: impl IntoIterator<Item = &'n str>,
    budget: &mut Budget,
) -> Option<&'n str> {
    if name.len() > LONGEST {
        return None;
    }
    let wanted = plain(name);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        budget.0 = budget.0.checked_sub(1)?;
        if candidate.len() > LONGEST || candidate == name {
            continue;
        }
        let folded = plain(candidate);
        let distance = if same_parts(&folded, &wanted) { Some(0) } else { distance(&folded, &wanted) };
        if let Some(distance) = distance
            && best.is_none_or(|(found, _)| distance < found)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many letters differ, if few enough do.
fn distance(left: &str, right: &str) -> Option<usize> {
    let near = |left: &str, right: &str, share: usize| {
        let distance = strsim::damerau_levenshtein(left, right);
        let allowed = (left.chars().count().max(right.chars().count()) / share).max(1);
        (distance <= allowed).then_some(distance)
    };
    if left.split('_').count() == right.split('_').count() {
        left.split('_').zip(right.split('_')).map(|(left, right)| near(left, right, 3)).sum()
    } else {
        near(left, right, 4)
    }
}

/// Lower case, and one separator for all.
fn plain(name: &str) -> String {
    name.chars()
        .map(|character| if is_separator(character) { '_' } else { character.to_ascii_lowercase() })
        .collect()
}

const fn is_separator(character: char) -> bool {
    matches!(character, '-' | '_' | ':' | '.' | ' ' | '/')
}

/// `read_cameras` and `cameras_read`.
fn same_parts(left: &str, right: &str) -> bool {
    let sorted = |text: &str| {
        let mut parts: Vec<String> = text.split('_').map(str::to_owned).collect();
        parts.sort_unstable();
        parts
    };
    left.len() == right.len() && left.contains('_') && sorted(left) == sorted(right)
}

/// `` `a`, `b` and `c` ``; of a long list only its beginning.
pub(crate) fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    listed_by("and", names)
}

/// `` `a`, `b` or `c` ``, by the word before the last.
pub(crate) fn listed_by<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    const MOST: usize = 24;
    let mut names = names.into_iter().map(|name| format!("`{name}`"));
    let shown: Vec<String> = names.by_ref().take(MOST).collect();
    match shown.as_slice() {
        [] => "none".to_owned(),
        [one] => one.clone(),
        _ if names.next().is_some() => format!("{} {word} others", shown.join(", ")),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, candidates: &[&str], expected: Option<&str>) {
        assert_eq!(nearest(name, candidates.iter().copied(), &mut Budget::default()), expected);
    }

    #[test]
    fn a_slip_finds_its_name() {
        check("read:camera", &["read:cameras", "write:cameras"], Some("read:cameras"));
        check("cameras:read", &["write:cameras", "read:cameras"], Some("read:cameras"));
        check("read-cameras", &["read:cameras"], Some("read:cameras"));
        check("titel", &["title", "description"], Some("title"));
    }

    #[test]
    fn something_else_finds_nothing() {
        check("reports", &["read:cameras"], None);
        check("cameras:write", &["cameras:read"], None);
        check("tag:read", &["cars:read"], None);
        check("x", &[], None);
    }

    #[test]
    fn a_spent_budget_finds_nothing() {
        assert_eq!(nearest("titel", ["title"], &mut Budget(0)), None);
    }
}
