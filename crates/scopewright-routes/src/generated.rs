//! Whether what the build script generates becomes a part of a crate: only then do the errors in it fail a build.
//!
//! Both answers are about what is written in so many words. What can't be told counts as no.

use crate::load::with_deep_stack;
use crate::lower::refuse_deep_nesting;
use std::collections::BTreeMap;
use syn::{Attribute, Expr, Item, Stmt, UseTree};

/// Whether a crate's root takes the generated module in whatever the build is: `scopewright::include_scopes!()` under no
/// condition, or a module that includes the file itself.
///
/// `dependencies` are the names of the crate's dependencies in paths, each with its package's name.
pub fn includes_scopes(root: &str, dependencies: &BTreeMap<String, String>) -> bool {
    parsed(root, |file| {
        let is_runtime = |name: &str| dependencies.get(name).is_some_and(|package| package == "scopewright");
        let is_always = file.attrs.iter().all(is_harmless);
        is_always
            && !shadows(&file.items, &is_runtime)
            && file.items.iter().any(|item| includes(item, &file.items, &is_runtime))
    })
}

/// Whether the `main` of a build script compiles the policy, whatever else it does. `name` is what the script calls
/// `scopewright-build`.
pub fn compiles_policy(build_script: &str, name: &str) -> bool {
    parsed(build_script, |file| {
        let imported = imports(&file.items, name, "compile");
        let mains = file.items.iter().filter_map(|item| match item {
            Item::Fn(function) if function.sig.ident == "main" && function.attrs.iter().all(is_harmless) => {
                Some(function)
            }
            _ => None,
        });
        mains.into_iter().any(|main| {
            // What leaves before is a condition on all that follows.
            let before_a_way_out = main
                .block
                .stmts
                .iter()
                .take_while(|statement| calls_in(statement, name, imported) || !has_way_out(statement));
            before_a_way_out.into_iter().any(|statement| calls_in(statement, name, imported))
        })
    })
}

fn parsed(text: &str, judge: impl FnOnce(&syn::File) -> bool + Send) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if refuse_deep_nesting(text).is_err() {
        return false;
    }
    with_deep_stack(|| syn::parse_file(text).is_ok_and(|file| judge(&file))).unwrap_or(false)
}

/// Attributes that leave in what they stand on.
fn is_harmless(attribute: &Attribute) -> bool {
    let path = attribute.path();
    let first = path.segments.first().map(|segment| segment.ident.to_string()).unwrap_or_default();
    let harmless = [
        "allow",
        "clippy",
        "deny",
        "doc",
        "expect",
        "forbid",
        "macro_use",
        "recursion_limit",
        "rustfmt",
        "warn",
        "feature",
        "no_std",
        "crate_type",
        "type_length_limit",
        "windows_subsystem",
    ];
    harmless.contains(&first.as_str())
        // Whatever it comes to, the attribute it adds is looked at by nobody; only `cfg` takes an item away.
        || (first == "cfg_attr" && !attribute_text(attribute).contains("cfg ("))
}

fn attribute_text(attribute: &Attribute) -> String {
    match &attribute.meta {
        syn::Meta::List(list) => list.tokens.to_string().replace("cfg(", "cfg ("),
        syn::Meta::Path(_) | syn::Meta::NameValue(_) => String::new(),
    }
}

fn includes(item: &Item, all: &[Item], is_runtime: &impl Fn(&str) -> bool) -> bool {
    match item {
        Item::Macro(it) if it.ident.is_none() && it.attrs.iter().all(is_harmless) => {
            let names: Vec<String> =
                it.mac.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            match names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                ["include_scopes"] => all.iter().any(|item| match item {
                    Item::Use(it) if it.attrs.iter().all(is_harmless) => {
                        is_imported(&it.tree, is_runtime, "include_scopes")
                    }
                    Item::ExternCrate(it) => {
                        is_runtime(&it.ident.to_string())
                            && it.attrs.iter().any(|attribute| attribute.path().is_ident("macro_use"))
                    }
                    _ => false,
                }),
                [krate, "include_scopes"] => {
                    let is_alias = |item: &Item| match item {
                        Item::Use(it) => {
                            it.attrs.iter().all(is_harmless) && is_alias(&it.tree, is_runtime, krate)
                        }
                        _ => false,
                    };
                    is_runtime(krate) || all.iter().any(is_alias)
                }
                _ => false,
            }
        }
        Item::Mod(it) if it.ident == "scopes" && it.attrs.iter().all(is_harmless) => {
            let inside = it.content.iter().flat_map(|(_, items)| items);
            inside.into_iter().any(|item| match item {
                Item::Macro(it) if it.mac.path.is_ident("include") && it.attrs.is_empty() => {
                    let text: String = it.mac.tokens.to_string().split_whitespace().collect();
                    text == "concat!(env!(\"OUT_DIR\"),\"/scopewright.rs\")"
                }
                _ => false,
            })
        }
        _ => false,
    }
}

/// Whether the root declares a macro or module of its own under a name that would mean ours.
fn shadows(items: &[Item], is_runtime: &impl Fn(&str) -> bool) -> bool {
    items.iter().any(|item| match item {
        Item::Macro(it) => it.ident.as_ref().is_some_and(|name| name == "include_scopes"),
        Item::Mod(it) => is_runtime(&it.ident.to_string()),
        Item::Use(it) => renames(&it.tree, is_runtime),
        Item::ExternCrate(it) => it.rename.as_ref().is_some_and(|(_, name)| is_runtime(&name.to_string())),
        _ => false,
    })
}

fn renames(tree: &UseTree, is_runtime: &impl Fn(&str) -> bool) -> bool {
    match tree {
        UseTree::Path(it) => renames(&it.tree, is_runtime),
        UseTree::Rename(it) => it.rename == "include_scopes" || is_runtime(&it.rename.to_string()),
        UseTree::Group(it) => it.items.iter().any(|tree| renames(tree, is_runtime)),
        UseTree::Name(_) | UseTree::Glob(_) => false,
    }
}

/// Whether a `use` gives a crate another name: `use scopewright as access`, `use scopewright::{self as access, ..}`.
fn is_alias(tree: &UseTree, is_crate: &impl Fn(&str) -> bool, alias: &str) -> bool {
    fn renames_self(tree: &UseTree, alias: &str) -> bool {
        match tree {
            UseTree::Rename(it) => it.ident == "self" && it.rename == alias,
            UseTree::Group(it) => it.items.iter().any(|tree| renames_self(tree, alias)),
            UseTree::Path(_) | UseTree::Name(_) | UseTree::Glob(_) => false,
        }
    }
    match tree {
        UseTree::Rename(it) => is_crate(&it.ident.to_string()) && it.rename == alias,
        UseTree::Path(it) => is_crate(&it.ident.to_string()) && renames_self(&it.tree, alias),
        UseTree::Group(it) => it.items.iter().any(|tree| is_alias(tree, is_crate, alias)),
        UseTree::Name(_) | UseTree::Glob(_) => false,
    }
}

/// Whether a `use` takes a name out of a crate.
fn is_imported(tree: &UseTree, is_crate: &impl Fn(&str) -> bool, name: &str) -> bool {
    fn names(tree: &UseTree, name: &str) -> bool {
        match tree {
            UseTree::Name(it) => it.ident == name,
            UseTree::Glob(_) => true,
            UseTree::Group(it) => it.items.iter().any(|tree| names(tree, name)),
            UseTree::Path(_) | UseTree::Rename(_) => false,
        }
    }
    match tree {
        UseTree::Path(it) => is_crate(&it.ident.to_string()) && names(&it.tree, name),
        UseTree::Group(it) => it.items.iter().any(|tree| is_imported(tree, is_crate, name)),
        UseTree::Name(_) | UseTree::Rename(_) | UseTree::Glob(_) => false,
    }
}

fn imports(items: &[Item], krate: &str, name: &str) -> bool {
    let declares = |item: &Item| matches!(item, Item::Fn(it) if it.sig.ident == name);
    !items.iter().any(declares)
        && items.iter().any(|item| match item {
            Item::Use(it) => is_imported(&it.tree, &|ident| ident == krate, name),
            _ => false,
        })
}

/// Whether a statement calls `compile` whenever it is reached.
fn calls_in(statement: &Stmt, name: &str, imported: bool) -> bool {
    match statement {
        Stmt::Expr(expr, _) => calls(expr, name, imported),
        Stmt::Local(local) if local.attrs.iter().all(is_harmless) => {
            local.init.as_ref().is_some_and(|init| calls(&init.expr, name, imported))
        }
        _ => false,
    }
}

fn calls(expr: &Expr, name: &str, imported: bool) -> bool {
    let inner = |expr: &Expr| calls(expr, name, imported);
    match expr {
        Expr::Call(call) => is_compile(&call.func, name, imported) || call.args.iter().any(inner),
        Expr::MethodCall(call) => {
            (call.method == "compile" && is_config(&call.receiver, name))
                || inner(&call.receiver)
                || call.args.iter().any(inner)
        }
        Expr::Try(it) => inner(&it.expr),
        Expr::Paren(it) => inner(&it.expr),
        Expr::Return(it) => it.expr.as_deref().is_some_and(inner),
        Expr::Let(it) => inner(&it.expr),
        Expr::Match(it) => inner(&it.expr),
        Expr::If(it) => inner(&it.cond),
        _ => false,
    }
}

fn names_of(expr: &Expr) -> Option<Vec<String>> {
    let Expr::Path(path) = expr else { return None };
    Some(path.path.segments.iter().map(|segment| segment.ident.to_string()).collect())
}

fn is_compile(func: &Expr, name: &str, imported: bool) -> bool {
    names_of(func).is_some_and(|names| {
        match names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["compile"] => imported,
            [krate, "compile"] => *krate == name,
            _ => false,
        }
    })
}

/// `scopewright_build::Config::new()` with whatever is called on it, imported or not.
fn is_config(expr: &Expr, name: &str) -> bool {
    match expr {
        Expr::MethodCall(call) => is_config(&call.receiver, name),
        Expr::Paren(it) => is_config(&it.expr, name),
        Expr::Call(call) => names_of(&call.func).is_some_and(|names| {
            match names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                ["Config", "new" | "default"] => true,
                [krate, "Config", "new" | "default"] => *krate == name,
                _ => false,
            }
        }),
        _ => false,
    }
}

/// Whether a statement may end `main`.
fn has_way_out(statement: &Stmt) -> bool {
    let Some(text) = syn::spanned::Spanned::span(statement).source_text() else { return true };
    crate::words::identifiers(&text).any(|(_, word)| {
        matches!(
            word,
            "abort" | "assert" | "exit" | "loop" | "panic" | "process" | "return" | "todo" | "while"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dependencies() -> BTreeMap<String, String> {
        [("guard", "scopewright"), ("axum", "axum")].map(|(name, of)| (name.to_owned(), of.to_owned())).into()
    }

    #[track_caller]
    fn check_root(text: &str, expected: bool) {
        assert_eq!(includes_scopes(text, &dependencies()), expected, "{text}");
    }

    #[test]
    fn the_macro_counts_where_it_always_stands() {
        check_root("guard::include_scopes!();", true);
        check_root("::guard::include_scopes!();", true);
        check_root("use guard as access; access::include_scopes!();", true);
        check_root("use guard::{self as access, requires_scope}; access::include_scopes!();", true);
        check_root("use other::{self as access}; access::include_scopes!();", false);
        check_root("#[allow(missing_docs)] guard::include_scopes! {}", true);
        check_root("use guard::{Grant, include_scopes}; include_scopes!();", true);
        check_root("#[macro_use] extern crate guard; include_scopes!();", true);
        check_root(
            "#![warn(clippy::all)] pub mod scopes { include!(concat!(env!(\"OUT_DIR\"), \"/scopewright.rs\")); }",
            true,
        );
    }

    #[test]
    fn what_may_be_off_or_another_does_not_count() {
        check_root("", false);
        check_root("// guard::include_scopes!();", false);
        check_root("mod inner { guard::include_scopes!(); }", false);
        check_root("#[cfg(feature = \"x\")] guard::include_scopes!();", false);
        check_root("#[cfg_attr(all(), cfg(x))] guard::include_scopes!();", false);
        check_root("#[evil::gone] guard::include_scopes!();", false);
        check_root("#![cfg(feature = \"x\")] guard::include_scopes!();", false);
        check_root("axum::include_scopes!();", false);
        check_root("include_scopes!();", false);
        check_root("macro_rules! include_scopes { () => {} } use guard::*; include_scopes!();", false);
        check_root("mod guard { } guard::include_scopes!();", false);
        check_root("use axum as guard; guard::include_scopes!();", false);
        check_root("guard::include_scopes!(); fn (", false);
    }

    #[track_caller]
    fn check_script(text: &str, expected: bool) {
        assert_eq!(compiles_policy(text, "scopewright_build"), expected, "{text}");
    }

    #[test]
    fn a_build_script_compiles_the_policy_if_its_main_always_says_so() {
        check_script(
            "fn main() -> Result<(), scopewright_build::Error> { scopewright_build::compile() }",
            true,
        );
        check_script("fn main() { println!(\"x\"); scopewright_build::compile().unwrap(); }", true);
        check_script(
            "use scopewright_build::compile; fn main() { if let Err(e) = compile() { panic!() } }",
            true,
        );
        check_script(
            "fn main() { scopewright_build::Config::new().policy(\"p\").compile().expect(\"\") }",
            true,
        );
        check_script("fn main() {}", false);
        check_script("fn main() { /* scopewright_build::compile() */ }", false);
        check_script("fn main() { if false { scopewright_build::compile().unwrap(); } }", false);
        check_script("fn main() { std::process::exit(0); scopewright_build::compile().unwrap(); }", false);
        check_script("fn main() { compile() } fn compile() {}", false);
        check_script("fn other() { scopewright_build::compile().unwrap(); } fn main() {}", false);
    }
}
