//! `requires`: any-of of all-of, in four spellings.

use super::scopes::plain;
use crate::context::Context;
use crate::raw::shape::Rule;
use crate::raw::{Many, Node, OneOrMore, Raw, Text, ValueShape, raw_table};
use scopewright_model::Spanned;
use toml::de::DeValue;

/// Alternatives, each a list of names that are all needed. Neither is empty.
#[derive(Debug)]
pub(crate) struct Requirement(pub(crate) Vec<Vec<Spanned<String>>>);

raw_table! {
    /// Alternatives.
    RawAlternatives {
        /// Alternatives: one scope each, or a list of scopes that are all needed.
        any: Optional Many<Alternative> = "any", "[\"admin\", [\"read\", \"search\"]]";
        /// Scopes that are needed whatever the alternative.
        all: Optional Many<Text> = "all", "[\"read\", \"search\"]";
    }
    rules [&[Rule::AtLeastOne(&["any", "all"], "names no scope")]]
}

/// One alternative of `any`.
#[derive(Debug)]
pub(crate) struct Alternative(Vec<Spanned<String>>);

impl Raw for Alternative {
    const SHAPE: ValueShape = OneOrMore::<Text>::SHAPE;

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        if !matches!(node.value, DeValue::String(_) | DeValue::Array(_)) {
            let help = "name a scope, or `[\"several\", \"together\"]`";
            node.wrong_kind("a scope or a list of scopes", help, cx);
            return None;
        }
        OneOrMore::<Text>::read(node, cx).map(|names| Self(names.0.into_iter().map(plain).collect()))
    }
}

impl Raw for Requirement {
    const SHAPE: ValueShape = ValueShape::OneOf(&[Text::SHAPE, Many::<Text>::SHAPE, RawAlternatives::SHAPE]);

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        match node.value {
            DeValue::String(_) => Alternative::read(node, cx).map(|one| Self(vec![one.0])),
            DeValue::Array(names) if names.is_empty() => {
                let help = "name a scope, or write `authenticated = true` for any valid credential";
                node.invalid(
                    "`requires` names no scope".to_owned(),
                    "an empty list decides nothing",
                    help,
                    cx,
                );
                None
            }
            DeValue::Array(_) => Alternative::read(node, cx).map(|all| Self(vec![all.0])),
            DeValue::Table(_) => RawAlternatives::read(node, cx).and_then(alternatives),
            _ => {
                let help = "write `\"a\"`, `[\"a\", \"and b\"]` or `{ any = [\"a\", [\"b\", \"and c\"]] }`";
                node.wrong_kind("a scope, a list of scopes or a table", help, cx);
                None
            }
        }
    }
}

/// `all` together with each of `any`. None if a key was not readable.
fn alternatives(raw: RawAlternatives) -> Option<Requirement> {
    let all: Vec<Spanned<String>> = raw.all.into_iter().flat_map(|all| all.value.0).map(plain).collect();
    let alternatives: Vec<Vec<Spanned<String>>> = match raw.any {
        None => vec![all],
        Some(any) => {
            any.value.0.into_iter().map(|one| all.iter().cloned().chain(one.value.0).collect()).collect()
        }
    };
    let is_whole = !alternatives.is_empty() && alternatives.iter().all(|names| !names.is_empty());
    is_whole.then_some(Requirement(alternatives))
}
