//! A set of auth modes.

use scopewright_core::{ModeIndex, ScopeIndex, ScopeSet};

/// Which modes a credential can be of: several, where the policy tells them apart only by what is inside the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ModeSet(ScopeSet<4>);

#[cfg_attr(not(feature = "_framework"), expect(dead_code, reason = "each framework integration uses it"))]
impl ModeSet {
    /// The set of one mode.
    pub(crate) fn of(mode: ModeIndex) -> Self {
        let mut set = Self::default();
        set.insert(mode);
        set
    }

    #[inline]
    pub(crate) fn insert(&mut self, mode: ModeIndex) {
        self.0.insert(ScopeIndex(mode.0.into()));
    }

    #[inline]
    pub(crate) const fn contains(&self, mode: ModeIndex) -> bool {
        self.0.contains(ScopeIndex(mode.0 as u16))
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The modes of both sets.
    pub(crate) fn with(mut self, others: Self) -> Self {
        self.0.insert_words(others.0.words());
        self
    }

    /// The modes that are not in another set.
    pub(crate) fn without(self, others: Self) -> Self {
        let mut left = [0; 4];
        for ((left, own), other) in left.iter_mut().zip(self.0.words()).zip(others.0.words()) {
            *left = own & !other;
        }
        Self(ScopeSet::from_words(left))
    }

    /// The modes, in the order of the policy.
    pub(crate) fn iter(&self) -> impl Iterator<Item = ModeIndex> {
        self.0.iter().filter_map(|mode| u8::try_from(mode.0).ok()).map(ModeIndex)
    }
}
