//! The attributes of one function to one annotation.

use crate::grammar::parse_attribute;
use crate::{Annotation, Attribute, ModeRule, Named, Rule, SyntaxError};

/// Parses the attributes of one function, in the order of the source. No attributes, no annotation.
///
/// # Errors
/// All mistakes in the attributes; at least one.
pub fn parse_annotation(attributes: &[Attribute]) -> Result<Option<Annotation>, Vec<SyntaxError>> {
    let Some(first) = attributes.first() else { return Ok(None) };
    let mut errors = Vec::new();
    let mut annotation =
        Annotation { rules: Vec::new(), may_require: Vec::new(), status: None, span: first.span };
    for attribute in attributes {
        let Some(parsed) = parse_attribute(attribute, &mut errors) else { continue };
        annotation.may_require.extend(parsed.may_require);
        if let Some(status) = parsed.status {
            if annotation.status.as_ref().is_some_and(|before| before.text != status.text) {
                errors.push(SyntaxError::new(
                    status.span,
                    "the endpoint has another status already",
                    "an endpoint has one status; say it in one of the attributes",
                ));
            }
            annotation.status = Some(status);
        }
        for rule in parsed.rules {
            match conflict(&annotation.rules, &rule) {
                Some(error) => errors.push(error),
                None => annotation.rules.push(rule),
            }
        }
    }
    if errors.is_empty() { Ok(Some(annotation)) } else { Err(errors) }
}

/// The error if `rule` can't stand beside the rules before it.
fn conflict(before: &[ModeRule], rule: &ModeRule) -> Option<SyntaxError> {
    let same_mode = before
        .iter()
        .find(|other| other.via.as_ref().map(Named::variant) == rule.via.as_ref().map(Named::variant));
    if same_mode.is_some() {
        let (message, help) = match &rule.via {
            Some(via) => (
                format!("there is already a rule for the auth mode `{}`", via.text),
                "keep one of the two; scopes named in one `#[requires_scope(..)]` are all required, \
                 `any(..)` asks for one of them",
            ),
            None => (
                "there is already a rule for every auth mode".to_owned(),
                "keep one of the two, name all scopes in one `#[requires_scope(..)]`, \
                 or give a rule its auth mode with `via = \"..\"`",
            ),
        };
        return Some(SyntaxError::new(rule.via.as_ref().map_or(rule.span, |via| via.span), message, help));
    }
    let public = before.iter().chain([rule]).any(|rule| matches!(rule.rule, Rule::Public { .. }));
    (public && !before.is_empty()).then(|| {
        SyntaxError::new(
            rule.span,
            "a public endpoint can't have a second rule",
            "public means no credential is needed, whatever the auth mode; keep one of the two, \
             or use `#[optional_auth]` if a credential that is sent must be valid",
        )
    })
}
