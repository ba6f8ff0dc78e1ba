//! Route patterns: one notation for the spellings of many frameworks.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// One part of a path between slashes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// Fixed text.
    Literal(String),
    /// A parameter that takes the whole segment.
    Parameter(String),
    /// A parameter that takes this and all following segments. Only as the last segment.
    Tail(String),
    /// Text and parameters mixed, such as `{name}:approve`, as (fixed text, parameter name) parts in order.
    Mixed(Vec<MixedPart>),
}

/// A part of [`Segment::Mixed`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MixedPart {
    /// Fixed text.
    Text(String),
    /// A parameter.
    Parameter(String),
}

/// A full path with parameters. `{id}`, `:id`, `{id:\d+}`, `<id>`, `{*rest}`, `*rest`, `<path..>`, `{name}:approve`
/// and `f(x={v})` are all read; [`Display`](fmt::Display) prints `{name}` and `{*name}` whatever the spelling was.
///
/// What is printed is read back as the same pattern, whatever text it was read from.
///
/// Two patterns that differ only in parameter names or in letter case have equal [`shape`](Self::shape)s.
///
/// ```
/// use scopewright_core::RoutePattern;
/// let pattern: RoutePattern = "/cameras/:id".parse().unwrap();
/// assert_eq!(pattern.to_string(), "/cameras/{id}");
/// assert_eq!(pattern.shape(), "/Cameras/{camera}".parse::<RoutePattern>().unwrap().shape());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoutePattern {
    segments: Vec<Segment>,
}

/// Why a text is no route pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvalidPattern {
    /// The path does not begin with `/`.
    NoLeadingSlash,
    /// A `{` without `}` or the other way round.
    UnbalancedBraces,
    /// A parameter without a name.
    UnnamedParameter,
    /// A parameter whose name holds `/`, `*` or a brace, and so would read as something else once it is printed.
    InvalidName,
    /// A tail parameter that is not the last segment.
    TailNotLast,
}

impl fmt::Display for InvalidPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoLeadingSlash => "a path begins with `/`",
            Self::UnbalancedBraces => "a `{` and its `}` belong together",
            Self::UnnamedParameter => "a parameter needs a name",
            Self::InvalidName => "the name of a parameter holds no `/`, no `*` and no brace",
            Self::TailNotLast => "a parameter that takes the rest of the path must stand last",
        })
    }
}

impl core::error::Error for InvalidPattern {}

impl RoutePattern {
    /// The segments, first to last. `/` has one segment, an empty literal.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The names of the parameters, in order.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().flat_map(|segment| {
            let (one, parts): (Option<&str>, &[MixedPart]) = match segment {
                Segment::Literal(_) => (None, &[]),
                Segment::Parameter(name) | Segment::Tail(name) => (Some(name), &[]),
                Segment::Mixed(parts) => (None, parts),
            };
            one.into_iter().chain(parts.iter().filter_map(|part| match part {
                MixedPart::Text(_) => None,
                MixedPart::Parameter(name) => Some(name.as_str()),
            }))
        })
    }

    /// The pattern with parameter names erased and letters in lower case: what two routes are compared by.
    pub fn shape(&self) -> String {
        let mut shape = String::new();
        for segment in &self.segments {
            shape.push('/');
            match segment {
                Segment::Literal(text) => shape.push_str(&text.to_lowercase()),
                Segment::Parameter(_) => shape.push_str("{}"),
                Segment::Tail(_) => shape.push_str("{*}"),
                Segment::Mixed(parts) => {
                    for part in parts {
                        match part {
                            MixedPart::Text(text) => shape.push_str(&text.to_lowercase()),
                            MixedPart::Parameter(_) => shape.push_str("{}"),
                        }
                    }
                }
            }
        }
        shape
    }
}

impl core::str::FromStr for RoutePattern {
    type Err = InvalidPattern;

    fn from_str(text: &str) -> Result<Self, InvalidPattern> {
        let rest = text.strip_prefix('/').ok_or(InvalidPattern::NoLeadingSlash)?;
        let mut segments = Vec::new();
        for part in split_outside_braces(rest)? {
            if matches!(segments.last(), Some(Segment::Tail(_))) {
                return Err(InvalidPattern::TailNotLast);
            }
            segments.push(segment(part)?);
        }
        Ok(Self { segments })
    }
}

/// Splits at `/`, but not inside `{..}`: `{path:a/b}` is one segment.
fn split_outside_braces(text: &str) -> Result<Vec<&str>, InvalidPattern> {
    let mut parts = Vec::new();
    let mut depth = 0_u32;
    let mut rest = text;
    let mut from = 0;
    for (at, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.checked_sub(1).ok_or(InvalidPattern::UnbalancedBraces)?,
            '/' if depth == 0 => {
                parts.push(text.get(from..at).unwrap_or_default());
                from = at + 1;
                rest = text.get(from..).unwrap_or_default();
            }
            _ => {}
        }
    }
    if depth != 0 {
        return Err(InvalidPattern::UnbalancedBraces);
    }
    parts.push(rest);
    Ok(parts)
}

fn segment(text: &str) -> Result<Segment, InvalidPattern> {
    if let Some(name) =
        text.strip_prefix(':').or_else(|| text.strip_prefix("<").and_then(|t| t.strip_suffix('>')))
    {
        return match name.strip_suffix("..") {
            Some(name) => Ok(Segment::Tail(parameter_name(name)?)),
            None => Ok(Segment::Parameter(parameter_name(name)?)),
        };
    }
    if let Some(name) = text.strip_prefix('*') {
        return Ok(Segment::Tail(parameter_name(name)?));
    }
    let mut parts = mixed_parts(text)?;
    if parts.len() == 1 {
        return match parts.pop() {
            Some((false, text)) => Ok(Segment::Literal(text.to_owned())),
            Some((true, inside)) => match inside.strip_prefix('*') {
                Some(name) => Ok(Segment::Tail(parameter_name(name)?)),
                None if is_tail_expression(inside) => Ok(Segment::Tail(parameter_name(inside)?)),
                None => Ok(Segment::Parameter(parameter_name(inside)?)),
            },
            None => Ok(Segment::Literal(String::new())),
        };
    }
    parts
        .into_iter()
        .map(|(is_parameter, text)| {
            Ok(if is_parameter {
                MixedPart::Parameter(parameter_name(text)?)
            } else {
                MixedPart::Text(text.to_owned())
            })
        })
        .collect::<Result<Vec<_>, _>>()
        .map(|parts| if parts.is_empty() { Segment::Literal(String::new()) } else { Segment::Mixed(parts) })
}

/// Cuts a segment into (is a parameter, text) parts at its outermost braces.
fn mixed_parts(text: &str) -> Result<Vec<(bool, &str)>, InvalidPattern> {
    let mut parts = Vec::new();
    let mut depth = 0_u32;
    let mut from = 0;
    for (at, character) in text.char_indices() {
        match character {
            '{' => {
                if depth == 0 {
                    if at > from {
                        parts.push((false, text.get(from..at).unwrap_or_default()));
                    }
                    from = at + 1;
                }
                depth += 1;
            }
            '}' => {
                depth = depth.checked_sub(1).ok_or(InvalidPattern::UnbalancedBraces)?;
                if depth == 0 {
                    parts.push((true, text.get(from..at).unwrap_or_default()));
                    from = at + 1;
                }
            }
            _ => {}
        }
    }
    if depth != 0 {
        return Err(InvalidPattern::UnbalancedBraces);
    }
    if from < text.len() {
        parts.push((false, text.get(from..).unwrap_or_default()));
    }
    Ok(parts)
}

/// `{path:.*}` and `{path:.+}` match across slashes in the frameworks that allow expressions.
fn is_tail_expression(inside: &str) -> bool {
    inside.split_once(':').is_some_and(|(_, expression)| matches!(expression.trim(), ".*" | ".+"))
}

fn parameter_name(inside: &str) -> Result<String, InvalidPattern> {
    let name = inside.split_once(':').map_or(inside, |(name, _)| name).trim();
    if name.is_empty() {
        Err(InvalidPattern::UnnamedParameter)
    } else if name.contains(['/', '*', '{', '}']) {
        Err(InvalidPattern::InvalidName)
    } else {
        Ok(name.to_owned())
    }
}

impl fmt::Display for RoutePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for segment in &self.segments {
            match segment {
                Segment::Literal(text) => write!(f, "/{text}")?,
                Segment::Parameter(name) => write!(f, "/{{{name}}}")?,
                Segment::Tail(name) => write!(f, "/{{*{name}}}")?,
                Segment::Mixed(parts) => {
                    f.write_str("/")?;
                    for part in parts {
                        match part {
                            MixedPart::Text(text) => f.write_str(text)?,
                            MixedPart::Parameter(name) => write!(f, "{{{name}}}")?,
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[track_caller]
    fn check(written: &str, shown: &str) {
        assert_eq!(written.parse::<RoutePattern>().map(|pattern| pattern.to_string()).as_deref(), Ok(shown));
    }

    #[test]
    fn reads_every_spelling() {
        check("/", "/");
        check("/a/", "/a/");
        check("/a/:id", "/a/{id}");
        check("/a/{id:\\d{2,3}}/b", "/a/{id}/b");
        check("/a/<id>", "/a/{id}");
        check("/a/<path..>", "/a/{*path}");
        check("/a/*rest", "/a/{*rest}");
        check("/a/{*rest}", "/a/{*rest}");
        check("/a/{tail:.*}", "/a/{*tail}");
        check("/a/{name}:approve", "/a/{name}:approve");
        check("/f(x={v})", "/f(x={v})");
    }

    #[test]
    fn refuses_what_is_no_path() {
        assert_eq!("a".parse::<RoutePattern>(), Err(InvalidPattern::NoLeadingSlash));
        assert_eq!("/{a".parse::<RoutePattern>(), Err(InvalidPattern::UnbalancedBraces));
        assert_eq!("/a}".parse::<RoutePattern>(), Err(InvalidPattern::UnbalancedBraces));
        assert_eq!("/{}".parse::<RoutePattern>(), Err(InvalidPattern::UnnamedParameter));
        assert_eq!("/{*a}/b".parse::<RoutePattern>(), Err(InvalidPattern::TailNotLast));
        assert_eq!("/:*a".parse::<RoutePattern>(), Err(InvalidPattern::InvalidName));
        assert_eq!("/{ *a}".parse::<RoutePattern>(), Err(InvalidPattern::InvalidName));
        assert_eq!("/a/*{b}".parse::<RoutePattern>(), Err(InvalidPattern::InvalidName));
        assert_eq!("/{a/b}".parse::<RoutePattern>(), Err(InvalidPattern::InvalidName));
    }

    /// Every text of up to five of the characters that mean something here, and of some that don't.
    #[test]
    fn what_is_printed_is_read_back() {
        let mut texts = Vec::from([String::new()]);
        let mut read = 0_u32;
        for _ in 0..5 {
            let longer = texts
                .iter()
                .flat_map(|text| "/{}:*<>. a".chars().map(move |next| alloc::format!("{text}{next}")));
            texts = longer.collect();
            for text in &texts {
                for text in [alloc::format!("/{text}"), alloc::format!("/b/{text}")] {
                    let Ok(pattern) = text.parse::<RoutePattern>() else { continue };
                    read += 1;
                    let printed = pattern.to_string();
                    assert_eq!(printed.parse().as_ref(), Ok(&pattern), "`{text}` is printed `{printed}`");
                }
            }
        }
        assert!(read > 20_000, "{read}");
    }
}
