//! The attributes we own, recognised by the last segment of their path.

use crate::argument::flatten;
use proc_macro2::{Span, TokenStream, TokenTree};

/// One of our attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttributeKind {
    /// `#[requires_scope("a")]`
    RequiresScope,
    /// `#[requires_auth]`
    RequiresAuth,
    /// `#[public(reason = "health")]`
    Public,
    /// `#[optional_auth]`
    OptionalAuth,
    /// `#[refused(via = "mode")]`
    Refused,
    /// `#[scope_todo("ticket")]`
    ScopeTodo,
}

impl AttributeKind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::RequiresScope,
        Self::RequiresAuth,
        Self::Public,
        Self::OptionalAuth,
        Self::Refused,
        Self::ScopeTodo,
    ];

    /// The name of the macro.
    pub const fn name(self) -> &'static str {
        match self {
            Self::RequiresScope => "requires_scope",
            Self::RequiresAuth => "requires_auth",
            Self::Public => "public",
            Self::OptionalAuth => "optional_auth",
            Self::Refused => "refused",
            Self::ScopeTodo => "scope_todo",
        }
    }

    /// A correct use, for messages.
    pub(crate) const fn example(self) -> &'static str {
        match self {
            Self::RequiresScope => "#[requires_scope(\"read:cameras\")]",
            Self::RequiresAuth => "#[requires_auth]",
            Self::Public => "#[public(reason = \"health\")]",
            Self::OptionalAuth => "#[optional_auth]",
            Self::Refused => "#[refused(via = \"api_key\")]",
            Self::ScopeTodo => "#[scope_todo(\"TICKET-1\")]",
        }
    }

    /// The kind with this name, given the last segment of an attribute's path.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// An attribute of ours, its arguments not parsed yet.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// Which one.
    pub kind: AttributeKind,
    /// Its place, best the whole attribute: where a mistake is reported that no argument alone is guilty of.
    pub span: Span,
    /// What stands between the parentheses; empty if there are none.
    pub args: TokenStream,
}

impl Attribute {
    /// Reads what stands between the brackets of `#[..]`: a path and perhaps arguments. None if it is not ours.
    ///
    /// Only the last segment of the path counts (`scopewright::public`, `sw::public`): what a path resolves to is
    /// unknown here. A caller that resolves names can use [`AttributeKind::from_name`] after it did.
    pub fn from_tokens(tokens: TokenStream, span: Span) -> Option<Self> {
        Self::with_path(tokens, span).map(|(_, attribute)| attribute)
    }

    /// The same, and the path as it was written.
    pub(crate) fn with_path(tokens: TokenStream, span: Span) -> Option<(Vec<TokenTree>, Self)> {
        let mut path = flatten(tokens);
        let is_of_path = |token: &TokenTree| match token {
            TokenTree::Punct(punct) => punct.as_char() == ':',
            token => matches!(token, TokenTree::Ident(_)),
        };
        let length = path.iter().take_while(|token| is_of_path(token)).count();
        let rest = path.split_off(length);
        let Some(TokenTree::Ident(name)) = path.last() else { return None };
        let kind = AttributeKind::from_name(&name.to_string())?;
        let args = match rest.as_slice() {
            [TokenTree::Group(group)] => group.stream(),
            _ => rest.into_iter().collect(),
        };
        Some((path, Self { kind, span, args }))
    }
}
