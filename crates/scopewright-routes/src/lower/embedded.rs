//! Expressions that stand in types and patterns: the length of an array, a constant among type arguments. A block there
//! may declare what the rest of the program calls.

use syn::{
    Expr, GenericArgument, GenericParam, Pat, PathArguments, ReturnType, Type, TypeParamBound, WherePredicate,
};

/// In a type.
pub fn of_type(ty: &Type) -> Vec<&Expr> {
    let mut found = Vec::new();
    types(ty, &mut found);
    found
}

/// In the type arguments of a path.
pub fn of_path<'a>(qself: Option<&'a syn::QSelf>, path: &'a syn::Path) -> Vec<&'a Expr> {
    let mut found = Vec::new();
    paths(qself, path, &mut found);
    found
}

/// In type arguments.
pub fn of_arguments(arguments: &syn::AngleBracketedGenericArguments) -> Vec<&Expr> {
    let mut found = Vec::new();
    angle(arguments, &mut found);
    found
}

/// In what a function or closure returns.
pub fn of_output(output: &ReturnType) -> Vec<&Expr> {
    let mut found = Vec::new();
    outputs(output, &mut found);
    found
}

/// In the types and paths of a pattern.
pub fn of_pattern(pattern: &Pat) -> Vec<&Expr> {
    let mut found = Vec::new();
    patterns(pattern, &mut found);
    found
}

/// In type parameters and what is asked of them.
pub fn of_generics(of: &syn::Generics) -> Vec<&Expr> {
    let mut found = Vec::new();
    generics(of, &mut found);
    found
}

/// In the head of a function.
pub fn of_signature(signature: &syn::Signature) -> Vec<&Expr> {
    let mut found = of_generics(&signature.generics);
    for input in &signature.inputs {
        match input {
            syn::FnArg::Typed(it) => {
                patterns(&it.pat, &mut found);
                types(&it.ty, &mut found);
            }
            syn::FnArg::Receiver(it) => {
                if let syn::ReceiverKind::Typed(_, ty) = &it.kind {
                    types(ty, &mut found);
                }
            }
        }
    }
    outputs(&signature.output, &mut found);
    found
}

/// In fields.
pub fn of_fields(fields: &syn::Fields) -> Vec<&Expr> {
    let mut found = Vec::new();
    for field in fields {
        types(&field.ty, &mut found);
    }
    found
}

/// In the bounds of a trait.
pub fn of_bounds<T>(of: &syn::punctuated::Punctuated<TypeParamBound, T>) -> Vec<&Expr> {
    let mut found = Vec::new();
    bounds(of, &mut found);
    found
}

fn types<'a>(ty: &'a Type, found: &mut Vec<&'a Expr>) {
    match ty {
        Type::Array(it) => {
            types(&it.elem, found);
            take(&it.len, found);
        }
        Type::FnPtr(it) => {
            for input in &it.inputs {
                types(&input.ty, found);
            }
            outputs(&it.output, found);
        }
        Type::Group(it) => types(&it.elem, found),
        Type::Paren(it) => types(&it.elem, found),
        Type::Path(it) => paths(it.qself.as_ref(), &it.path, found),
        Type::Ptr(it) => types(&it.elem, found),
        Type::Reference(it) => types(&it.elem, found),
        Type::Slice(it) => types(&it.elem, found),
        Type::Tuple(it) => it.elems.iter().for_each(|of| types(of, found)),
        Type::ImplTrait(it) => bounds(&it.bounds, found),
        Type::TraitObject(it) => bounds(&it.bounds, found),
        _ => {}
    }
}

fn paths<'a>(qself: Option<&'a syn::QSelf>, path: &'a syn::Path, found: &mut Vec<&'a Expr>) {
    if let Some(qself) = qself {
        types(&qself.ty, found);
    }
    for segment in &path.segments {
        match &segment.arguments {
            PathArguments::None => {}
            PathArguments::AngleBracketed(arguments) => angle(arguments, found),
            PathArguments::Parenthesized(arguments) => {
                for input in &arguments.inputs {
                    types(&input.ty, found);
                }
                outputs(&arguments.output, found);
            }
        }
    }
}

fn angle<'a>(arguments: &'a syn::AngleBracketedGenericArguments, found: &mut Vec<&'a Expr>) {
    for argument in &arguments.args {
        match argument {
            GenericArgument::Type(of) => types(of, found),
            GenericArgument::Const(value) => take(value, found),
            GenericArgument::AssocType(it) => types(&it.ty, found),
            GenericArgument::AssocConst(it) => take(&it.value, found),
            GenericArgument::Constraint(it) => bounds(&it.bounds, found),
            _ => {}
        }
    }
}

fn bounds<'a, T>(of: &'a syn::punctuated::Punctuated<TypeParamBound, T>, found: &mut Vec<&'a Expr>) {
    for bound in of {
        if let TypeParamBound::Trait(it) = bound {
            paths(None, &it.path, found);
        }
    }
}

fn outputs<'a>(output: &'a ReturnType, found: &mut Vec<&'a Expr>) {
    if let ReturnType::Type(_, ty) = output {
        types(ty, found);
    }
}

fn generics<'a>(of: &'a syn::Generics, found: &mut Vec<&'a Expr>) {
    for param in &of.params {
        match param {
            GenericParam::Type(it) => {
                bounds(&it.bounds, found);
                if let Some((_, default)) = &it.default {
                    types(default, found);
                }
            }
            GenericParam::Const(it) => {
                types(&it.ty, found);
                if let Some((_, default)) = &it.default {
                    take(default, found);
                }
            }
            GenericParam::Lifetime(_) => {}
        }
    }
    for predicate in of.where_clause.iter().flat_map(|clause| &clause.predicates) {
        if let WherePredicate::Type(it) = predicate {
            types(&it.bounded_ty, found);
            bounds(&it.bounds, found);
        }
    }
}

fn patterns<'a>(pattern: &'a Pat, found: &mut Vec<&'a Expr>) {
    match pattern {
        Pat::Ident(it) => {
            if let Some((_, below)) = &it.subpat {
                patterns(below, found);
            }
        }
        Pat::Or(it) => it.cases.iter().for_each(|of| patterns(of, found)),
        Pat::Paren(it) => patterns(&it.pat, found),
        Pat::Path(it) => paths(it.qself.as_ref(), &it.path, found),
        Pat::Reference(it) => patterns(&it.pat, found),
        Pat::Slice(it) => it.elems.iter().for_each(|of| patterns(of, found)),
        Pat::Struct(it) => {
            paths(it.qself.as_ref(), &it.path, found);
            it.fields.iter().for_each(|field| patterns(&field.pat, found));
        }
        Pat::Tuple(it) => it.elems.iter().for_each(|of| patterns(of, found)),
        Pat::TupleStruct(it) => {
            paths(it.qself.as_ref(), &it.path, found);
            it.elems.iter().for_each(|of| patterns(of, found));
        }
        Pat::Type(it) => {
            patterns(&it.pat, found);
            types(&it.ty, found);
        }
        // The guard of an arm is read with the arm.
        Pat::Guard(it) => patterns(&it.pat, found),
        _ => {}
    }
}

/// Almost always it is a number or a name.
fn take<'a>(expr: &'a Expr, found: &mut Vec<&'a Expr>) {
    if !matches!(expr, Expr::Lit(_) | Expr::Path(_)) {
        found.push(expr);
    }
}
