//! Which resources of an MCP server a decision is about: a URI, or a template of URIs.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

/// The longest URI that a template can fit, in bytes. RFC 9110 section 4.1 has 8000 octets as what everybody should take.
const LONGEST: usize = 8192;
/// How often a URI may be percent-encoded over itself. What is encoded more often fits no template.
const MOST_LAYERS: usize = 4;

/// A URI, or a template with `{name}` and `{+name}` (RFC 6570 sections 3.2.2 and 3.2.3). Begins with a scheme.
///
/// ```
/// use scopewright_core::ResourcePattern;
/// let snapshots = ResourcePattern::parse("cameras://{id}/snapshot").unwrap();
/// assert!(snapshots.is_template());
/// assert!(snapshots.fits("cameras://7/snapshot"));
/// assert!(!snapshots.fits("cameras://7/8/snapshot"), "a value takes no slash");
/// assert!(ResourcePattern::parse("cameras://{?all}").is_err(), "nothing but values in the path");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResourcePattern<'t> {
    text: &'t str,
}

/// Why a text is no URI and no template of URIs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidResourcePattern {
    /// It does not begin with a scheme and a colon (RFC 3986 section 3.1).
    NoScheme,
    /// A `{` without `}` or the other way round.
    UnbalancedBraces,
    /// An expression that is not `{name}` or `{+name}`.
    OtherExpression,
    /// Two expressions without a text in between: where does one end?
    Adjacent,
    /// A blank or a control character.
    Blank,
}

impl fmt::Display for InvalidResourcePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoScheme => "a URI begins with a scheme, as in `cameras://`",
            Self::UnbalancedBraces => "a `{` and its `}` belong together",
            Self::OtherExpression => "of the expressions of RFC 6570 only `{name}` and `{+name}` are read",
            Self::Adjacent => "between two expressions there must be a text",
            Self::Blank => "a URI holds no blank and no control character",
        })
    }
}

impl core::error::Error for InvalidResourcePattern {}

/// A part of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'t> {
    Text(&'t str),
    /// `{name}`: unreserved characters and escapes.
    Value,
    /// `{+name}`: reserved ones too, slashes among them.
    Reserved,
}

impl<'t> ResourcePattern<'t> {
    /// Reads one.
    ///
    /// # Errors
    /// Where the text is no URI and no template that is read here.
    pub fn parse(text: &'t str) -> Result<Self, InvalidResourcePattern> {
        if text.chars().any(|character| character.is_whitespace() || character.is_control()) {
            return Err(InvalidResourcePattern::Blank);
        }
        if scheme(text).is_none() {
            return Err(InvalidResourcePattern::NoScheme);
        }
        let parts = parts(text)?;
        let is_value = |part: &Part<'_>| !matches!(part, Part::Text(_));
        if parts.windows(2).any(|pair| pair.iter().all(is_value)) {
            return Err(InvalidResourcePattern::Adjacent);
        }
        Ok(Self { text })
    }

    /// The text, as it was written.
    pub const fn as_str(self) -> &'t str {
        self.text
    }

    /// Whether it has expressions.
    pub fn is_template(self) -> bool {
        self.text.contains('{')
    }

    /// The text with the names of expressions left out: what two templates are compared by.
    ///
    /// ```
    /// # use scopewright_core::ResourcePattern;
    /// let shape = |text| ResourcePattern::parse(text).unwrap().shape();
    /// assert_eq!(shape("cameras://{id}/{+rest}"), shape("cameras://{camera}/{+path}"));
    /// assert_ne!(shape("cameras://{id}"), shape("cameras://{+id}"));
    /// ```
    pub fn shape(self) -> String {
        let mut shape = String::new();
        for part in parts(self.text).unwrap_or_default() {
            shape.push_str(match part {
                Part::Text(text) => text,
                Part::Value => "{}",
                Part::Reserved => "{+}",
            });
        }
        shape
    }

    /// Whether it is this URI, or the template can be expanded to it: byte for byte, nothing decoded.
    pub fn fits(self, uri: &str) -> bool {
        if self.is_template() { self.fits_as(uri, Reading::Strict) } else { self.text == uri }
    }

    fn fits_as(self, uri: &str, reading: Reading) -> bool {
        let Ok(parts) = parts(self.text) else { return false };
        let bytes = uri.as_bytes();
        // Where what was read of the template can end.
        let mut ends = vec![false; bytes.len() + 1];
        if let Some(start) = ends.first_mut() {
            *start = true;
        }
        for part in parts {
            ends = match part {
                Part::Text(text) => after_text(&ends, bytes, text.as_bytes()),
                Part::Value => after_value(&ends, bytes, |byte| reading.is_of_value(byte)),
                Part::Reserved => after_value(&ends, bytes, |byte| reading.is_reserved(byte)),
            };
        }
        ends.last().copied().unwrap_or(false)
    }
}

impl fmt::Display for ResourcePattern<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

/// The patterns that decide about a URI, by position: all of them have to be met. None if nobody has decided about it.
///
/// A URI that stands among the patterns as it was sent is decided by that entry. Any other has to fit a template as it
/// was sent. What else it is to somebody who decodes or normalizes it first (RFC 3986 section 6.2: escapes, letter case
/// of the scheme, empty and repeated slashes, query and fragment) has to be met besides, so that no spelling opens more.
/// Dot segments, control characters and broken escapes fit no template.
///
/// ```
/// use scopewright_core::resources_about;
/// let patterns = ["docs://secret", "docs://{name}", "docs://{name}/pages"];
/// let about = |uri| resources_about(uri, patterns);
/// assert_eq!(about("docs://secret"), [0]);
/// assert_eq!(about("docs://faq"), [1]);
/// assert_eq!(about("docs://s%65cret"), [0, 1], "it is `docs://secret` to a server that decodes");
/// assert!(about("docs://%2E%2E").is_empty());
/// ```
pub fn resources_about<'p>(uri: &str, patterns: impl IntoIterator<Item = &'p str>) -> Vec<usize> {
    let patterns = patterns.into_iter().enumerate();
    let all: Vec<(usize, ResourcePattern<'p>)> =
        patterns.filter_map(|(at, text)| Some((at, ResourcePattern::parse(text).ok()?))).collect();
    if let Some((at, _)) = all.iter().find(|(_, pattern)| !pattern.is_template() && pattern.text == uri) {
        return vec![*at];
    }
    let mut templates = all.iter().filter(|(_, pattern)| pattern.is_template());
    if uri.len() > LONGEST || !templates.any(|(_, template)| template.fits(uri)) {
        return Vec::new();
    }
    let Some(forms) = forms(uri) else { return Vec::new() };
    let is_about = |pattern: ResourcePattern<'_>| {
        forms.iter().any(|form| {
            if pattern.is_template() {
                pattern.fits_as(form, Reading::Lenient)
            } else {
                pattern.text == form || normalized(pattern.text) == *form
            }
        })
    };
    all.into_iter().filter(|(_, pattern)| is_about(*pattern)).map(|(at, _)| at).collect()
}

/// How strictly values are read.
#[derive(Debug, Clone, Copy)]
enum Reading {
    /// As RFC 6570 expands them.
    Strict,
    /// As a server may take them that looks for slashes alone.
    Lenient,
}

impl Reading {
    fn is_of_value(self, byte: u8) -> bool {
        match self {
            Self::Strict => byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte),
            Self::Lenient => byte != b'/',
        }
    }

    fn is_reserved(self, byte: u8) -> bool {
        match self {
            Self::Strict => self.is_of_value(byte) || b":/?#[]@!$&'()*+,;=".contains(&byte),
            Self::Lenient => true,
        }
    }
}

/// The parts of a template, first to last.
fn parts(text: &str) -> Result<Vec<Part<'_>>, InvalidResourcePattern> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (literal, after) =
            rest.split_once('{').map_or((rest, None), |(before, after)| (before, Some(after)));
        if literal.contains('}') {
            return Err(InvalidResourcePattern::UnbalancedBraces);
        }
        if !literal.is_empty() {
            parts.push(Part::Text(literal));
        }
        let Some(after) = after else { break };
        let (expression, after) = after.split_once('}').ok_or(InvalidResourcePattern::UnbalancedBraces)?;
        let (part, name) = match expression.strip_prefix('+') {
            Some(name) => (Part::Reserved, name),
            None => (Part::Value, expression),
        };
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if name.is_empty() || !name.bytes().all(is_name) {
            return Err(InvalidResourcePattern::OtherExpression);
        }
        parts.push(part);
        rest = after;
    }
    Ok(parts)
}

/// Where a text ends that begins at one of `starts`.
fn after_text(starts: &[bool], bytes: &[u8], text: &[u8]) -> Vec<bool> {
    let mut ends = vec![false; starts.len()];
    for (at, _) in starts.iter().enumerate().filter(|(_, is_start)| **is_start) {
        let is_there = bytes.get(at..).is_some_and(|rest| rest.starts_with(text));
        if let Some(end) = ends.get_mut(at + text.len()).filter(|_| is_there) {
            *end = true;
        }
    }
    ends
}

/// Where a value ends that begins at one of `starts`: after one byte or more, all of which it may hold.
fn after_value(starts: &[bool], bytes: &[u8], may_hold: impl Fn(u8) -> bool) -> Vec<bool> {
    let mut ends = Vec::with_capacity(starts.len());
    ends.push(false);
    let mut is_within = false;
    for (byte, is_start) in bytes.iter().zip(starts) {
        is_within = (is_within || *is_start) && may_hold(*byte);
        ends.push(is_within);
    }
    ends
}

/// The scheme, if the text begins with one (RFC 3986 section 3.1).
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let begins = scheme.bytes().next().is_some_and(|first| first.is_ascii_alphabetic());
    (begins && scheme.bytes().all(is_allowed)).then_some(scheme)
}

/// All that a URI may be to who decodes and normalizes it, itself included. None for one that nobody should read.
fn forms(uri: &str) -> Option<Vec<String>> {
    let mut forms = Vec::new();
    let mut layer = uri.to_owned();
    for _ in 0..=MOST_LAYERS {
        if is_evasive(&layer) {
            return None;
        }
        let decoded = decoded(&layer);
        let normal = normalized(&layer);
        if normal != layer {
            forms.push(normal);
        }
        // The one that was sent has to be right; what it decodes to may hold a `%` of its own.
        let is_sent = layer == uri;
        forms.push(layer);
        match decoded {
            Decoded::Broken if is_sent => return None,
            Decoded::Same | Decoded::Broken => return Some(forms),
            Decoded::Other(next) => layer = next,
        }
    }
    None
}

/// Whether a path has dot segments, or the text what no URI holds.
fn is_evasive(text: &str) -> bool {
    let mut segments = text.split(['/', '\\', '?', '#']);
    segments.any(|segment| matches!(segment, "." | "..")) || text.chars().any(char::is_control)
}

/// The scheme and authority in lower case, and the path without query, fragment and slashes that say nothing.
fn normalized(text: &str) -> String {
    let text = text.split(['?', '#']).next().unwrap_or_default();
    let (mut normal, path) = if let Some((scheme, rest)) = text.split_once("://") {
        let end = rest.find(['/', '\\']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let mut head = scheme.to_ascii_lowercase();
        head.push_str("://");
        head.push_str(&authority.to_ascii_lowercase());
        (head, path)
    } else {
        let (scheme, path) = text.split_once(':').unwrap_or(("", text));
        let mut head = scheme.to_ascii_lowercase();
        head.push(':');
        (head, path)
    };
    let mut is_after_slash = false;
    for character in path.chars() {
        let is_slash = matches!(character, '/' | '\\');
        if is_slash && !is_after_slash {
            normal.push('/');
        } else if !is_slash {
            normal.push(character);
        }
        is_after_slash = is_slash;
    }
    if !path.is_empty() && normal.ends_with('/') {
        normal.pop();
    }
    normal
}

/// What percent-decoding makes of a text.
enum Decoded {
    Same,
    Other(String),
    /// An escape without two digits, or octets that are no text.
    Broken,
}

fn decoded(text: &str) -> Decoded {
    if !text.contains('%') {
        return Decoded::Same;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
        let octet = digit().zip(digit()).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        let Some(octet) = octet else { return Decoded::Broken };
        bytes.push(octet);
    }
    String::from_utf8(bytes).map_or(Decoded::Broken, Decoded::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATTERNS: [&str; 6] = [
        "cameras://all",
        "cameras://admin/keys",
        "cameras://{id}",
        "cameras://{id}/snapshot",
        "file:///{+path}",
        "file:///etc/{name}",
    ];

    #[track_caller]
    fn check(uri: &str, expected: &[usize]) {
        assert_eq!(resources_about(uri, PATTERNS), expected, "{uri}");
    }

    #[test]
    fn what_is_sent_decides() {
        check("cameras://all", &[0]);
        check("cameras://7", &[2]);
        check("cameras://7/snapshot", &[3]);
        check("cameras://a%20b", &[2]);
        check("file:///a/b/c.txt", &[4]);
        check("file:///etc/passwd", &[4, 5]);
    }

    #[test]
    fn what_fits_nothing_is_decided_by_nobody() {
        for uri in [
            "",
            "cameras:",
            "cameras://",
            "cameras:///snapshot",
            "cameras://7/8/snapshot",
            "cameras://7/",
            "cameras://a b",
            "cameras://a@b",
            "cameras://é",
            "CAMERAS://7",
            "cameras://7?x",
            "cameras://{id}",
            "file://",
            "file:///",
            " cameras://all",
        ] {
            check(uri, &[]);
        }
    }

    #[test]
    fn no_spelling_opens_more() {
        check("cameras://%61ll", &[0, 2]);
        check("cameras://%2561ll", &[0, 2]);
        check("cameras://admin%2Fkeys", &[1, 2]);
        check("cameras://admin%2fkeys%3Fx", &[1, 2]);
        check("cameras://admin%5Ckeys", &[1, 2]);
        check("cameras://ALL", &[0, 2]);
        check("cameras://all%2F", &[0, 2]);
        check("cameras://all%2f%2F%3f", &[0, 2]);
        check("cameras://7%2Fsnapshot", &[2, 3]);
        check("file:///etc//passwd", &[4, 5]);
        check("file:////etc/passwd", &[4, 5]);
        check("file:///etc/passwd/", &[4, 5]);
        check("file:///etc/passwd?x", &[4, 5]);
        check("file:///etc/passwd#x", &[4, 5]);
        check("file:///%65tc/passwd", &[4, 5]);
    }

    #[test]
    fn what_only_means_harm_fits_no_template() {
        for uri in [
            "file:///a/../etc/passwd",
            "file:///a/%2e%2e/etc/passwd",
            "file:///a/%252e%252e/etc/passwd",
            "file:///./etc/passwd",
            "file:///..",
            "cameras://..",
            "cameras://%2e",
            "cameras://..%5Cx",
            "cameras://a%00",
            "cameras://a%0d%0a",
            "cameras://%zz",
            "cameras://%e9",
            "cameras://%2525252525252525",
        ] {
            check(uri, &[]);
        }
        check(&alloc::format!("cameras://{}", "a".repeat(LONGEST)), &[]);
        check("cameras://100%25", &[2]);
    }

    #[test]
    fn every_split_of_a_value_is_looked_at() {
        let fits = |template, uri| ResourcePattern::parse(template).unwrap().fits(uri);
        assert!(fits("a:{x}-{y}", "a:1-2-3"));
        assert!(fits("a:{x}-{y}.txt", "a:1-2.txt.txt"));
        assert!(!fits("a:{x}-{y}", "a:-"));
        assert!(fits("a:{+x}/{y}", "a:1/2/3"));
        assert!(!fits("a:{x}/{y}", "a:1/2/3"));
    }

    #[test]
    fn only_uris_and_plain_templates_are_read() {
        use InvalidResourcePattern::{Adjacent, Blank, NoScheme, OtherExpression, UnbalancedBraces};
        for (text, expected) in [
            ("", NoScheme),
            ("cameras", NoScheme),
            ("{scheme}://x", NoScheme),
            ("7a://x", NoScheme),
            ("a:{", UnbalancedBraces),
            ("a:}", UnbalancedBraces),
            ("a:{x}}", UnbalancedBraces),
            ("a:{}", OtherExpression),
            ("a:{?x}", OtherExpression),
            ("a:{x*}", OtherExpression),
            ("a:{x,y}", OtherExpression),
            ("a:{x:3}", OtherExpression),
            ("a:{{x}}", OtherExpression),
            ("a:{x}{y}", Adjacent),
            ("a: b", Blank),
            ("a:\u{0}", Blank),
        ] {
            assert_eq!(ResourcePattern::parse(text), Err(expected), "{text}");
        }
    }
}
