//! HTTP methods, as a policy and a route table name them.

use core::fmt;
use core::str::FromStr;

/// A method of RFC 9110 section 9.3, PATCH (RFC 5789), or [`Any`](Method::Any): a route that answers all of them.
///
/// ```
/// use scopewright_core::Method;
/// assert_eq!("GET".parse(), Ok(Method::Get));
/// assert!("get".parse::<Method>().is_err(), "methods are case-sensitive (RFC 9110 section 9.1)");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the method names themselves")]
pub enum Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
    Options,
    Trace,
    Connect,
    /// Every method, standard or not.
    Any,
}

impl Method {
    /// All the methods there are names for, without [`Any`](Method::Any).
    pub const STANDARD: [Self; 9] = [
        Self::Get,
        Self::Head,
        Self::Post,
        Self::Put,
        Self::Patch,
        Self::Delete,
        Self::Options,
        Self::Trace,
        Self::Connect,
    ];

    /// The name on the wire, or `ANY`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Trace => "TRACE",
            Self::Connect => "CONNECT",
            Self::Any => "ANY",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text was not one of the method names this crate knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownMethod;

impl fmt::Display for UnknownMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an HTTP method name in upper case, nor `ANY`")
    }
}

impl core::error::Error for UnknownMethod {}

impl FromStr for Method {
    type Err = UnknownMethod;

    fn from_str(text: &str) -> Result<Self, UnknownMethod> {
        Self::STANDARD
            .into_iter()
            .chain([Self::Any])
            .find(|method| method.as_str() == text)
            .ok_or(UnknownMethod)
    }
}
