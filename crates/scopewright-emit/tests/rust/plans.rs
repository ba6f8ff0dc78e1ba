//! Plans written by hand, with what the policy and link stages would have made of such a policy.

mod credentials;
mod offers;
mod together;

pub use credentials::credentials;
pub use offers::offers;
pub use together::together;

use scopewright_model::core::{
    Method, ModeIndex, Placeholder, ScopeEnforcement, ScopeIndex, Status, UnknownNames,
};
use scopewright_model::policy::{
    Alias, Api, AuthMode, BodyValue, Bundle, ClaimFormat, CredentialKind, Denial, Denials, Generate,
    GrantedForm, McpLists, RouteStatus, Scope, Sources,
};
use scopewright_model::{
    DecidedBy, Decision, Framework, Handler, McpKind, McpOperation, Operation, Plan, Policy, Resource, Span,
    Spanned,
};
use std::collections::{BTreeMap, BTreeSet};

fn span() -> Span {
    Span::file_start("scopes.toml")
}

fn denial(status: u16, body: impl Into<Option<BodyValue>>) -> Denial {
    Denial {
        status,
        body: body.into(),
        content_type: "application/json".to_owned(),
        granted: GrantedForm::Raw,
        disclose: true,
        undisclosed_to: Vec::new(),
    }
}

fn object<const N: usize>(members: [(&str, BodyValue); N]) -> BodyValue {
    BodyValue::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn text(text: &str) -> BodyValue {
    BodyValue::Text(text.to_owned())
}

fn policy(title: &str) -> Policy {
    Policy {
        file: span(),
        api: Api { title: title.to_owned(), ..Api::default() },
        modes: Vec::new(),
        scopes: Vec::new(),
        aliases: Vec::new(),
        groups: Vec::new(),
        bundles: Vec::new(),
        resource: None,
        public_reasons: BTreeMap::new(),
        families: Vec::new(),
        family_order: scopewright_model::policy::FamilyOrder::AllAgree,
        routes: Vec::new(),
        mcp_resources: Vec::new(),
        sources: Sources::default(),
        denials: Denials {
            unauthenticated: denial(401, object([("detail", text("not_authenticated"))])),
            insufficient_scope: denial(
                403,
                object([
                    ("detail", text("insufficient_scope")),
                    ("required", BodyValue::Hole(Placeholder::RequiredFirst)),
                    ("granted", BodyValue::Hole(Placeholder::Granted)),
                ]),
            ),
            insufficient_user_authentication: denial(401, object([("detail", text("step_up"))])),
            mode_refused: denial(403, object([("detail", text("mode_refused"))])),
            undecided: denial(403, object([("detail", text("undecided"))])),
            unavailable: None,
        },
        generate: Generate::default(),
        deny: Vec::new(),
    }
}

fn scope(name: &str, grants: &str, implies: &[u16]) -> Scope {
    Scope {
        name: name.to_owned(),
        variant: scopewright_model::core::naming::variant_name(name),
        span: span(),
        grants: grants.to_owned(),
        status: Status::Stable,
        implies: implies.iter().copied().map(ScopeIndex).collect(),
        closure: Vec::new(),
        group: None,
        risk: None,
        owner: None,
        hidden: false,
        audit: false,
        deprecated_note: None,
        admin_consent: Vec::new(),
    }
}

/// Fills in the closures of scopes.
fn closed(mut scopes: Vec<Scope>) -> Vec<Scope> {
    let implies: Vec<_> = scopes.iter().map(|scope| scope.implies.clone()).collect();
    for (at, scope) in (0..).zip(&mut scopes) {
        let mut closure = BTreeSet::new();
        let mut open = vec![ScopeIndex(at)];
        while let Some(next) = open.pop() {
            if closure.insert(next) {
                open.extend(implies.get(usize::from(next.0)).into_iter().flatten());
            }
        }
        scope.closure = closure.into_iter().collect();
    }
    scopes
}

fn mode(name: &str, credential: CredentialKind) -> AuthMode {
    AuthMode {
        name: name.to_owned(),
        variant: scopewright_model::core::naming::variant_name(name),
        span: span(),
        description: None,
        credential,
        alone: true,
        enforcement: ScopeEnforcement::Enforced,
        skipped_because: None,
        claim: None,
        claim_format: None,
        unknown_scopes: UnknownNames::Ignore,
        assurance: None,
        upgrades: None,
        max_age: None,
        realm: None,
        mcp_lists: McpLists::Allowed,
    }
}

#[expect(clippy::unwrap_used, reason = "the paths are written below")]
fn operation(method: Method, path: &str, otherwise: Decision) -> Operation {
    Operation {
        method,
        path: path.parse().unwrap(),
        operation_id: format!(
            "{}_{}",
            method.as_str().to_lowercase(),
            path.replace(['/', '{', '}', '*'], "_")
        ),
        handler: None,
        registered: span(),
        framework: Framework::Axum,
        by_mode: BTreeMap::new(),
        otherwise,
        decided_by: DecidedBy::Attribute(span()),
        may_require: Vec::new(),
        conditions: Vec::new(),
        status: RouteStatus::Stable,
    }
}

fn tool(name: &str, otherwise: Decision) -> McpOperation {
    McpOperation {
        kind: McpKind::Tool,
        name: name.to_owned(),
        handler: Some(Handler { path: name.to_owned(), definition: span(), attribute_place: None }),
        registered: span(),
        by_mode: BTreeMap::new(),
        otherwise,
        decided_by: DecidedBy::Attribute(span()),
        may_require: Vec::new(),
        conditions: Vec::new(),
    }
}

fn scoped<const N: usize>(any_of: [&[u16]; N]) -> Decision {
    Decision::Scoped(any_of.iter().map(|all_of| all_of.iter().copied().map(ScopeIndex).collect()).collect())
}

fn public(reason: &str) -> Decision {
    Decision::Public { reason: reason.to_owned() }
}

fn reasons<const N: usize>(reasons: [(&str, &str); N]) -> BTreeMap<String, Spanned<String>> {
    reasons.into_iter().map(|(key, why)| (key.to_owned(), Spanned::new(why.to_owned(), span()))).collect()
}

/// A small policy: the examples in the runtime's documentation are written against it.
pub fn cameras() -> Plan {
    let mut policy = policy("Camera API");
    policy.modes = vec![
        AuthMode {
            description: Some("A key of an app.".to_owned()),
            ..mode(
                "api_key",
                CredentialKind::ApiKeyHeader {
                    name: "X-API-Key".to_owned(),
                    prefix: Some("cam_".to_owned()),
                },
            )
        },
        AuthMode {
            description: Some("A person at a desk.".to_owned()),
            claim: Some("scope".to_owned()),
            claim_format: Some(ClaimFormat::SpaceSeparated),
            ..mode("operator", CredentialKind::Bearer { format: None, prefix: None })
        },
    ];
    policy.scopes = closed(vec![
        scope("read:cameras", "List and inspect cameras.", &[]),
        scope("write:cameras", "Create, update and delete cameras.", &[0]),
        Scope { status: Status::Planned, ..scope("fly:drones", "Fly.", &[]) },
    ]);
    policy.public_reasons = reasons([("health", "Liveness probe, carries no data.")]);
    let operations = vec![
        operation(Method::Get, "/cameras", scoped([&[0]])),
        operation(Method::Post, "/cameras", scoped([&[1]])),
        operation(Method::Get, "/health", public("health")),
    ];
    Plan { policy, operations, mcp: Vec::new() }
}

/// The small one, its calls by a writing scope written down.
pub fn audited() -> Plan {
    let mut plan = cameras();
    for scope in plan.policy.scopes.iter_mut().filter(|scope| scope.name == "write:cameras") {
        scope.audit = true;
    }
    plan.policy.denials.unavailable = Some(denial(
        503,
        object([("detail", text("unavailable")), ("route", BodyValue::Hole(Placeholder::Path))]),
    ));
    plan
}

/// Everything a policy can say that the generated module shows, and texts that try to get out of their quotes.
#[expect(clippy::too_many_lines, reason = "it is a list")]
pub fn everything() -> Plan {
    let mut policy = policy("Every \"thing\" API <v1>");
    policy.modes = vec![
        mode(
            "api_key",
            CredentialKind::ApiKeyHeader { name: "X-API-Key".to_owned(), prefix: Some("k_".to_owned()) },
        ),
        AuthMode {
            enforcement: ScopeEnforcement::Skipped,
            skipped_because: Some("operators are checked by role".to_owned()),
            ..mode("operator", CredentialKind::Bearer { format: None, prefix: Some("op_".to_owned()) })
        },
        AuthMode {
            claim: Some("scp".to_owned()),
            claim_format: Some(ClaimFormat::Array),
            assurance: Some("verified".to_owned()),
            realm: Some("things".to_owned()),
            ..mode("oauth2", CredentialKind::OAuth2 { authorization_url: None, token_url: None })
        },
        mode("query-key", CredentialKind::ApiKeyQuery { name: "key".to_owned() }),
        AuthMode {
            claim_format: Some(ClaimFormat::CommaSeparated),
            ..mode("session", CredentialKind::ApiKeyCookie { name: "session".to_owned() })
        },
        mode("mtls", CredentialKind::MutualTls),
    ];
    policy.scopes = closed(vec![
        scope("vehicle-fields:read", "Read the fields of vehicles.", &[]),
        scope("vehicles:read", "Read vehicles\nand [what] is kept <b>beside</b> them.", &[0]),
        scope("vehicles:write", "Write vehicles; ends here */ \"; panic!() //", &[1]),
        scope("a:b", "One of two names that derive one variant.", &[]),
        Scope { variant: "ADotB".to_owned(), ..scope("a.b", "The other one.", &[]) },
        Scope { variant: "Hash".to_owned(), ..scope("#zone:read", "An RFC 6749 token.", &[]) },
        scope("https://www.example/auth/x", "A name that is a URL.", &[]),
        Scope { status: Status::Beta, ..scope("beta", "In beta.", &[]) },
        Scope { status: Status::Planned, ..scope("planned", "Planned.", &[]) },
        Scope { status: Status::UnderReview, ..scope("under-review", "Discussed.", &[]) },
        Scope {
            status: Status::Deprecated,
            deprecated_note: Some("Use vehicles:read.".to_owned()),
            ..scope("deprecated", "Going away.", &[1])
        },
        Scope { status: Status::Removed, ..scope("removed", "Gone.", &[]) },
    ]);
    policy.aliases = vec![Alias {
        name: "cars:read".to_owned(),
        target: ScopeIndex(1),
        until: "2027-06-30".to_owned(),
        span: span(),
    }];
    policy.bundles = vec![Bundle {
        name: "read-only".to_owned(),
        constant: "READ_ONLY".to_owned(),
        title: "Read everything".to_owned(),
        description: Some("For dashboards.".to_owned()),
        scopes: vec![ScopeIndex(0), ScopeIndex(1)],
        span: span(),
    }];
    policy.public_reasons = reasons([("health", "Liveness."), ("open-data", "Public by intent.")]);
    policy.denials.insufficient_scope = Denial {
        granted: GrantedForm::Closure,
        ..denial(
            403,
            object([(
                "errors",
                BodyValue::Array(vec![object([
                    ("code", text("FORBIDDEN")),
                    ("required", BodyValue::Hole(Placeholder::Required)),
                    ("joined", BodyValue::Hole(Placeholder::RequiredJoined)),
                    ("available", BodyValue::Hole(Placeholder::Granted)),
                    ("held", BodyValue::Hole(Placeholder::GrantedJoined)),
                    (
                        "call",
                        BodyValue::Array(vec![
                            BodyValue::Hole(Placeholder::Method),
                            BodyValue::Hole(Placeholder::Path),
                            BodyValue::Hole(Placeholder::Mode),
                        ]),
                    ),
                    ("numbers", BodyValue::Array(vec![BodyValue::Integer(-1), BodyValue::Float(0.5)])),
                ])]),
            )]),
        )
    };
    policy.denials.mode_refused = Denial { disclose: false, ..denial(403, None) };
    policy.denials.undecided = Denial {
        content_type: "application/problem+json".to_owned(),
        disclose: false,
        undisclosed_to: Vec::new(),
        ..denial(403, object([("title", text("Undecided"))]))
    };
    policy.denials.unavailable = Some(Denial {
        content_type: "application/problem+json".to_owned(),
        ..denial(
            503,
            object([
                ("title", text("Try \"again\" later")),
                (
                    "call",
                    BodyValue::Array(vec![
                        BodyValue::Hole(Placeholder::Method),
                        BodyValue::Hole(Placeholder::Path),
                    ]),
                ),
            ]),
        )
    });
    let mut per_mode = operation(Method::Put, "/vehicles/{id}", Decision::Refused);
    per_mode.by_mode = BTreeMap::from([
        (ModeIndex(0), scoped([&[2]])),
        (ModeIndex(1), Decision::Authenticated),
        (ModeIndex(2), scoped([&[1, 4], &[2]])),
    ]);
    let mut conditional = operation(Method::Get, "/debug", Decision::Authenticated);
    conditional.conditions = vec!["cfg(debug_assertions)".to_owned()];
    let mut declared = operation(Method::Get, "/docs/{*path}", public("open-data"));
    declared.framework = Framework::Policy;
    let operations = vec![
        conditional,
        declared,
        operation(Method::Any, "/files/{*rest}", scoped([&[1]])),
        operation(Method::Get, "/health", public("health")),
        operation(Method::Get, "/search", Decision::OptionalAuth),
        operation(Method::Get, "/todo", Decision::Deferred { ticket: "CAR-1".to_owned() }),
        operation(Method::Delete, "/vehicles/{id}", scoped([&[1, 2], &[4]])),
        operation(Method::Get, "/vehicles/{id}", scoped([&[1]])),
        per_mode,
        operation(Method::Get, "/whoami", Decision::Authenticated),
    ];
    Plan {
        policy,
        operations,
        mcp: vec![tool("park", scoped([&[1, 2], &[4]])), tool("time", Decision::Authenticated)],
    }
}

/// A policy that declares nothing: its enums have no variants.
pub fn nothing() -> Plan {
    Plan { policy: policy(""), operations: Vec::new(), mcp: Vec::new() }
}

/// A service whose tools are called with tokens and with keys, for the runtime's tests.
pub fn tools() -> Plan {
    let mut policy = policy("Camera tools");
    policy.modes = vec![
        AuthMode {
            claim: Some("scope".to_owned()),
            claim_format: Some(ClaimFormat::SpaceSeparated),
            ..mode("token", CredentialKind::Bearer { format: None, prefix: None })
        },
        mode("api_key", CredentialKind::ApiKeyHeader { name: "X-API-Key".to_owned(), prefix: None }),
    ];
    policy.scopes = closed(vec![
        scope("mcp:invoke", "Call tools.", &[]),
        scope("cameras:read", "List cameras.", &[]),
        scope("cameras:write", "Change cameras.", &[1]),
        scope("events:read", "Query events.", &[]),
        scope("admin", "Everything.", &[0, 2, 3]),
    ]);
    policy.public_reasons = reasons([("health", "Liveness probe.")]);
    policy.denials.insufficient_scope = denial(
        403,
        object([
            ("detail", text("insufficient_scope")),
            ("required", BodyValue::Hole(Placeholder::Required)),
            (
                "call",
                BodyValue::Array(vec![
                    BodyValue::Hole(Placeholder::Method),
                    BodyValue::Hole(Placeholder::Path),
                ]),
            ),
        ]),
    );
    let by_mode = |name: &str, mode: u8, decision: Decision| McpOperation {
        by_mode: BTreeMap::from([(ModeIndex(mode), decision)]),
        ..tool(name, Decision::Refused)
    };
    let mut conditional = tool("extra", scoped([&[1]]));
    conditional.conditions = vec!["cfg(feature = \"extra\")".to_owned()];
    Plan {
        policy,
        operations: vec![
            operation(Method::Get, "/health", public("health")),
            operation(Method::Post, "/mcp", scoped([&[0]])),
        ],
        mcp: vec![
            tool("delete_camera", scoped([&[2, 3]])),
            conditional,
            by_mode("keys_only", 1, scoped([&[1]])),
            tool("list_cameras", scoped([&[1]])),
            tool("planned", Decision::Deferred { ticket: "CAM-1".to_owned() }),
            tool("search", scoped([&[1, 3], &[4]])),
            tool("time", Decision::Authenticated),
            by_mode("tokens_only", 0, Decision::Authenticated),
        ],
    }
}

/// The nineteen scopes of CortexVigil, for the runtime's benchmarks.
pub fn cortexvigil() -> Plan {
    let mut policy = policy("CortexVigil API");
    policy.modes = vec![
        mode(
            "api_key",
            CredentialKind::ApiKeyHeader { name: "X-API-Key".to_owned(), prefix: Some("cv_".to_owned()) },
        ),
        AuthMode {
            claim: Some("scope".to_owned()),
            claim_format: Some(ClaimFormat::SpaceSeparated),
            ..mode("token", CredentialKind::Bearer { format: None, prefix: None })
        },
    ];
    let names = "read:cameras write:cameras read:events write:events read:faces write:faces read:areas write:areas \
                 read:sites read:attendance read:zones write:zones read:recordings write:recordings read:sensors \
                 write:sensors read:alerts write:alerts mcp:invoke";
    policy.scopes =
        closed(names.split_whitespace().map(|name| scope(name, "As its name says.", &[])).collect());
    policy.public_reasons = reasons([("health", "Liveness probe, carries no data.")]);
    let operations = vec![operation(Method::Get, "/api/v1/cameras/{id}", scoped([&[0]]))];
    Plan { policy, operations, mcp: Vec::new() }
}

/// A thousand scopes, each implying the one before it, and a thousand operations, each asking for one.
pub fn thousand() -> Plan {
    let mut policy = policy("Large API");
    policy.modes = vec![mode("token", CredentialKind::Bearer { format: None, prefix: None })];
    policy.scopes = closed(
        (0..1000)
            .map(|number| {
                let before: Vec<u16> = u16::checked_sub(number, 1).into_iter().collect();
                scope(&format!("resource-{number:04}:read"), "One of many.", &before)
            })
            .collect(),
    );
    let operations = (0..1000)
        .map(|number| operation(Method::Get, &format!("/resources/{number:04}/{{id}}"), scoped([&[number]])))
        .collect();
    Plan { policy, operations, mcp: Vec::new() }
}

/// The cameras as a protected resource with a path, and scopes in every status, one of them hidden.
pub fn resource() -> Plan {
    let mut plan = cameras();
    plan.policy.scopes.extend(closed(vec![
        Scope { status: Status::Beta, ..scope("watch:cameras", "Watch.", &[]) },
        Scope { hidden: true, ..scope("break:cameras", "For the staff.", &[]) },
        Scope { status: Status::UnderReview, ..scope("sell:cameras", "Sell.", &[]) },
        Scope { status: Status::Deprecated, ..scope("list:cameras", "List.", &[]) },
        Scope { status: Status::Removed, ..scope("film:cameras", "Film.", &[]) },
    ]));
    let base = u16::try_from(plan.policy.scopes.len() - 5).unwrap_or_default();
    for (at, scope) in (base..).zip(plan.policy.scopes.iter_mut().skip(usize::from(base))) {
        scope.closure = vec![ScopeIndex(at)];
    }
    with_resource(
        plan,
        Resource {
            authorization_servers: vec![
                "https://auth.example.com/tenant".to_owned(),
                "https://auth.example.net".to_owned(),
            ],
            documentation: Some("https://docs.example.com/cameras?lang=en".to_owned()),
            ..identified_by("https://api.example.com:8443/cameras/v1/")
        },
    )
}

/// The cameras as a protected resource whose identifier is a host.
pub fn resource_without_path() -> Plan {
    with_resource(cameras(), identified_by("https://api.example.com/"))
}

fn identified_by(identifier: &str) -> Resource {
    let text = |text: &str| Spanned::new(text.to_owned(), span());
    Resource {
        identifier: text(identifier),
        authorization_servers: Vec::new(),
        documentation: None,
        public: text("health"),
        span: span(),
    }
}

/// With the operation that the link stage adds, in its place.
fn with_resource(mut plan: Plan, resource: Resource) -> Plan {
    let added = Operation {
        framework: Framework::Policy,
        operation_id: "protected_resource_metadata".to_owned(),
        decided_by: DecidedBy::Resource(span()),
        ..operation(Method::Get, &resource.metadata_path(), public("health"))
    };
    plan.operations.insert(0, added);
    plan.policy.resource = Some(resource);
    plan
}
