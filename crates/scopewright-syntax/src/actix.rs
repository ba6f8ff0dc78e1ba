//! Our attributes beside those of actix-web: `#[get("/path")]` makes a unit struct of the function, and what is decided
//! about the function has to be said of the struct.

use crate::argument::flatten;
use crate::attribute::AttributeKind;
use crate::expand::expand_item;
use crate::guard_type::guard_type;
use crate::item::Item;
use crate::tokens::Tokens;
use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};

/// The attributes of actix-web that stand for one method, and that method.
const METHODS: &[(&str, &str)] = &[
    ("connect", "CONNECT"),
    ("delete", "DELETE"),
    ("get", "GET"),
    ("head", "HEAD"),
    ("options", "OPTIONS"),
    ("patch", "PATCH"),
    ("post", "POST"),
    ("put", "PUT"),
    ("query", "QUERY"),
    ("trace", "TRACE"),
];

/// As [`expand`](crate::expand), and if one of actix-web's attributes stands below ours, what is decided and which routes
/// the function answers, as an `impl` for the struct that actix-web makes:
///
/// ```
/// use scopewright_syntax::{AttributeKind, expand_beside_routes};
/// let item = r#"#[get("/cameras")] async fn list() -> &'static str { "[]" }"#.parse().unwrap();
/// let expanded = expand_beside_routes(AttributeKind::RequiresAuth, "".parse().unwrap(), item).to_string();
/// let without_blanks = expanded.split_whitespace().collect::<String>();
/// assert!(without_blanks.contains(r#"&[("GET","/cameras"),];"#), "{expanded}");
/// ```
pub fn expand_beside_routes(kind: AttributeKind, args: TokenStream, item: TokenStream) -> TokenStream {
    let item = Item::read(item);
    expand_item(kind, args, item, |tokens, annotation| {
        let head = Head::of(tokens);
        let routes: Vec<_> = head.attributes.iter().flat_map(OtherAttribute::routes).collect();
        let Some(name) = head.name.filter(|_| !routes.is_empty()) else { return Vec::new() };
        let mut beside = Tokens::new(Span::call_site());
        for attribute in head.attributes.iter().filter(|attribute| attribute.name == "cfg") {
            beside.punct('#');
            beside.push(attribute.brackets.clone());
        }
        beside.path(&["impl"]);
        beside.path(&["crate", "scopes", "rt", "actix", "__WrittenByTheAttributeAlone"]);
        beside.path(&["for"]);
        beside.push(name);
        beside.group(Delimiter::Brace, Span::call_site(), |body| {
            body.path(&["type"]);
            body.path(&["Guard"]);
            body.punct('=');
            guard_type(annotation, body);
            body.punct(';');
            routes_constant(&routes, body);
        });
        beside.into_trees()
    })
}

/// `const ROUTES: &'static [(&'static str, &'static str)] = &[("GET", "/cameras")];`
fn routes_constant(routes: &[(Literal, Literal)], tokens: &mut Tokens) {
    tokens.path(&["const"]);
    tokens.path(&["ROUTES"]);
    tokens.punct(':');
    tokens.path(&["crate", "scopes", "rt", "actix", "AnnotatedRoutes"]);
    tokens.punct('=');
    tokens.punct('&');
    tokens.group(Delimiter::Bracket, Span::call_site(), |list| {
        for (method, path) in routes {
            list.group(Delimiter::Parenthesis, Span::call_site(), |pair| {
                pair.push(method.clone());
                pair.punct(',');
                pair.push(path.clone());
            });
            list.punct(',');
        }
    });
    tokens.punct(';');
}

/// What `#[get("/path")]` of `scopewright::actix` does: puts actix-web's attribute of the same name below ours, so that
/// ours is expanded first and sees it.
pub fn expand_route(name: &str, args: TokenStream, item: TokenStream) -> TokenStream {
    let tokens: Vec<_> = item.into_iter().collect();
    let head = Head::of(&tokens);
    // `#[routes]` reads the methods' attributes below it.
    let moves = |attribute: &OtherAttribute| name == "routes" && attribute.method().is_some();
    let (mut first, mut last) = (Vec::new(), Vec::new());
    for attribute in &head.attributes {
        let tokens = if moves(attribute) { &mut last } else { &mut first };
        tokens.extend([attribute.hash.clone(), attribute.brackets.clone().into()]);
    }
    let mut own = Tokens::new(Span::call_site());
    own.punct('#');
    own.group(Delimiter::Bracket, Span::call_site(), |own| {
        own.colons();
        own.path(&["actix_web", name]);
        if !args.is_empty() {
            own.push(Group::new(Delimiter::Parenthesis, args));
        }
    });
    first.extend(own.into_trees());
    first.extend(last);
    first.extend(tokens.into_iter().skip(head.length));
    first.into_iter().collect()
}

/// The attributes of an item, and the name of the function.
struct Head {
    attributes: Vec<OtherAttribute>,
    /// How many tokens the attributes are.
    length: usize,
    name: Option<Ident>,
}

/// An attribute that may be actix-web's.
struct OtherAttribute {
    hash: TokenTree,
    brackets: Group,
    /// The last segment of its path.
    name: String,
    args: Vec<TokenTree>,
}

impl Head {
    fn of(tokens: &[TokenTree]) -> Self {
        let mut attributes = Vec::new();
        let mut length = 0;
        while let [hash @ TokenTree::Punct(punct), TokenTree::Group(brackets), ..] =
            tokens.get(length..).unwrap_or_default()
            && punct.as_char() == '#'
        {
            attributes.push(OtherAttribute::read(hash, brackets));
            length += 2;
        }
        let mut rest = tokens.iter().skip(length);
        rest.find(|token| matches!(token, TokenTree::Ident(word) if word == "fn"));
        let name = match rest.next() {
            Some(TokenTree::Ident(name)) => Some(name.clone()),
            _ => None,
        };
        Self { attributes, length, name }
    }
}

impl OtherAttribute {
    fn read(hash: &TokenTree, brackets: &Group) -> Self {
        let tokens = flatten(brackets.stream());
        let is_of_path = |token: &&TokenTree| match token {
            TokenTree::Punct(punct) => punct.as_char() == ':',
            token => matches!(token, TokenTree::Ident(_)),
        };
        let path: Vec<_> = tokens.iter().take_while(is_of_path).collect();
        let name = path.last().map(ToString::to_string).unwrap_or_default();
        let args = match tokens.get(path.len()..) {
            Some([TokenTree::Group(group)]) => flatten(group.stream()),
            _ => Vec::new(),
        };
        Self { hash: hash.clone(), brackets: brackets.clone(), name, args }
    }

    /// The method it stands for, if it stands for one.
    fn method(&self) -> Option<&'static str> {
        METHODS.iter().find(|(name, _)| *name == self.name).map(|(_, method)| *method)
    }

    /// The methods and paths it registers: none, if it is not one of actix-web's. Those begin with a path in quotes.
    fn routes(&self) -> Vec<(Literal, Literal)> {
        let Some(path) = self.args.first().and_then(text) else { return Vec::new() };
        if let Some(method) = self.method() {
            return vec![(Literal::string(method), path)];
        }
        if self.name != "route" {
            return Vec::new();
        }
        let methods = self.args.windows(3).filter_map(|setting| match setting {
            [TokenTree::Ident(word), TokenTree::Punct(is), value]
                if word == "method" && is.as_char() == '=' =>
            {
                text(value)
            }
            _ => None,
        });
        methods.map(|method| (method, path.clone())).collect()
    }
}

/// A text in quotes.
fn text(token: &TokenTree) -> Option<Literal> {
    match token {
        TokenTree::Literal(literal) if literal.to_string().starts_with(['"', 'r']) => Some(literal.clone()),
        _ => None,
    }
}
