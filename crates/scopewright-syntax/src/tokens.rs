//! Tokens written one after the other into a list.
//!
//! Every token stream that is made, copied or taken apart is a call into rustc, for each annotated handler of a service;
//! so the expansion makes one stream for each group it needs and no other.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenTree};

/// A list of tokens that grows at its end. All get the span that was given last.
pub(crate) struct Tokens {
    trees: Vec<TokenTree>,
    span: Span,
}

impl Tokens {
    pub(crate) fn new(span: Span) -> Self {
        Self { trees: Vec::with_capacity(32), span }
    }

    pub(crate) fn into_trees(self) -> Vec<TokenTree> {
        self.trees
    }

    pub(crate) fn push(&mut self, tree: impl Into<TokenTree>) {
        self.trees.push(tree.into());
    }

    pub(crate) fn punct(&mut self, character: char) {
        self.spaced_punct(character, Spacing::Alone);
    }

    /// `one::two::three`, names that are known to be identifiers.
    pub(crate) fn path(&mut self, names: &[&str]) {
        for (at, name) in names.iter().enumerate() {
            if at > 0 {
                self.colons();
            }
            self.push(Ident::new(name, self.span));
        }
    }

    pub(crate) fn colons(&mut self) {
        self.spaced_punct(':', Spacing::Joint);
        self.spaced_punct(':', Spacing::Alone);
    }

    /// A group that `write` fills with tokens at `span`.
    pub(crate) fn group(&mut self, delimiter: Delimiter, span: Span, write: impl FnOnce(&mut Self)) {
        let mut inner = Self { trees: Vec::with_capacity(16), span };
        write(&mut inner);
        let mut group = Group::new(delimiter, inner.trees.into_iter().collect());
        group.set_span(span);
        self.trees.push(group.into());
    }

    fn spaced_punct(&mut self, character: char, spacing: Spacing) {
        let mut punct = Punct::new(character, spacing);
        punct.set_span(self.span);
        self.trees.push(punct.into());
    }
}
