//! Scopes as numbers, and sets of them as words.

/// The position of a scope in its policy, counted from 0 in the order of the policy file.
///
/// ```
/// use scopewright_core::ScopeIndex;
/// assert_eq!(ScopeIndex(70).word(), 1);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeIndex(pub u16);

impl ScopeIndex {
    /// Which 64-bit word of a set holds this scope.
    #[inline]
    pub const fn word(self) -> usize {
        self.0 as usize / 64
    }

    /// The scope's bit inside [`word`](Self::word).
    #[inline]
    pub const fn bit(self) -> u64 {
        1 << (self.0 % 64)
    }
}

/// Whether the words of a set hold a scope. A scope beyond the last word is not held: unknown means denied.
///
/// ```
/// use scopewright_core::{contains, ScopeIndex};
/// assert!(contains(&[0b10], ScopeIndex(1)));
/// assert!(!contains(&[0b10], ScopeIndex(64)));
/// ```
#[inline]
pub const fn contains(words: &[u64], scope: ScopeIndex) -> bool {
    let word = scope.word();
    word < words.len() && words_at(words, word) & scope.bit() != 0
}

#[inline]
#[expect(clippy::indexing_slicing, reason = "the only caller has compared `word` with the length")]
const fn words_at(words: &[u64], word: usize) -> u64 {
    words[word]
}

/// A set of scopes in as many 64-bit words as the policy needs: one word up to 64 scopes, 15 for 917.
///
/// ```
/// use scopewright_core::{ScopeIndex, ScopeSet};
/// let set: ScopeSet<1> = [ScopeIndex(3), ScopeIndex(5)].into_iter().collect();
/// assert!(set.contains(ScopeIndex(3)));
/// assert_eq!(set.iter().map(|scope| scope.0).collect::<Vec<_>>(), [3, 5]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ScopeSet<const WORDS: usize>([u64; WORDS]);

impl<const WORDS: usize> ScopeSet<WORDS> {
    /// The set that holds nothing.
    pub const EMPTY: Self = Self([0; WORDS]);

    /// A set from its words, lowest scope in the lowest bit of the first word.
    #[inline]
    pub const fn from_words(words: [u64; WORDS]) -> Self {
        Self(words)
    }

    /// The set's words.
    #[inline]
    pub const fn words(&self) -> &[u64] {
        &self.0
    }

    /// Adds a scope; a scope beyond the last word is not representable and is left out.
    #[inline]
    pub const fn insert(&mut self, scope: ScopeIndex) {
        let word = scope.word();
        if word < WORDS {
            *self.word_mut(word) |= scope.bit();
        }
    }

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "the only caller has compared `word` with WORDS")]
    const fn word_mut(&mut self, word: usize) -> &mut u64 {
        &mut self.0[word]
    }

    /// Adds every scope whose bit is set in `words`; words beyond this set's own are ignored.
    #[inline]
    pub fn insert_words(&mut self, words: &[u64]) {
        for (own, other) in self.0.iter_mut().zip(words) {
            *own |= other;
        }
    }

    /// Whether the set holds `scope`.
    #[inline]
    pub const fn contains(&self, scope: ScopeIndex) -> bool {
        contains(&self.0, scope)
    }

    /// Whether the set holds everything `other` holds.
    #[inline]
    pub fn is_superset(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(own, other)| own & other == *other)
    }

    /// Whether the set holds nothing.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// How many scopes the set holds.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The scopes of the set, lowest first.
    pub fn iter(&self) -> Iter<'_> {
        Iter { words: &self.0, at: 0 }
    }
}

impl<const WORDS: usize> Default for ScopeSet<WORDS> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<const WORDS: usize> FromIterator<ScopeIndex> for ScopeSet<WORDS> {
    fn from_iter<I: IntoIterator<Item = ScopeIndex>>(scopes: I) -> Self {
        let mut set = Self::EMPTY;
        for scope in scopes {
            set.insert(scope);
        }
        set
    }
}

impl<'a, const WORDS: usize> IntoIterator for &'a ScopeSet<WORDS> {
    type Item = ScopeIndex;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// The scopes of a set, lowest first. Made by [`ScopeSet::iter`] or from bare words.
#[derive(Debug, Clone)]
pub struct Iter<'a> {
    words: &'a [u64],
    at: u16,
}

impl<'a> Iter<'a> {
    /// Walks the bits of `words`.
    pub const fn over(words: &'a [u64]) -> Self {
        Self { words, at: 0 }
    }
}

impl Iterator for Iter<'_> {
    type Item = ScopeIndex;

    fn next(&mut self) -> Option<ScopeIndex> {
        while let Some(word) = self.words.get(usize::from(self.at / 64)) {
            let rest = word >> (self.at % 64);
            if rest == 0 {
                self.at = (self.at / 64 + 1) * 64;
                continue;
            }
            #[expect(clippy::cast_possible_truncation, reason = "a word has 64 bits")]
            let found = self.at + rest.trailing_zeros() as u16;
            self.at = found + 1;
            return Some(ScopeIndex(found));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn walks_across_words() {
        let set: ScopeSet<3> = [0, 63, 64, 130].map(ScopeIndex).into_iter().collect();
        assert_eq!(set.iter().map(|scope| scope.0).collect::<Vec<_>>(), [0, 63, 64, 130]);
        assert_eq!(set.len(), 4);
    }

    #[test]
    fn a_scope_beyond_the_words_is_neither_stored_nor_found() {
        let mut set = ScopeSet::<1>::EMPTY;
        set.insert(ScopeIndex(64));
        assert!(set.is_empty());
        assert!(!set.contains(ScopeIndex(64)));
    }
}
