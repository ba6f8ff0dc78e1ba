//! A fast hash of a file's content, the key facts are stored under.
//!
//! Not cryptographic: an accidental collision of two files of one project has odds of about one in 2^64, and whoever
//! can write the cache can write the sources too.

const MULTIPLIERS: [u64; 3] = [0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93, 0xA076_1D64_78BD_642F];

/// The hash of `bytes`, told apart by `seed`.
///
/// Reads 16 bytes a step and folds each 128-bit product onto itself, so that every input bit reaches every output bit.
pub fn hash(bytes: &[u8], seed: u64) -> u64 {
    let [first, second, third] = MULTIPLIERS;
    let mut state = fold(seed ^ first, second ^ bytes.len() as u64);
    let mut chunks = bytes.chunks_exact(16);
    for chunk in &mut chunks {
        let (low, high) = chunk.split_at(8);
        state = fold(word(low) ^ state ^ second, word(high) ^ third);
    }
    let rest = chunks.remainder();
    let (low, high) = rest.split_at(rest.len().min(8));
    state = fold(word(low) ^ state ^ second, word(high) ^ third);
    fold(state ^ first, third)
}

fn word(bytes: &[u8]) -> u64 {
    // Build scripts are compiled without optimisation, where a loop over bytes costs more than all else of a warm run.
    if let Some(word) = bytes.first_chunk::<8>() {
        return u64::from_le_bytes(*word);
    }
    let mut padded = [0; 8];
    for (to, from) in padded.iter_mut().zip(bytes) {
        *to = *from;
    }
    u64::from_le_bytes(padded)
}

#[expect(clippy::cast_possible_truncation, reason = "both halves of the product are used")]
fn fold(left: u64, right: u64) -> u64 {
    let product = u128::from(left) * u128::from(right);
    (product as u64) ^ ((product >> 64) as u64)
}

/// A map whose keys are hashed as files are: names and places of a project, nothing an attacker could gain by choosing.
/// It has no order that may reach any output.
pub type Map<K, V> = std::collections::HashMap<K, V, std::hash::BuildHasherDefault<Hasher>>;

/// A set, as [`Map`].
pub type Set<K> = std::collections::HashSet<K, std::hash::BuildHasherDefault<Hasher>>;

/// The hasher of [`Map`].
#[derive(Default)]
pub struct Hasher(u64);

impl std::hash::Hasher for Hasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes, self.0);
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        let [first, second, _] = MULTIPLIERS;
        self.0 = fold(self.0 ^ number ^ first, second);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn one_changed_byte_changes_the_hash() {
        let text = b"fn main() { let app = Router::new(); }".to_vec();
        let mut seen = std::collections::BTreeSet::from([hash(&text, 1), hash(&text, 2)]);
        for at in 0..text.len() {
            let mut changed = text.clone();
            changed[at] ^= 1;
            assert!(seen.insert(hash(&changed, 1)), "byte {at}");
        }
        for length in 0..text.len() {
            assert!(seen.insert(hash(&text[..length], 1)), "length {length}");
        }
    }
}
