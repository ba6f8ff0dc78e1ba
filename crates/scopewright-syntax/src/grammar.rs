//! The arguments each attribute takes.

use crate::argument::{Argument, read_arguments, scope_literal};
use crate::requirement::{Expression, alternatives, read_expression, report_repeated};
use crate::{Attribute, AttributeKind, MayRequire, ModeRule, Rule, SyntaxError, Text};
use proc_macro2::{Ident, Span, TokenStream};
use scopewright_core::naming::variant_name;

/// Parses one attribute. None if there was an error.
pub(crate) fn parse_attribute(
    attribute: &Attribute,
    errors: &mut Vec<SyntaxError>,
) -> Option<(ModeRule, Vec<MayRequire>)> {
    let errors_before = errors.len();
    let mut found = Found::default();
    for argument in read_arguments(attribute.args.clone(), errors) {
        sort_in(argument, attribute.kind, &mut found, errors);
    }
    let rule = rule(attribute, &mut found, errors, errors_before);
    let rule = rule.filter(|_| errors.len() == errors_before)?;
    Some((ModeRule { via: found.via, rule, span: attribute.span }, found.may_require))
}

/// The arguments, by what they are.
#[derive(Default)]
struct Found {
    scopes: Vec<Expression>,
    via: Option<Text>,
    reason: Option<Text>,
    ticket: Option<Text>,
    may_require: Vec<MayRequire>,
}

fn sort_in(argument: Argument, kind: AttributeKind, found: &mut Found, errors: &mut Vec<SyntaxError>) {
    use AttributeKind::{Public, Refused, RequiresAuth, RequiresScope, ScopeTodo};
    match (kind, argument) {
        (RequiresScope | RequiresAuth | Refused | ScopeTodo, Argument::Setting { word, value })
            if word == "via" =>
        {
            set_name(&word, value, "an auth mode", &mut found.via, errors);
        }
        (Public, Argument::Setting { word, value }) if word == "reason" => {
            set_name(&word, value, "a public reason", &mut found.reason, errors);
        }
        (ScopeTodo, Argument::Text(text)) => {
            if text.text.trim().is_empty() {
                errors.push(SyntaxError::new(
                    text.span,
                    "the ticket is empty",
                    "say where the open question is tracked, such as `\"CAM-12\"`",
                ));
            } else if found.ticket.is_some() {
                errors.push(SyntaxError::new(text.span, "there are two tickets", "remove one of them"));
            }
            found.ticket = Some(text);
        }
        (RequiresScope | RequiresAuth, Argument::Call { word, group }) if word == "may_require" => {
            found.may_require.extend(may_require(&word, group.stream(), errors));
        }
        (RequiresScope, argument) => match read_expression(argument, 0, errors) {
            Ok(expression) => found.scopes.extend(expression),
            Err(other) => errors.push(unexpected(&other, kind)),
        },
        (_, other) => errors.push(unexpected(&other, kind)),
    }
}

/// The rule of an attribute whose arguments are sorted; what is missing is reported unless its argument was wrong.
fn rule(
    attribute: &Attribute,
    found: &mut Found,
    errors: &mut Vec<SyntaxError>,
    errors_before: usize,
) -> Option<Rule> {
    let mut missing = |what: &str| {
        if errors.len() == errors_before {
            errors.push(SyntaxError::new(
                attribute.span,
                format!("`#[{}]` {what}", attribute.kind.name()),
                format!("write, for example, `{}`", attribute.kind.example()),
            ));
        }
    };
    match attribute.kind {
        AttributeKind::RequiresScope => {
            if found.scopes.is_empty() {
                missing("names no scope");
                return None;
            }
            report_repeated(&found.scopes, errors);
            let all = Expression::All(std::mem::take(&mut found.scopes));
            // With an error among the scopes the product is not what was meant.
            if errors.len() > errors_before {
                return None;
            }
            alternatives(&all, attribute.span).map_err(|error| errors.push(error)).ok().map(Rule::Scoped)
        }
        AttributeKind::RequiresAuth => Some(Rule::Authenticated),
        AttributeKind::Public => {
            if found.reason.is_none() {
                missing("does not say why");
            }
            found.reason.take().map(|reason| Rule::Public { reason })
        }
        AttributeKind::OptionalAuth => Some(Rule::OptionalAuth),
        AttributeKind::Refused => {
            if found.via.is_none() {
                missing("does not say which auth mode may never call");
            }
            Some(Rule::Refused)
        }
        AttributeKind::ScopeTodo => {
            if found.ticket.is_none() {
                missing("does not say where the open question is tracked");
            }
            found.ticket.take().map(|ticket| Rule::Deferred { ticket })
        }
    }
}

/// Keeps the value of `via` or `reason`, a name that a variant is derived from.
fn set_name(word: &Ident, value: Text, what: &str, place: &mut Option<Text>, errors: &mut Vec<SyntaxError>) {
    if place.is_some() {
        errors.push(SyntaxError::new(
            word.span(),
            format!("`{word}` is given twice"),
            "an attribute has one; write a second attribute for a second one",
        ));
    }
    if variant_name(&value.text).is_empty() {
        errors.push(SyntaxError::new(
            value.span,
            format!("`{}` is no name of {what}", value.text),
            format!("name {what} that the policy declares"),
        ));
    }
    *place = Some(value);
}

/// `may_require(SCOPE, when = "..")`
fn may_require(word: &Ident, tokens: TokenStream, errors: &mut Vec<SyntaxError>) -> Option<MayRequire> {
    let errors_before = errors.len();
    let (mut scope, mut when) = (None, None);
    for argument in read_arguments(tokens, errors) {
        let place: Span = argument.span();
        match argument {
            Argument::Setting { word, value } if word == "when" && when.is_none() => when = Some(value),
            Argument::Text(text) if scope.is_none() => match scope_literal(text) {
                Ok(name) => scope = Some(name),
                Err(error) => errors.push(error),
            },
            Argument::Variant(name) if scope.is_none() => scope = Some(name),
            other => errors.push(SyntaxError::new(
                place,
                format!("unexpected `{}` in `may_require(..)`", other.shown()),
                "it takes one scope and its condition; write one `may_require(..)` for each scope",
            )),
        }
    }
    if errors.len() > errors_before {
        return None;
    }
    if let (Some(scope), Some(when)) = (scope, when)
        && !when.text.trim().is_empty()
    {
        return Some(MayRequire { scope, when });
    }
    errors.push(SyntaxError::new(
        word.span(),
        "`may_require(..)` needs a scope and the condition in words",
        "write `may_require(\"read:tags\", when = \"the body has tags\")`",
    ));
    None
}

fn unexpected(argument: &Argument, kind: AttributeKind) -> SyntaxError {
    let takes = match kind {
        AttributeKind::RequiresScope => {
            "it takes scopes, `any(..)`, `all(..)`, `via = \"..\"` and `may_require(..)`"
        }
        AttributeKind::RequiresAuth => "it takes `via = \"..\"` and `may_require(..)`",
        AttributeKind::Public => "it takes `reason = \"..\"`, a key of `[public_reasons]`",
        AttributeKind::OptionalAuth => "it takes no arguments",
        AttributeKind::Refused => "it takes `via = \"..\"`",
        AttributeKind::ScopeTodo => "it takes a ticket in quotes and `via = \"..\"`",
    };
    SyntaxError::new(
        argument.span(),
        format!("`#[{}]` can't take `{}`", kind.name(), argument.shown()),
        takes,
    )
}
