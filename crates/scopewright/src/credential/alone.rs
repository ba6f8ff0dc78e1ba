//! The short way to a request's credential: what nearly every request carries is nothing, or one credential in a header.

use super::place::{Place, Within};
use super::{Found, Places, Secrets};
use std::borrow::Cow;

impl<N: PartialEq> Places<N> {
    /// What [`find_among_all`](Self::find_among_all) finds, if it is that simple; `None` says nothing.
    #[inline]
    pub(super) fn find_alone<'r>(&self, headers: impl Iterator<Item = (&'r N, &'r [u8])>) -> Option<Found<'r>>
    where
        N: 'r,
    {
        if !self.in_query.is_empty() || !self.parts.is_empty() {
            return None;
        }
        let mut found = None;
        for (header, value) in headers {
            for (name, place) in &self.in_headers {
                if name == header && found.replace((place, value)).is_some() {
                    return None;
                }
            }
        }
        match found {
            None => Some(Found::Nothing),
            Some((place, value)) => place.alone(value),
        }
    }
}

impl Place {
    #[inline]
    fn alone<'r>(&self, value: &'r [u8]) -> Option<Found<'r>> {
        let secret = match self.within {
            Within::Value => value,
            Within::Bearer => {
                let (scheme, token) = value.split_at_checked(7)?;
                let is_one_word = !token.contains(&b' ') && !token.contains(&b'\t');
                (scheme.eq_ignore_ascii_case(b"bearer ") && is_one_word).then_some(token)?
            }
            _ => return None,
        };
        let is_trimmed = |end: Option<&u8>| end.is_some_and(|byte| matches!(byte, b'!'..=b'~'));
        if !is_trimmed(secret.first()) || !is_trimmed(secret.last()) {
            return None;
        }
        let secret = std::str::from_utf8(secret).ok().filter(|secret| secret.is_ascii())?;
        let modes = self.modes_of(secret);
        (!modes.is_empty()).then_some(Found::One(modes, Secrets::One(Cow::Borrowed(secret))))
    }
}
