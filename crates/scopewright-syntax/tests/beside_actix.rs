//! Our attributes above and below those of actix-web, and what they expand to.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod support;

use proc_macro2::TokenStream;
use scopewright_syntax::{AttributeKind, expand_beside_routes, expand_route};
use support::{shown, written_out};

fn tokens(source: &str) -> TokenStream {
    source.parse().expect("the test's source is no Rust")
}

/// `#[requires_auth]` on what is below it.
#[track_caller]
fn check_above(below: &str, expected: &str) {
    let expanded = expand_beside_routes(AttributeKind::RequiresAuth, TokenStream::new(), tokens(below));
    assert_eq!(shown(expanded), shown(tokens(&written_out(expected))));
}

/// Our stand-in for one of actix-web's attributes on what is below it.
#[track_caller]
fn check_stand_in(name: &str, args: &str, below: &str, expected: &str) {
    assert_eq!(shown(expand_route(name, tokens(args), tokens(below))), shown(tokens(expected)));
}

const GUARD: &str = "crate::scopes::Guard<r::Authenticated>";

fn decision(routes: &str) -> String {
    format!(
        "impl crate::scopes::rt::actix::__WrittenByTheAttributeAlone for list {{
            type Guard = {GUARD};
            const ROUTES: crate::scopes::rt::actix::AnnotatedRoutes = &[{routes}];
        }}"
    )
}

#[test]
fn the_struct_of_a_handler_gets_its_decision() {
    check_above(
        r#"#[get("/cameras/{id}", name = "x")] pub async fn list(id: Path<u32>) -> String { id.to_string() }"#,
        &format!(
            r#"#[get("/cameras/{{id}}", name = "x")]
            pub async fn list(_: {GUARD}, id: Path<u32>) -> String {{ id.to_string() }} {}"#,
            decision(r#"("GET", "/cameras/{id}"),"#)
        ),
    );
}

#[test]
fn several_methods_and_paths() {
    check_above(
        r#"#[actix_web::route(r"/a", method = "GET", guard = "g", method = "PURGE")] async fn list() {}"#,
        &format!(
            r#"#[actix_web::route(r"/a", method = "GET", guard = "g", method = "PURGE")] async fn list(_: {GUARD},) {{}} {}"#,
            decision(r#"("GET", r"/a"), ("PURGE", r"/a"),"#)
        ),
    );
    check_above(
        r#"#[routes] #[get("/a")] #[delete("/b")] async fn list() {}"#,
        &format!(
            r#"#[routes] #[get("/a")] #[delete("/b")] async fn list(_: {GUARD},) {{}} {}"#,
            decision(r#"("GET", "/a"), ("DELETE", "/b"),"#)
        ),
    );
}

#[test]
fn conditions_hold_for_the_decision_too() {
    check_above(
        r#"#[cfg(unix)] #[get("/a")] async fn list() {}"#,
        &format!(
            r#"#[cfg(unix)] #[get("/a")] async fn list(_: {GUARD},) {{}} #[cfg(unix)] {}"#,
            decision(r#"("GET", "/a"),"#)
        ),
    );
}

#[test]
fn attributes_of_others_make_no_struct() {
    for other in ["#[get]", "#[get(path)]", "#[route(GET \"/a\")]", "#[instrument(\"/a\")]", ""] {
        check_above(
            &format!("{other} async fn list() {{}}"),
            &format!("{other} async fn list(_: {GUARD},) {{}}"),
        );
    }
}

#[test]
fn a_mistake_of_ours_leaves_one_error() {
    let item = tokens(r#"#[get("/a")] async fn list() {}"#);
    let expanded = shown(expand_beside_routes(AttributeKind::RequiresScope, TokenStream::new(), item));
    assert_eq!(expanded.matches("compile_error").count(), 1, "{expanded}");
    assert!(
        expanded.contains("__WrittenByTheAttributeAlone for list"),
        "the struct has a decision all the same: {expanded}"
    );
}

#[test]
fn a_stand_in_goes_below_everything_of_ours() {
    check_stand_in(
        "get",
        r#""/a", name = "x""#,
        "/// Lists.
        #[requires_auth] #[instrument] async fn list() {}",
        r#"/// Lists.
        #[requires_auth] #[instrument] #[::actix_web::get("/a", name = "x")] async fn list() {}"#,
    );
    check_stand_in("get", r#""/a""#, "async fn list() {}", r#"#[::actix_web::get("/a")] async fn list() {}"#);
}

#[test]
fn a_stand_in_for_routes_stays_above_its_methods() {
    check_stand_in(
        "routes",
        "",
        r#"#[get("/a")] #[requires_auth] #[post("/b")] async fn list() {}"#,
        r#"#[requires_auth] #[::actix_web::routes] #[get("/a")] #[post("/b")] async fn list() {}"#,
    );
}
