//! Patterns to facts.

use super::{Lowering, types};
use crate::facts::Pattern;
use syn::Pat;

impl Lowering<'_> {
    /// A pattern; a guard on it is read apart.
    pub fn pattern(&mut self, pat: &Pat) -> Pattern {
        match pat {
            // In `name @ pattern` the name has the whole value, which is what matters.
            Pat::Ident(it) => Pattern::Name(self.declared_name(&it.ident)),
            Pat::Type(it) => self.pattern(&it.pat),
            Pat::Paren(it) => self.pattern(&it.pat),
            Pat::Reference(it) => self.pattern(&it.pat),
            Pat::Guard(it) => self.pattern(&it.pat),
            Pat::Path(it) => match types::qualified_path(it.qself.as_ref(), &it.path) {
                path if path.single().is_some() => Pattern::Name(path.last().to_owned()),
                path => Pattern::Path(path),
            },
            Pat::TupleStruct(it) => {
                let path = types::qualified_path(it.qself.as_ref(), &it.path);
                Pattern::Variant(path, it.elems.iter().map(|part| self.pattern(part)).collect())
            }
            Pat::Tuple(it) => Pattern::Tuple(it.elems.iter().map(|part| self.pattern(part)).collect()),
            Pat::Slice(it) => Pattern::List(it.elems.iter().map(|part| self.pattern(part)).collect()),
            Pat::Struct(it) => {
                let fields = it.fields.iter().map(|field| (member(&field.member), self.pattern(&field.pat)));
                Pattern::Record(types::qualified_path(it.qself.as_ref(), &it.path), fields.collect())
            }
            Pat::Or(it) => Pattern::Either(it.cases.iter().map(|part| self.pattern(part)).collect()),
            Pat::Lit(it) => match &it.lit {
                syn::Lit::Str(text) => Pattern::Text(text.value()),
                _ => Pattern::Other,
            },
            Pat::Rest(_) => Pattern::Rest,
            Pat::Wild(_) => Pattern::Any,
            _ => Pattern::Other,
        }
    }
}

/// Whether a pattern takes a reference through which what it matches may be changed: `ref mut slot`.
pub fn lends(pat: &Pat) -> bool {
    match pat {
        Pat::Ident(it) => it.by_ref.is_some() && it.mutability.is_some(),
        Pat::Type(it) => lends(&it.pat),
        Pat::Paren(it) => lends(&it.pat),
        Pat::Reference(it) => lends(&it.pat),
        Pat::Guard(it) => lends(&it.pat),
        Pat::TupleStruct(it) => it.elems.iter().any(lends),
        Pat::Tuple(it) => it.elems.iter().any(lends),
        Pat::Slice(it) => it.elems.iter().any(lends),
        Pat::Struct(it) => it.fields.iter().any(|field| lends(&field.pat)),
        Pat::Or(it) => it.cases.iter().any(lends),
        _ => false,
    }
}

/// The name of a field: its number in a tuple.
pub fn member(member: &syn::Member) -> String {
    match member {
        syn::Member::Named(name) => types::name(name),
        syn::Member::Unnamed(index) => index.index.to_string(),
    }
}
