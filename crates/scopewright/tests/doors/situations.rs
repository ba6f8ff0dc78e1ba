//! Situations that a door once decided by another row than that of what answered, one each.

use crate::policy::{Asks, Handler, Listed, install};
use scopewright::{Method, RouteKind};

/// A row: method, path, what it asks for, how it is in the table, what answers.
pub type Row = (Method, &'static str, Option<u16>, Listed, RouteKind);
pub type Rows = &'static [Row];

/// Makes them the table. A scope, or nothing for a public endpoint.
pub fn set(rows: Rows) {
    let handler = |(method, path, scope, listed, kind): &Row| Handler {
        name: 0,
        asks: scope.map_or(Asks::Nothing, |scope| Asks::AnyOf(vec![vec![scope]])),
        listed: *listed,
        method: *method,
        path: (*path).to_owned(),
        kind: *kind,
        is_conditional: false,
    };
    install(rows.iter().map(handler).filter_map(|handler| handler.row()).collect());
}

pub const PREFLIGHT: &[(&str, &str)] =
    &[("origin", "https://console.example"), ("access-control-request-method", "GET")];
pub const PLAIN: &[(&str, &str)] = &[];

mod axum {
    use super::{PLAIN, PREFLIGHT, Row, Rows, set};
    use crate::policy::Listed::{Declared, Seen};
    use crate::policy::{Scope, grant};
    use ::axum::Router;
    use ::axum::body::{Body, to_bytes};
    use ::axum::extract::Request;
    use ::axum::middleware::{Next, from_fn};
    use ::axum::response::{IntoResponse as _, Response};
    use ::axum::routing::{any, get};
    use scopewright::Method::{Any, Get};
    use scopewright::RouteKind::{Fallback, Nested, Route};
    use scopewright::axum::DoorLayer;
    use tower::ServiceExt as _;

    fn behind(rows: Rows, plain: Router) -> Router {
        set(rows);
        scopewright::axum::Router::new()
            .merge_axum::<Scope>(plain)
            .guarded_unchecked()
            .into_axum_unguarded("the tests ask routers")
    }

    /// What a caller with a scope, or without a credential, is answered: a status, and what the handler says.
    fn ask(app: &Router, line: &str, held: Option<u16>, headers: &[(&str, &str)]) -> (u16, String) {
        let (method, path) = line.split_once(' ').unwrap();
        let mut request = http::Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request: Request = request.body(Body::empty()).unwrap();
        if let Some(scope) = held {
            request.extensions_mut().insert(grant(&[scope]));
        }
        futures_executor::block_on(async {
            let response = app.clone().oneshot(request).await.unwrap();
            let status = response.status().as_u16();
            let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            (status, String::from_utf8(body.to_vec()).unwrap())
        })
    }

    fn statuses(app: &Router, held: Option<u16>, expected: &[(&str, u16)]) {
        for (line, status) in expected {
            let (found, said) = ask(app, line, held, PLAIN);
            assert_eq!(found, *status, "{line}");
            assert!(found == 200 || said.is_empty() || !said.contains("SECRET"), "{line}: {said}");
        }
    }

    async fn listed() -> &'static str {
        "LISTED"
    }

    async fn secret() -> &'static str {
        "SECRET"
    }

    #[test]
    fn the_bare_prefix_of_a_tail_is_the_fallbacks() {
        let plain = || Router::new().route("/files/{*rest}", get(listed)).fallback(secret);
        let app = behind(
            &[(Get, "/files/{*rest}", None, Seen, Route), (Any, "/{*fallback}", Some(1), Seen, Fallback)],
            plain(),
        );
        statuses(
            &app,
            None,
            &[("GET /files/x", 200), ("GET /files", 401), ("GET /files/", 401), ("GET /", 401)],
        );
        statuses(&app, Some(1), &[("GET /files", 200), ("GET /nowhere", 200), ("POST /files", 200)]);
        // A row that is only declared for all below is the tail's: of the fallback nobody says anything.
        let app = behind(
            &[(Any, "/{*rest}", None, Declared, Route)],
            Router::new().route("/{*rest}", get(listed)).fallback(secret),
        );
        statuses(&app, None, &[("GET /x", 200), ("GET /", 404)]);
        let app = behind(&[(Any, "/{*rest}", None, Declared, Route)], Router::new().fallback(listed));
        statuses(&app, None, &[("GET /x", 200), ("GET /", 200)]);
    }

    #[test]
    fn the_root_of_a_part_below_a_prefix_with_a_slash_is_spelled_with_it() {
        set(&[(Get, "/t/", None, Seen, Route), (Get, "/t/a", Some(1), Seen, Route)]);
        let part = Router::new().route("/", get(listed)).route("/a", get(secret));
        let api = scopewright::axum::Router::new().merge_axum::<Scope>(part);
        let app = scopewright::axum::Router::new().nest("/t/", api);
        let app = app.guarded_unchecked().into_axum_unguarded("the tests ask routers");
        statuses(&app, None, &[("GET /t/", 200), ("GET /t", 404), ("GET /t/a", 401)]);
        statuses(&app, Some(1), &[("GET /t/a", 200)]);
    }

    #[test]
    fn a_fallback_is_found_by_the_path_that_was_routed() {
        for prefix in ["/t", "/t/"] {
            set(&[
                (Any, "/t/{*fallback}", None, Seen, Fallback),
                (Any, "/t/c/{*fallback}", Some(1), Seen, Fallback),
            ]);
            let inner = Router::new().route("/a", get(listed)).fallback(secret);
            let part = Router::new().nest("/c", inner).fallback(listed);
            let api = scopewright::axum::Router::new().merge_axum::<Scope>(part);
            let app = scopewright::axum::Router::new().nest(prefix, api);
            let app = app.guarded_unchecked().into_axum_unguarded("the tests ask routers");
            // axum takes off both slashes behind the prefix only after it has routed the request.
            statuses(&app, None, &[("GET /t//c/x", 200), ("GET /t/c/x", 401)]);
            statuses(&app, Some(1), &[("GET /t/c/x", 200)]);
        }
    }

    const TAIL: Row = (Get, "/files/{*rest}", None, Declared, Route);

    #[test]
    fn a_service_below_a_public_tail_is_not_the_tails() {
        let plain = || {
            Router::new()
                .route("/files/{*rest}", get(listed))
                .nest_service("/files/admin", any(secret))
                .fallback(secret)
        };
        let app = behind(&[TAIL], plain());
        let denied = [
            ("GET /files/admin", 403),
            ("GET /files/admin/", 403),
            ("GET /files/admin/x", 403),
            ("GET /files/%61dmin", 200),
            ("GET /files", 404),
            ("GET /nowhere", 404),
            ("GET /files/x", 200),
        ];
        statuses(&app, None, &denied);
        set(&[TAIL]);
        statuses(&plain().layer(DoorLayer::<Scope>::new()), None, &denied);
        let app = behind(&[TAIL, (Any, "/files/admin/{*rest}", Some(1), Seen, Nested)], plain());
        for line in ["GET /files/admin", "GET /files/admin/", "GET /files/admin/x", "POST /files/admin/x"] {
            statuses(&app, None, &[(line, 401)]);
            statuses(&app, Some(1), &[(line, 200)]);
        }
    }

    #[test]
    fn fallbacks_of_nested_routers_have_rows_of_their_own() {
        let inner = Router::new().route("/x", get(listed)).fallback(secret);
        let plain = Router::new().nest("/api", inner).fallback(listed);
        let app = behind(&[(Any, "/{*fallback}", None, Seen, Fallback)], plain.clone());
        statuses(
            &app,
            None,
            &[("GET /nowhere", 200), ("GET /api/nowhere", 404), ("GET /api", 404), ("GET /api/", 200)],
        );
        let app = behind(
            &[
                (Any, "/{*fallback}", None, Seen, Fallback),
                (Any, "/api/{*fallback}", Some(1), Seen, Fallback),
            ],
            plain,
        );
        statuses(&app, None, &[("GET /api/nowhere", 401), ("GET /nowhere", 200)]);
        statuses(&app, Some(1), &[("GET /api/nowhere", 200)]);
    }

    #[test]
    fn methods_that_are_not_in_the_table_are_not_those_that_are() {
        let plain = Router::new()
            .route("/head", get(listed).head(secret))
            .route("/options", get(listed).options(secret))
            .route("/fallback", get(listed).fallback(secret))
            .route("/any", any(listed).post(secret));
        let app = behind(
            &[
                (Get, "/head", None, Declared, Route),
                (Get, "/options", None, Declared, Route),
                (Get, "/fallback", None, Declared, Route),
                (Any, "/any", None, Seen, Route),
            ],
            plain,
        );
        statuses(
            &app,
            None,
            &[
                ("GET /head", 200),
                ("HEAD /head", 403),
                ("GET /options", 200),
                ("HEAD /options", 200),
                ("OPTIONS /options", 403),
                ("GET /fallback", 200),
                ("POST /fallback", 403),
                ("GET /any", 200),
                ("PURGE /any", 200),
                ("POST /any", 403),
            ],
        );
        // What looks like a preflight is none to a handler.
        assert_eq!(ask(&app, "OPTIONS /options", None, PREFLIGHT).0, 403);
        assert_eq!(ask(&app, "OPTIONS /fallback", None, PREFLIGHT).0, 403);
        assert_eq!(ask(&app, "OPTIONS /nowhere", None, PREFLIGHT).0, 404);
        assert_eq!(ask(&app, "OPTIONS /head", None, PREFLIGHT).0, 405, "axum's own answer");
    }

    #[test]
    fn a_preflight_reaches_the_layer_that_answers_it() {
        async fn cors(request: Request, next: Next) -> Response {
            if request.method() == http::Method::OPTIONS {
                return http::StatusCode::NO_CONTENT.into_response();
            }
            next.run(request).await
        }
        let plain = Router::new()
            .route("/files/list", get(listed))
            .route("/files/not-listed", get(secret))
            .layer(from_fn(cors));
        let app = behind(&[(Get, "/files/list", Some(1), Seen, Route)], plain);
        assert_eq!(ask(&app, "OPTIONS /files/list", None, PREFLIGHT).0, 204);
        assert_eq!(ask(&app, "OPTIONS /files/list", None, PLAIN).0, 403, "this is none");
        assert_eq!(ask(&app, "OPTIONS /files/list", None, &PREFLIGHT[..1]).0, 403, "and this");
        assert_eq!(ask(&app, "OPTIONS /files/not-listed", None, PREFLIGHT).0, 403);
        assert_eq!(ask(&app, "GET /files/list", Some(1), PREFLIGHT), (200, "LISTED".to_owned()));
        assert_eq!(ask(&app, "GET /files/list", None, PREFLIGHT).0, 401);
    }

    #[test]
    fn a_layer_that_changes_the_path_changes_no_row() {
        let plain = Router::new().route("/public", get(secret)).route("/admin", get(secret));
        set(&[(Get, "/public", None, Seen, Route), (Get, "/admin", Some(1), Seen, Route)]);
        let app = scopewright::axum::Router::new()
            .merge_axum::<Scope>(plain)
            .layer(from_fn(async |mut request: Request, next: Next| {
                *request.uri_mut() = "/public".parse().unwrap();
                next.run(request).await
            }))
            .guarded_unchecked()
            .into_axum_unguarded("the tests ask routers");
        statuses(&app, None, &[("GET /admin", 401), ("GET /public", 200)]);
    }

    #[test]
    fn below_a_prefix_patterns_are_full_ones() {
        const ROWS: Rows = &[
            (Get, "/{tenant}/api", None, Seen, Route),
            (Get, "/{tenant}/api/x", Some(1), Seen, Route),
            (Any, "/{tenant}/api/s/{*rest}", Some(2), Seen, Nested),
            (Get, "/x", None, Seen, Route),
            (Any, "/s/{*rest}", None, Seen, Nested),
        ];
        let plain =
            || Router::new().route("/", get(listed)).route("/x", get(secret)).nest_service("/s", any(secret));
        set(ROWS);
        let inner = || scopewright::axum::Router::new().merge_axum::<Scope>(plain());
        let inner_only = scopewright::axum::Router::new().nest("/api", inner());
        let nested = scopewright::axum::Router::new()
            .nest("/{tenant}", inner_only)
            .guarded_unchecked()
            .into_axum_unguarded("the tests ask routers");
        let as_service = Router::new().nest_service(
            "/{tenant}/api",
            inner().guarded_unchecked().into_axum_unguarded("the tests ask routers"),
        );
        for app in [nested, as_service] {
            statuses(
                &app,
                None,
                &[("GET /t/api", 200), ("GET /t/api/x", 401), ("GET /t/api/s/y", 401), ("GET /t/api/s", 401)],
            );
            statuses(&app, Some(1), &[("GET /t/api/x", 200), ("GET /t/api/s/y", 403)]);
            statuses(
                &app,
                Some(2),
                &[("GET /t/api/s/y", 200), ("GET /t/api/s", 200), ("GET /t/api/nowhere", 404)],
            );
        }
    }
}

mod actix {
    use super::{PLAIN, PREFLIGHT, Rows, set};
    use crate::policy::Listed::{Declared, Seen};
    use crate::policy::{Scope, grant};
    use actix_web::dev::Service as _;
    use actix_web::web::{self, scope};
    use actix_web::{App, HttpMessage as _, HttpResponse, guard, test as testing};
    use scopewright::Method::{Any, Get};
    use scopewright::RouteKind::Route;
    use scopewright::actix::DoorMiddleware;

    /// What callers are answered: a request, the caller's scope, headers, the status.
    type Expected<'e> = &'e [(&'e str, Option<u16>, &'e [(&'e str, &'e str)], u16)];

    /// Asks an application of actix-web's.
    macro_rules! statuses {
        ($app:expr, $expected:expr) => {{
            let expected: Expected<'_> = $expected;
            actix_web::rt::System::new().block_on(async {
                let app = testing::init_service($app).await;
                for (line, held, headers, status) in expected {
                    let (method, path) = line.split_once(' ').unwrap();
                    let mut request = testing::TestRequest::with_uri(path).method(method.parse().unwrap());
                    for header in *headers {
                        request = request.insert_header(*header);
                    }
                    let request = request.to_request();
                    if let Some(held) = held {
                        request.extensions_mut().insert(grant(&[*held]));
                    }
                    let response = app.call(request).await.unwrap();
                    assert_eq!(response.status().as_u16(), *status, "{line} of {held:?} with {headers:?}");
                }
            });
        }};
    }

    async fn answers() -> &'static str {
        "something"
    }

    fn behind(
        rows: Rows,
        part: impl scopewright::actix::PlainPart,
    ) -> scopewright::actix::GuardedApp<
        impl actix_web::dev::ServiceFactory<
            actix_web::dev::ServiceRequest,
            Config = (),
            Response = actix_web::dev::ServiceResponse,
            Error = actix_web::Error,
            InitError = (),
        >,
    > {
        set(rows);
        scopewright::actix::App::new().service_actix::<Scope>(part).guarded_unchecked()
    }

    #[test]
    fn middleware_behind_a_door_changes_no_decision() {
        use actix_web::middleware::{Logger, NormalizePath};
        let rows: Rows = &[(Get, "/x/secret", Some(1), Seen, Route), (Get, "/x/{*tail}", None, Seen, Route)];
        let part = || {
            scope("/x").route("/secret", web::get().to(answers)).route("/{tail:.*}", web::get().to(answers))
        };
        let asked: Expected<'_> = &[
            ("GET /x/secret", None, PLAIN, 401),
            ("GET /x/secret/", None, PLAIN, 401),
            ("GET /x//secret", None, PLAIN, 401),
            ("GET /x/secret/", Some(1), PLAIN, 200),
            ("GET /x/other/", None, PLAIN, 200),
        ];
        statuses!(behind(rows, part().wrap(NormalizePath::trim())), asked);
        let ordinary = part().wrap(Logger::default());
        statuses!(
            behind(rows, ordinary),
            &[("GET /x/secret", None, PLAIN, 401), ("GET /x/secret/", None, PLAIN, 200)]
        );
    }

    #[test]
    fn what_answers_after_a_guard_is_not_what_stands_before_it() {
        let part = || {
            scope("/ext")
                .service(web::resource("/{name}").guard(guard::Header("x-never", "1")).to(answers))
                .service(web::resource("/secret").to(answers))
        };
        statuses!(
            behind(&[(Any, "/ext/{name}", None, Declared, Route)], part()),
            &[
                ("GET /ext/secret", None, PLAIN, 403),
                ("GET /ext/secret", None, &[("x-never", "1")], 403),
                ("GET /ext/%73ecret", None, PLAIN, 403),
                ("GET /ext/other", None, PLAIN, 404),
                ("GET /ext/other", None, &[("x-never", "1")], 200),
            ]
        );
        statuses!(
            behind(
                &[
                    (Any, "/ext/{name}", None, Declared, Route),
                    (Any, "/ext/secret", Some(1), Declared, Route)
                ],
                part()
            ),
            &[
                ("GET /ext/secret", None, PLAIN, 401),
                ("GET /ext/secret", Some(1), PLAIN, 200),
                ("GET /ext/other", None, &[("x-never", "1")], 200),
            ]
        );
    }

    #[test]
    fn a_default_service_that_nobody_listed_answers_nothing() {
        let part = || {
            scope("/ext")
                .service(web::resource("/{name}").guard(guard::Header("x-never", "1")).to(answers))
                .default_service(web::to(answers))
        };
        statuses!(
            behind(&[(Any, "/ext/{name}", None, Declared, Route)], part()),
            &[
                ("GET /ext/x", None, &[("x-never", "1")], 200),
                ("GET /ext/x", None, PLAIN, 404),
                ("GET /ext/x/y", None, PLAIN, 404),
                ("GET /ext", None, PLAIN, 404),
            ]
        );
        statuses!(
            behind(
                &[
                    (Any, "/ext/{name}", None, Declared, Route),
                    (Any, "/ext/{*rest}", Some(1), Declared, Route)
                ],
                part()
            ),
            &[
                ("GET /ext/x", None, PLAIN, 401),
                ("GET /ext/x", Some(1), PLAIN, 200),
                ("GET /ext/x/y", Some(1), PLAIN, 200),
                ("GET /ext/x/y", None, PLAIN, 401),
            ]
        );
    }

    #[test]
    fn an_expression_takes_what_it_takes() {
        statuses!(
            behind(
                &[(Get, "/x/{path}", Some(1), Seen, Route), (Get, "/x/{a}/{b}", Some(2), Seen, Route)],
                scope("/x")
                    .route("/{path:[a-z/]+}", web::get().to(answers))
                    .route("/{a}/{b}", web::get().to(answers))
            ),
            &[
                ("GET /x/foo/bar", Some(2), PLAIN, 403),
                ("GET /x/foo/bar", Some(1), PLAIN, 200),
                ("GET /x/foo/7", Some(2), PLAIN, 200),
                ("GET /x/foo/7", Some(1), PLAIN, 403),
                ("GET /x/foo/%62ar", Some(2), PLAIN, 403),
                ("GET /x/foo%2Fbar", Some(2), PLAIN, 404),
            ]
        );
        statuses!(
            behind(
                &[(Get, "/y/{id}", Some(1), Seen, Route), (Get, "/y/{id}/public", None, Seen, Route)],
                scope("/y")
                    .route("/{id:.+?}", web::get().to(answers))
                    .route("/{id}/public", web::get().to(answers))
            ),
            &[
                ("GET /y/1/public", None, PLAIN, 401),
                ("GET /y/1/public", Some(1), PLAIN, 200),
                ("GET /y/1", Some(1), PLAIN, 200),
            ]
        );
    }

    #[test]
    fn a_preflight_reaches_the_middleware_that_answers_it() {
        let part = || {
            scope("/files")
                .route("/list", web::get().to(answers))
                .service(web::resource("/any").to(answers))
                .wrap_fn(|request, service| {
                    let is_options = request.method() == actix_web::http::Method::OPTIONS;
                    let answered = if is_options {
                        Ok(request.into_response(HttpResponse::NoContent()))
                    } else {
                        Err(service.call(request))
                    };
                    async move {
                        match answered {
                            Ok(response) => Ok(response),
                            Err(running) => running.await,
                        }
                    }
                })
        };
        statuses!(
            behind(
                &[(Get, "/files/list", Some(1), Seen, Route), (Any, "/files/any", Some(1), Seen, Route)],
                part()
            ),
            &[
                ("OPTIONS /files/list", None, PREFLIGHT, 204),
                ("OPTIONS /files/list", None, PLAIN, 403),
                ("OPTIONS /files/any", None, PREFLIGHT, 401),
                ("OPTIONS /files/nowhere", None, PREFLIGHT, 404),
                ("GET /files/list", Some(1), PREFLIGHT, 200),
                ("GET /files/list", None, PREFLIGHT, 401),
            ]
        );
        // Of what another package registers nobody knows what answers `OPTIONS`.
        statuses!(
            behind(
                &[
                    (Get, "/files/list", Some(1), Declared, Route),
                    (Any, "/files/any", Some(1), Declared, Route)
                ],
                part()
            ),
            &[("OPTIONS /files/list", None, PREFLIGHT, 403)]
        );
    }

    #[test]
    fn every_pattern_of_a_resource_has_its_row() {
        statuses!(
            behind(
                &[(Get, "/one/{id}", None, Seen, Route), (Get, "/two/{id}", Some(1), Seen, Route)],
                web::resource(["/one/{id}", "/two/{id}", "/three/{id}"]).get(answers)
            ),
            &[
                ("GET /one/1", None, PLAIN, 200),
                ("GET /two/1", None, PLAIN, 401),
                ("GET /two/1", Some(1), PLAIN, 200),
                ("GET /three/1", Some(1), PLAIN, 403),
                ("POST /one/1", None, PLAIN, 403),
            ]
        );
    }

    #[test]
    fn a_door_wrapped_by_hand_knows_no_less() {
        const ROWS: Rows = &[
            (Get, "/s/{id}", None, Seen, Route),
            (Get, "/s/{id}/x", Some(1), Seen, Route),
            (Get, "/r", Some(1), Seen, Route),
        ];
        set(ROWS);
        let part = || {
            scope("/s")
                .route("/{id}", web::get().to(answers))
                .route("/{id}/x", web::get().to(answers))
                .route("/{id}/y", web::get().to(answers))
        };
        let resource = || web::resource("/r").get(answers).post(answers);
        let expected: Expected<'_> = &[
            ("GET /s/1", None, PLAIN, 200),
            ("GET /s/1/x", None, PLAIN, 401),
            ("GET /s/1/x", Some(1), PLAIN, 200),
            ("GET /s/1/y", Some(1), PLAIN, 403),
            ("GET /r", Some(1), PLAIN, 200),
            ("GET /r", None, PLAIN, 401),
            ("POST /r", Some(1), PLAIN, 403),
        ];
        let door = || DoorMiddleware::<Scope>::new();
        statuses!(App::new().service(part().wrap(door())).service(resource().wrap(door())), expected);
        statuses!(App::new().service(part()).service(resource()).wrap(door()), expected);
    }
}
