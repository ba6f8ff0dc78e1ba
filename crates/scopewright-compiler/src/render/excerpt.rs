//! The part of a text that is shown: the lines of a finding, long ones cut around its places.
//!
//! A document may be one line of a megabyte, and a finding about one of its words is no longer for that.

use super::texts::Text;
use scopewright_model::Span;
use std::borrow::Cow;
use std::ops::Range;

/// Lines of more bytes are cut.
const LONGEST: usize = 320;
/// How much is kept before a place, in bytes.
const BEFORE: usize = 60;
/// How much is kept behind it, and of a line that has none.
const AFTER: usize = 100;
/// How many places of one line are kept.
const PLACES: usize = 8;
/// What stands where something was left out.
const CUT: &str = "…";

/// Lines of a text, no more of a large file than is shown.
pub(super) struct Excerpt<'t> {
    pub(super) text: Cow<'t, str>,
    /// The number of its first line.
    pub(super) first_line: usize,
    /// Where it begins in the text.
    start: usize,
    /// What was kept, in order. Empty if all of it was.
    kept: Vec<Kept>,
}

/// A stretch that was kept.
struct Kept {
    /// From the beginning of the excerpt's lines.
    source: Range<usize>,
    /// Where it is in what is shown.
    shown: usize,
}

impl<'t> Excerpt<'t> {
    pub(super) fn around<'s>(spans: impl IntoIterator<Item = &'s Span>, text: &'t Text) -> Self {
        let (mut first, mut last) = (u32::MAX, 1);
        let mut places = Vec::new();
        for span in spans {
            first = first.min(span.start.line);
            last = last.max(span.end.line);
            places.extend([span.start, span.end]);
        }
        let start = text.line_start(first);
        let end = text.line_start(last.saturating_add(1)).max(start);
        let lines = text.contents.get(start..end).unwrap_or_default();
        let places: Vec<usize> =
            places.into_iter().map(|place| text.offset(place).saturating_sub(start)).collect();
        let (text, kept) = cut(lines, &places);
        Self { text, first_line: usize::try_from(first).unwrap_or(1), start, kept }
    }

    /// Whether something was left out.
    pub(super) fn is_cut(&self) -> bool {
        !self.kept.is_empty()
    }

    /// Where a span is in what is shown.
    pub(super) fn range(&self, span: &Span, text: &Text) -> Range<usize> {
        let shown = |offset: usize| self.shown(offset.saturating_sub(self.start)).min(self.text.len());
        let (start, end) = (shown(text.offset(span.start)), shown(text.offset(span.end)));
        start..end.max(start)
    }

    /// Where a byte of the lines is in what is shown; of what was left out, where it was.
    fn shown(&self, offset: usize) -> usize {
        if self.kept.is_empty() {
            return offset;
        }
        let at = self.kept.partition_point(|kept| kept.source.start <= offset);
        let Some(kept) = at.checked_sub(1).and_then(|at| self.kept.get(at)) else { return 0 };
        kept.shown + (offset.min(kept.source.end) - kept.source.start)
    }
}

/// One line, and where a place in it is, in characters from 1: both cut if the line is long. The place is in bytes.
#[cfg(any(test, feature = "json"))]
pub(super) fn line_around(line: &str, place: Range<usize>) -> (Cow<'_, str>, Range<usize>) {
    let (text, kept) = cut(line, &[place.start, place.end]);
    let excerpt = Excerpt { text, first_line: 1, start: 0, kept };
    let column = |offset| {
        let before = excerpt.text.get(..excerpt.shown(offset)).unwrap_or_default();
        before.chars().count() + 1
    };
    let columns = column(place.start)..column(place.end);
    (excerpt.text, columns)
}

/// Cuts long lines around places, which are offsets into the lines.
fn cut<'t>(lines: &'t str, places: &[usize]) -> (Cow<'t, str>, Vec<Kept>) {
    if lines.split('\n').all(|line| line.len() <= LONGEST) {
        return (Cow::Borrowed(lines), Vec::new());
    }
    let mut shown = String::new();
    let mut kept = Vec::new();
    let mut begin = 0;
    for line in lines.split_inclusive('\n') {
        let end = begin + line.len();
        let text_end = begin + line.trim_end_matches(['\n', '\r']).len();
        let mut at = begin;
        for range in stretches(lines, begin..text_end, places) {
            if range.start > at {
                shown.push_str(CUT);
            }
            at = range.end;
            kept.push(Kept { source: range.clone(), shown: shown.len() });
            shown.push_str(lines.get(range).unwrap_or_default());
        }
        if at < text_end {
            shown.push_str(CUT);
        }
        kept.push(Kept { source: text_end..end, shown: shown.len() });
        shown.push_str(lines.get(text_end..end).unwrap_or_default());
        begin = end;
    }
    (Cow::Owned(shown), kept)
}

/// What is kept of one line, in order and apart from each other.
fn stretches(lines: &str, line: Range<usize>, places: &[usize]) -> Vec<Range<usize>> {
    if line.len() <= LONGEST {
        return vec![line];
    }
    let mut here: Vec<usize> =
        places.iter().copied().filter(|at| line.contains(at) || *at == line.end).collect();
    here.sort_unstable();
    here.dedup();
    here.truncate(PLACES);
    if here.is_empty() {
        here.push(line.start);
    }
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for place in here {
        let start = boundary(lines, place.saturating_sub(BEFORE).max(line.start));
        let end = boundary(lines, (place + AFTER).min(line.end));
        match stretches.last_mut() {
            Some(last) if start <= last.end + CUT.len() => last.end = end,
            _ => stretches.push(start..end),
        }
    }
    stretches
}

/// The nearest beginning of a character that is not behind an offset.
fn boundary(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lines_stay_as_they_are() {
        let text = format!("{}\nb", "a".repeat(LONGEST));
        let (shown, kept) = cut(&text, &[3]);
        assert!(matches!(shown, Cow::Borrowed(_)));
        assert!(kept.is_empty());
    }

    #[test]
    fn a_long_line_is_cut_around_its_places() {
        let text =
            format!("short\n{}HERE{}THERE{}\nend", "é".repeat(5000), "x".repeat(9000), "y".repeat(700));
        let (here, there) = (text.find("HERE").unwrap(), text.find("THERE").unwrap());
        let (shown, kept) = cut(&text, &[here, there, there + 5]);
        let excerpt = Excerpt { text: shown, first_line: 1, start: 0, kept };
        assert!(excerpt.text.len() < 800, "{}", excerpt.text);
        assert!(
            excerpt.text.starts_with("short\n…é") && excerpt.text.ends_with("y…\nend"),
            "{}",
            excerpt.text
        );
        for (word, at) in [("HERE", here), ("THERE", there), ("end", text.find("end").unwrap())] {
            let shown = excerpt.shown(at);
            assert_eq!(excerpt.text.get(shown..shown + word.len()), Some(word));
        }
    }

    #[test]
    fn a_place_of_a_long_line_keeps_its_columns() {
        let line = format!("{}ab{}", "ü".repeat(4000), "z".repeat(4000));
        let (shown, columns) = line_around(&line, 8000..8002);
        let marked: String = shown.chars().skip(columns.start - 1).take(columns.len()).collect();
        assert_eq!(marked, "ab");
        assert!(shown.len() < 500);
    }
}
