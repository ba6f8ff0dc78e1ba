//! The short way to a request's credential: what nearly every request carries is nothing, or one credential in a header.

use super::place::{Place, Within};
use super::{HeaderText, Places};
use crate::modes::ModeSet;

/// What a request carries, if that is simple.
pub(super) enum Alone<'r> {
    Nothing,
    /// A secret of these modes.
    One(ModeSet, &'r str),
    /// It is not simple, which says nothing of what it is.
    Unclear,
}

impl<N: PartialEq> Places<N> {
    /// What [`find_among_all`](Self::find_among_all) finds, if it is that simple.
    #[expect(clippy::inline_always, reason = "as a call it hands what it found over in memory")]
    #[inline(always)]
    pub(super) fn find_alone<'r, V: HeaderText + 'r>(
        &self,
        headers: impl Iterator<Item = (&'r N, &'r V)>,
    ) -> Alone<'r>
    where
        N: 'r,
    {
        if !self.is_simple {
            return Alone::Unclear;
        }
        let mut found = None;
        for (header, value) in headers {
            for (name, place) in &self.in_headers {
                if name == header && found.replace((place, value)).is_some() {
                    return Alone::Unclear;
                }
            }
        }
        let Some((place, value)) = found else { return Alone::Nothing };
        let secret = value.visible().and_then(|value| place.whole(value));
        match secret.map(|secret| (place.modes_of(secret), secret)) {
            Some((modes, secret)) if !modes.is_empty() => Alone::One(modes, secret),
            _ => Alone::Unclear,
        }
    }
}

impl Place {
    /// The secret, if it is all of a value, or all after the scheme.
    #[inline]
    fn whole<'r>(&self, value: &'r str) -> Option<&'r str> {
        let secret = match self.within {
            Within::Value => value,
            Within::Bearer => {
                let (scheme, token) = value.split_at_checked(7)?;
                let is_one_word = !token.as_bytes().iter().any(|byte| matches!(byte, b' ' | b'\t'));
                (scheme.eq_ignore_ascii_case("bearer ") && is_one_word).then_some(token)?
            }
            _ => return None,
        };
        let is_blank = |end: Option<&u8>| end.is_none_or(|byte| matches!(byte, b' ' | b'\t'));
        let bytes = secret.as_bytes();
        (!is_blank(bytes.first()) && !is_blank(bytes.last())).then_some(secret)
    }
}
