//! utoipa-axum 0.3: `routes!(a, b)`, whose paths and methods stand in `#[utoipa::path]`, and `OpenApiRouter`.
//!
//! The attribute is documentation and is read nowhere else. `routes!` registers every handler of one call at every path
//! that one of them names (0.3.0, `OpenApiRouter::routes`); an empty path is `/`.

use super::methods;
use super::router::at_path;
use crate::eval::{Eval, texts_of};
use crate::facts::{Attribute, Place};
use crate::frameworks::Argument;
use crate::value::{Entry, EntryKind, FunctionRef, Lost, MethodEntry, MethodRouter, Paths, Router, Value};
use crate::world::{FnId, Location, ModuleId, Target};
use scopewright_model::core::Method;
use scopewright_model::{Code, Diagnostic};
use std::rc::Rc;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Token, punctuated::Punctuated};

/// The part of a path after utoipa-axum's module, if it is one of theirs or of our stand-ins.
pub fn api<'n>(names: &[&'n str]) -> Option<Vec<&'n str>> {
    let (["utoipa_axum", rest @ ..] | ["scopewright", "axum", "utoipa", rest @ ..]) = names else {
        return None;
    };
    Some(rest.strip_prefix(&["router"]).unwrap_or(rest).to_vec())
}

/// What a `#[utoipa::path]` says.
struct Documented {
    methods: Vec<Method>,
    path: Value,
}

/// `routes!(a, b)`
pub fn routes(eval: &mut Eval<'_>, handlers: &[Argument]) -> Value {
    let mut router = MethodRouter::default();
    let mut paths: Vec<(Rc<str>, Rc<str>)> = Vec::new();
    let mut is_known = true;
    for handler in handlers {
        let documented = documented(eval, &handler.value, handler.place);
        let (methods, texts) = match documented {
            Some(it) => (it.methods, texts_of(&it.path)),
            None => (vec![Method::Any], None),
        };
        match texts {
            Some(texts) => {
                let texts = texts.into_iter().filter(|text| !paths.contains(text)).collect::<Vec<_>>();
                paths.extend(texts);
            }
            None => is_known = false,
        }
        for (kind, registered, conditions) in methods::endpoints(eval, &handler.value, handler.place) {
            for method in &methods {
                let kind = methods::for_method(&kind, *method);
                let conditions = Rc::clone(&conditions);
                let entry = MethodEntry { kind, registered, conditions };
                Rc::make_mut(&mut router.entries).push(entry);
            }
        }
    }
    if !is_known {
        paths.clear();
    }
    router.paths = Some(paths.into());
    Value::MethodRouter(router)
}

/// `OpenApiRouter::routes(..)`
pub fn register(eval: &mut Eval<'_>, router: &mut Router, handlers: &Argument, site: Location) {
    let place = handlers.place;
    let handlers = match &handlers.value {
        Value::MethodRouter(handlers) => handlers.clone(),
        Value::Never => return,
        other => {
            let entry = methods::lost_methods(eval, other, place);
            MethodRouter { entries: Rc::new(vec![entry]), ..MethodRouter::default() }
        }
    };
    let entries: Vec<Entry> = handlers.entries.iter().map(|entry| entry.at(site)).collect();
    let paths = handlers.paths.unwrap_or_default();
    if paths.is_empty() {
        // That the paths are not known was said where they stand.
        for entry in entries {
            router.push(entry);
        }
        return;
    }
    warn_if_crossed(eval, &paths, &entries, site);
    for (condition, path) in paths.iter() {
        let text: Rc<str> = if path.is_empty() { "/".into() } else { Rc::clone(path) };
        let value = if condition.is_empty() {
            Value::Text(text)
        } else {
            Value::OneOf(Rc::new(vec![(Rc::clone(condition), Value::Text(text))]))
        };
        at_path(eval, router, &Argument { value, place }, &entries, site);
    }
}

fn warn_if_crossed(eval: &mut Eval<'_>, paths: &Paths, entries: &[Entry], site: Location) {
    let certain: Vec<&str> =
        paths.iter().filter(|(condition, _)| condition.is_empty()).map(|(_, path)| path.as_ref()).collect();
    let handlers = entries.iter().filter(|entry| matches!(entry.kind, EntryKind::Endpoint(_))).count();
    if certain.len() < 2 || handlers < 2 {
        return;
    }
    let named = certain.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ");
    let span = eval.world.span(site);
    let diagnostic = Diagnostic::new(
        Code::CrossedRoutes,
        format!("these handlers answer at each of {named}"),
        span,
        "`routes!` registers all its handlers at every path one of them names",
    )
    .help("write a `.routes(routes!(..))` for each path");
    if !eval.world.diagnostics.contains(&diagnostic) {
        eval.world.diagnostics.push(diagnostic);
    }
}

/// What stands on the handler, or that it can't be known.
fn documented(eval: &mut Eval<'_>, handler: &Value, place: Place) -> Option<Documented> {
    let Value::Function(function) = handler else {
        lose(eval, eval.here(place), "this is no function whose `#[utoipa::path]` can be read");
        return None;
    };
    let FunctionRef::Local(id) = function.of else {
        lose(eval, function.named, "the `#[utoipa::path]` of this handler is not in this package");
        return None;
    };
    let found = attribute(eval, id).and_then(|(attribute, module)| {
        let arguments = parse(attribute.arguments.as_deref()?)?;
        Some((arguments, module))
    });
    let Some((arguments, module)) = found.filter(|(arguments, _)| !arguments.methods.is_empty()) else {
        lose(eval, function.named, "no `#[utoipa::path]` with a method and a path is found on this handler");
        return None;
    };
    let mut path = text(eval, module, arguments.path.as_ref()?);
    if let Some(context) = &arguments.context {
        let context = text(eval, module, context);
        path = eval.concatenated(&[context, path]);
    }
    if texts_of(&path).is_none() {
        lose(
            eval,
            function.named,
            "the path in the `#[utoipa::path]` of this handler is not a constant text",
        );
    }
    Some(Documented { methods: arguments.methods, path })
}

/// The `#[utoipa::path]` of a function, and the module it stands in.
fn attribute(eval: &mut Eval<'_>, id: FnId) -> Option<(Attribute, ModuleId)> {
    let module = eval.world.functions.get(id.0)?.module;
    let function = eval.world.function(id)?;
    let found = function.attributes.iter().find(|attribute| {
        let names: Vec<String> = attribute.path.segments.iter().map(|segment| segment.name.clone()).collect();
        attribute.path.last() == "path"
            && attribute.conditional.is_none()
            && eval.world.resolve(module, &names, attribute.path.absolute).iter().any(is_utoipa)
    })?;
    Some((found.clone(), module))
}

fn is_utoipa(target: &Target) -> bool {
    matches!(target, Target::External(path) if path.first().is_some_and(|first| first == "utoipa"))
}

fn text(eval: &mut Eval<'_>, module: ModuleId, expr: &syn::Expr) -> Value {
    match expr {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Value::text(text.value()),
        syn::Expr::Path(path) => {
            let path = crate::lower::path(&path.path);
            let names: Vec<String> = path.segments.iter().map(|segment| segment.name.clone()).collect();
            let constant =
                eval.world.resolve(module, &names, path.absolute).into_iter().find_map(
                    |target| match target {
                        Target::Constant(id) => Some(id),
                        _ => None,
                    },
                );
            constant.map_or_else(Value::unknown, |id| eval.constant(id, None))
        }
        _ => Value::unknown(),
    }
}

/// The arguments of `#[utoipa::path]` that matter.
#[derive(Default)]
struct Arguments {
    methods: Vec<Method>,
    path: Option<syn::Expr>,
    context: Option<syn::Expr>,
}

fn parse(text: &str) -> Option<Arguments> {
    let arguments = |input: ParseStream<'_>| -> syn::Result<Arguments> {
        let mut found = Arguments::default();
        while !input.is_empty() {
            let name = syn::Ident::parse_any(input)?.to_string();
            match name.as_str() {
                "path" => {
                    input.parse::<Token![=]>()?;
                    found.path = Some(input.parse()?);
                }
                "context_path" => {
                    input.parse::<Token![=]>()?;
                    found.context = Some(input.parse()?);
                }
                "method" => {
                    let content;
                    syn::parenthesized!(content in input);
                    let names = Punctuated::<syn::Ident, Token![,]>::parse_terminated(&content)?;
                    found.methods.extend(names.iter().filter_map(|name| method(&name.to_string())));
                }
                other => found.methods.extend(method(other)),
            }
            // The rest of an argument is documentation.
            while !input.is_empty() && !input.peek(Token![,]) {
                input.parse::<proc_macro2::TokenTree>()?;
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(found)
    };
    arguments.parse_str(text).ok()
}

fn method(name: &str) -> Option<Method> {
    let is_documented =
        matches!(name, "get" | "post" | "put" | "delete" | "options" | "head" | "patch" | "trace");
    is_documented.then(|| name.to_ascii_uppercase().parse().ok()).flatten()
}

fn lose(eval: &mut Eval<'_>, location: Location, reason: &str) {
    eval.lose(&Lost {
        reason: reason.to_owned(),
        code: Code::UnresolvedPath,
        help:
            "write `#[utoipa::path(get, path = \"/x\")]` on a function of this package, or register it with \
               `.route(\"/x\", get(handler))`"
                .to_owned(),
        location,
    });
}
