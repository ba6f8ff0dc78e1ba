//! Paths, types and generics to facts.

use crate::facts::{Generics, Path, Segment, Type};
use syn::{GenericArgument, GenericParam, PathArguments, ReturnType, TypeParamBound};

/// A path.
pub fn path(path: &syn::Path) -> Path {
    let segments = path.segments.iter().map(segment).collect();
    Path { absolute: path.leading_colon.is_some(), qualified: None, segments, is_item: false }
}

/// A path with its `<T as Trait>` part.
pub fn qualified_path(qself: Option<&syn::QSelf>, of: &syn::Path) -> Path {
    Path { qualified: qself.map(|qself| Box::new(self::of(&qself.ty))), ..path(of) }
}

/// A name without the `r#` of a raw one.
pub fn name(ident: &syn::Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map_or(text.clone(), str::to_owned)
}

fn segment(segment: &syn::PathSegment) -> Segment {
    let arguments = match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => turbofish(arguments),
        PathArguments::None | PathArguments::Parenthesized(_) => Vec::new(),
    };
    Segment { name: name(&segment.ident), arguments }
}

/// The types of `<A, B>`.
pub fn turbofish(arguments: &syn::AngleBracketedGenericArguments) -> Vec<Type> {
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(it) => Some(of(it)),
        _ => None,
    });
    types.collect()
}

/// A type.
pub fn of(ty: &syn::Type) -> Type {
    match ty {
        syn::Type::Path(it) => Type::Path(qualified_path(it.qself.as_ref(), &it.path)),
        syn::Type::Reference(it) => Type::Of(Box::new(of(&it.elem))),
        syn::Type::Slice(it) => Type::List(Box::new(of(&it.elem))),
        syn::Type::Array(it) => Type::List(Box::new(of(&it.elem))),
        syn::Type::Paren(it) => of(&it.elem),
        syn::Type::Group(it) => of(&it.elem),
        syn::Type::Tuple(it) => Type::Tuple(it.elems.iter().map(of).collect()),
        syn::Type::ImplTrait(it) => Type::Bounds(bounds(&it.bounds)),
        syn::Type::TraitObject(it) => Type::Bounds(bounds(&it.bounds)),
        _ => Type::Other,
    }
}

fn bounds<T>(bounds: &syn::punctuated::Punctuated<TypeParamBound, T>) -> Vec<Path> {
    let traits = bounds.iter().filter_map(|bound| match bound {
        TypeParamBound::Trait(it) => Some(path(&it.path)),
        _ => None,
    });
    traits.collect()
}

/// What a function returns.
pub fn output(output: &ReturnType) -> Option<Type> {
    match output {
        ReturnType::Default => None,
        ReturnType::Type(_, ty) => Some(of(ty)),
    }
}

/// The names of the type parameters.
pub fn generics(generics: &syn::Generics) -> Generics {
    let names = generics.params.iter().filter_map(|param| match param {
        GenericParam::Type(it) => Some(name(&it.ident)),
        _ => None,
    });
    names.collect()
}
