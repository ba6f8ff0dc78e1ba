//! The metadata of a protected resource (RFC 9728), as a policy's `[resource]` has it.

#[cfg(feature = "_framework")]
use crate::record::Registration;
use scopewright_core::Method;

/// What an API says of itself as a protected resource of OAuth 2.0: RFC 9728 section 2, written at build time.
///
/// The typed router serves it when it is compared with the policy's table; a service whose framework does not have
/// one serves [`document`](Self::document) at [`path`](Self::path) itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResourceMetadata {
    /// The path it is served at (section 3.1).
    pub path: &'static str,
    /// Its URL, the `resource_metadata` of challenges (section 5.1).
    pub url: &'static str,
    /// The JSON object (section 3.2).
    pub document: &'static str,
}

impl ResourceMetadata {
    /// The media type of the document (section 3.2).
    pub const CONTENT_TYPE: &'static str = "application/json";
    /// The method it is asked for with (section 3.1).
    pub const METHOD: Method = Method::Get;

    /// Whether a service has registered something of its own in its place.
    #[cfg(feature = "_framework")]
    pub(crate) fn is_registered(&self, registered: &[Registration]) -> bool {
        let takes_it = |method| method == Self::METHOD || method == Method::Any;
        registered.iter().any(|it| it.path == self.path && takes_it(it.method))
    }
}
