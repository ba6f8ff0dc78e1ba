//! A mistake in an attribute: its place, what is wrong and the way out.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// A mistake. Messages begin in lower case, have no final stop and quote the user's words in backticks.
#[derive(Debug, Clone)]
pub struct SyntaxError {
    /// The smallest place that is wrong.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: String,
}

impl SyntaxError {
    pub(crate) fn new(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: help.into() }
    }

    /// `::core::compile_error! { "message" }` at the place. Legal wherever a function may stand.
    pub fn to_compile_error(&self) -> TokenStream {
        let text = format!("{}\nhelp: {}", self.message, self.help);
        let mut message = Literal::string(&text);
        message.set_span(self.span);
        let mut braces = Group::new(Delimiter::Brace, TokenTree::from(message).into());
        braces.set_span(self.span);
        let punct = |character, spacing| {
            let mut punct = Punct::new(character, spacing);
            punct.set_span(self.span);
            TokenTree::from(punct)
        };
        [
            punct(':', Spacing::Joint),
            punct(':', Spacing::Alone),
            Ident::new("core", self.span).into(),
            punct(':', Spacing::Joint),
            punct(':', Spacing::Alone),
            Ident::new("compile_error", self.span).into(),
            punct('!', Spacing::Alone),
            braces.into(),
        ]
        .into_iter()
        .collect()
    }
}
