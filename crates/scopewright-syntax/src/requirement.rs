//! `any(..)` and `all(..)` to any-of all-of.

use crate::argument::{Argument, read_arguments, scope_literal};
use crate::{ScopeName, SyntaxError};
use proc_macro2::Span;

/// More alternatives than any published API needs; what is beyond came from multiplying out.
const MAX_ALTERNATIVES: usize = 64;

/// A requirement as written.
#[derive(Debug)]
pub(crate) enum Expression {
    /// One scope.
    Scope(ScopeName),
    /// Any one.
    Any(Vec<Expression>),
    /// All of them.
    All(Vec<Expression>),
}

/// Reads a scope, `any(..)` or `all(..)`; other arguments are handed back. `depth` counts the groups around it.
pub(crate) fn read_expression(
    argument: Argument,
    depth: usize,
    errors: &mut Vec<SyntaxError>,
) -> Result<Option<Expression>, Argument> {
    let any = match &argument {
        Argument::Variant(name) => return Ok(Some(Expression::Scope(name.clone()))),
        Argument::Text(text) => {
            return Ok(scope_literal(text.clone())
                .map_err(|error| errors.push(error))
                .ok()
                .map(Expression::Scope));
        }
        Argument::Call { word, .. } if *word == "any" => true,
        Argument::Call { word, .. } if *word == "all" => false,
        _ => return Err(argument),
    };
    let Argument::Call { word, group } = argument else { return Err(argument) };
    if depth == 2 {
        errors.push(SyntaxError::new(
            word.span(),
            "groups are nested too deep",
            "a group may hold one level of groups, such as `any(\"a\", all(\"b\", \"c\"))`; multiply the rest out",
        ));
        return Ok(None);
    }
    let errors_before = errors.len();
    let mut members = Vec::new();
    for argument in read_arguments(group.stream(), errors) {
        match read_expression(argument, depth + 1, errors) {
            Ok(member) => members.extend(member),
            Err(other) => errors.push(SyntaxError::new(
                other.span(),
                format!("unexpected `{}` in `{word}(..)`", other.shown()),
                format!("`{word}(..)` holds scopes and groups of scopes only; write this beside it"),
            )),
        }
    }
    report_repeated(&members, errors);
    if members.is_empty() && errors.len() == errors_before {
        errors.push(SyntaxError::new(
            word.span(),
            format!("`{word}()` names no scope"),
            "name at least one scope in it",
        ));
    }
    Ok(Some(if any { Expression::Any(members) } else { Expression::All(members) }))
}

/// A scope named twice side by side is a slip: another one was meant.
pub(crate) fn report_repeated(members: &[Expression], errors: &mut Vec<SyntaxError>) {
    if members.len() < 2 {
        return;
    }
    let mut seen: Vec<String> = Vec::new();
    for member in members {
        let Expression::Scope(name) = member else { continue };
        let variant = name.variant();
        if seen.contains(&variant) {
            errors.push(SyntaxError::new(
                name.span,
                format!("`{}` is named twice", name.text),
                "remove one of the two, or name the scope that was meant",
            ));
        }
        seen.push(variant);
    }
}

/// The alternatives, each all the scopes it needs, without repetition.
pub(crate) fn alternatives(expression: &Expression, place: Span) -> Result<Vec<Vec<ScopeName>>, SyntaxError> {
    let mut any_of = multiply_out(expression).ok_or_else(|| {
        SyntaxError::new(
            place,
            format!("this comes to more than {MAX_ALTERNATIVES} alternatives"),
            "declare a scope in the policy that implies the ones meant here, and require that",
        )
    })?;
    if any_of.len() < 2 {
        return Ok(any_of);
    }
    let mut seen = Vec::new();
    any_of.retain(|all_of| {
        let mut key: Vec<_> = all_of.iter().map(ScopeName::variant).collect();
        key.sort();
        let new = !seen.contains(&key);
        seen.push(key);
        new
    });
    Ok(any_of)
}

/// None if there are too many.
fn multiply_out(expression: &Expression) -> Option<Vec<Vec<ScopeName>>> {
    match expression {
        Expression::Scope(name) => Some(vec![vec![name.clone()]]),
        Expression::Any(members) => {
            let mut any_of = Vec::new();
            for member in members {
                any_of.extend(multiply_out(member)?);
            }
            (any_of.len() <= MAX_ALTERNATIVES).then_some(any_of)
        }
        Expression::All(members) => {
            let mut product: Vec<Vec<ScopeName>> = vec![Vec::new()];
            for member in members {
                let factor = multiply_out(member)?;
                if product.len() * factor.len() > MAX_ALTERNATIVES {
                    return None;
                }
                product = product
                    .iter()
                    .flat_map(|left| factor.iter().map(move |right| union(left, right)))
                    .collect();
            }
            Some(product)
        }
    }
}

fn union(left: &[ScopeName], right: &[ScopeName]) -> Vec<ScopeName> {
    let mut all_of = left.to_vec();
    for name in right {
        if all_of.iter().all(|known| known.variant() != name.variant()) {
            all_of.push(name.clone());
        }
    }
    all_of
}
