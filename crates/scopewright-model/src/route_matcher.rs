//! The `match = "GET /api/**"` notation of families and declared routes.

use crate::core::{Method, MixedPart, RoutePattern, Segment};
use std::collections::BTreeMap;
use std::fmt;

/// Which operations a family or a declared route is about: methods and a path glob.
///
/// `GET /a`, `GET|HEAD /a`, `* /a` (every method). In the path `*` is one segment, a final `**` is any number of
/// segments (also none), and `{name}` is one segment whose fixed text can be used as `{name}` in `requires`.
///
/// ```
/// use scopewright_model::RouteMatcher;
/// use scopewright_model::core::Method;
/// let matcher: RouteMatcher = "GET /api/{resource}/**".parse().unwrap();
/// let captured = matcher.captures(Method::Get, &"/api/cameras/{id}".parse().unwrap()).unwrap();
/// assert_eq!(captured["resource"], "cameras");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteMatcher {
    text: String,
    /// Empty means every method.
    methods: Vec<Method>,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Literal(String),
    OneSegment,
    Capture(String),
    AnySegments,
}

/// Why a text is no route matcher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvalidMatcher {
    /// There is no blank between methods and path.
    NoMethod,
    /// A method name that is not one.
    UnknownMethod(String),
    /// The path does not begin with `/`.
    NoLeadingSlash,
    /// `**` stands before the end, or a brace is not closed.
    InvalidSegment(String),
}

impl fmt::Display for InvalidMatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMethod => f.write_str("write the method before the path, as in `GET /cameras/**`"),
            Self::UnknownMethod(text) => write!(f, "`{text}` is no HTTP method; write `*` for all of them"),
            Self::NoLeadingSlash => f.write_str("the path begins with `/`"),
            Self::InvalidSegment(text) => {
                write!(
                    f,
                    "`{text}` can't stand here; use `*`, `{{name}}`, fixed text, or `**` as the last segment"
                )
            }
        }
    }
}

impl std::error::Error for InvalidMatcher {}

impl std::str::FromStr for RouteMatcher {
    type Err = InvalidMatcher;

    fn from_str(text: &str) -> Result<Self, InvalidMatcher> {
        let (methods, path) = text.trim().split_once(char::is_whitespace).ok_or(InvalidMatcher::NoMethod)?;
        let methods = if matches!(methods, "*" | "ANY") {
            Vec::new()
        } else {
            methods
                .split('|')
                .map(|name| name.parse().map_err(|_| InvalidMatcher::UnknownMethod(name.to_owned())))
                .collect::<Result<_, _>>()?
        };
        let path = path.trim().strip_prefix('/').ok_or(InvalidMatcher::NoLeadingSlash)?;
        let mut parts = Vec::new();
        let mut segments = path.split('/').peekable();
        while let Some(segment) = segments.next() {
            parts.push(match segment {
                "**" if segments.peek().is_none() => Part::AnySegments,
                "*" => Part::OneSegment,
                _ if segment.contains("**") => {
                    return Err(InvalidMatcher::InvalidSegment(segment.to_owned()));
                }
                _ => match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                    Some(name) if !name.is_empty() && !name.contains(['{', '}']) => {
                        Part::Capture(name.to_owned())
                    }
                    _ => Part::Literal(segment.to_owned()),
                },
            });
        }
        Ok(Self { text: text.to_owned(), methods, parts })
    }
}

impl fmt::Display for RouteMatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl RouteMatcher {
    /// The methods named; empty means every method.
    pub fn methods(&self) -> &[Method] {
        &self.methods
    }

    /// The names captured with `{name}`.
    pub fn capture_names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Capture(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// The path, if the matcher names exactly one path (no `*` or `**`): then it can declare a route.
    pub fn as_route(&self) -> Option<RoutePattern> {
        if self.parts.iter().any(|part| matches!(part, Part::OneSegment | Part::AnySegments)) {
            return None;
        }
        self.text.split_once(char::is_whitespace).and_then(|(_, path)| path.trim().parse().ok())
    }

    /// What `{name}` stands for if the operation matches, none if it does not.
    /// A route that answers every method matches any method list.
    pub fn captures(&self, method: Method, path: &RoutePattern) -> Option<BTreeMap<String, String>> {
        if !self.methods.is_empty() && method != Method::Any && !self.methods.contains(&method) {
            return None;
        }
        let mut captured = BTreeMap::new();
        let mut segments = path.segments().iter();
        for part in &self.parts {
            if *part == Part::AnySegments {
                return Some(captured);
            }
            match (part, segments.next()?) {
                (Part::Literal(wanted), Segment::Literal(found)) if wanted == found => {}
                (Part::Literal(wanted), segment) if *wanted == segment_text(segment) => {}
                (Part::OneSegment, _) => {}
                (Part::Capture(name), segment) => {
                    captured.insert(name.clone(), segment_text(segment));
                }
                _ => return None,
            }
        }
        segments.next().is_none().then_some(captured)
    }
}

fn segment_text(segment: &Segment) -> String {
    match segment {
        Segment::Literal(text) => text.clone(),
        Segment::Parameter(name) => format!("{{{name}}}"),
        Segment::Tail(name) => format!("{{*{name}}}"),
        Segment::Mixed(parts) => parts
            .iter()
            .map(|part| match part {
                MixedPart::Text(text) => text.clone(),
                MixedPart::Parameter(name) => format!("{{{name}}}"),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(matcher: &str, method: Method, path: &str, expected: bool) {
        let matcher: RouteMatcher = matcher.parse().unwrap();
        assert_eq!(
            matcher.captures(method, &path.parse().unwrap()).is_some(),
            expected,
            "{matcher} on {path}"
        );
    }

    #[test]
    fn any_segments_also_means_none() {
        check("GET /a/**", Method::Get, "/a", true);
        check("GET /a/**", Method::Get, "/a/b/{c}", true);
        check("GET /a/**", Method::Get, "/ab", false);
        check("GET /**", Method::Get, "/", true);
    }

    #[test]
    fn methods_are_compared() {
        check("POST|PUT /a", Method::Put, "/a", true);
        check("POST|PUT /a", Method::Get, "/a", false);
        check("* /a", Method::Delete, "/a", true);
        check("GET /a", Method::Any, "/a", true);
    }

    #[test]
    fn one_segment_is_exactly_one() {
        check("GET /a/*", Method::Get, "/a/{id}", true);
        check("GET /a/*", Method::Get, "/a", false);
        check("GET /a/*", Method::Get, "/a/b/c", false);
    }
}
