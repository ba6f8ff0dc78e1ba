//! `[order]`: implications written as total orders.

use crate::context::Context;
use crate::implications::Edge;
use crate::raw::shape::Rule;
use crate::raw::{Node, OneOrMore, Raw, ValueShape, raw_table, raw_words};
use crate::scope_names::{ScopeNames, Use};
use scopewright_model::Spanned;
use scopewright_model::policy::FamilyOrder;

raw_table! {
    /// Orders: of scopes, as implications, and of families.
    RawOrder {
        /// Scopes from the strongest to the weakest; each implies the next.
        ranks: Optional OneOrMore<Rank> = "ranks", "\"admin > write > read\"";
        /// Which of several families that match an operation are about it; all of them unless it is said.
        families: Optional FamilyOrder = "families", "\"first-match\"";
    }
    rules [&[Rule::AtLeastOne(&["ranks", "families"], "puts nothing in order")]]
}

raw_words! {
    FamilyOrder {
        "all-agree" => FamilyOrder::AllAgree, "All of them, and they must want the same.";
        "first-match" => FamilyOrder::FirstMatch, "The first of them in the file; further ones for modes that it leaves to other entries.";
    }
}

/// One order, from the strongest to the weakest.
#[derive(Debug)]
pub(crate) struct Rank(Vec<Spanned<String>>);

impl Raw for Rank {
    const SHAPE: ValueShape = ValueShape::Text { pattern: Some(r"^\s*\S+(\s+>\s+\S+)+\s*$") };

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        let text = node.text(cx)?;
        // No scope token holds a blank (RFC 6749 section 3.3), so blanks cut the text safely, also around `>`.
        let is_order = {
            let words: Vec<&str> = text.split_whitespace().collect();
            words.len() >= 3
                && words.len() % 2 == 1
                && words.iter().enumerate().all(|(at, word)| at % 2 == 0 || *word == ">")
        };
        if !is_order {
            let message = format!("{} is no order: `{text}`", node.path.title());
            let help = "write the scopes from the strongest to the weakest, as in `\"admin > write > read\"`";
            node.invalid(message, "can't be read as an order", help, cx);
            return None;
        }
        let words = text.split_whitespace().step_by(2);
        Some(Self(words.map(|word| Spanned::new(word.to_owned(), place_of(word, text, node, cx))).collect()))
    }
}

/// The place of `word`, a part of `text`; the whole value's place if the file writes it with escapes.
fn place_of(word: &str, text: &str, node: &Node<'_, '_>, cx: &Context<'_>) -> scopewright_model::Span {
    let written = cx.text().get(node.range.clone()).unwrap_or_default();
    let offset = word.as_ptr().addr().checked_sub(text.as_ptr().addr());
    match (written.find(text), offset) {
        (Some(start), Some(offset)) => {
            let start = node.range.start + start + offset;
            cx.span(start..start + word.len())
        }
        _ => node.span(cx),
    }
}

impl RawOrder {
    /// The implications the orders stand for.
    pub(crate) fn check(self, names: &ScopeNames, cx: &mut Context<'_>) -> Vec<Edge> {
        let mut edges = Vec::new();
        let ranks = self.ranks.map(|ranks| ranks.value.0).unwrap_or_default();
        for Rank(rank) in ranks.into_iter().map(|rank| rank.value) {
            let scopes: Vec<_> =
                rank.iter().map(|name| Some((names.resolve(name, Use::Ranked, cx)?, &name.span))).collect();
            for pair in scopes.windows(2) {
                if let [Some((stronger, place)), Some((weaker, _))] = pair {
                    edges.push(Edge { from: *stronger, to: *weaker, place: (*place).clone() });
                }
            }
        }
        edges
    }
}
