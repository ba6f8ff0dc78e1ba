//! How denials look, each with an example.

use super::text::{MdFence, MdInline};
use crate::denial::{self, DenialKind};
use scopewright_model::Plan;
use scopewright_model::policy::Denial;
use serde_json::Value;

/// One kind of denial.
pub struct DenialSection {
    pub status: u16,
    pub heading: MdInline,
    pub explanation: MdInline,
    pub body: Option<MdFence>,
    pub remedy: Option<MdInline>,
}

/// The section of a kind of denial, if an endpoint can be denied this way.
pub fn denial_section(plan: &Plan, kind: DenialKind, declared: &Denial) -> Option<DenialSection> {
    let example = denial::example(plan, kind)?;
    let words = MdInline::words;
    let codes = |names: &[String]| MdInline::joined(names.iter().map(|name| MdInline::code(name)), " and ");
    let call = MdInline::code(&example.operation);
    let caller = match (&example.mode, example.granted.as_slice()) {
        (None, _) if kind == DenialKind::Unavailable => words(" at such a moment"),
        (None, _) if kind == DenialKind::InvalidRequest => words(" with two of them"),
        (None, _) => words(" without a credential"),
        (Some(mode), []) => words(" with a credential of the kind ").then(MdInline::code(mode)),
        (Some(mode), granted) => words(" with a credential of the kind ")
            .then(MdInline::code(mode))
            .then(words(" that holds "))
            .then(codes(granted)),
    };
    let answer = if example.body.is_some() { words(", answers:") } else { words(", answers with no body.") };
    let explanation = words(kind.sentence()).then(words(" "));
    let explanation = explanation.then(call).then(words(", called")).then(caller).then(answer);
    let remedy = match kind {
        DenialKind::Unauthenticated => {
            Some(words("Send one of the credentials described under [Authentication](#authentication)."))
        }
        DenialKind::InsufficientScope => Some(
            words("Here ")
                .then(codes(&example.missing))
                .then(words(" is missing. Have it granted to the credential, or use one that holds it.")),
        ),
        DenialKind::InsufficientUserAuthentication => {
            Some(words("Authenticate again in the way the challenge in `WWW-Authenticate` names (RFC 9470)."))
        }
        DenialKind::ModeRefused => Some(words("Use another kind of credential; scopes make no difference.")),
        DenialKind::Undecided => None,
        DenialKind::InvalidRequest => {
            Some(words("Send one of them only. Nothing is said about either: neither was looked at."))
        }
        DenialKind::Unavailable => Some(words(
            "The call was not made, and nothing is said about the credential. Make the same call again later.",
        )),
    };
    let heading = match kind {
        DenialKind::Unauthenticated => "no valid credential",
        DenialKind::InsufficientScope => "a scope is missing",
        DenialKind::InsufficientUserAuthentication => "more assurance is needed",
        DenialKind::ModeRefused => "the wrong kind of credential",
        DenialKind::Undecided => "not open yet",
        DenialKind::InvalidRequest => "more than one credential",
        DenialKind::Unavailable => "not to be answered right now",
    };
    let body = example.body.map(|body| MdFence::new("json", json_text(&body, 0)));
    Some(DenialSection {
        status: declared.status,
        heading: MdInline::text(heading),
        explanation,
        body,
        remedy,
    })
}

/// JSON as people write it by hand: members on lines of their own, lists of plain values on one.
fn json_text(value: &Value, depth: usize) -> String {
    let line = format!("\n{}", "  ".repeat(depth + 1));
    let members = |open: char, members: Vec<String>, close: char| {
        format!("{open}{line}{}\n{}{close}", members.join(&format!(",{line}")), "  ".repeat(depth))
    };
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            let entries = entries.iter().map(|(key, value)| {
                format!("{}: {}", Value::from(key.as_str()), json_text(value, depth + 1))
            });
            members('{', entries.collect(), '}')
        }
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            members('[', items.iter().map(|item| json_text(item, depth + 1)).collect(), ']')
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(Value::to_string).collect();
            format!("[{}]", items.join(", "))
        }
        plain => plain.to_string(),
    }
}
