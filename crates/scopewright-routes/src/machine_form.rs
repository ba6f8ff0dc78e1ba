//! The machine form of a route table: one JSON object a line, stable.

use scopewright_model::core::{RouteKind, json};
use scopewright_model::{Annotation, DeclaredRule, McpFunction, Route, RouteTable, Span, Unresolved};

/// What `cargo scopes routes --format json` prints: the endpoints, sorted by path, then method, then the MCP tools
/// and prompts, sorted by name, then what could not be followed. What is no route says its `kind`, `nested` or `fallback`.
/// The decision is the one written in the source; an endpoint without is `missing`.
///
/// ```
/// use scopewright_model::RouteTable;
/// assert_eq!(scopewright_routes::json_lines(&RouteTable::default()), "");
/// ```
pub fn json_lines(table: &RouteTable) -> String {
    let mut lines = String::new();
    for route in &table.routes {
        endpoint(route, &mut lines);
    }
    for function in &table.mcp {
        mcp_function(function, &mut lines);
    }
    for unresolved in &table.unresolved {
        place(unresolved, &mut lines);
    }
    lines
}

fn endpoint(route: &Route, into: &mut String) {
    let mut object = Object::begin(into);
    object.text("method", route.method.as_str());
    object.text("path", &route.path.to_string());
    if route.kind != RouteKind::Route {
        object.text("kind", route.kind.as_str());
    }
    if let Some(handler) = &route.handler {
        object.text("handler", &handler.path);
        object.place(&handler.definition);
    }
    object.key("registered");
    let mut registered = Object::begin(object.into);
    registered.place(&route.registered);
    registered.end("}");
    object.text("framework", route.framework.as_str());
    object.decision(route.annotation.as_ref(), &route.conditions);
    object.end("}\n");
}

fn mcp_function(function: &McpFunction, into: &mut String) {
    let mut object = Object::begin(into);
    object.text(function.kind.as_str(), &function.name);
    object.text("handler", &function.handler.path);
    object.place(&function.handler.definition);
    object.key("registered");
    let mut registered = Object::begin(object.into);
    registered.place(&function.registered);
    registered.end("}");
    object.decision(function.annotation.as_ref(), &function.conditions);
    object.end("}\n");
}

fn place(unresolved: &Unresolved, into: &mut String) {
    let mut object = Object::begin(into);
    object.text("unresolved", &unresolved.reason);
    object.place(&unresolved.span);
    object.text("code", unresolved.code.name());
    object.text("help", &unresolved.help);
    object.end("}\n");
}

/// The decision for modes without one of their own, and what it requires.
fn decision(annotation: Option<&Annotation>) -> (&'static str, Vec<Vec<String>>) {
    let Some(annotation) = annotation else { return ("missing", Vec::new()) };
    let general = annotation.rules.iter().find(|rule| rule.via.is_none());
    match general.or_else(|| annotation.rules.first()).map(|rule| &rule.rule) {
        None => ("missing", Vec::new()),
        Some(DeclaredRule::Scoped(any_of)) => {
            let names = any_of.iter().map(|all_of| all_of.iter().map(|scope| scope.text.clone()).collect());
            ("scoped", names.collect())
        }
        Some(DeclaredRule::Authenticated) => ("authenticated", Vec::new()),
        Some(DeclaredRule::Public { .. }) => ("public", Vec::new()),
        Some(DeclaredRule::OptionalAuth) => ("optional", Vec::new()),
        Some(DeclaredRule::Refused) => ("refused", Vec::new()),
        Some(DeclaredRule::Deferred { .. }) => ("deferred", Vec::new()),
    }
}

/// A JSON object that is being written. Writing to a text never fails, so the results of it are dropped.
struct Object<'a> {
    into: &'a mut String,
    is_first: bool,
}

impl<'a> Object<'a> {
    fn begin(into: &'a mut String) -> Self {
        into.push('{');
        Self { into, is_first: true }
    }

    fn key(&mut self, key: &str) {
        self.into.push_str(if self.is_first { "" } else { "," });
        self.is_first = false;
        let _ = json::write_string(self.into, key);
        self.into.push(':');
    }

    fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        let _ = json::write_string(self.into, value);
    }

    fn texts<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        let _ = json::write_strings(self.into, texts);
    }

    fn decision(&mut self, annotation: Option<&Annotation>, conditions: &[String]) {
        let (word, requires) = decision(annotation);
        self.text("decision", word);
        self.key("requires");
        self.into.push('[');
        for (at, all_of) in requires.iter().enumerate() {
            self.into.push_str(if at > 0 { "," } else { "" });
            self.texts(all_of.iter().map(String::as_str));
        }
        self.into.push(']');
        if !conditions.is_empty() {
            self.key("conditions");
            self.texts(conditions.iter().map(String::as_str));
        }
    }

    fn place(&mut self, span: &Span) {
        self.text("file", &span.file);
        self.key("line");
        self.into.push_str(&span.start.line.to_string());
    }

    fn end(self, close: &str) {
        self.into.push_str(close);
    }
}
