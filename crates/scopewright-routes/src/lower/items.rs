//! Items to facts.

use super::{BodyNotes, Depth, Lowering, attribute, cfg, embedded, place, types};
use crate::facts::{
    Body, Constant, Function, ImplBlock, Item, Key, Module, Param, Path, Place, ReadBody, Type, TypeItem,
    TypeKind, Use,
};
use crate::words;
use syn::{Attribute, FnArg, ImplItem, Meta, Signature, TraitItem, UseTree, Visibility};

/// An item that is compiled into a service, in builds in which its condition holds.
struct Present {
    cfg: Option<String>,
}

/// The functions, constants and types of an implementation.
#[derive(Default)]
struct Members {
    functions: Vec<Key>,
    constants: Vec<Constant>,
    types: Vec<(String, Type)>,
}

/// What holds for every name of a `use`.
#[derive(Clone, Copy)]
struct UseLine<'a> {
    absolute: bool,
    is_private: bool,
    cfg: Option<&'a str>,
}

impl Lowering<'_> {
    /// The items of a module or block.
    pub fn items<'b>(&mut self, items: impl IntoIterator<Item = &'b syn::Item>) -> Vec<Item> {
        let mut lowered = Vec::new();
        let around = std::mem::take(&mut self.embedded);
        for item in items {
            self.item(item, &mut lowered);
            lowered.extend(std::mem::take(&mut self.embedded).into_iter().map(Item::Constant));
        }
        self.embedded = around;
        lowered
    }

    fn item(&mut self, item: &syn::Item, into: &mut Vec<Item>) {
        match item {
            syn::Item::Fn(it) => {
                let function = self.function(&it.attrs, Some(&it.vis), &it.sig, Some(&it.block));
                let marks = cfg::test_marks(&it.attrs);
                into.extend(function.map(|function| {
                    if marks.is_empty() {
                        Item::Function(function)
                    } else {
                        Item::Test { function, name: types::name(&it.sig.ident), marks }
                    }
                }));
            }
            syn::Item::Mod(it) => into.extend(self.module(it).into_iter().map(Item::Module)),
            syn::Item::Use(it) => {
                if let Some(Present { cfg }) = self.present(&it.attrs) {
                    let line = UseLine {
                        absolute: it.leading_colon.is_some(),
                        is_private: matches!(it.vis, Visibility::Inherited),
                        cfg: cfg.as_deref(),
                    };
                    self.use_tree(&it.tree, line, &mut Vec::new(), into);
                }
            }
            syn::Item::ExternCrate(it) => {
                if let Some(Present { cfg }) = self.present(&it.attrs) {
                    let krate = types::name(&it.ident);
                    let name =
                        it.rename.as_ref().map_or_else(|| krate.clone(), |(_, name)| types::name(name));
                    let path = if krate == "self" { vec!["crate".to_owned()] } else { vec![krate] };
                    let is_private = matches!(it.vis, Visibility::Inherited);
                    let absolute = it.ident != "self";
                    into.push(Item::Use(Use { absolute, path, name: Some(name), is_private, cfg }));
                }
            }
            syn::Item::Const(it) => {
                self.embed(&it.attrs, embedded::of_type(&it.ty));
                into.extend(self.constant(&it.attrs, &it.ident, Some(&it.expr)).map(Item::Constant));
            }
            syn::Item::Static(it) => {
                self.embed(&it.attrs, embedded::of_type(&it.ty));
                into.extend(self.constant(&it.attrs, &it.ident, Some(&it.expr)).map(Item::Constant));
            }
            syn::Item::Struct(it) => {
                self.embed(&it.attrs, embedded::of_generics(&it.generics));
                self.embed(&it.attrs, embedded::of_fields(&it.fields));
                let fields = fields(&it.fields);
                into.extend(self.type_item(&it.attrs, &it.ident, TypeKind::Struct(fields)));
            }
            syn::Item::Union(it) => {
                self.embed(&it.attrs, embedded::of_generics(&it.generics));
                for field in &it.fields.named {
                    self.embed(&it.attrs, embedded::of_type(&field.ty));
                }
                into.extend(self.type_item(&it.attrs, &it.ident, TypeKind::Struct(Vec::new())));
            }
            syn::Item::Enum(it) => {
                self.embed(&it.attrs, embedded::of_generics(&it.generics));
                for variant in &it.variants {
                    self.embed(&it.attrs, embedded::of_fields(&variant.fields));
                    let value = variant.discriminant.as_ref().map(|(_, value)| value);
                    self.embed(&it.attrs, value.into_iter().collect());
                }
                let variants = it.variants.iter().map(|variant| types::name(&variant.ident)).collect();
                into.extend(self.type_item(&it.attrs, &it.ident, TypeKind::Enum(variants)));
            }
            syn::Item::Type(it) => {
                self.embed(&it.attrs, embedded::of_generics(&it.generics));
                self.embed(&it.attrs, embedded::of_type(&it.ty));
                let of = types::of(&it.ty);
                if let Type::Path(path) = &of
                    && words::is_worth_renaming(path.last())
                {
                    self.new_words.push(types::name(&it.ident));
                }
                into.extend(self.type_item(&it.attrs, &it.ident, TypeKind::Alias(of)));
            }
            syn::Item::Trait(it) => self.trait_item(it, into),
            syn::Item::Impl(it) => self.impl_block(it, into),
            syn::Item::Macro(it) if self.present(&it.attrs).is_some() => {
                into.push(Item::Macro(self.macro_item(it)));
            }
            _ => {}
        }
    }

    /// The condition of an item, or none if it is not compiled into a service.
    fn present(&self, attributes: &[Attribute]) -> Option<Present> {
        let condition = cfg::of(attributes, &self.source);
        (!condition.is_off()).then(|| Present { cfg: condition.condition() })
    }

    /// A module; several of one name if its file may be one of several.
    fn module(&mut self, module: &syn::ItemMod) -> Vec<Module> {
        let Some(Present { cfg }) = self.present(&module.attrs) else { return Vec::new() };
        let (paths, is_settled) = cfg::paths(&module.attrs, &self.source);
        let of = Module {
            name: types::name(&module.ident),
            place: place::of_span(module.ident.span()),
            cfg,
            path: None,
            scope: module.attrs.iter().find_map(scope_attribute),
            items: None,
        };
        if let Some((_, items)) = &module.content {
            // Its path is where its own module files are.
            let path = paths.into_iter().next().map(|(_, path)| path);
            let rules = self.rules.clone();
            let items = self.items(items);
            if !module.attrs.iter().any(|attribute| attribute.path().is_ident("macro_use")) {
                self.rules = rules;
            }
            return vec![Module { path, items: Some(items), ..of }];
        }
        let under = |condition: &Option<String>| match (&of.cfg, condition) {
            (Some(around), Some(condition)) => Some(format!("{around} {condition}")),
            (around, condition) => around.clone().or_else(|| condition.clone()),
        };
        let mut found: Vec<Module> = paths
            .iter()
            .map(|(condition, path)| Module { cfg: under(condition), path: Some(path.clone()), ..of.clone() })
            .collect();
        if !is_settled {
            let conditions: Vec<&str> =
                paths.iter().filter_map(|(condition, _)| condition.as_deref()).collect();
            let none = (!conditions.is_empty()).then(|| format!("not {}", conditions.join(" or ")));
            found.push(Module { cfg: under(&none), ..of });
        }
        found
    }

    fn use_tree(
        &mut self,
        tree: &UseTree,
        line: UseLine<'_>,
        prefix: &mut Vec<String>,
        into: &mut Vec<Item>,
    ) {
        let item = |path: Vec<String>, name: Option<String>| {
            let UseLine { absolute, is_private, cfg } = line;
            Item::Use(Use { path, absolute, name, is_private, cfg: cfg.map(str::to_owned) })
        };
        match tree {
            UseTree::Path(it) => {
                prefix.push(types::name(&it.ident));
                self.use_tree(&it.tree, line, prefix, into);
                prefix.pop();
            }
            UseTree::Name(it) => {
                let name = types::name(&it.ident);
                if name == "self" {
                    into.push(item(prefix.clone(), prefix.last().cloned()));
                } else {
                    into.push(item([prefix.as_slice(), std::slice::from_ref(&name)].concat(), Some(name)));
                }
            }
            UseTree::Rename(it) => {
                let (original, name) = (types::name(&it.ident), types::name(&it.rename));
                if words::is_worth_renaming(&original) {
                    self.new_words.push(name.clone());
                }
                let path = if original == "self" {
                    prefix.clone()
                } else {
                    [prefix.as_slice(), &[original]].concat()
                };
                into.push(item(path, Some(name)));
            }
            UseTree::Glob(_) => into.push(item(prefix.clone(), None)),
            UseTree::Group(it) => {
                for tree in &it.items {
                    self.use_tree(tree, line, prefix, into);
                }
            }
        }
    }

    fn constant(
        &mut self,
        attributes: &[Attribute],
        name: &syn::Ident,
        value: Option<&syn::Expr>,
    ) -> Option<Constant> {
        let Present { cfg } = self.present(attributes)?;
        let around = self.body.replace(BodyNotes::default());
        let value = value.map(|value| self.expr(value));
        let BodyNotes { registrations, scopes, .. } =
            std::mem::replace(&mut self.body, around).unwrap_or_default();
        Some(Constant { name: types::name(name), value, cfg, registrations, scopes })
    }

    /// Notes expressions that stand in the head of an item.
    fn embed(&mut self, attributes: &[Attribute], found: Vec<&syn::Expr>) {
        for value in found {
            // What is written out has nothing in it.
            if matches!(value, syn::Expr::Lit(_) | syn::Expr::Path(_) | syn::Expr::Unary(_)) {
                continue;
            }
            let name = syn::Ident::new("_", proc_macro2::Span::call_site());
            let constant = self.constant(attributes, &name, Some(value));
            self.embedded.extend(constant);
        }
    }

    fn type_item(&self, attributes: &[Attribute], name: &syn::Ident, kind: TypeKind) -> Option<Item> {
        let Present { cfg } = self.present(attributes)?;
        Some(Item::Type(TypeItem { name: types::name(name), kind, cfg }))
    }

    fn trait_item(&mut self, it: &syn::ItemTrait, into: &mut Vec<Item>) {
        let (mut functions, mut constants) = (Vec::new(), Vec::new());
        self.embed(&it.attrs, embedded::of_generics(&it.generics));
        self.embed(&it.attrs, embedded::of_bounds(&it.supertraits));
        for item in &it.items {
            match item {
                TraitItem::Fn(it) => {
                    functions.extend(self.function(&it.attrs, None, &it.sig, it.default.as_ref()));
                }
                TraitItem::Const(it) => {
                    self.embed(&it.attrs, embedded::of_type(&it.ty));
                    let value = it.default.as_ref().map(|(_, value)| value);
                    constants.extend(self.constant(&it.attrs, &it.ident, value));
                }
                _ => {}
            }
        }
        into.extend(self.type_item(&it.attrs, &it.ident, TypeKind::Trait { functions, constants }));
    }

    fn impl_block(&mut self, it: &syn::ItemImpl, into: &mut Vec<Item>) {
        let Some(Present { cfg }) = self.present(&it.attrs) else { return };
        self.embed(&it.attrs, embedded::of_generics(&it.generics));
        self.embed(&it.attrs, embedded::of_type(&it.self_ty));
        if let Some((path, _)) = &it.trait_ {
            self.embed(&it.attrs, embedded::of_path(None, path));
        }
        let mut members = Members::default();
        self.members(&it.items, &mut members, into);
        into.push(Item::Impl(ImplBlock {
            generics: types::generics(&it.generics),
            of: types::of(&it.self_ty),
            of_trait: it.trait_.as_ref().map(|(path, _)| types::path(path)),
            functions: members.functions,
            constants: members.constants,
            types: members.types,
            cfg,
        }));
    }

    /// What stands in an implementation.
    fn members(&mut self, items: &[ImplItem], members: &mut Members, into: &mut Vec<Item>) {
        for item in items {
            match item {
                ImplItem::Fn(it) => {
                    let function = self.function(&it.attrs, Some(&it.vis), &it.sig, Some(&it.block));
                    members.functions.extend(function);
                }
                ImplItem::Const(it) => {
                    self.embed(&it.attrs, embedded::of_type(&it.ty));
                    members.constants.extend(self.constant(&it.attrs, &it.ident, Some(&it.expr)));
                }
                ImplItem::Type(it) => {
                    self.embed(&it.attrs, embedded::of_type(&it.ty));
                    members.types.push((types::name(&it.ident), types::of(&it.ty)));
                }
                ImplItem::Macro(it) => {
                    let opaque = self.impl_items_of(&it.mac, |lowering, items| {
                        lowering.members(&items, members, into);
                    });
                    into.extend(opaque.map(Item::Macro));
                }
                _ => {}
            }
        }
    }

    /// A function: noted in the list of the file, known by its key.
    fn function(
        &mut self,
        attributes: &[Attribute],
        visibility: Option<&Visibility>,
        signature: &Signature,
        block: Option<&syn::Block>,
    ) -> Option<Key> {
        let Present { cfg } = self.present(attributes)?;
        self.embed(attributes, embedded::of_signature(signature));
        let place = place::of_span(signature.ident.span());
        let output = types::output(&signature.output);
        // A `main` that returns a router serves it without a word.
        let is_wanted = matches!(&output, Some(Type::Path(path)) if names_router(path));
        let has_self = signature.receiver().is_some();
        let mut params = Vec::new();
        for input in &signature.inputs {
            if let FnArg::Typed(it) = input {
                params.push(Param { pattern: self.pattern(&it.pat), of: types::of(&it.ty) });
            }
        }
        let body = block.map_or(Body::None, |block| self.body(block, is_wanted));
        let function = Function {
            key: place.key(),
            name: types::name(&signature.ident),
            place,
            attribute_place: attribute_place(attributes, visibility, signature),
            attributes: attribute::all(attributes, &self.source),
            cfg,
            is_async: signature.asyncness.is_some(),
            generics: types::generics(&signature.generics),
            is_public: matches!(visibility, Some(Visibility::Public(_))),
            has_self,
            params,
            output,
            body,
        };
        self.functions.push(function);
        Some(place.key())
    }

    fn body(&mut self, block: &syn::Block, is_wanted: bool) -> Body {
        let place = place::of_span(block.brace_token.span.join());
        let text = self.source.slice(place);
        // What a macro wrote is no text, and which tokens it wrote must not depend on what is read.
        let is_written = place.made != 0 || self.expansions > 0;
        let calls_macro = || words::identifiers(text).any(|(_, name)| self.rules.contains_key(name));
        let is_read =
            is_wanted || is_written || self.depth == Depth::All || words::body_matters(text) || calls_macro();
        if !is_read {
            return Body::Unread;
        }
        let around = self.body.replace(BodyNotes::default());
        let block = self.block(block);
        let notes = std::mem::replace(&mut self.body, around).unwrap_or_default();
        Body::Read(Box::new(ReadBody {
            block,
            scopes: notes.scopes,
            registrations: notes.registrations,
            mentions: notes.mentions.into_iter().collect(),
        }))
    }
}

/// Whether a type has the name of a router of some crate, by itself or as an argument.
fn names_router(path: &Path) -> bool {
    let arguments = path.segments.last().map(|last| last.arguments.as_slice()).unwrap_or_default();
    let is_router = path.last().ends_with("Router") || path.last() == "ShuttleAxum";
    let is_served = matches!(path.last(), "App" | "GuardedApp" | "GuardedService");
    is_router
        || is_served
        || arguments.iter().any(|of| matches!(of.inner(), Type::Path(path) if names_router(path)))
}

fn fields(fields: &syn::Fields) -> Vec<(String, Type)> {
    let named = fields.iter().enumerate().map(|(at, field)| {
        let name = field.ident.as_ref().map_or_else(|| at.to_string(), types::name);
        (name, types::of(&field.ty))
    });
    named.collect()
}

/// The text of `#[scope("..")]`, `#[actix_web::scope("..")]`.
fn scope_attribute(attribute: &Attribute) -> Option<String> {
    let Meta::List(list) = &attribute.meta else { return None };
    let is_scope = list.path.segments.last().is_some_and(|last| last.ident == "scope");
    if !is_scope {
        return None;
    }
    list.parse_args::<syn::LitStr>().ok().map(|text| text.value())
}

/// The place before a function's first attribute that is no doc comment, its visibility or its first keyword.
fn attribute_place(
    attributes: &[Attribute],
    visibility: Option<&Visibility>,
    signature: &Signature,
) -> Place {
    let attribute = attributes.iter().find(|attribute| !attribute.path().is_ident("doc"));
    let span = if let Some(attribute) = attribute {
        attribute.pound_token.spans[0]
    } else {
        let keyword = match visibility {
            Some(Visibility::Public(token)) => Some(token.span),
            Some(Visibility::Restricted(it)) => Some(it.pub_token.span),
            Some(Visibility::Inherited) | None => None,
        };
        let safety = match &signature.safety {
            syn::Safety::Unsafe(token) => Some(token.span),
            _ => None,
        };
        keyword
            .or(signature.constness.as_ref().map(|token| token.span))
            .or(signature.asyncness.as_ref().map(|token| token.span))
            .or(safety)
            .or(signature.abi.as_ref().map(|abi| abi.extern_token.span))
            .unwrap_or(signature.fn_token.span)
    };
    // In what a macro wrote, the line goes into the rule.
    let place = super::written::origin(span);
    Place { end_line: place.line, end_column: place.column, ..place }
}
