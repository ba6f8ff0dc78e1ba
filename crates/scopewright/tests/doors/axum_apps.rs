//! axum: plain parts with parameters, tails, nested routers and services, fallbacks and method routers.

use crate::policy::{Asks, Handler, Listed, Scope, caller, grant, install, table};
use crate::random::Random;
use crate::told::{NAME, Told};
use crate::{EACH, requests};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, any, on};
use scopewright::{Method, RouteKind};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use tower::ServiceExt as _;

/// A router, as it is written.
#[derive(Debug, Default)]
struct Spec {
    routes: Vec<(String, Registered)>,
    fallback: Option<usize>,
    /// The fallback of its method routers.
    method_fallback: Option<usize>,
}

#[derive(Debug)]
enum Registered {
    Methods { methods: Vec<(Method, usize)>, fallback: Option<usize> },
    Service(usize),
    Nested(usize),
    Router(Spec),
}

const PATHS: &[&str] = &[
    "/",
    "/a",
    "/b",
    "/{x}",
    "/a/b",
    "/a/{x}",
    "/{x}/b",
    "/{x}/{y}",
    "/a/{*rest}",
    "/{*all}",
    "/a/b/{*rest}",
    "/a/",
    "/b/{*rest}",
    "/b/a",
    "/{x}/a/{*rest}",
    "/b/{x}",
];
const PREFIXES: &[&str] = &["/a", "/b", "/{t}", "/a/b", "/b/", "/c", "/a/{t}"];
const METHODS: &[Method] = &[Method::Get, Method::Post, Method::Head, Method::Options, Method::Delete];
const SEGMENTS: &[&str] = &["a", "b", "c", "d", "a", "b", "", "%61", "a%2Fb", "%2e%2e", "..", "a-b"];

/// Makes handlers while routers are written.
struct Writer<'r> {
    random: &'r mut Random,
    handlers: Vec<Handler>,
    listed: Listed,
    /// Fallbacks of methods: whose they are can't be told behind a door, so nobody gets to them by what is only declared.
    of_methods: BTreeSet<usize>,
}

impl Writer<'_> {
    fn handler(&mut self, method: Method, path: String, kind: RouteKind) -> usize {
        let name = self.handlers.len();
        let listed = if self.random.one_in(6) { Listed::Missing } else { self.listed };
        let asks = Asks::random(self.random);
        self.handlers.push(Handler { name, asks, listed, method, path, kind, is_conditional: false });
        name
    }

    fn router(&mut self, prefix: &str, depth: usize) -> Spec {
        let mut spec = Spec::default();
        for _ in 0..=self.random.below(5) {
            let path = self.random.of(PATHS);
            let full = joined(prefix, path);
            let registered = match self.random.below(10) {
                0 => {
                    let prefix = joined(prefix, self.random.of(PREFIXES));
                    let rest = format!("{}/{{*rest}}", prefix.trim_end_matches('/'));
                    (prefix, Registered::Nested(self.handler(Method::Any, rest, RouteKind::Nested)))
                }
                1 => (full.clone(), Registered::Service(self.handler(Method::Any, full, RouteKind::Route))),
                2 | 3 if depth < 2 => {
                    let own = self.random.of(PREFIXES);
                    let below = joined(prefix, own);
                    (below.clone(), Registered::Router(self.router(&below, depth + 1)))
                }
                _ => {
                    let methods = self.random.some_of(METHODS, 3).into_iter();
                    let methods: Vec<_> = methods
                        .map(|method| (method, self.handler(method, full.clone(), RouteKind::Route)))
                        .collect();
                    let fallback = (methods.is_empty() || self.random.one_in(4))
                        .then(|| self.handler(Method::Any, full.clone(), RouteKind::Route));
                    if self.listed == Listed::Declared && !methods.is_empty() {
                        self.of_methods.extend(fallback);
                    }
                    (full, Registered::Methods { methods, fallback })
                }
            };
            let own = registered.0.get(prefix.trim_end_matches('/').len()..).unwrap_or_default();
            let own = if own.is_empty() { "/" } else { own };
            spec.routes.push((own.to_owned(), registered.1));
        }
        if self.random.one_in(3) {
            let path = joined(prefix, "/{*fallback}");
            spec.fallback = Some(self.handler(Method::Any, path, RouteKind::Fallback));
        } else if self.random.one_in(6) {
            let path = joined(prefix, "/{*fallback}");
            let name = self.handler(Method::Any, path, RouteKind::Fallback);
            self.of_methods.insert(name);
            spec.method_fallback = Some(name);
        }
        spec
    }
}

fn joined(prefix: &str, path: &str) -> String {
    match (prefix, path) {
        ("", path) => path.to_owned(),
        (prefix, "/") => prefix.to_owned(),
        (prefix, path) => format!("{}{path}", prefix.trim_end_matches('/')),
    }
}

fn answer(name: usize) -> impl Fn() -> std::future::Ready<Response> + Clone {
    move || {
        let response = Response::builder().header(NAME, name).body(Body::empty());
        std::future::ready(response.unwrap())
    }
}

fn built(spec: &Spec) -> Router {
    let mut router = Router::new();
    for (path, registered) in &spec.routes {
        router = match registered {
            Registered::Service(name) => router.route_service(path, any(answer(*name))),
            Registered::Nested(name) => router.nest_service(path, any(answer(*name))),
            Registered::Router(inner) => router.nest(path, built(inner)),
            Registered::Methods { methods, fallback } => {
                let mut methods_here = match (methods.is_empty(), fallback) {
                    (true, Some(name)) => any(answer(*name)),
                    (_, Some(name)) => MethodRouter::new().fallback(answer(*name)),
                    (_, None) => MethodRouter::new(),
                };
                for (method, name) in methods {
                    let method: http::Method = method.as_str().parse().unwrap();
                    methods_here =
                        methods_here.merge(on(MethodFilter::try_from(method).unwrap(), answer(*name)));
                }
                router.route(path, methods_here)
            }
        };
    }
    if let Some(name) = spec.method_fallback {
        router = router.method_not_allowed_fallback(answer(name));
    }
    match spec.fallback {
        Some(name) => router.fallback(answer(name)),
        None => router,
    }
}

/// An application without a door, and the same behind doors.
struct Application {
    handlers: Vec<Handler>,
    of_methods: BTreeSet<usize>,
    plain: Router,
    behind: Router,
}

/// None where axum takes no such routes, or one
/// table could not have them.
fn application(random: &mut Random, is_mistaken: bool) -> Option<Application> {
    let prefix = if random.one_in(4) { random.of(&["/t", "/{tenant}", "/t/"]) } else { "" };
    let mut writer =
        Writer { random, handlers: Vec::new(), listed: Listed::Seen, of_methods: BTreeSet::new() };
    let mut parts = Vec::new();
    for _ in 0..=writer.random.below(2) {
        writer.listed = if writer.random.one_in(2) { Listed::Declared } else { Listed::Seen };
        parts.push(writer.router(prefix, 0));
    }
    let (handlers, of_methods) = (writer.handlers, writer.of_methods);
    let mut seen = BTreeSet::new();
    let is_one_table = handlers
        .iter()
        .all(|it| seen.insert(it.endpoint()) && !handlers.iter().any(|other| it.is_meant_by(other, false)));
    if !is_one_table {
        return None;
    }
    install(table(&handlers, is_mistaken));
    let (plain, behind) = in_silence(|| {
        let mut plain = Router::new();
        let mut behind = scopewright::axum::Router::new();
        for part in &parts {
            plain = plain.merge(built(part));
            behind = behind.merge_axum::<Scope>(built(part));
        }
        if prefix.is_empty() {
            (plain, behind)
        } else {
            (Router::new().nest(prefix, plain), scopewright::axum::Router::new().nest(prefix, behind))
        }
    })?;
    Some(Application {
        handlers,
        of_methods,
        plain,
        behind: behind.guarded_unchecked().into_axum_unguarded("the tests ask routers"),
    })
}

/// What comes of something that may panic, as axum does where routes overlap. Nothing is printed of it.
fn in_silence<T>(what: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !IS_SILENT.get() {
                hook(panic);
            }
        }));
    });
    IS_SILENT.set(true);
    let result = catch_unwind(AssertUnwindSafe(what));
    IS_SILENT.set(false);
    result.ok()
}

thread_local! {
    static IS_SILENT: Cell<bool> = const { Cell::new(false) };
}

fn path(random: &mut Random) -> String {
    let mut path = String::new();
    if random.one_in(4) {
        path.push_str(random.of(&["/t", "/x"]));
    }
    for _ in 0..random.below(5) {
        path.push('/');
        path.push_str(random.of(SEGMENTS));
    }
    if path.is_empty() || random.one_in(8) {
        path.push('/');
    }
    path
}

fn request(random: &mut Random) -> (http::request::Parts, Option<Vec<u16>>) {
    let method = random.of(&["GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "DELETE", "PURGE"]);
    let mut request = http::Request::builder().method(method).uri(path(random));
    if random.one_in(3) {
        request =
            request.header("origin", "https://a.example").header("access-control-request-method", "GET");
    }
    let held = caller(random);
    let (mut parts, ()) = request.body(()).unwrap().into_parts();
    if let Some(held) = &held {
        parts.extensions.insert(grant(held));
    }
    (parts, held)
}

/// Who answers, and with which status.
fn ask(app: &Router, parts: &http::request::Parts) -> (Option<usize>, u16) {
    let request = Request::from_parts(parts.clone(), Body::empty());
    let response = futures_executor::block_on(app.clone().oneshot(request)).unwrap();
    let name = response.headers().get(NAME).map(|name| name.to_str().unwrap().parse().unwrap());
    (name, response.status().as_u16())
}

fn run(count: usize, is_mistaken: bool) -> Result<Told, String> {
    let mut random = Random(1);
    let mut told = Told::default();
    let mut failed = None;
    'all: while told.requests < count {
        let Some(application) = application(&mut random, is_mistaken) else { continue };
        let Application { handlers, of_methods, plain, behind } = application;
        told.applications += 1;
        for _ in 0..EACH {
            let (parts, held) = request(&mut random);
            let (without, _) = ask(&plain, &parts);
            let (with, status) = ask(&behind, &parts);
            let handler = without.map(|name| &handlers[name]);
            if let Err(wrong) = told.compare(handler, with, held.as_deref()) {
                failed = Some(format!(
                    "{wrong}: {} {} of {held:?}\nwithout {handler:?}\nbehind {:?}, {status}\n{handlers:#?}\n{plain:#?}",
                    parts.method,
                    parts.uri,
                    with.map(|name| &handlers[name]),
                ));
                break 'all;
            }
            // What is declared of all below a prefix is the tail's, if there is one. Everything else is decided by its own
            // row alone.
            let is_the_tails = |it: &Handler| {
                let is_tail =
                    |other: &Handler| other.name != it.name && other.endpoint().1 == it.endpoint().1;
                it.listed == Listed::Declared
                    && it.kind == RouteKind::Fallback
                    && handlers.iter().any(is_tail)
            };
            let is_exact =
                without.is_none_or(|name| !of_methods.contains(&name) && !is_the_tails(&handlers[name]));
            let lets_in =
                handler.is_some_and(|it| it.listed != Listed::Missing && it.asks.lets_in(held.as_deref()));
            if is_exact && lets_in && with.is_none() && !is_two_rows(&handlers, handler, &parts) {
                failed = Some(format!(
                    "refused with {status}: {} {} of {held:?}\nwithout {handler:?}\n{handlers:#?}",
                    parts.method, parts.uri
                ));
                break 'all;
            }
        }
    }
    match failed {
        Some(failed) => Err(format!("{failed}\nafter {told:?}")),
        None => Ok(told),
    }
}

/// Whether the table says something else besides of what a request asks for.
fn is_two_rows(handlers: &[Handler], handler: Option<&Handler>, parts: &http::request::Parts) -> bool {
    let Some(handler) = handler else { return false };
    let (_, path) = handler.endpoint();
    // A service at `/a` beside one that is nested at `/a/` looks as if it were nested.
    let below = format!("{path}/{{*}}");
    if handlers.iter().any(|other| other.kind == RouteKind::Nested && other.endpoint().1 == below) {
        return true;
    }
    handlers.iter().any(|other| {
        other.name != handler.name
            && other.listed != Listed::Missing
            && other.endpoint().1 == path
            && (other.method.as_str() == parts.method.as_str() || other.method == Method::Any)
    })
}

#[test]
fn what_axum_lets_answer_is_let_in_by_its_own_row() {
    let told = run(requests(), false).unwrap_or_else(|failed| panic!("{failed}"));
    println!("axum: {told:?}");
    assert!(told.let_in * 20 > told.requests && told.unlisted > 0, "{told:?}");
    assert!(told.stricter * 50 < told.answered, "{told:?}");
}

#[test]
fn a_mistake_on_axum_is_found() {
    run(requests(), true).unwrap_err();
}
