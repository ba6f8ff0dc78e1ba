//! Facts about sources, kept between runs in one file.
//!
//! The cache is never trusted: a file that is cut short, damaged, or written by another version is taken for empty.
//! What a run neither asked for nor stored is forgotten, so that the file does not grow.

use scopewright_routes::FactsCache;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher as _};
use std::sync::{Mutex, PoisonError};

/// The first bytes of a cache: what it is, and the version whose facts it holds.
const HEADER: &str = concat!("scopewright facts ", env!("CARGO_PKG_VERSION"), "\n");

/// The cache, in memory.
#[derive(Debug, Default)]
pub struct FactsFile {
    earlier: BTreeMap<u64, Vec<u8>>,
    current: Mutex<BTreeMap<u64, Vec<u8>>>,
}

impl FactsFile {
    /// Reads what [`to_bytes`](Self::to_bytes) wrote. Anything else is an empty cache.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self { earlier: read(bytes).unwrap_or_default(), current: Mutex::default() }
    }

    /// The facts this run used, sorted by key: the same facts give the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = HEADER.as_bytes().to_vec();
        let mut entries = Vec::new();
        for (key, facts) in self.current.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            entries.extend_from_slice(&key.to_le_bytes());
            entries.extend_from_slice(&(facts.len() as u64).to_le_bytes());
            entries.extend_from_slice(facts);
        }
        bytes.extend_from_slice(&checksum(&entries).to_le_bytes());
        bytes.extend_from_slice(&entries);
        bytes
    }
}

impl FactsCache for FactsFile {
    fn load(&self, key: u64) -> Option<Vec<u8>> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(facts) = current.get(&key) {
            return Some(facts.clone());
        }
        let facts = self.earlier.get(&key)?;
        current.insert(key, facts.clone());
        Some(facts.clone())
    }

    fn store(&self, key: u64, facts: &[u8]) {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).insert(key, facts.to_vec());
    }
}

fn read(bytes: &[u8]) -> Option<BTreeMap<u64, Vec<u8>>> {
    let rest = bytes.strip_prefix(HEADER.as_bytes())?;
    let (sum, mut rest) = number(rest)?;
    if sum != checksum(rest) {
        return None;
    }
    let mut entries = BTreeMap::new();
    while !rest.is_empty() {
        let (key, after_key) = number(rest)?;
        let (length, after_length) = number(after_key)?;
        let (facts, after_facts) = after_length.split_at_checked(usize::try_from(length).ok()?)?;
        entries.insert(key, facts.to_vec());
        rest = after_facts;
    }
    Some(entries)
}

/// Tells a damaged file from a whole one. It may differ between toolchains: then the cache is rebuilt.
fn checksum(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<8>()?;
    Some((u64::from_le_bytes(*number), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_come_back_and_unused_ones_are_forgotten() {
        let first = FactsFile::default();
        first.store(1, b"one");
        first.store(2, b"");
        let second = FactsFile::from_bytes(&first.to_bytes());
        assert_eq!(second.load(1).as_deref(), Some(&b"one"[..]));
        let third = FactsFile::from_bytes(&second.to_bytes());
        assert_eq!(third.load(1).as_deref(), Some(&b"one"[..]));
        assert_eq!(third.load(2), None);
    }

    #[test]
    fn a_damaged_or_foreign_file_is_an_empty_cache() {
        let cache = FactsFile::default();
        cache.store(7, b"facts");
        let bytes = cache.to_bytes();
        for damaged_at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[damaged_at] ^= 1;
            assert_eq!(FactsFile::from_bytes(&damaged).load(7), None, "byte {damaged_at}");
            assert_eq!(FactsFile::from_bytes(&bytes[..damaged_at]).load(7), None, "cut at {damaged_at}");
        }
    }
}
