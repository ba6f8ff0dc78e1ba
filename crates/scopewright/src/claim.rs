//! A token's scope claim, as it comes out of a decoder.

use crate::catalogue::{Catalogue, ClaimFormat};
use crate::grant::{Grant, UnexpectedClaim};

/// A scope claim (`scope`, `scp`) as a token carries it: a text or an array. With the feature `serde` it stands in the
/// struct a token is decoded into.
///
/// ```
/// # scopewright::doc_example!();
/// use scopes::{AuthMode, Scope};
/// use scopewright::{Claim, Grant};
/// let claim = Claim::Text("read:cameras".into());
/// assert!(Grant::<Scope>::from_claim_value(AuthMode::Operator, &claim).unwrap().holds(Scope::ReadCameras));
/// let claim = Claim::List(vec!["read:cameras".into()]);
/// assert!(Grant::<Scope>::from_claim_value(AuthMode::Operator, &claim).is_err(), "the policy says: a text");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(untagged))]
pub enum Claim {
    /// Names in one text.
    Text(String),
    /// An array of names.
    List(Vec<String>),
}

impl<C: Catalogue> Grant<C> {
    /// A grant of the scopes in a claim, which must have the form the policy declares for the mode.
    ///
    /// # Errors
    /// If it has the other form.
    pub fn from_claim_value(mode: C::Mode, claim: &Claim) -> Result<Self, UnexpectedClaim> {
        let expected =
            C::policy().mode(C::mode_index(mode)).map_or(ClaimFormat::SpaceSeparated, |row| row.claim_format);
        match (claim, expected) {
            (Claim::Text(text), ClaimFormat::SpaceSeparated | ClaimFormat::CommaSeparated) => {
                Self::from_claim(mode, text)
            }
            (Claim::List(names), ClaimFormat::Array) => Ok(Self::from_scopes(mode, names)),
            _ => Err(UnexpectedClaim { expected }),
        }
    }
}

/// Reads a generated enum by its name.
///
/// # Errors
/// The deserializer's, or that the policy has no such name.
#[doc(hidden)]
#[cfg(feature = "serde")]
pub fn deserialize_name<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    struct Name<T>(std::marker::PhantomData<T>);

    impl<T: std::str::FromStr<Err: std::fmt::Display>> serde::de::Visitor<'_> for Name<T> {
        type Value = T;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a name that the scope policy declares")
        }

        fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<T, E> {
            name.parse().map_err(E::custom)
        }
    }

    deserializer.deserialize_str(Name(std::marker::PhantomData))
}
