//! Macro calls: their content as expressions or items where it can be read as such.

use super::cfg::{self, Cfg};
use super::expand::Rules;
use super::{Lowering, attribute, place, types};
use crate::facts::{Expr, ExprKind, Item, MacroCall, MacroItem, Path};
use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{Pat, Token};

/// How deep macros may call each other.
const MOST_EXPANSIONS: usize = 16;

impl Lowering<'_> {
    /// A macro call in a body.
    pub fn macro_call(&mut self, mac: &syn::Macro) -> Expr {
        let place = place::of_path(&mac.path).to(place::of_span(mac.delimiter.span().close()));
        let path = types::path(&mac.path);
        if path.last() == "cfg_if"
            && let Some(expr) = self.branches_in_body(&mac.tokens)
        {
            return expr;
        }
        self.mention(path.last());
        let registers = attribute::registers(&mac.tokens);
        let content = expressions(&mac.tokens).or_else(|| select_branches(&mac.tokens));
        let names = if content.is_some() { Vec::new() } else { names(&mac.tokens) };
        for name in &names {
            self.mention(name);
        }
        let is_read = content.is_some();
        let arguments: Vec<Expr> = content.unwrap_or_default().iter().map(|expr| self.expr(expr)).collect();
        Expr { kind: ExprKind::Macro(MacroCall { path, arguments, is_read, registers, names }), place }
    }

    /// A macro at item level.
    pub fn macro_item(&mut self, item: &syn::ItemMacro) -> MacroItem {
        let path = types::path(&item.mac.path);
        let tokens = &item.mac.tokens;
        let place = place::of_path(&item.mac.path).to(place::of_span(item.mac.delimiter.span().close()));
        match (path.last(), &item.ident) {
            ("macro_rules", Some(name)) => {
                let name = types::name(name);
                if let Some(rules) = Rules::read(tokens) {
                    self.rules.insert(name.clone(), rules);
                }
                let registers = attribute::registers(tokens) || declares_module_files(tokens);
                if registers {
                    self.new_words.push(name.clone());
                }
                MacroItem::Rules { name, registers }
            }
            ("include", _) => {
                let file = syn::parse2::<syn::LitStr>(tokens.clone()).ok().map(|literal| literal.value());
                MacroItem::Include { file, place }
            }
            _ => match self.expanded(&path, tokens).or_else(|| self.branches_of_items(tokens)) {
                Some(branches) => MacroItem::Items(branches),
                None => MacroItem::Opaque {
                    path,
                    place,
                    registers: attribute::registers(tokens),
                    declares_modules: declares_module_files(tokens),
                },
            },
        }
    }

    /// What a `macro_rules!` of the file makes of a call.
    fn expanded(&mut self, path: &Path, tokens: &TokenStream) -> Option<Vec<(Option<String>, Vec<Item>)>> {
        // Within each other: a macro that calls another, or itself.
        if self.expansions >= MOST_EXPANSIONS {
            return None;
        }
        let expansion = self.rules.get(path.single()?)?.expand(tokens)?;
        // What registers in so many words is said of the call: see `registers`.
        if attribute::registers(&expansion) || declares_module_files(&expansion) {
            return None;
        }
        let items = items(&expansion)?;
        self.expansions += 1;
        let lowered = self.items(&items);
        self.expansions -= 1;
        Some(vec![(None, lowered)])
    }

    /// Content that is plain items, or `cfg_if!` branches of them.
    fn branches_of_items(&mut self, tokens: &TokenStream) -> Option<Vec<(Option<String>, Vec<Item>)>> {
        if let Some(items) = items(tokens) {
            return Some(vec![(None, self.items(&items))]);
        }
        let mut branches = Vec::new();
        for branch in cfg_if_branches.parse2(tokens.clone()).ok()? {
            let content = items(&branch.content)?;
            let condition = self.condition_of(&branch);
            if condition != Cfg::Off {
                branches.push((condition.condition(), self.items(&content)));
            }
        }
        Some(branches)
    }

    /// `cfg_if!` in a body: its branches as an `if` whose condition nobody knows.
    fn branches_in_body(&mut self, tokens: &TokenStream) -> Option<Expr> {
        let mut branches = Vec::new();
        for branch in cfg_if_branches.parse2(tokens.clone()).ok()? {
            let statements = syn::Block::parse_within.parse2(branch.content.clone()).ok()?;
            branches.push((branch, statements));
        }
        let mut otherwise = None;
        for (branch, statements) in branches.iter().rev() {
            let place = place::of_span(branch.span.join());
            let block = self.statements(statements, place);
            otherwise = Some(Box::new(match self.condition_of(branch) {
                Cfg::Off => continue,
                Cfg::Maybe(text) => {
                    let condition = Box::new(Expr { kind: ExprKind::Other(Vec::new()), place });
                    Expr {
                        kind: ExprKind::If { condition, text, then: block, otherwise: otherwise.take() },
                        place,
                    }
                }
                Cfg::On => Expr { kind: ExprKind::Block(block), place },
            }));
        }
        otherwise.map(|expr| *expr)
    }

    fn condition_of(&self, branch: &Branch) -> Cfg {
        branch.condition.as_ref().map_or(Cfg::On, |condition| cfg::of(condition, &self.source))
    }
}

/// `a, b, name = c` or `a; n`.
fn expressions(tokens: &TokenStream) -> Option<Vec<syn::Expr>> {
    let list = |input: ParseStream<'_>| -> syn::Result<Vec<syn::Expr>> {
        let mut found = Vec::new();
        while !input.is_empty() {
            found.push(input.parse()?);
            if input.peek(Token![,]) {
                input.parse::<Token![,]>()?;
            } else if !input.is_empty() {
                input.parse::<Token![;]>()?;
            }
        }
        Ok(found)
    };
    list.parse2(tokens.clone()).ok()
}

/// The branches of `select!`: `pattern = value, if condition => body`.
fn select_branches(tokens: &TokenStream) -> Option<Vec<syn::Expr>> {
    let branches = |input: ParseStream<'_>| -> syn::Result<Vec<syn::Expr>> {
        let mut found = Vec::new();
        if input.peek(syn::Ident) && input.peek2(Token![;]) {
            input.parse::<syn::Ident>()?;
            input.parse::<Token![;]>()?;
        }
        while !input.is_empty() {
            if input.peek(Token![else]) {
                input.parse::<Token![else]>()?;
            } else {
                Pat::parse_multi(input)?;
                input.parse::<Token![=]>()?;
                found.push(input.parse()?);
                if input.peek(Token![,]) {
                    input.parse::<Token![,]>()?;
                    input.parse::<Token![if]>()?;
                    found.push(input.call(syn::Expr::parse_without_eager_brace)?);
                }
            }
            input.parse::<Token![=>]>()?;
            found.push(input.parse()?);
            if input.peek(Token![,]) {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(found)
    };
    branches.parse2(tokens.clone()).ok()
}

fn items(tokens: &TokenStream) -> Option<Vec<syn::Item>> {
    let list = |input: ParseStream<'_>| -> syn::Result<Vec<syn::Item>> {
        let mut items = Vec::new();
        while !input.is_empty() {
            items.push(input.parse()?);
        }
        Ok(items)
    };
    let items = list.parse2(tokens.clone()).ok()?;
    // What the parser hands back as tokens is nothing that can be looked into.
    let is_read = !items.is_empty() && !items.iter().any(|item| matches!(item, syn::Item::Verbatim(_)));
    is_read.then_some(items)
}

/// `if #[cfg(..)] { content }`, or the last `{ content }`.
struct Branch {
    condition: Option<Vec<syn::Attribute>>,
    content: TokenStream,
    span: proc_macro2::extra::DelimSpan,
}

fn cfg_if_branches(input: ParseStream<'_>) -> syn::Result<Vec<Branch>> {
    let mut branches = Vec::new();
    loop {
        let condition = if input.peek(Token![if]) {
            input.parse::<Token![if]>()?;
            Some(input.call(syn::Attribute::parse_outer)?)
        } else {
            None
        };
        let content;
        let brace = syn::braced!(content in input);
        branches.push(Branch { condition, content: content.parse()?, span: brace.span });
        if input.is_empty() {
            return Ok(branches);
        }
        input.parse::<Token![else]>()?;
    }
}

/// Whether `mod name;` or `mod $name;` stands in tokens.
fn declares_module_files(tokens: &TokenStream) -> bool {
    let mut open = vec![tokens.clone()];
    while let Some(stream) = open.pop() {
        let mut since_mod = None;
        for tree in stream {
            match &tree {
                TokenTree::Ident(ident) if *ident == "mod" => since_mod = Some(0),
                TokenTree::Punct(punct) if punct.as_char() == ';' && since_mod.is_some() => return true,
                TokenTree::Group(group) => {
                    since_mod = None;
                    open.push(group.stream());
                }
                _ => since_mod = since_mod.filter(|count| *count < 3).map(|count| count + 1),
            }
        }
    }
    false
}

/// All names in tokens, however deep, sorted.
fn names(tokens: &TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![tokens.clone()];
    while let Some(stream) = open.pop() {
        for tree in stream {
            match tree {
                TokenTree::Ident(ident) => found.push(types::name(&ident)),
                TokenTree::Group(group) => open.push(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
    found.sort();
    found.dedup();
    found
}
