//! Route manifests: one endpoint a line, as a JSON object.
//!
//! ```json
//! {"method":"GET","path":"/v1/droplets/{id}","operation_id":"droplets_get","modes":{"oauth2":[["droplet:read"]]}}
//! ```
//!
//! `modes` maps an auth mode to any-of of all-of; `[[]]` is any valid credential of that mode, `[]` says that the mode
//! may never call; a mode that is absent is not stated. `public` names a reason of `[public_reasons]`.

mod keys;

use scopewright_model::core::{Method, RouteKind, RoutePattern};
use scopewright_model::policy::RouteStatus;
use scopewright_model::{
    Annotation, AskedBy, Code, DeclaredRule, Diagnostic, Framework, LineIndex, ModeRule, Position, Route,
    RouteOrigin, RouteTable, ScopeName, ScopeSpelling, Sink, Span, Spanned,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// One line.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    method: String,
    path: String,
    operation_id: Option<String>,
    #[serde(default)]
    modes: BTreeMap<String, Vec<Vec<String>>>,
    #[serde(default)]
    public: Public,
    status: Option<RouteStatus>,
}

/// `false`, or the reason. `true` would be a public endpoint without one.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Public {
    Answer(bool),
    Reason(String),
}

impl Default for Public {
    fn default() -> Self {
        Self::Answer(false)
    }
}

/// Reads a manifest into the table. Every line that is wrong is reported with its place.
pub(super) fn read(file: &str, text: &str, table: &mut RouteTable, sink: &mut Sink) {
    let file: Arc<str> = Arc::from(file);
    for (number, line) in (1_u32..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        match read_line(&Place { file: &file, number, line, index: LineIndex::new(line) }) {
            Ok(route) => table.routes.push(route),
            Err(diagnostic) => sink.push(*diagnostic),
        }
    }
}

/// Where things stand in one line.
struct Place<'l> {
    file: &'l Arc<str>,
    number: u32,
    line: &'l str,
    /// A line may be long, and every name in it has a place.
    index: LineIndex,
}

impl Place<'_> {
    /// A range of bytes.
    fn range(&self, range: Range<usize>) -> Span {
        let at = |offset| Position { line: self.number, ..self.index.position(offset) };
        Span { file: Arc::clone(self.file), start: at(range.start), end: at(range.end) }
    }

    fn whole(&self) -> Span {
        self.range(0..self.line.len())
    }

    /// A text of the line, with its quotes. What is written with escapes is refused: the place could not be mended.
    fn text(&self, text: &str) -> Result<Span, Box<Diagnostic>> {
        let quoted = format!("\"{text}\"");
        match self.line.find(&quoted) {
            Some(at) => Ok(self.range(at..at + quoted.len())),
            None => Err(self.invalid(
                format!("`{text}` is written with escapes"),
                "write names as they are, without `\\u`",
            )),
        }
    }

    fn invalid(&self, message: String, help: &str) -> Box<Diagnostic> {
        Box::new(Diagnostic::new(Code::InvalidSource, message, self.whole(), "").help(help))
    }
}

fn read_line(place: &Place<'_>) -> Result<Route, Box<Diagnostic>> {
    if let Some(twice) = keys::first_repeated(place.line) {
        let message = format!("`{}` stands twice in one object", twice.key);
        return Err(Box::new(
            Diagnostic::new(Code::InvalidSource, message, place.range(twice.place), "again here")
                .help("keep one of the two: readers of JSON don't agree on which of them holds (RFC 8259 section 4)"),
        ));
    }
    let entry: Line = serde_json::from_str(place.line).map_err(|error| {
        let at = error.column().saturating_sub(1);
        // The parser's text ends in a place of its own, which counts from the line it was given.
        let reason = error.to_string();
        let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason);
        let message = format!("not a line of a manifest: {reason}");
        Box::new(
            Diagnostic::new(Code::InvalidSource, message, place.range(at..at + 1), "")
                .help("a line is `{\"method\":\"GET\",\"path\":\"/…\",\"modes\":{\"MODE\":[[\"scope\"]]}}`"),
        )
    })?;
    let method: Method = entry.method.parse().map_err(|error| {
        place.invalid(format!("`{}` is {error}", entry.method), "write `GET`, `POST`, … or `ANY`")
    })?;
    let path: RoutePattern = entry.path.parse().map_err(|error| {
        place.invalid(format!("`{}` is no path: {error}", entry.path), "write it as in `/v1/droplets/{id}`")
    })?;
    let rules = match entry.public {
        Public::Answer(true) => {
            return Err(place.invalid(
                format!("`{method} {path}` is public without a reason"),
                "name one of `[public_reasons]`: `\"public\":\"health\"`",
            ));
        }
        Public::Reason(_) if !entry.modes.is_empty() => {
            return Err(place.invalid(
                format!("`{method} {path}` is public and says what modes must bring"),
                "keep `public` or `modes`",
            ));
        }
        Public::Reason(reason) => {
            let reason_span = place.text(&reason)?;
            let rule = DeclaredRule::Public { reason, reason_span };
            vec![ModeRule { via: None, rule, span: place.whole() }]
        }
        Public::Answer(false) => entry
            .modes
            .into_iter()
            .map(|(mode, any_of)| mode_rule(&mode, any_of, place))
            .collect::<Result<_, _>>()?,
    };
    let span = place.whole();
    Ok(Route {
        method,
        kind: RouteKind::Route,
        path,
        path_as_written: entry.path,
        handler: None,
        registered: span.clone(),
        framework: Framework::Manifest,
        conditions: Vec::new(),
        annotation: (!rules.is_empty() || entry.status.is_some()).then(|| Annotation {
            rules,
            may_require: Vec::new(),
            status: entry.status,
            span,
        }),
        annotation_origin: RouteOrigin::Source,
        operation_id: entry.operation_id,
        asked_by: AskedBy::Elsewhere,
        servers: Vec::new(),
    })
}

fn mode_rule(mode: &str, any_of: Vec<Vec<String>>, place: &Place<'_>) -> Result<ModeRule, Box<Diagnostic>> {
    let scope = |text: String| {
        let span = place.text(&text)?;
        Ok(ScopeName { text, spelling: ScopeSpelling::Literal, span })
    };
    let rule = match any_of.as_slice() {
        [] => DeclaredRule::Refused,
        [only] if only.is_empty() => DeclaredRule::Authenticated,
        several if several.iter().any(Vec::is_empty) => {
            return Err(place.invalid(
                format!("mode `{mode}` asks for scopes or for none: one of the two holds"),
                "write `[[]]` for any valid credential, `[]` for a mode that may never call",
            ));
        }
        _ => {
            let all_of = |all_of: Vec<String>| all_of.into_iter().map(scope).collect();
            DeclaredRule::Scoped(any_of.into_iter().map(all_of).collect::<Result<_, Box<Diagnostic>>>()?)
        }
    };
    let via = Spanned::new(mode.to_owned(), place.text(mode)?);
    Ok(ModeRule { via: Some(via), rule, span: place.whole() })
}
