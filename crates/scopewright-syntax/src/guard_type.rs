//! An annotation to the type of its guard: `crate::scopes::Guard<..>`.
//!
//! Names nothing but `crate::scopes`, the module the service's own policy was generated into, so that the runtime crate
//! may have any name. Spans resolve at the attribute and point to the literal, so that rustc underlines the literal.

use crate::tokens::Tokens;
use crate::{Annotation, MayRequire, ModeRule, Named, Rule, ScopeName, Spelling};
use proc_macro2::{Delimiter, Literal, Span};
use scopewright_core::naming::{fingerprint, variant_name};

/// The runtime has its traits for tuples of up to this many members; longer lists nest in the last place.
const MAX_MEMBERS: usize = 12;

/// `_: crate::scopes::Guard<..>,` for an annotation; without one (there was a mistake) the guard that denies everybody.
pub(crate) fn guard_parameter(annotation: Option<&Annotation>, tokens: &mut Tokens) {
    tokens.path(&["_"]);
    tokens.punct(':');
    guard_type(annotation, tokens);
    tokens.punct(',');
}

/// `crate::scopes::Guard<..>`
pub(crate) fn guard_type(annotation: Option<&Annotation>, tokens: &mut Tokens) {
    tokens.path(&["crate", "scopes", "Guard"]);
    tokens.punct('<');
    match annotation {
        Some(annotation) => requirement(annotation, tokens),
        None => requirement_name("Deferred", tokens),
    }
    tokens.punct('>');
}

/// The decision, and around it the scopes of the notes, for rustc to look up.
fn requirement(annotation: &Annotation, tokens: &mut Tokens) {
    if annotation.may_require.is_empty() {
        return decision(&annotation.rules, tokens);
    }
    generic("Noted", tokens, |tokens| {
        decision(&annotation.rules, tokens);
        tokens.punct(',');
        let is = |note: &MayRequire, tokens: &mut Tokens| is(&note.scope, tokens);
        tuple(&annotation.may_require, tokens, &is, None);
    });
}

fn decision(rules: &[ModeRule], tokens: &mut Tokens) {
    let otherwise = |tokens: &mut Tokens| match rules.iter().find(|rule| rule.via.is_none()) {
        Some(rule) => rule_type(&rule.rule, tokens),
        None => requirement_name("Refused", tokens),
    };
    let by_mode: Vec<_> = rules.iter().filter(|rule| rule.via.is_some()).collect();
    if by_mode.is_empty() {
        return otherwise(tokens);
    }
    generic("PerMode", tokens, |tokens| {
        tuple(&by_mode, tokens, &|rule, tokens| via(rule, tokens), None);
        tokens.punct(',');
        otherwise(tokens);
    });
}

fn via(rule: &ModeRule, tokens: &mut Tokens) {
    generic("Via", tokens, |tokens| {
        if let Some(mode) = &rule.via {
            number("named_mode", "AuthMode", "u8", mode, tokens);
        }
        tokens.punct(',');
        rule_type(&rule.rule, tokens);
    });
}

fn rule_type(rule: &Rule, tokens: &mut Tokens) {
    match rule {
        Rule::Scoped(any_of) => list("Any", any_of, tokens, &|all_of: &Vec<ScopeName>, tokens| {
            list("All", all_of, tokens, &is);
        }),
        Rule::Authenticated => requirement_name("Authenticated", tokens),
        Rule::Public { reason } => generic("Public", tokens, |tokens| {
            number("named_reason", "PublicReason", "u16", reason, tokens);
        }),
        Rule::OptionalAuth => requirement_name("OptionalAuth", tokens),
        Rule::Refused => requirement_name("Refused", tokens),
        Rule::Deferred { .. } => requirement_name("Deferred", tokens),
    }
}

/// `All<(A, B)>` or `Any<(A, B)>`; one member needs neither.
fn list<T>(name: &str, members: &[T], tokens: &mut Tokens, member: &dyn Fn(&T, &mut Tokens)) {
    match members {
        [only] => member(only, tokens),
        members => generic(name, tokens, |tokens| tuple(members, tokens, member, Some(name))),
    }
}

/// `(A, B)`, at most [`MAX_MEMBERS`]: the last is a tuple of those that do not fit, wrapped in `name` if there is one.
fn tuple<T>(members: &[T], tokens: &mut Tokens, member: &dyn Fn(&T, &mut Tokens), name: Option<&str>) {
    let fitting = if members.len() > MAX_MEMBERS { MAX_MEMBERS - 1 } else { members.len() };
    let (fitting, rest) = members.split_at(fitting);
    tokens.group(Delimiter::Parenthesis, Span::call_site(), |tokens| {
        for (at, it) in fitting.iter().enumerate() {
            member(it, tokens);
            // `(A,)` is a tuple, `(A)` is none.
            if at + 1 < members.len() || members.len() == 1 {
                tokens.punct(',');
            }
        }
        match name {
            _ if rest.is_empty() => {}
            Some(name) => generic(name, tokens, |tokens| tuple(rest, tokens, member, Some(name))),
            None => tuple(rest, tokens, member, None),
        }
    });
}

/// `Is<{ .. }>`
fn is(scope: &ScopeName, tokens: &mut Tokens) {
    generic("Is", tokens, |tokens| match scope.spelling {
        Spelling::Literal => checked("named", "Scope", &scope.text, scope.span, tokens),
        Spelling::Variant => tokens.group(Delimiter::Brace, located(scope.span), |tokens| {
            tokens.path(&["crate", "scopes", "Scope", &scope.text]);
            tokens.path(&["as"]);
            tokens.path(&["u16"]);
        }),
    });
}

/// The number of a mode or a reason, by its name or its variant.
fn number(function: &str, enumeration: &str, ty: &str, named: &Named, tokens: &mut Tokens) {
    match named.spelling {
        Spelling::Literal => checked(function, enumeration, &named.text, named.span, tokens),
        Spelling::Variant => tokens.group(Delimiter::Brace, located(named.span), |tokens| {
            tokens.path(&["crate", "scopes", enumeration, &named.text]);
            tokens.path(&["as"]);
            tokens.path(&[ty]);
        }),
    }
}

/// `{ crate::scopes::named(crate::scopes::Scope::ReadCameras, 123) }`: the variant gives rustc's error for a misspelt name
/// its "similar name"; the function fails, when evaluated, for a name that only derives the same variant. It compares a
/// fingerprint, because rustc evaluates this for each handler and a text costs ten times as much.
fn checked(function: &str, enumeration: &str, name: &str, place: Span, tokens: &mut Tokens) {
    let span = located(place);
    tokens.group(Delimiter::Brace, span, |tokens| {
        tokens.path(&["crate", "scopes", function]);
        tokens.group(Delimiter::Parenthesis, span, |tokens| {
            tokens.path(&["crate", "scopes", enumeration, &variant_name(name)]);
            tokens.punct(',');
            let mut fingerprint = Literal::u64_unsuffixed(fingerprint(name));
            fingerprint.set_span(span);
            tokens.push(fingerprint);
        });
    });
}

/// `crate::scopes::rt::require::NAME<..>`
fn generic(name: &str, tokens: &mut Tokens, arguments: impl FnOnce(&mut Tokens)) {
    requirement_name(name, tokens);
    tokens.punct('<');
    arguments(tokens);
    tokens.punct('>');
}

fn requirement_name(name: &str, tokens: &mut Tokens) {
    tokens.path(&["crate", "scopes", "rt", "require", name]);
}

/// Shown at `place`, resolved (and to lints, written) where the attribute is.
fn located(place: Span) -> Span {
    Span::call_site().located_at(place)
}
