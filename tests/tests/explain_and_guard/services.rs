//! The guard, asked by a request: axum's and actix-web's own services in this process, each endpoint behind the door.

use crate::random::ENDPOINTS;
use crate::run_time::{AnyMode, AnyScope};
use axum::body::Body;
use axum::http::Request;
use scopewright::axum::{AuthenticateLayer, DoorLayer};
use scopewright::mcp::ToolsLayer;
use scopewright::{
    Authenticate, Catalogue, Claim, ClaimFormat, Credential, Grant, ModeIndex, Rejection, authenticate_with,
    scope_named,
};
use std::cell::RefCell;
use tower::{Layer as _, Service};

/// What a credential says.
#[derive(Debug, Clone)]
pub struct Said {
    pub mode: ModeIndex,
    pub names: Vec<String>,
    pub read: Read,
    pub comes: Comes,
}

/// How its names are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Read {
    /// One by one.
    Names,
    /// Out of a claim, in the form the mode has.
    Claim,
    /// As scopes of the generated enum.
    Scopes,
}

/// How it comes into the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Comes {
    /// Where the policy says, to be found and checked.
    Presented,
    /// As a grant that a layer of the service's own puts there.
    AsGrant,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub status: u16,
    /// Of each denial that was announced: its kind, and the scopes it says are missing.
    pub denials: Vec<(&'static str, Vec<&'static str>)>,
}

thread_local! {
    static SAID: RefCell<Option<Said>> = const { RefCell::new(None) };
    static DENIALS: RefCell<Vec<(&'static str, Vec<&'static str>)>> = const { RefCell::new(Vec::new()) };
}

/// Watches the denials of the process.
pub fn watch() {
    scopewright::on_denial(|event| {
        DENIALS.with_borrow_mut(|denials| denials.push((event.kind().as_str(), event.missing())));
    })
    .unwrap();
}

/// The grant of what a credential says.
pub fn grant(said: &Said) -> Grant<AnyScope> {
    let mode = AnyMode(said.mode.0);
    match said.read {
        Read::Names => Grant::from_scopes(mode, &said.names),
        Read::Scopes => Grant::of(mode, said.names.iter().map(|name| scope_named(name).unwrap())),
        Read::Claim => {
            let claim = match AnyScope::policy().mode(said.mode).unwrap().claim_format {
                ClaimFormat::SpaceSeparated => Claim::Text(said.names.join(" ")),
                ClaimFormat::CommaSeparated => Claim::Text(said.names.join(", ")),
                ClaimFormat::Array => Claim::List(said.names.clone()),
            };
            Grant::from_claim_value(mode, &claim).unwrap()
        }
    }
}

pub fn authenticator() -> impl Authenticate<Catalogue = AnyScope> {
    authenticate_with(|_| SAID.with_borrow(|said| said.as_ref().map(grant)).ok_or(Rejection::Invalid))
}

/// The headers and the query that carry a credential of a mode.
fn place(mode: ModeIndex, headers: &mut Vec<(&'static str, String)>, query: &mut String) {
    let with = |prefix: Option<&str>| format!("{}secret", prefix.unwrap_or_default());
    match AnyScope::policy().mode(mode).unwrap().credential {
        Credential::Header { name, prefix } => headers.push((name, with(prefix))),
        Credential::Query { name } => *query = format!("?{name}=secret"),
        Credential::Cookie { name } => headers.push(("cookie", format!("{name}=secret"))),
        Credential::Bearer { prefix } => headers.push(("authorization", format!("Bearer {}", with(prefix)))),
        Credential::Together(members) => members.iter().for_each(|member| place(*member, headers, query)),
        Credential::MutualTls => unreachable!("a certificate is in no request"),
    }
}

/// A request before a framework has it.
pub struct Sent {
    pub uri: String,
    pub headers: Vec<(&'static str, String)>,
    pub grant: Option<Grant<AnyScope>>,
}

pub fn sent(path: &str, said: Option<&Said>) -> Sent {
    SAID.set(said.cloned());
    DENIALS.take();
    let (mut headers, mut query) = (Vec::new(), String::new());
    let mut as_grant = None;
    match said {
        Some(said) if said.comes == Comes::Presented => place(said.mode, &mut headers, &mut query),
        Some(said) => as_grant = Some(grant(said)),
        None => {}
    }
    Sent { uri: format!("{path}{query}"), headers, grant: as_grant }
}

pub type Axum =
    tower::util::BoxCloneService<Request<Body>, axum::response::Response, std::convert::Infallible>;

/// The policy that is loaded, on axum: its endpoints behind the door, its tools behind the layer.
pub fn axum_service() -> Axum {
    let plain = || axum::routing::any(|| async { "let in" });
    let door = DoorLayer::<AnyScope>::new();
    let endpoints = (0..ENDPOINTS)
        .fold(axum::Router::new(), |router, at| router.route(&format!("/e{at}"), plain()))
        .layer(door);
    let mcp = axum::Router::new().route("/mcp", plain()).layer(door).layer(ToolsLayer::<AnyScope>::new());
    let service = AuthenticateLayer::new(authenticator()).layer(endpoints.merge(mcp));
    tower::util::BoxCloneService::new(service)
}

pub async fn ask_axum(
    service: &mut Axum,
    method: &str,
    path: &str,
    said: Option<&Said>,
    body: String,
) -> Answered {
    let sent = sent(path, said);
    let mut request = Request::builder().method(method).uri(sent.uri);
    for (name, value) in sent.headers {
        request = request.header(name, value);
    }
    let mut request = request.body(Body::from(body)).unwrap();
    if let Some(grant) = sent.grant {
        request.extensions_mut().insert(grant);
    }
    answered(service.call(request).await.unwrap().status().as_u16())
}

/// A status with what was announced since the request was made.
pub fn answered(status: u16) -> Answered {
    Answered { status, denials: DENIALS.take() }
}

/// A call of a tool, as the body of a message.
pub fn call_of(tool: &str) -> String {
    format!("{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{{\"name\":\"{tool}\"}}}}")
}

/// The policy that is loaded, on actix-web: its endpoints behind the door.
macro_rules! actix_service {
    () => {{
        let mut app = actix_web::App::new();
        for at in 0..$crate::random::ENDPOINTS {
            let resource = actix_web::web::resource(format!("/e{at}")).to(|| async { "let in" });
            app = app.service(
                resource.wrap(scopewright::actix::DoorMiddleware::<$crate::run_time::AnyScope>::new()),
            );
        }
        let authenticate = scopewright::actix::AuthenticateMiddleware::new($crate::services::authenticator());
        actix_web::test::init_service(app.wrap(authenticate)).await
    }};
}
pub(crate) use actix_service;

/// What the application of [`actix_service`] answers.
macro_rules! ask_actix {
    ($service:expr, $method:expr, $path:expr, $said:expr) => {{
        use actix_web::HttpMessage as _;
        let sent = $crate::services::sent($path, $said);
        let method = actix_web::http::Method::from_bytes($method.as_bytes()).unwrap();
        let mut request = actix_web::test::TestRequest::default().method(method).uri(&sent.uri);
        for header in sent.headers {
            request = request.append_header(header);
        }
        let request = request.to_request();
        if let Some(grant) = sent.grant {
            request.extensions_mut().insert(grant);
        }
        let status = actix_web::test::call_service(&$service, request).await.status().as_u16();
        $crate::services::answered(status)
    }};
}
pub(crate) use ask_actix;
