//! From the names in a credential to scopes: the look-up table, and claim text read in one pass without allocation.
//!
//! The one place that says which scope a name grants. The run time reads every credential through it, and
//! `cargo scopes explain` asks it about the names it is given.

use crate::{NameHash, ScopeIndex};

/// The names a grant may carry, laid out at build time by [`name_slots`](crate::name_slots): those of scopes that can be
/// granted, and old names of these.
///
/// ```
/// use scopewright_core::{NameTable, ScopeIndex, name_slots};
/// let slots = name_slots(&["read", "write"]);
/// let table = NameTable { slots: &slots, names: &[("read", ScopeIndex(0)), ("write", ScopeIndex(1))] };
/// assert_eq!(table.find("write"), Some(ScopeIndex(1)));
/// assert_eq!(table.find("WRITE"), None);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct NameTable<'a> {
    /// A power of two of slots, each the position of a name plus one, or 0.
    pub slots: &'a [u16],
    /// The names and the scopes they stand for.
    pub names: &'a [(&'a str, ScopeIndex)],
}

impl NameTable<'_> {
    /// The scope that a name grants, compared byte for byte; none if it grants nothing.
    pub fn find(&self, name: &str) -> Option<ScopeIndex> {
        self.find_hashed(NameHash::of(name.as_bytes()), name.as_bytes())
    }

    #[inline]
    fn find_hashed(&self, hash: u32, name: &[u8]) -> Option<ScopeIndex> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        loop {
            let number = usize::from(*self.slots.get(at)?);
            let (candidate, scope) = self.names.get(number.checked_sub(1)?)?;
            if candidate.as_bytes() == name {
                return Some(*scope);
            }
            at = (at + 1) & mask;
        }
    }

    /// Reads names between separators: blanks (RFC 6749 section 3.3) or, if asked, commas and blanks. Calls `found`
    /// for each, with `None` for a name that is not in the table. Looking for the end of a name and hashing it are
    /// one pass over the text.
    ///
    /// ```
    /// use scopewright_core::{NameTable, ScopeIndex, name_slots};
    /// let slots = name_slots(&["read"]);
    /// let table = NameTable { slots: &slots, names: &[("read", ScopeIndex(0))] };
    /// let mut found = Vec::new();
    /// table.scan::<false>("openid read", |scope| found.push(scope));
    /// assert_eq!(found, [None, Some(ScopeIndex(0))]);
    /// ```
    #[inline]
    pub fn scan<const COMMAS: bool>(&self, text: &str, mut found: impl FnMut(Option<ScopeIndex>)) {
        let text = text.as_bytes();
        let mut start = 0;
        while start < text.len() {
            let mut hash = NameHash::NEW;
            let mut at = start;
            let end = loop {
                let left = text.len() - at;
                let word = word_at(text, at);
                let separators = separator_bits::<COMMAS>(word);
                if separators != 0 {
                    let before = separators.trailing_zeros() / 8;
                    if before > 0 {
                        hash = hash.feed(word & ((1 << (8 * before)) - 1));
                    }
                    break at + before as usize;
                }
                if left > 0 {
                    hash = hash.feed(word);
                }
                if left <= 8 {
                    break text.len();
                }
                at += 8;
            };
            if end > start {
                let name = text.get(start..end).unwrap_or_default();
                found(self.find_hashed(hash.finish(name.len()), name));
            }
            start = end + 1;
        }
    }
}

/// The eight bytes from `at`, little endian, zeros past the end.
#[inline]
fn word_at(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    match rest.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => rest.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte)),
    }
}

/// The lowest set bit is the top bit of the first separator byte; higher ones mean nothing.
#[inline]
const fn separator_bits<const COMMAS: bool>(word: u64) -> u64 {
    let blanks = zero_bytes(word ^ (LOW_BITS * b' ' as u64));
    if COMMAS { blanks | zero_bytes(word ^ (LOW_BITS * b',' as u64)) } else { blanks }
}

const LOW_BITS: u64 = 0x0101_0101_0101_0101;

/// Marks zero bytes in their top bit; exact up to the first one, which is all that is asked of it.
#[inline]
const fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(LOW_BITS) & !word & (LOW_BITS << 7)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name_slots;
    use alloc::format;
    use alloc::vec::Vec;

    const NAMES: &[&str] =
        &["read", "read:all", "read:cameras", "write:cameras", "https://www.example/auth/x.readonly", "é"];

    fn table() -> NameTable<'static> {
        let names: Vec<_> = (0..).map(ScopeIndex).zip(NAMES).map(|(scope, name)| (*name, scope)).collect();
        NameTable { slots: name_slots(NAMES).leak(), names: names.leak() }
    }

    #[track_caller]
    fn check(text: &str, expected: &[Option<u16>]) {
        let mut found = Vec::new();
        table().scan::<false>(text, |scope| found.push(scope.map(|scope| scope.0)));
        assert_eq!(found, expected, "{text:?}");
        let mut found = Vec::new();
        table().scan::<true>(&text.replace(' ', ","), |scope| found.push(scope.map(|scope| scope.0)));
        assert_eq!(found, expected, "{text:?} with commas");
    }

    #[test]
    fn every_name_is_found_at_every_offset() {
        for (number, name) in (0..).zip(NAMES) {
            assert_eq!(table().find(name), Some(ScopeIndex(number)));
            for blanks in 0..10 {
                let pad = " ".repeat(blanks);
                check(&format!("{pad}{name}"), &[Some(number)]);
                check(&format!("{pad}{name}{pad}"), &[Some(number)]);
                check(&format!("{name} {pad}{name} x"), &[Some(number), Some(number), None]);
            }
        }
    }

    #[test]
    fn what_is_no_name_is_not_found() {
        check("", &[]);
        check("   ", &[]);
        check("rea", &[None]);
        check("read\0", &[None]);
        check("READ read:camera read:camerass", &[None, None, None]);
        assert_eq!(table().find(""), None);
    }

    #[test]
    fn an_empty_table_finds_nothing() {
        let table = NameTable { slots: name_slots(&[]).leak(), names: &[] };
        assert_eq!(table.find("read"), None);
    }
}
