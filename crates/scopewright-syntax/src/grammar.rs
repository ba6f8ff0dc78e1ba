//! The arguments each attribute takes.

use crate::argument::{Argument, read_arguments, scope_literal};
use crate::requirement::{Expression, alternatives, read_expression, report_repeated};
use crate::{Attribute, AttributeKind, MayRequire, ModeRule, Named, Rule, Spelling, SyntaxError, Text};
use proc_macro2::{Ident, Span, TokenStream};
use scopewright_core::naming::variant_name;

/// What one attribute says.
pub(crate) struct Parsed {
    /// One rule for each mode that `via` names; one for every mode if it names none.
    pub(crate) rules: Vec<ModeRule>,
    pub(crate) may_require: Vec<MayRequire>,
    pub(crate) status: Option<Text>,
}

/// Parses one attribute. None if there was an error.
pub(crate) fn parse_attribute(attribute: &Attribute, errors: &mut Vec<SyntaxError>) -> Option<Parsed> {
    let errors_before = errors.len();
    let mut found = Found::default();
    for argument in read_arguments(attribute.args.clone(), errors) {
        sort_in(argument, attribute.kind, &mut found, errors);
    }
    let rule = rule(attribute, &mut found, errors, errors_before);
    let rule = rule.filter(|_| errors.len() == errors_before)?;
    let span = attribute.span;
    let for_mode = |via| ModeRule { via, rule: rule.clone(), span };
    let rules = match found.via {
        Some(modes) => modes.into_iter().map(|mode| for_mode(Some(mode))).collect(),
        None => vec![for_mode(None)],
    };
    Some(Parsed { rules, may_require: found.may_require, status: found.status })
}

/// The arguments, by what they are.
#[derive(Default)]
struct Found {
    scopes: Vec<Expression>,
    via: Option<Vec<Named>>,
    reason: Option<Named>,
    status: Option<Text>,
    ticket: Option<Text>,
    may_require: Vec<MayRequire>,
}

fn sort_in(argument: Argument, kind: AttributeKind, found: &mut Found, errors: &mut Vec<SyntaxError>) {
    use AttributeKind::{Public, Refused, RequiresAuth, RequiresScope, ScopeTodo};
    match (kind, argument) {
        (RequiresScope | RequiresAuth | Refused | ScopeTodo, Argument::Setting { word, value })
            if word == "via" =>
        {
            check_names(&word, &value, "an auth mode", found.via.is_some(), errors);
            found.via = Some(value);
        }
        (Public, Argument::Setting { word, value }) if word == "reason" => {
            check_names(&word, &value, "a public reason", found.reason.is_some(), errors);
            found.reason = only_one(&word, value, errors);
        }
        (_, Argument::Setting { word, value }) if word == "status" => {
            let status = only_one(&word, value, errors);
            set_status(&word, status, &mut found.status, errors);
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

/// Checks the value of `via` or `reason`: names that variants are derived from, each once.
fn check_names(word: &Ident, names: &[Named], what: &str, is_second: bool, errors: &mut Vec<SyntaxError>) {
    if is_second {
        report_second(word, errors);
    }
    for (at, name) in names.iter().enumerate() {
        if variant_name(&name.text).is_empty() {
            errors.push(SyntaxError::new(
                name.span,
                format!("`{}` is no name of {what}", name.text),
                format!("name {what} that the policy declares"),
            ));
        } else if names.iter().take(at).any(|before| before.variant() == name.variant()) {
            errors.push(SyntaxError::new(
                name.span,
                format!("`{}` is named twice", name.text),
                "name each once",
            ));
        }
    }
}

fn report_second(word: &Ident, errors: &mut Vec<SyntaxError>) {
    errors.push(SyntaxError::new(
        word.span(),
        format!("`{word}` is given twice"),
        "an attribute has one; write a second attribute for a second one",
    ));
}

/// The value of a word that takes no list.
fn only_one(word: &Ident, mut value: Vec<Named>, errors: &mut Vec<SyntaxError>) -> Option<Named> {
    if let Some(second) = value.get(1) {
        errors.push(SyntaxError::new(
            second.span,
            format!("`{word}` takes one value"),
            format!("write `{word} = \"..\"`"),
        ));
    }
    (!value.is_empty()).then(|| value.swap_remove(0))
}

/// The words of `status`, as `[[routes]]` has them.
const STATUSES: [&str; 3] = ["stable", "preview", "deprecated"];

fn set_status(word: &Ident, value: Option<Named>, place: &mut Option<Text>, errors: &mut Vec<SyntaxError>) {
    let Some(value) = value else { return };
    if place.is_some() {
        report_second(word, errors);
    }
    if value.spelling != Spelling::Literal || !STATUSES.contains(&value.text.as_str()) {
        errors.push(SyntaxError::new(
            value.span,
            format!("`status` can't be `{}`", value.text),
            "write `\"stable\"`, `\"preview\"` or `\"deprecated\"`",
        ));
    }
    *place = Some(Text { text: value.text, span: value.span });
}

/// `may_require(SCOPE, when = "..")`
fn may_require(word: &Ident, tokens: TokenStream, errors: &mut Vec<SyntaxError>) -> Option<MayRequire> {
    let errors_before = errors.len();
    let (mut scope, mut when) = (None, None);
    for argument in read_arguments(tokens, errors) {
        let place: Span = argument.span();
        match argument {
            Argument::Setting { word, value } if word == "when" && when.is_none() => {
                when =
                    only_one(&word, value, errors).map(|value| Text { text: value.text, span: value.span });
            }
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
            "it takes scopes, `any(..)`, `all(..)`, `via = \"..\"`, `status = \"..\"` and `may_require(..)`"
        }
        AttributeKind::RequiresAuth => "it takes `via = \"..\"`, `status = \"..\"` and `may_require(..)`",
        AttributeKind::Public => {
            "it takes `reason = \"..\"`, a key of `[public_reasons]`, and `status = \"..\"`"
        }
        AttributeKind::OptionalAuth => "it takes `status = \"..\"` and nothing else",
        AttributeKind::Refused => "it takes `via = \"..\"` and `status = \"..\"`",
        AttributeKind::ScopeTodo => "it takes a ticket in quotes, `via = \"..\"` and `status = \"..\"`",
    };
    SyntaxError::new(
        argument.span(),
        format!("`#[{}]` can't take `{}`", kind.name(), argument.shown()),
        takes,
    )
}
