//! Macro calls: what the project's own write, and the content of others where it can be read as expressions or items.

use super::cfg::{self, Cfg};
use super::expand::{Refused, Rules};
use super::written::{self, Writer};
use super::{Lowering, attribute, place, types};
use crate::facts::{Expr, ExprKind, Item, MacroCall, MacroItem, Path, Place};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::rc::Rc;
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{Pat, Stmt, Token};

/// How deep macros may call each other: as deep as the compiler lets them.
const MOST_EXPANSIONS: usize = 128;

/// The macros that can be called at a place, by name.
pub type Definitions = BTreeMap<String, Rc<Definition>>;

/// A `macro_rules!`.
pub struct Definition {
    /// None if they can't be read, or depend on the build.
    rules: Option<Rules>,
    sees: Sees,
}

/// Where an expansion looks for the variables that it does not declare.
#[derive(Debug, Clone, Copy)]
pub enum Sees {
    /// It is declared outside of bodies and sees none.
    Items,
    /// It is declared after so many variables of a body.
    Locals(usize),
}

/// What became of a call.
enum Expansion<T> {
    Done(T),
    /// The macro is none of the file.
    NotOurs,
    /// It is one and can't be applied.
    Refused,
}

impl Lowering<'_> {
    /// A macro call in a body.
    pub fn macro_call(&mut self, mac: &syn::Macro) -> Expr {
        let place = place_of(mac);
        let path = types::path(&mac.path);
        if path.last() == "cfg_if"
            && let Some(expr) = self.branches_in_body(&mac.tokens)
        {
            return expr;
        }
        let expanded = self.expanded(mac, &expression, |lowering, expr| {
            let Expr { kind, .. } = lowering.expr(&expr);
            Expr { kind, place: place::of_expr(&expr) }
        });
        let is_refused = match expanded {
            Expansion::Done(expr) => return expr,
            Expansion::Refused => true,
            Expansion::NotOurs => false,
        };
        self.mention(path.last());
        // What has no end may be anything.
        let is_endless = is_refused && self.is_over_here();
        let registers = is_endless || attribute::registers(&mac.tokens);
        let content =
            expressions(&mac.tokens).or_else(|| select_branches(&mac.tokens)).filter(|_| !is_endless);
        let names = if content.is_some() { Vec::new() } else { names(&mac.tokens) };
        for name in &names {
            self.mention(name);
        }
        let is_read = content.is_some();
        let arguments: Vec<Expr> = content.unwrap_or_default().iter().map(|expr| self.expr(expr)).collect();
        Expr {
            kind: ExprKind::Macro(MacroCall { path, arguments, is_read, is_refused, registers, names }),
            place,
        }
    }

    /// A macro at item level.
    pub fn macro_item(&mut self, item: &syn::ItemMacro) -> MacroItem {
        let path = types::path(&item.mac.path);
        let tokens = &item.mac.tokens;
        match (path.last(), &item.ident) {
            ("macro_rules", Some(name)) => {
                self.define(item);
                let name = types::name(name);
                let registers = attribute::registers(tokens) || declares_module_files(tokens);
                if registers {
                    self.new_words.push(name.clone());
                }
                MacroItem::Rules { name, registers }
            }
            ("include", _) => {
                let file = syn::parse2::<syn::LitStr>(tokens.clone()).ok().map(|literal| literal.value());
                MacroItem::Include { file, place: place_of(&item.mac) }
            }
            _ => self.items_of(&item.mac, |lowering, items| lowering.items(&items)),
        }
    }

    /// What a macro stands for where items do.
    fn items_of(
        &mut self,
        mac: &syn::Macro,
        lower: impl FnOnce(&mut Self, Vec<syn::Item>) -> Vec<Item>,
    ) -> MacroItem {
        let path = types::path(&mac.path);
        let is_refused = match self.expanded(mac, &items, lower) {
            Expansion::Done(items) => return MacroItem::Items(vec![(None, items)]),
            Expansion::Refused => true,
            Expansion::NotOurs => false,
        };
        if !is_refused && let Some(branches) = self.branches_of_items(&mac.tokens) {
            return MacroItem::Items(branches);
        }
        let is_endless = is_refused && self.is_over_here();
        MacroItem::Opaque {
            path,
            place: place_of(mac),
            registers: is_endless || attribute::registers(&mac.tokens),
            declares_modules: declares_module_files(&mac.tokens),
        }
    }

    /// Lowers what a macro in an `impl` stands for; the macro, if that can't be told.
    pub fn impl_items_of(
        &mut self,
        mac: &syn::Macro,
        lower: impl FnOnce(&mut Self, Vec<syn::ImplItem>),
    ) -> Option<MacroItem> {
        match self.expanded(mac, &impl_items, lower) {
            Expansion::Done(()) => None,
            Expansion::Refused | Expansion::NotOurs => Some(MacroItem::Opaque {
                path: types::path(&mac.path),
                place: place_of(mac),
                registers: self.is_over_here() || attribute::registers(&mac.tokens),
                declares_modules: false,
            }),
        }
    }

    /// The statements of a block with those in them that macros of the file stand for, and the macros it declares known
    /// from where they stand.
    pub fn written_out(&mut self, statements: &[Stmt], lower: &mut impl FnMut(&mut Self, &Stmt)) {
        for statement in statements {
            let Stmt::Macro(it) = statement else {
                lower(self, statement);
                continue;
            };
            if cfg::of(&it.attrs, &self.source) != Cfg::On {
                lower(self, statement);
                continue;
            }
            let is_done = it.semi_token.is_some();
            let expanded = self.expanded(&it.mac, &block_statements, |lowering, mut statements| {
                if is_done && let Some(Stmt::Expr(_, end @ None)) = statements.last_mut() {
                    *end = Some(<Token![;]>::default());
                }
                lowering.written_out(&statements, lower);
            });
            if !matches!(expanded, Expansion::Done(())) {
                lower(self, statement);
            }
        }
    }

    /// Notes a `macro_rules!`, which can be called from here on.
    fn define(&mut self, item: &syn::ItemMacro) {
        let Some(name) = &item.ident else { return };
        let is_sure = cfg::of(&item.attrs, &self.source) == Cfg::On;
        let rules = Rules::read(&item.mac.tokens).filter(|_| is_sure);
        let sees = if self.body.is_some() { Sees::Locals(self.locals.len()) } else { Sees::Items };
        self.rules.insert(types::name(name), Rc::new(Definition { rules, sees }));
    }

    /// Whether a call has no end, or stands in what has none.
    fn is_over_here(&mut self) -> bool {
        let is_over = self.is_over;
        if self.expansions == 0 {
            self.is_over = false;
        }
        is_over
    }

    /// What a `macro_rules!` of the file makes of a call, as far as it can be read and lowered.
    fn expanded<S, T>(
        &mut self,
        mac: &syn::Macro,
        read: &impl Fn(&TokenStream) -> Option<S>,
        lower: impl FnOnce(&mut Self, S) -> T,
    ) -> Expansion<T> {
        let Some(name) = called_name(&types::path(&mac.path)) else { return Expansion::NotOurs };
        let Some(definition) = self.rules.get(&name).cloned() else { return Expansion::NotOurs };
        if self.expansions >= MOST_EXPANSIONS {
            self.is_over = true;
        }
        let Some(rules) = definition.rules.as_ref().filter(|_| !self.is_over) else {
            return Expansion::Refused;
        };
        let writer = Writer::of(mac.path.span(), place_of(mac));
        let tokens = match rules.expand(&mac.tokens, &writer) {
            Ok(tokens) => tokens,
            Err(refused) => {
                self.is_over |= refused == Refused::TooMuch;
                return Expansion::Refused;
            }
        };
        let Some(syntax) = read(&tokens) else { return Expansion::Refused };
        self.marks.insert(writer.mark, definition.sees);
        let before = (self.functions.len(), self.body.as_ref().map_or(0, |body| body.registrations.len()));
        self.expansions += 1;
        let lowered = lower(self, syntax);
        self.expansions -= 1;
        if self.is_over {
            self.functions.truncate(before.0);
            if let Some(body) = &mut self.body {
                body.registrations.truncate(before.1);
            }
            return Expansion::Refused;
        }
        Expansion::Done(lowered)
    }

    /// The name by which a body knows a variable that a pattern declares.
    pub fn declared_name(&mut self, ident: &syn::Ident) -> String {
        let name = types::name(ident);
        let mark = written::mark(ident.span());
        if name.starts_with(char::is_uppercase) {
            return name;
        }
        if mark == 0 {
            self.locals.push(name.clone());
            return name;
        }
        self.bound.insert((name.clone(), mark));
        marked(&name, mark)
    }

    /// A path that is one name: what a rule wrote is a variable of the expansion, of where the macro is declared, or none.
    pub fn named(&mut self, path: Path, ident: &syn::Ident) -> Path {
        let mark = written::mark(ident.span());
        let Some(name) = path.single().map(str::to_owned) else { return path };
        if mark == 0 || name == "self" || name.starts_with(char::is_uppercase) {
            return path;
        }
        if self.bound.contains(&(name.clone(), mark)) {
            return Path::of_name(&marked(&name, mark));
        }
        match self.marks.get(&mark) {
            // The variable it means is another by now: nobody knows which.
            Some(Sees::Locals(count)) if self.locals.iter().skip(*count).any(|later| *later == name) => {
                Path::of_name(&marked(&name, mark))
            }
            Some(Sees::Locals(_)) => path,
            Some(Sees::Items) | None => Path { is_item: true, ..path },
        }
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

/// The name of a macro that is called by it, or by its path from the crate's root.
fn called_name(path: &Path) -> Option<String> {
    path.single().map(str::to_owned)
}

/// A variable of an expansion. No name that is written has such a letter in it.
fn marked(name: &str, mark: u32) -> String {
    format!("{name}#{mark}")
}

fn place_of(mac: &syn::Macro) -> Place {
    place::of_path(&mac.path).to(place::of_span(mac.delimiter.span().close()))
}

/// One expression, with a semicolon or without.
fn expression(tokens: &TokenStream) -> Option<syn::Expr> {
    let one = |input: ParseStream<'_>| -> syn::Result<syn::Expr> {
        let expr = input.parse()?;
        if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
        }
        Ok(expr)
    };
    one.parse2(tokens.clone()).ok().filter(|expr| !matches!(expr, syn::Expr::Verbatim(_)))
}

fn block_statements(tokens: &TokenStream) -> Option<Vec<Stmt>> {
    let statements = syn::Block::parse_within.parse2(tokens.clone()).ok()?;
    let is_unread = |statement: &Stmt| {
        matches!(statement, Stmt::Item(syn::Item::Verbatim(_)) | Stmt::Expr(syn::Expr::Verbatim(_), _))
    };
    (!statements.iter().any(is_unread)).then_some(statements)
}

fn impl_items(tokens: &TokenStream) -> Option<Vec<syn::ImplItem>> {
    let list = |input: ParseStream<'_>| -> syn::Result<Vec<syn::ImplItem>> {
        let mut items = Vec::new();
        while !input.is_empty() {
            items.push(input.parse()?);
        }
        Ok(items)
    };
    let items = list.parse2(tokens.clone()).ok()?;
    (!items.iter().any(|item| matches!(item, syn::ImplItem::Verbatim(_)))).then_some(items)
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
