//! `[public_reasons]`: why an operation may be called without a credential.

use crate::context::Context;
use crate::raw::{Entries, Named, Node, Raw, Text, ValueShape};
use scopewright_model::Spanned;
use std::collections::BTreeMap;

/// A reason, as a sentence.
#[derive(Debug)]
pub(crate) struct Reason(Text);

impl Raw for Reason {
    const SHAPE: ValueShape = Text::SHAPE;

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        Text::read(node, cx).map(Self)
    }
}

impl Named for Reason {
    const NAMES: &'static str = r"\S";
}

/// `[public_reasons]`, checked. A reason that can't be read is declared all the same.
pub(crate) fn check(entries: Entries<Reason>) -> BTreeMap<String, Spanned<String>> {
    entries
        .0
        .into_iter()
        .map(|entry| {
            let text = entry.value.map(|reason| reason.0.0).unwrap_or_default();
            (entry.name, Spanned::new(text, entry.span))
        })
        .collect()
}
