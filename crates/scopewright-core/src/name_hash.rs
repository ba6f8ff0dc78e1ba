//! The hash by which scope names are found: the same at build time, which lays out the table, and at run time.
//!
//! Names are read eight bytes at a time, so that a scan for the end of a name in a claim can hash while it looks.

/// A hash of a text, fed eight bytes at a time, the last bytes padded with zeros.
///
/// Not for hash maps of hostile keys: a table of known names is built with it once, and every hit is compared with
/// the name in full.
///
/// ```
/// use scopewright_core::NameHash;
/// let mut fed = NameHash::NEW;
/// fed = fed.feed(u64::from_le_bytes(*b"read:cam"));
/// fed = fed.feed(u64::from_le_bytes(*b"eras\0\0\0\0"));
/// assert_eq!(fed.finish(12), NameHash::of(b"read:cameras"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameHash(u64);

impl NameHash {
    /// Nothing fed.
    pub const NEW: Self = Self(0);

    /// Takes in the next eight bytes, little endian.
    #[must_use]
    #[inline]
    pub const fn feed(self, word: u64) -> Self {
        // Multiplication carries upwards only; the rotation brings the well-mixed high bits back down.
        Self((self.0.rotate_left(26) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// The hash of what was fed, which is `length` bytes of text.
    #[inline]
    pub const fn finish(self, length: usize) -> u32 {
        ((self.0 ^ (length as u64)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
    }

    /// The hash of a whole text.
    #[expect(clippy::indexing_slicing, reason = "both loops compare the index with the length")]
    pub const fn of(text: &[u8]) -> u32 {
        let mut hash = Self::NEW;
        let mut at = 0;
        while at < text.len() {
            let mut word = 0;
            let mut byte = 0;
            while byte < 8 && at + byte < text.len() {
                word |= (text[at + byte] as u64) << (8 * byte);
                byte += 1;
            }
            hash = hash.feed(word);
            at += 8;
        }
        hash.finish(text.len())
    }
}

/// Lays names out in a table of a power of two of slots: a slot holds the position of a name plus one, or 0. A name
/// is looked for from the slot of its hash onwards, up to the first empty one. At most half of the slots are taken.
///
/// ```
/// use scopewright_core::{name_slots, NameHash};
/// let slots = name_slots(&["read", "write"]);
/// let from = NameHash::of(b"write") as usize & (slots.len() - 1);
/// assert!(slots[from..].contains(&2));
/// ```
pub fn name_slots(names: &[&str]) -> alloc::vec::Vec<u16> {
    let mut slots = alloc::vec![0; (names.len() * 2).next_power_of_two().max(2)];
    let mask = slots.len() - 1;
    for (number, name) in (1..=u16::MAX).zip(names) {
        let mut at = NameHash::of(name.as_bytes()) as usize & mask;
        while slots.get(at).is_some_and(|slot| *slot != 0) {
            at = (at + 1) & mask;
        }
        if let Some(slot) = slots.get_mut(at) {
            *slot = number;
        }
    }
    slots
}
