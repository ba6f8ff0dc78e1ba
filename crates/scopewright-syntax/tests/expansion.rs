//! Attributes on functions of every shape, and what they expand to.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod support;

use support::{expanded, shown, written_out};

#[track_caller]
fn check(source: &str, expected: &str) {
    let expected = written_out(expected).parse().expect("the expected text is no Rust");
    assert_eq!(shown(expanded(source)), shown(expected));
}

/// The guard of `attributes` on a function.
#[track_caller]
fn check_guard(attributes: &str, guard: &str) {
    let expanded = shown(expanded(&format!("{attributes} fn f() {{}}")));
    let function = expanded.rsplit_once(']').map_or(expanded.as_str(), |(_, function)| function.trim_start());
    let expected = written_out(&format!("fn f(_: crate::scopes::Guard<{guard}>,) {{}}"));
    assert_eq!(function, shown(expected.parse().expect("the expected text is no Rust")));
}

#[test]
fn nothing_abbreviated() {
    assert_eq!(
        shown(expanded(r#"#[requires_scope("read:cameras")] async fn list(db: Db) -> Cameras { db.all() }"#)),
        shown(
            "async fn list(
                _: crate::scopes::Guard<crate::scopes::rt::require::Is<{
                    crate::scopes::named(crate::scopes::Scope::ReadCameras, 12675828377407517583)
                }>>,
                db: Db
            ) -> Cameras { db.all() }"
                .parse()
                .unwrap()
        )
    );
}

#[test]
fn one_scope_by_name() {
    check_guard(r#"#[requires_scope("vehicle-fields:read")]"#, "r::Is<{scope vehicle-fields:read}>");
}

#[test]
fn one_scope_by_variant() {
    check_guard("#[requires_scope(ReadCameras)]", "r::Is<{variant ReadCameras}>");
    check_guard("#[requires_scope(Scope::ReadCameras)]", "r::Is<{variant ReadCameras}>");
    check_guard("#[requires_scope(crate::scopes::Scope::ReadCameras)]", "r::Is<{variant ReadCameras}>");
    check_guard("#[requires_scope(::me::scopes::Scope::ReadCameras)]", "r::Is<{variant ReadCameras}>");
}

#[test]
fn several_scopes_are_all_required() {
    check_guard(
        r#"#[requires_scope("a", B, "c",)]"#,
        "r::All<(r::Is<{scope a}>, r::Is<{variant B}>, r::Is<{scope c}>)>",
    );
    check_guard(r#"#[requires_scope(all("a", "b"))]"#, "r::All<(r::Is<{scope a}>, r::Is<{scope b}>)>");
}

#[test]
fn any_of_scopes_and_groups() {
    check_guard(
        r#"#[requires_scope(any("a", all("b", "c")))]"#,
        "r::Any<(r::Is<{scope a}>, r::All<(r::Is<{scope b}>, r::Is<{scope c}>)>)>",
    );
    check_guard(r#"#[requires_scope(any("a"))]"#, "r::Is<{scope a}>");
}

#[test]
fn any_inside_all_is_multiplied_out() {
    check_guard(
        r#"#[requires_scope("a", any("b", "c"))]"#,
        "r::Any<(r::All<(r::Is<{scope a}>, r::Is<{scope b}>)>, r::All<(r::Is<{scope a}>, r::Is<{scope c}>)>)>",
    );
    check_guard(
        r#"#[requires_scope(all("a", any("a", "b")))]"#,
        "r::Any<(r::Is<{scope a}>, r::All<(r::Is<{scope a}>, r::Is<{scope b}>)>)>",
    );
    check_guard(
        r#"#[requires_scope(any(all("a", "b"), all("b", "a")))]"#,
        "r::All<(r::Is<{scope a}>, r::Is<{scope b}>)>",
    );
}

#[test]
fn more_scopes_than_a_tuple_takes() {
    let scopes: Vec<_> = ('a'..='n').map(|letter| format!("\"{letter}\"")).collect();
    let is = |letters: std::ops::RangeInclusive<char>| {
        letters.map(|letter| format!("r::Is<{{scope {letter}}}>")).collect::<Vec<_>>().join(", ")
    };
    check_guard(
        &format!("#[requires_scope({})]", scopes.join(", ")),
        &format!("r::All<({}, r::All<({})>)>", is('a'..='k'), is('l'..='n')),
    );
    check_guard(
        &format!("#[requires_scope(any({}))]", scopes.join(", ")),
        &format!("r::Any<({}, r::Any<({})>)>", is('a'..='k'), is('l'..='n')),
    );
}

#[test]
fn the_other_attributes() {
    check_guard("#[requires_auth]", "r::Authenticated");
    check_guard("#[requires_auth()]", "r::Authenticated");
    check_guard(r#"#[public(reason = "health")]"#, "r::Public<{reason health}>");
    check_guard("#[optional_auth]", "r::OptionalAuth");
    check_guard(r#"#[scope_todo("CAM-12")]"#, "r::Deferred");
}

#[test]
fn modes_without_a_rule_are_refused() {
    check_guard(
        r#"#[requires_scope("a", via = "api_key")]"#,
        "r::PerMode<(r::Via<{mode api_key}, r::Is<{scope a}>>,), r::Refused>",
    );
    check_guard(
        r#"#[refused(via = "api_key")]"#,
        "r::PerMode<(r::Via<{mode api_key}, r::Refused>,), r::Refused>",
    );
}

#[test]
fn rules_for_several_modes() {
    check_guard(
        r#"#[requires_auth(via = "operator")] #[requires_scope("a")] #[refused(via = "api_key")]"#,
        "r::PerMode<(
            r::Via<{mode operator}, r::Authenticated>,
            r::Via<{mode api_key}, r::Refused>
        ), r::Is<{scope a}>>",
    );
    check_guard(
        r#"#[optional_auth] #[scope_todo("CAM-12", via = "operator")]"#,
        "r::PerMode<(r::Via<{mode operator}, r::Deferred>,), r::OptionalAuth>",
    );
}

#[test]
fn notes_change_no_decision() {
    check_guard(
        r#"#[requires_auth(may_require("a", when = "the body has tags"), may_require(B, when = "never"))]"#,
        "r::Noted<r::Authenticated, (r::Is<{scope a}>, r::Is<{variant B}>)>",
    );
    check_guard(
        r#"#[requires_scope("a", via = "x", may_require("b", when = "asked"))]"#,
        "r::Noted<r::PerMode<(r::Via<{mode x}, r::Is<{scope a}>>,), r::Refused>, (r::Is<{scope b}>,)>",
    );
}

#[test]
fn other_attributes_stay_in_order() {
    check(
        "#[requires_auth] #[instrument(skip_all)] #[sw::refused(via = \"x\")] #[doc = \"y\"] #[cfg(z)] fn f() {}",
        "#[instrument(skip_all)] #[sw::refused(__absorbed)] #[doc = \"y\"] #[cfg(z)]
         fn f(_: crate::scopes::Guard<r::PerMode<(r::Via<{mode x}, r::Refused>,), r::Authenticated>>,) {}",
    );
}

#[test]
fn every_qualifier() {
    for head in [
        "pub",
        "pub(crate)",
        "pub(in crate::a)",
        "crate",
        "default",
        "const",
        "async",
        "unsafe",
        "extern",
        "extern \"C\"",
        "pub const unsafe extern \"C\"",
        "pub(super) async unsafe",
    ] {
        check(
            &format!("#[requires_auth] {head} fn f(a: A) -> B {{ c }}"),
            &format!("{head} fn f(_: crate::scopes::Guard<r::Authenticated>, a: A) -> B {{ c }}"),
        );
    }
}

#[test]
fn generics_with_arrows_shifts_and_constants() {
    for generics in [
        "<T>",
        "<>",
        "<'a, T: 'a>",
        "<F: Fn(A) -> B>",
        "<F: Fn(A) -> Vec<Vec<B>>>",
        "<F: for<'a> FnOnce(&'a A) -> &'a [B]>",
        "<const N: usize, const M: bool>",
        "<T: Tr<{ A > B }>>",
        "<T: Tr<-1>, U: Iterator<Item = Vec<Option<T>>>>",
        "<T: ~const Tr + ?Sized>",
        "<T: Into<fn(A) -> B>>",
    ] {
        check(
            &format!("#[requires_auth] fn f{generics}(a: A) -> impl Fn(A) -> B where A: B<(C)> {{ c }}"),
            &format!(
                "fn f{generics}(_: crate::scopes::Guard<r::Authenticated>, a: A)
                 -> impl Fn(A) -> B where A: B<(C)> {{ c }}"
            ),
        );
    }
}

#[test]
fn parameters_that_only_look_like_self() {
    for parameter in
        ["self::Id(id): self::Id", "(self_, x): T", "#[cfg(a)] x: X", "&x: &X", "mut x: X", "_: self::X"]
    {
        check(
            &format!("#[requires_auth] fn f({parameter}) {{}}"),
            &format!("fn f(_: crate::scopes::Guard<r::Authenticated>, {parameter}) {{}}"),
        );
    }
}

#[test]
fn three_parameters_and_more_quiet_the_lint_that_counts_them() {
    check(
        "#[requires_auth] #[doc = \"x\"] fn f(a: A, b: B, c: C) {}",
        "#[allow(clippy::too_many_arguments)] #[doc = \"x\"]
         fn f(_: crate::scopes::Guard<r::Authenticated>, a: A, b: B, c: C) {}",
    );
}

#[test]
fn declaration_without_a_body() {
    check("#[requires_auth] fn f(a: A);", "fn f(_: crate::scopes::Guard<r::Authenticated>, a: A);");
}

#[test]
fn body_that_does_not_parse_is_left_to_rustc() {
    check(
        "#[requires_auth] fn f(a: ) -> { let = ; }",
        "fn f(_: crate::scopes::Guard<r::Authenticated>, a: ) -> { let = ; }",
    );
}

#[test]
fn raw_and_escaped_texts() {
    check_guard(r#"#[requires_scope(r"read:cameras")]"#, "r::Is<{scope read:cameras}>");
    check_guard(r#"#[requires_scope("read\x3acameras")]"#, "r::Is<{scope read:cameras}>");
    check_guard(
        r#"#[requires_scope("https://www.example/auth/x")]"#,
        "r::Is<{scope https://www.example/auth/x}>",
    );
}

#[test]
fn absorbed_attribute_does_nothing_on_a_guarded_function() {
    let once = "#[instrument] fn f(_: crate::scopes::Guard<r::Authenticated>, a: A) {}";
    let once = written_out(once);
    check(&format!("#[sw::refused(__absorbed)] {once}"), &once);
}

#[test]
fn absorbed_attribute_opens_nothing() {
    let expanded = shown(expanded("#[requires_auth(__absorbed)] fn f(a: A) {}"));
    assert!(expanded.contains("Deferred"), "{expanded}");
    assert!(expanded.contains("unexpected word `__absorbed`"), "{expanded}");
}

#[test]
fn a_tool_has_its_guard_after_self() {
    let guard = "_: crate::scopes::Guard<r::Authenticated>,";
    check(
        "#[requires_auth] #[tool(name = \"x\")] async fn x(&self) {}",
        &format!("#[tool(name = \"x\")] async fn x(&self, {guard}) {{}}"),
    );
    check(
        "#[requires_auth] #[rmcp::tool] fn x(&'a self, p: Parameters<P>) {}",
        &format!("#[rmcp::tool] fn x(&'a self, {guard} p: Parameters<P>) {{}}"),
    );
    check("#[requires_auth] #[tool] fn x() {}", &format!("#[tool] fn x({guard}) {{}}"));
}

#[test]
fn a_prompt_has_its_guard_after_self() {
    let guard = "_: crate::scopes::Guard<r::Authenticated>,";
    check(
        "#[requires_auth] #[prompt(name = \"x\")] async fn x(&self) -> Vec<M> {}",
        &format!("#[prompt(name = \"x\")] async fn x(&self, {guard}) -> Vec<M> {{}}"),
    );
}

#[test]
fn several_modes_in_one_attribute() {
    check_guard(
        r#"#[requires_auth(via = ["operator", AuthMode::ApiKey,])]"#,
        "r::PerMode<(r::Via<{mode operator}, r::Authenticated>, r::Via<{crate::scopes::AuthMode::ApiKey as u8}, r::Authenticated>), r::Refused>",
    );
}

#[test]
fn a_mode_and_a_reason_by_their_variants() {
    check_guard(
        "#[refused(via = ApiKey)]",
        "r::PerMode<(r::Via<{crate::scopes::AuthMode::ApiKey as u8}, r::Refused>,), r::Refused>",
    );
    check_guard(
        "#[public(reason = scopes::PublicReason::Health)]",
        "r::Public<{crate::scopes::PublicReason::Health as u16}>",
    );
}

#[test]
fn a_status_changes_no_guard() {
    check_guard(r#"#[requires_scope("a", status = "deprecated")]"#, "r::Is<{scope a}>");
    check_guard(r#"#[optional_auth(status = "preview")]"#, "r::OptionalAuth");
}
