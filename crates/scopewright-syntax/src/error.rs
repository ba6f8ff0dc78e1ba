//! A mistake in an attribute: its place, what is wrong and the way out.

use crate::tokens::Tokens;
use proc_macro2::{Delimiter, Literal, Span, TokenStream};

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
        let mut tokens = Tokens::new(self.span);
        tokens.colons();
        tokens.path(&["core", "compile_error"]);
        tokens.punct('!');
        tokens.group(Delimiter::Brace, self.span, |tokens| {
            let mut message = Literal::string(&format!("{}\nhelp: {}", self.message, self.help));
            message.set_span(self.span);
            tokens.push(message);
        });
        tokens.into_trees().into_iter().collect()
    }
}
