//! Route manifests: one endpoint a line, as a JSON object.
//!
//! ```json
//! {"method":"GET","path":"/v1/droplets/{id}","operation_id":"droplets_get","modes":{"oauth2":[["droplet:read"]]}}
//! ```
//!
//! `modes` maps an auth mode to any-of of all-of; `[[]]` is any valid credential of that mode, `[]` says that the mode
//! may never call; a mode that is absent is not stated. `public` names a reason of `[public_reasons]`.

use scopewright_model::core::{Method, RoutePattern};
use scopewright_model::{
    Annotation, Code, DeclaredRule, Diagnostic, Framework, ModeRule, Position, Route, RouteOrigin,
    RouteTable, ScopeName, ScopeSpelling, Sink, Span, Spanned,
};
use serde::Deserialize;
use std::collections::BTreeMap;
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
    /// Read so that a line may carry it; only documents show it.
    #[serde(rename = "status")]
    _status: Option<Status>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Stable,
    Preview,
    Deprecated,
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
        match read_line(&file, number, line) {
            Ok(route) => table.routes.push(route),
            Err(diagnostic) => sink.push(*diagnostic),
        }
    }
}

fn read_line(file: &Arc<str>, number: u32, line: &str) -> Result<Route, Box<Diagnostic>> {
    let end = u32::try_from(line.chars().count() + 1).unwrap_or(u32::MAX);
    let at = |from: u32, to: u32| Span {
        file: Arc::clone(file),
        start: Position { line: number, column: from },
        end: Position { line: number, column: to },
    };
    let span = at(1, end);
    let invalid = |message: String, place: Span, help: &str| {
        Box::new(Diagnostic::new(Code::InvalidSource, message, place, "").help(help))
    };
    let entry: Line = serde_json::from_str(line).map_err(|error| {
        let column = Position::of_offset(line, error.column().saturating_sub(1)).column;
        // The parser's text ends in a place of its own, which counts from the line it was given.
        let reason = error.to_string();
        let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason);
        invalid(
            format!("not a line of a manifest: {reason}"),
            at(column, column + 1),
            "a line is `{\"method\":\"GET\",\"path\":\"/…\",\"modes\":{\"MODE\":[[\"scope\"]]}}`",
        )
    })?;
    let method: Method = entry.method.parse().map_err(|error| {
        invalid(format!("`{}` is {error}", entry.method), span.clone(), "write `GET`, `POST`, … or `ANY`")
    })?;
    let path: RoutePattern = entry.path.parse().map_err(|error| {
        invalid(
            format!("`{}` is no path: {error}", entry.path),
            span.clone(),
            "write it as in `/v1/droplets/{id}`",
        )
    })?;
    let rules = match entry.public {
        Public::Answer(true) => {
            return Err(invalid(
                format!("`{method} {path}` is public without a reason"),
                span,
                "name one of `[public_reasons]`: `\"public\":\"health\"`",
            ));
        }
        Public::Reason(_) if !entry.modes.is_empty() => {
            return Err(invalid(
                format!("`{method} {path}` is public and says what modes must bring"),
                span,
                "keep `public` or `modes`",
            ));
        }
        Public::Reason(reason) => {
            let rule = DeclaredRule::Public { reason, reason_span: span.clone() };
            vec![ModeRule { via: None, rule, span: span.clone() }]
        }
        Public::Answer(false) => entry
            .modes
            .into_iter()
            .map(|(mode, any_of)| {
                mode_rule(mode, any_of, &span).map_err(|message| {
                    invalid(
                        message,
                        span.clone(),
                        "write `[[]]` for any valid credential, `[]` for a mode that may never call",
                    )
                })
            })
            .collect::<Result<_, _>>()?,
    };
    Ok(Route {
        method,
        path,
        path_as_written: entry.path,
        handler: None,
        registered: span.clone(),
        framework: Framework::Manifest,
        conditions: Vec::new(),
        annotation: (!rules.is_empty()).then(|| Annotation { rules, may_require: Vec::new(), span }),
        annotation_origin: RouteOrigin::Source,
        operation_id: entry.operation_id,
    })
}

fn mode_rule(mode: String, any_of: Vec<Vec<String>>, span: &Span) -> Result<ModeRule, String> {
    let scope = |text: String| ScopeName { text, spelling: ScopeSpelling::Literal, span: span.clone() };
    let rule = match any_of.as_slice() {
        [] => DeclaredRule::Refused,
        [only] if only.is_empty() => DeclaredRule::Authenticated,
        several if several.iter().any(Vec::is_empty) => {
            return Err(format!("mode `{mode}` asks for scopes or for none: one of the two holds"));
        }
        _ => DeclaredRule::Scoped(
            any_of.into_iter().map(|all_of| all_of.into_iter().map(scope).collect()).collect(),
        ),
    };
    Ok(ModeRule { via: Some(Spanned::new(mode, span.clone())), rule, span: span.clone() })
}
