//! actix-web: scopes, resources, expressions, guards, services for all below a path and default services.

use crate::policy::{Asks, Handler, Listed, Scope, caller, grant, install, table};
use crate::random::Random;
use crate::told::{NAME, Told};
use crate::{EACH, requests};
use actix_web::dev::{AppService, HttpServiceFactory, ResourceDef, Service as _, ServiceRequest, fn_service};
use actix_web::http::Method as Verb;
use actix_web::{App, HttpMessage as _, HttpResponse, Resource, guard, test as testing, web};
use scopewright::{Method, RouteKind};
use std::collections::BTreeSet;

/// A pattern as actix-web spells it, and as the table does.
type Pattern = (&'static str, &'static str);

const PATTERNS: &[Pattern] = &[
    ("", ""),
    ("/", "/"),
    ("/a", "/a"),
    ("/b", "/b"),
    ("/a/b", "/a/b"),
    ("/{x}", "/{x}"),
    ("/{x:[a-z/]+}", "/{x}"),
    ("/{x:[0-9]+}", "/{x}"),
    ("/{x:.+?}", "/{x}"),
    ("/{x}/b", "/{x}/b"),
    ("/{x:a|b}/b", "/{x}/b"),
    ("/a/{y}", "/a/{y}"),
    ("/{x}/{y}", "/{x}/{y}"),
    ("/a-{x}", "/a-{x}"),
    ("/{t}*", "/{*t}"),
    ("/a/{t:.*}", "/a/{*t}"),
];
const PREFIXES: &[Pattern] =
    &[("/s", "/s"), ("/{p}", "/{p}"), ("/{p:[a-z]+}", "/{p}"), ("/s/a", "/s/a"), ("", ""), ("/s/", "/s/")];
const METHODS: &[Method] = &[Method::Get, Method::Post, Method::Options, Method::Head];
const SEGMENTS: &[&str] = &["a", "b", "s", "a", "b", "1", "", "%61", "a%2Fb", "%2e%2e", "..", "a-b"];
/// What guards look at.
const GUARDS: [&str; 2] = ["x-one", "x-two"];

#[derive(Debug)]
struct Spec {
    prefix: &'static str,
    guard: Option<usize>,
    items: Vec<Item>,
    default: Option<usize>,
}

#[derive(Debug)]
enum Item {
    Resource(ResourceSpec),
    /// `Scope::route`, which passes on what the route does not take.
    Route(&'static str, RouteSpec),
    Scope(Spec),
    /// All below a path.
    Below(&'static str, usize),
}

#[derive(Debug)]
struct ResourceSpec {
    patterns: Vec<&'static str>,
    guard: Option<usize>,
    routes: Vec<RouteSpec>,
    default: Option<usize>,
}

#[derive(Debug)]
struct RouteSpec {
    method: Option<Method>,
    guard: Option<usize>,
    name: usize,
}

/// Makes handlers while scopes are written.
struct Writer<'r> {
    random: &'r mut Random,
    handlers: Vec<Handler>,
    listed: Listed,
}

impl Writer<'_> {
    fn handler(&mut self, method: Method, path: &str, kind: RouteKind, guards: &[Option<usize>]) -> usize {
        let name = self.handlers.len();
        let asks = Asks::random(self.random);
        let is_conditional = guards.iter().any(Option::is_some);
        let (listed, path) = (self.listed, path.to_owned());
        self.handlers.push(Handler { name, asks, listed, method, path, kind, is_conditional });
        name
    }

    fn guard(&mut self) -> Option<usize> {
        self.random.one_in(5).then(|| self.random.below(GUARDS.len()))
    }

    fn scope(&mut self, prefix: Pattern, outside: &str, around: &[Option<usize>], depth: usize) -> Spec {
        let full = format!("{outside}{}", prefix.1);
        let guard = if depth > 0 { self.guard() } else { None };
        let around = [around, &[guard]].concat();
        let mut items = Vec::new();
        for _ in 0..=self.random.below(5) {
            let pattern = self.random.of(PATTERNS);
            items.push(match self.random.below(8) {
                0 if depth < 2 => {
                    let prefix = self.random.of(PREFIXES);
                    Item::Scope(self.scope(prefix, &full, &around, depth + 1))
                }
                1 if pattern.0.starts_with('/') && !pattern.0.contains('{') => {
                    let below = format!("{full}{}/{{*rest}}", pattern.1.trim_end_matches('/'));
                    Item::Below(
                        pattern.0.trim_end_matches('/'),
                        self.handler(Method::Any, &below, RouteKind::Nested, &around),
                    )
                }
                2..5 => {
                    let route = self.route(&format!("{full}{}", pattern.1), &around);
                    Item::Route(pattern.0, route)
                }
                _ => Item::Resource(self.resource(pattern, &full, &around)),
            });
        }
        let default = self.random.one_in(4).then(|| {
            self.handler(Method::Any, &format!("{full}/{{*fallback}}"), RouteKind::Fallback, &around)
        });
        Spec { prefix: prefix.0, guard, items, default }
    }

    fn route(&mut self, path: &str, around: &[Option<usize>]) -> RouteSpec {
        let method = (!self.random.one_in(6)).then(|| self.random.of(METHODS));
        let guard = self.guard();
        let around = [around, &[guard]].concat();
        let name = self.handler(method.unwrap_or(Method::Any), path, RouteKind::Route, &around);
        RouteSpec { method, guard, name }
    }

    fn resource(&mut self, pattern: Pattern, outside: &str, around: &[Option<usize>]) -> ResourceSpec {
        let path = format!("{outside}{}", pattern.1);
        let guard = self.guard();
        let around = [around, &[guard]].concat();
        let routes = (0..=self.random.below(2)).map(|_| self.route(&path, &around)).collect();
        let default =
            self.random.one_in(6).then(|| self.handler(Method::Any, &path, RouteKind::Fallback, &around));
        ResourceSpec { patterns: vec![pattern.0], guard, routes, default }
    }
}

fn answer(name: usize) -> impl Fn() -> std::future::Ready<HttpResponse> + Clone {
    move || std::future::ready(HttpResponse::Ok().insert_header((NAME, name)).finish())
}

/// Something that answers all below a path, as `Files` does.
struct Below(&'static str, usize);

impl HttpServiceFactory for Below {
    fn register(self, config: &mut AppService) {
        let name = self.1;
        let answers = fn_service(move |request: ServiceRequest| {
            std::future::ready(Ok(
                request.into_response(HttpResponse::Ok().insert_header((NAME, name)).finish())
            ))
        });
        config.register_service(ResourceDef::prefix(self.0), None, answers, None);
    }
}

fn route_of(spec: &RouteSpec) -> actix_web::Route {
    let mut route = web::route();
    if let Some(method) = spec.method {
        route = route.method(method.as_str().parse().unwrap());
    }
    if let Some(guard) = spec.guard {
        route = route.guard(guard::Header(GUARDS[guard], "1"));
    }
    route.to(answer(spec.name))
}

fn resource_of(spec: &ResourceSpec) -> Resource {
    let mut resource = web::resource(spec.patterns.clone());
    if let Some(guard) = spec.guard {
        resource = resource.guard(guard::Header(GUARDS[guard], "1"));
    }
    for route in &spec.routes {
        resource = resource.route(route_of(route));
    }
    match spec.default {
        Some(name) => resource.default_service(web::to(answer(name))),
        None => resource,
    }
}

fn scope_of(spec: &Spec) -> actix_web::Scope {
    let mut scope = web::scope(spec.prefix);
    if let Some(guard) = spec.guard {
        scope = scope.guard(guard::Header(GUARDS[guard], "1"));
    }
    for item in &spec.items {
        scope = match item {
            Item::Resource(resource) => scope.service(resource_of(resource)),
            Item::Route(path, route) => scope.route(path, route_of(route)),
            Item::Scope(inner) => scope.service(scope_of(inner)),
            Item::Below(path, name) => scope.service(Below(path, *name)),
        };
    }
    match spec.default {
        Some(name) => scope.default_service(web::to(answer(name))),
        None => scope,
    }
}

#[derive(Debug)]
enum Part {
    Scope(Spec),
    Resource(ResourceSpec),
}

/// The parts of an application and their handlers; none if one table could not have them.
fn parts(random: &mut Random) -> Option<(Vec<Handler>, Vec<Part>)> {
    let mut handlers = Vec::new();
    let mut parts = Vec::new();
    for _ in 0..=random.below(2) {
        let listed = if random.one_in(2) { Listed::Declared } else { Listed::Seen };
        let from = handlers.len();
        let mut writer = Writer { random, handlers, listed };
        let prefix = writer.random.of(PREFIXES);
        parts.push(if writer.random.one_in(6) {
            let pattern = writer.random.of(&PATTERNS[1..]);
            Part::Resource(writer.resource(pattern, "", &[]))
        } else {
            Part::Scope(writer.scope(prefix, "", &[], 0))
        });
        handlers = writer.handlers;
        // What nobody listed: the build has seen all methods of a path or none; of what is declared anything may lack.
        let lacking: BTreeSet<String> = handlers[from..]
            .iter()
            .filter(|it| it.kind != RouteKind::Fallback && random.one_in(6))
            .map(|it| it.endpoint().1)
            .collect();
        for handler in &mut handlers[from..] {
            let is_default_of_part = parts
                .last()
                .is_some_and(|part| matches!(part, Part::Scope(spec) if spec.default == Some(handler.name)));
            if lacking.contains(&handler.endpoint().1) && handler.kind != RouteKind::Fallback
                || listed == Listed::Declared && is_default_of_part && random.one_in(2)
            {
                handler.listed = Listed::Missing;
            }
        }
    }
    let mut seen = BTreeSet::new();
    let is_one_table = handlers
        .iter()
        .all(|it| seen.insert(it.endpoint()) && !handlers.iter().any(|other| it.is_meant_by(other, true)));
    is_one_table.then_some((handlers, parts))
}

fn path(random: &mut Random) -> String {
    let mut path = String::from(random.of(&["/s", "/s", "/s/a", "", "/x"]));
    for _ in 0..random.below(4) {
        path.push('/');
        path.push_str(random.of(SEGMENTS));
    }
    if path.is_empty() || random.one_in(8) {
        path.push('/');
    }
    path
}

/// Who answers, and with which status.
macro_rules! ask {
    ($app:expr, $asked:expr) => {{
        let asked: &Asked = $asked;
        let mut request = testing::TestRequest::default().method(asked.method.clone()).uri(&asked.path);
        for header in &asked.headers {
            request = request.insert_header(*header);
        }
        let request = request.to_request();
        if let Some(held) = &asked.held {
            request.extensions_mut().insert(grant(held));
        }
        let response = $app.call(request).await.unwrap();
        let name: Option<usize> =
            response.headers().get(NAME).map(|name| name.to_str().unwrap().parse().unwrap());
        (name, response.status().as_u16())
    }};
}

#[derive(Debug)]
struct Asked {
    method: Verb,
    path: String,
    headers: Vec<(&'static str, &'static str)>,
    held: Option<Vec<u16>>,
}

fn asked(random: &mut Random) -> Asked {
    let method = random.of(&["GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "PURGE"]);
    let mut headers: Vec<_> = random.some_of(&GUARDS, 2).into_iter().map(|name| (name, "1")).collect();
    if random.one_in(3) {
        headers.extend([("origin", "https://a.example"), ("access-control-request-method", "GET")]);
    }
    Asked { method: method.parse().unwrap(), path: path(random), headers, held: caller(random) }
}

async fn run(count: usize, is_mistaken: bool) -> Result<Told, String> {
    let mut random = Random(2);
    let mut told = Told::default();
    while told.requests < count {
        let Some((handlers, parts)) = parts(&mut random) else { continue };
        install(table(&handlers, is_mistaken));
        told.applications += 1;
        let (mut plain, mut behind) = (App::new(), scopewright::actix::App::new());
        for part in &parts {
            (plain, behind) = match part {
                Part::Scope(spec) => {
                    (plain.service(scope_of(spec)), behind.service_actix::<Scope>(scope_of(spec)))
                }
                Part::Resource(spec) => {
                    (plain.service(resource_of(spec)), behind.service_actix::<Scope>(resource_of(spec)))
                }
            };
        }
        let plain = testing::init_service(plain).await;
        let behind = testing::init_service(behind.guarded_unchecked()).await;
        for _ in 0..EACH {
            let asked = asked(&mut random);
            let (without, _) = ask!(plain, &asked);
            let (with, status) = ask!(behind, &asked);
            let handler = without.map(|name| &handlers[name]);
            if let Err(wrong) = told.compare(handler, with, asked.held.as_deref()) {
                let with = with.map(|name| &handlers[name]);
                return Err(format!(
                    "{wrong}: {asked:?}\nwithout {handler:?}\nbehind {with:?}, {status}\n{parts:#?}\n{handlers:#?}\nafter {told:?}"
                ));
            }
        }
    }
    Ok(told)
}

#[test]
fn what_actix_lets_answer_is_let_in_by_its_own_row() {
    let told = actix_web::rt::System::new().block_on(run(requests(), false));
    let told = told.unwrap_or_else(|failed| panic!("{failed}"));
    println!("actix-web: {told:?}");
    assert!(told.let_in * 20 > told.requests && told.unlisted > 0, "{told:?}");
}

#[test]
fn a_mistake_on_actix_is_found() {
    actix_web::rt::System::new().block_on(run(requests(), true)).unwrap_err();
}
