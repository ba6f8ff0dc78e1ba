//! Keys that an object of JSON has twice. Readers take the first, the last or both (RFC 8259 section 4), so a line with
//! one says nothing that can be relied on.

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

/// A key that stands twice in one object.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Repeated {
    /// As it reads once escapes are undone.
    pub(super) key: String,
    /// The second of the two, with its quotes.
    pub(super) place: Range<usize>,
}

/// The first key that an object of `line` has twice, however deep; also none if the line is not JSON.
pub(super) fn first_repeated(line: &str) -> Option<Repeated> {
    let found = RefCell::new(None);
    let mut reader = serde_json::Deserializer::from_str(line);
    let error = Walk { found: &found }.deserialize(&mut reader).err()?;
    let key = found.into_inner()?;
    // The reader stops behind the key: at the quote that ends it, and blanks.
    let end = line.get(..error.column().min(line.len()))?.trim_end().len();
    let inside = line.get(..end.saturating_sub(1))?;
    let begins = |at: usize| !escaped(inside, at);
    let start = inside.rmatch_indices('"').map(|(at, _)| at).find(|at| begins(*at))?;
    Some(Repeated { key, place: start..end })
}

/// Whether a character is escaped: an odd number of backslashes stands before it.
fn escaped(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| (before.len() - before.trim_end_matches('\\').len()) % 2 == 1)
}

/// Reads a value and keeps nothing but the first repeated key.
#[derive(Clone, Copy)]
struct Walk<'f> {
    found: &'f RefCell<Option<String>>,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut keys = HashSet::new();
        while let Some(key) = members.next_key::<String>()? {
            if keys.contains(&key) {
                self.found.replace(Some(key));
                return Err(A::Error::custom("a key stands twice"));
            }
            keys.insert(key);
            members.next_value_seed(self)?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(self)?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, key: &str, place: &str) {
        let found = first_repeated(line).unwrap();
        assert_eq!(found.key, key);
        assert_eq!(line.get(found.place.clone()), Some(place));
        assert!(line.get(..found.place.start).unwrap().matches(place).count() <= 1, "not the first of them");
    }

    #[test]
    fn a_repeated_key_is_found_at_every_depth() {
        check(r#"{"a":1,"b":2,"a":3}"#, "a", "\"a\"");
        check(r#"{"m":{"oauth":[["a:read"]],"key":[],"oauth" : [[]]}}"#, "oauth", "\"oauth\"");
        check(r#"{"m":[[{"x":{"y":1,"y":null}}]]}"#, "y", "\"y\"");
    }

    #[test]
    fn escapes_are_undone_before_keys_are_compared() {
        check(r#"{"ab":1,"\u0061b":2}"#, "ab", r#""\u0061b""#);
        check(r#"{"a\"b":1, "a\"b":2}"#, "a\"b", r#""a\"b""#);
        check(r#"{"a\\":1, "a\\":2}"#, "a\\", r#""a\\""#);
    }

    #[test]
    fn one_key_in_two_objects_is_no_repetition() {
        assert_eq!(first_repeated(r#"{"a":{"x":1},"b":{"x":1},"c":[{"x":1},{"x":1.5}]}"#), None);
        assert_eq!(first_repeated(r#"{"a":1,"#), None);
        assert_eq!(first_repeated(&"[".repeat(100_000)), None);
    }
}
