//! `[resource]`: the API as a protected resource of OAuth 2.0 (RFC 9728).

use super::Declared;
use super::decision::find_reason;
use super::sources::texts;
use crate::context::Context;
use crate::raw::{Field, Many, Pattern, Text, raw_table};
use scopewright_model::policy::AuthMode;
use scopewright_model::{Code, Diagnostic, Resource, Span, Spanned};

raw_table! {
    /// The API as a protected resource of OAuth 2.0. Its metadata (RFC 9728) is served, and challenges name it.
    RawResource {
        /// The resource identifier: the URL clients know the API by.
        identifier: Required Identifier = "identifier", "\"https://api.example.com/v1\"";
        /// Issuer identifiers of the authorization servers whose tokens the API takes.
        authorization_servers: Optional Many<Issuer> = "authorization_servers", "[\"https://auth.example.com\"]";
        /// A page for developers.
        documentation: Optional Page = "documentation", "\"https://docs.example.com/api\"";
        /// The metadata is served to everybody; the name of a reason under `[public_reasons]`.
        public: Required Text = "public", "\"metadata\"";
    }
    rules []
}

/// A resource identifier: an `https` URL without fragment (RFC 9728 section 1.2) and, because metadata is served by
/// path, without query.
#[derive(Debug)]
pub(crate) struct Identifier(String);

impl Pattern for Identifier {
    const PATTERN: &'static str = r"^https://[^\s/?#]+(/[^\s?#]*)?$";

    fn parse(text: &str) -> Result<Self, (String, String)> {
        let Some(path) = path_of_https(text) else {
            return Err((
                format!("is no resource identifier: `{}`", text.escape_debug()),
                "write an `https` URL without query and fragment, as in `https://api.example.com/v1`"
                    .to_owned(),
            ));
        };
        match path.split('/').find(|segment| !is_served_as_written(segment)) {
            None => Ok(Self(text.to_owned())),
            Some(segment) => Err((
                format!("has the segment `{segment}`, which a router would not take as it is written"),
                "percent-encode what is no letter, digit or one of `-._~!$&'+,;=@`".to_owned(),
            )),
        }
    }
}

/// An issuer identifier: an `https` URL without query and fragment (RFC 8414 section 2).
#[derive(Debug)]
pub(crate) struct Issuer(String);

impl Pattern for Issuer {
    const PATTERN: &'static str = r"^https://[^\s/?#]+(/[^\s?#]*)?$";

    fn parse(text: &str) -> Result<Self, (String, String)> {
        path_of_https(text).map(|_| Self(text.to_owned())).ok_or_else(|| {
            (
                format!("is no issuer identifier: `{}`", text.escape_debug()),
                "write an `https` URL without query and fragment, as in `https://auth.example.com`"
                    .to_owned(),
            )
        })
    }
}

/// The address of a page.
#[derive(Debug)]
pub(crate) struct Page(String);

impl Pattern for Page {
    const PATTERN: &'static str = r"^https?://[^\s]+$";

    fn parse(text: &str) -> Result<Self, (String, String)> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        if rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic())) {
            return Ok(Self(text.to_owned()));
        }
        Err((
            format!("is no address of a page: `{}`", text.escape_debug()),
            "write it from `https://` on".to_owned(),
        ))
    }
}

/// The path of an `https` URL with a host and without user, query and fragment; none if it is something else.
fn path_of_https(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("https://")?;
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => (host, "443"),
    };
    let is_address = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).is_some_and(|address| {
        !address.is_empty() && address.bytes().all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte))
    });
    let is_name = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=".contains(&byte));
    let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_path = path.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#\"<>\\^`{|}".contains(&byte));
    ((is_name || is_address) && is_port && is_path).then_some(path)
}

/// Whether a path segment is text to every router: no sign of a parameter or wildcard, and nothing that is decoded.
fn is_served_as_written(segment: &str) -> bool {
    segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~!$&'+,;=@%".contains(&byte))
}

impl RawResource {
    /// `[resource]`, checked.
    pub(crate) fn check(
        self,
        span: Span,
        modes: &[AuthMode],
        declared: Declared<'_>,
        cx: &mut Context<'_>,
    ) -> Option<Resource> {
        if !modes.iter().any(|mode| mode.credential.is_bearer()) {
            report_no_bearer(&span, modes, cx);
        }
        let public = self.public.map(Field::spanned).and_then(|reason| find_reason(reason, declared, cx));
        let identifier = self.identifier.map(Field::spanned)?;
        Some(Resource {
            identifier: Spanned::new(identifier.value.0, identifier.span),
            authorization_servers: texts(self.authorization_servers, |issuer| issuer.0)
                .into_iter()
                .map(|issuer| issuer.value)
                .collect(),
            documentation: self.documentation.map(|page| page.value.0),
            public: public?,
            span,
        })
    }
}

fn report_no_bearer(span: &Span, modes: &[AuthMode], cx: &mut Context<'_>) {
    let message = "`[resource]` describes what OAuth 2.0 tokens open, but no auth mode is a bearer token";
    let mut finding = Diagnostic::new(Code::InvalidValue, message, span.clone(), "no client could use it");
    for mode in modes {
        finding = finding.also(mode.span.clone(), "is no bearer token");
    }
    cx.report(finding.help(
        "declare the mode of the tokens with `type = \"bearer\"`, `\"oauth2\"` or `\"openid-connect\"`, or leave \
         `[resource]` out",
    ));
}
