//! `#[get("/x")]` and its relatives: attributes that make a function a service.

use super::{api, method_named, spelled};
use crate::eval::Eval;
use crate::facts::Attribute;
use crate::frameworks::axum::methods::{for_method, function_entry, nearer};
use crate::value::{Entry, Lost};
use crate::world::{FnId, Location, ModuleId, Target};
use scopewright_model::core::{Method, RouteKind};
use scopewright_model::{AskedBy, Code, GUARDED};
use std::rc::Rc;
use syn::parse::{ParseStream, Parser};
use syn::{Token, punctuated::Punctuated};

/// Whether an attribute of this name is one of actix-web's.
pub fn is_known(name: &str) -> bool {
    matches!(name, "route" | "routes" | "scope") || method_named(name).is_some()
}

/// What one attribute registers.
struct Service {
    methods: Vec<Method>,
    path: String,
    condition: Option<String>,
}

/// Whether a function is a service.
pub fn is_service(eval: &mut Eval<'_>, id: FnId) -> bool {
    !services(eval, id).is_empty()
}

/// The entries of a function that is registered as a service.
pub fn entries(eval: &mut Eval<'_>, id: FnId, named: Location, site: Location) -> Vec<Entry> {
    let services = services(eval, id);
    let kind = function_entry(eval, id, named);
    let kind = super::route::of_actix(kind);
    let registered = nearer(site, named);
    if services.is_empty() {
        let path = eval.world.path_of(id);
        eval.lose(&Lost {
            reason: format!("`{path}` has no attribute of actix-web's that says its method and path"),
            code: Code::UnresolvedPath,
            help: "write `#[get(\"/x\")]` or the like on it, or register it with `.route(\"/x\", web::get().to(handler))`"
                .to_owned(),
            location: named,
        });
        let conditions = Rc::from([]);
        let entry = Entry { kind, registered, conditions, ..Entry::param(site) };
        return vec![entry];
    }
    let mut entries = Vec::new();
    for service in services {
        let conditions: Rc<[Rc<str>]> = service.condition.iter().map(|it| it.as_str().into()).collect();
        for method in service.methods {
            entries.push(Entry {
                kind: for_method(&kind, method),
                path: Some(service.path.as_str().into()),
                is_fallback: false,
                asked_by: AskedBy::Nothing,
                route_kind: RouteKind::Route,
                registered,
                site,
                conditions: Rc::clone(&conditions),
            });
        }
    }
    entries
}

fn services(eval: &mut Eval<'_>, id: FnId) -> Vec<Service> {
    let Some((module, file)) = eval.world.functions.get(id.0).map(|def| (def.module, def.file)) else {
        return Vec::new();
    };
    let Some(function) = eval.world.function(id) else { return Vec::new() };
    let mut found = Vec::new();
    for attribute in &function.attributes {
        let Some(name) = name_of(eval, module, attribute) else { continue };
        let method = method_named(&name);
        if method.is_none() && name != "route" {
            continue;
        }
        let arguments = attribute.arguments.as_deref().unwrap_or_default();
        let Some(parsed) = parse(arguments) else {
            lose(
                eval,
                Location { file, place: attribute.place },
                "the arguments of this attribute can't be read",
            );
            continue;
        };
        let methods = match method {
            Some(method) => vec![method],
            None => parsed.methods(eval, Location { file, place: attribute.place }),
        };
        // `#[scope]` rewrites attributes that are bare names, and no others (actix-web-codegen 4.5.0).
        let is_bare = attribute.path.segments.len() == 1;
        let scope =
            if is_bare { eval.world.modules.get(module.0).and_then(|it| it.scope.clone()) } else { None };
        let path = format!("{}{}", scope.unwrap_or_default(), parsed.path);
        let path = spelled(&path);
        let condition = match (&attribute.conditional, parsed.is_guarded) {
            (Some(condition), _) => Some(condition.clone()),
            (None, true) => Some(GUARDED.to_owned()),
            (None, false) => None,
        };
        found.push(Service { methods, path, condition });
    }
    found
}

/// The name of one of actix-web's attributes, whatever it is called here. Below `#[routes]`, and with `#[macro_use]`,
/// they need no import: a bare name that nothing declares is taken for theirs.
fn name_of(eval: &mut Eval<'_>, module: ModuleId, attribute: &Attribute) -> Option<String> {
    let names: Vec<String> = attribute.path.segments.iter().map(|segment| segment.name.clone()).collect();
    let targets = eval.world.resolve(module, &names, attribute.path.absolute);
    let ours = targets.iter().find_map(|target| match target {
        Target::External(path) => match api(path)?.as_slice() {
            [name] if is_known(name) => Some((*name).to_owned()),
            _ => None,
        },
        _ => None,
    });
    let is_macro = |target: &Target| matches!(target, Target::External(_));
    let last = attribute.path.last();
    let may_be = names.len() == 1 && !targets.iter().any(is_macro) && is_known(last);
    ours.or_else(|| may_be.then(|| last.to_owned()))
}

/// The arguments of a routing attribute.
struct Arguments {
    path: String,
    methods: Vec<String>,
    is_guarded: bool,
}

impl Arguments {
    fn methods(&self, eval: &mut Eval<'_>, location: Location) -> Vec<Method> {
        let known: Vec<Method> = self.methods.iter().filter_map(|name| name.parse().ok()).collect();
        if known.len() != self.methods.len() || known.is_empty() {
            lose(eval, location, "a method of this route is none that has a name here");
        }
        if known.is_empty() { vec![Method::Any] } else { known }
    }
}

fn parse(text: &str) -> Option<Arguments> {
    let arguments = |input: ParseStream<'_>| -> syn::Result<Arguments> {
        let path: syn::LitStr = input.parse()?;
        let mut found = Arguments { path: path.value(), methods: Vec::new(), is_guarded: false };
        if input.is_empty() {
            return Ok(found);
        }
        input.parse::<Token![,]>()?;
        for option in Punctuated::<syn::MetaNameValue, Token![,]>::parse_terminated(input)? {
            if option.path.is_ident("method")
                && let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(method), .. }) = &option.value
            {
                found.methods.push(method.value());
            }
            found.is_guarded |= option.path.is_ident("guard");
        }
        Ok(found)
    };
    arguments.parse_str(text).ok()
}

fn lose(eval: &mut Eval<'_>, location: Location, reason: &str) {
    eval.lose(&Lost {
        reason: reason.to_owned(),
        code: Code::UnresolvedMethod,
        help: "write it as `#[get(\"/x\")]`, or as `#[route(\"/x\", method = \"GET\")]`".to_owned(),
        location,
    });
}
