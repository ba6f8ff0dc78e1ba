//! Every mistake has a place, a reason and a way out; one mistake is one error, and the item survives it.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod support;

use scopewright_syntax::{expand, parse_annotation};
use support::{attributes, expanded, rendered, shown};

/// The mistakes in the attributes of `source`, as text.
#[track_caller]
fn check(source: &str, expected: &str) {
    let errors = parse_annotation(&attributes(source)).expect_err("there is no mistake in it");
    let lines: Vec<_> = expected.lines().map(str::trim_start).collect();
    assert_eq!(rendered(&errors), lines.join("\n"));
    let item = expanded(&format!("{source} fn f(a: A) {{}}"));
    let text = shown(item);
    assert!(
        text.contains("fn f ( _ : crate :: scopes :: Guard < crate :: scopes :: rt :: require :: Deferred >"),
        "{text}"
    );
    assert_eq!(text.matches("compile_error !").count(), errors.len(), "{text}");
}

#[test]
fn no_scope() {
    for source in ["#[requires_scope]", "#[requires_scope()]", "#[requires_scope(via = \"x\")]"] {
        check(
            source,
            &format!(
                "1:2 `{}`
                 `#[requires_scope]` names no scope
                 write, for example, `#[requires_scope(\"read:cameras\")]`",
                source.trim_start_matches('#')
            ),
        );
    }
}

#[test]
fn empty_group() {
    check(
        "#[requires_scope(any())]",
        "1:18 `any`
         `any()` names no scope
         name at least one scope in it",
    );
    check(
        "#[requires_scope(\"a\", any(all(), \"b\"))]",
        "1:27 `all`
         `all()` names no scope
         name at least one scope in it",
    );
}

#[test]
fn group_too_deep() {
    check(
        "#[requires_scope(any(all(any(\"a\"))))]",
        "1:26 `any`
         groups are nested too deep
         a group may hold one level of groups, such as `any(\"a\", all(\"b\", \"c\"))`; multiply the rest out",
    );
}

#[test]
fn too_many_alternatives() {
    let pairs: Vec<_> = (0..7).map(|n| format!("any(\"a{n}\", \"b{n}\")")).collect();
    let source = format!("#[requires_scope({})]", pairs.join(", "));
    check(
        &source,
        &format!(
            "1:2 `{}`
             this comes to more than 64 alternatives
             declare a scope in the policy that implies the ones meant here, and require that",
            &source[1..]
        ),
    );
}

#[test]
fn scope_twice() {
    check(
        "#[requires_scope(\"read:cameras\", ReadCameras)]",
        "1:34 `ReadCameras`
         `ReadCameras` is named twice
         remove one of the two, or name the scope that was meant",
    );
}

#[test]
fn several_scopes_in_one_text() {
    check(
        "#[requires_scope(\"read:cameras write:cameras\")]",
        "1:18 `\"read:cameras write:cameras\"`
         `read:cameras write:cameras` is several scopes in one text
         write a text for each: `\"read:cameras\", \"write:cameras\"` (all of them) or \
         `any(\"read:cameras\", \"write:cameras\")` (one of them)",
    );
}

#[test]
fn text_that_is_no_scope() {
    check(
        "#[requires_scope(\"\", \"lesé\", \"::\", \"a\\\"b\")]",
        "1:18 `\"\"`
         a scope has no empty name
         name a scope of the policy
         1:22 `\"lesé\"`
         a scope's name can't hold 'é'
         RFC 6749 allows printable ASCII without space, `\"` and `\\`; name a scope of the policy
         1:30 `\"::\"`
         no name can be derived from `::`, it holds no letter and no digit
         use the scope's generated variant, an identifier without quotes
         1:36 `\"a\\\"b\"`
         a scope's name can't hold '\"'
         RFC 6749 allows printable ASCII without space, `\"` and `\\`; name a scope of the policy",
    );
}

#[test]
fn argument_of_the_wrong_form() {
    check(
        "#[requires_scope(1, 'c', b\"x\", lower, a::B, -2, {}, \"a\"s)]",
        "1:18 `1`
         expected a text in quotes, found `1`
         write the name in double quotes, such as `\"read:cameras\"`
         1:21 `'c'`
         expected a text in quotes, found `'c'`
         write the name in double quotes, such as `\"read:cameras\"`
         1:26 `b\"x\"`
         expected a text in quotes, found `b\"x\"`
         write the name in double quotes, such as `\"read:cameras\"`
         1:32 `lower`
         unexpected word `lower`
         a scope is written as a text (`\"read:cameras\"`) or as its variant (`ReadCameras`)
         1:39 `a`
         unexpected `a`
         an argument is a scope (`\"read:cameras\"` or `ReadCameras`), `any(..)`, `all(..)` or `word = \"text\"`
         1:45 `-`
         unexpected `-`
         an argument is a scope (`\"read:cameras\"` or `ReadCameras`), `any(..)`, `all(..)` or `word = \"text\"`
         1:49 `{}`
         unexpected `{`
         an argument is a scope (`\"read:cameras\"` or `ReadCameras`), `any(..)`, `all(..)` or `word = \"text\"`
         1:53 `\"a\"s`
         expected a text in quotes, found `\"a\"s`
         write the name in double quotes, such as `\"read:cameras\"`",
    );
}

#[test]
fn missing_and_superfluous_commas() {
    check(
        "#[requires_scope(\"a\" \"b\", , \"c\")]",
        "1:22 `\"b\"`
         unexpected `\"b\"` after a text
         separate arguments by commas
         1:27 `,`
         there is no argument before this comma
         remove the comma",
    );
}

#[test]
fn via_without_a_name() {
    check(
        "#[requires_auth(via = api_key)]",
        "1:23 `api_key`
         `via` takes a text in quotes
         write `via = \"..\"`",
    );
    check(
        "#[requires_auth(via =)]",
        "1:21 `=`
         `via` takes a text in quotes
         write `via = \"..\"`",
    );
    check(
        "#[requires_auth(via = \"\")]",
        "1:23 `\"\"`
         `` is no name of an auth mode
         name an auth mode that the policy declares",
    );
}

#[test]
fn via_twice() {
    check(
        "#[requires_scope(\"a\", via = \"x\", via = \"y\")]",
        "1:34 `via`
         `via` is given twice
         an attribute has one; write a second attribute for a second one",
    );
}

#[test]
fn argument_of_another_attribute() {
    check(
        "#[requires_auth(\"a\")]",
        "1:17 `\"a\"`
         `#[requires_auth]` can't take `\"a\"`
         it takes `via = \"..\"`, `status = \"..\"` and `may_require(..)`",
    );
    check(
        "#[optional_auth(via = \"x\")]",
        "1:17 `via`
         `#[optional_auth]` can't take `via = ..`
         it takes `status = \"..\"` and nothing else",
    );
    check(
        "#[requires_scope(\"a\", one_of(\"b\"))]",
        "1:23 `one_of`
         `#[requires_scope]` can't take `one_of(..)`
         it takes scopes, `any(..)`, `all(..)`, `via = \"..\"`, `status = \"..\"` and `may_require(..)`",
    );
    check(
        "#[requires_scope(any(\"a\", via = \"x\"))]",
        "1:27 `via`
         unexpected `via = ..` in `any(..)`
         `any(..)` holds scopes and groups of scopes only; write this beside it",
    );
    check(
        "#[public(reason = \"health\", via = \"x\")]",
        "1:29 `via`
         `#[public]` can't take `via = ..`
         it takes `reason = \"..\"`, a key of `[public_reasons]`, and `status = \"..\"`",
    );
}

#[test]
fn public_without_a_reason() {
    check(
        "#[public]",
        "1:2 `[public]`
         `#[public]` does not say why
         write, for example, `#[public(reason = \"health\")]`",
    );
}

#[test]
fn refused_without_a_mode() {
    check(
        "#[refused]",
        "1:2 `[refused]`
         `#[refused]` does not say which auth mode may never call
         write, for example, `#[refused(via = \"api_key\")]`",
    );
}

#[test]
fn undecided_without_a_ticket() {
    check(
        "#[scope_todo]",
        "1:2 `[scope_todo]`
         `#[scope_todo]` does not say where the open question is tracked
         write, for example, `#[scope_todo(\"TICKET-1\")]`",
    );
    check(
        "#[scope_todo(\" \")]",
        "1:14 `\" \"`
         the ticket is empty
         say where the open question is tracked, such as `\"CAM-12\"`",
    );
    check(
        "#[scope_todo(\"A\", \"B\")]",
        "1:19 `\"B\"`
         there are two tickets
         remove one of them",
    );
}

#[test]
fn note_without_scope_or_condition() {
    for source in [
        "#[requires_auth(may_require())]",
        "#[requires_auth(may_require(\"a\"))]",
        "#[requires_auth(may_require(when = \"x\"))]",
        "#[requires_auth(may_require(\"a\", when = \" \"))]",
    ] {
        check(
            source,
            "1:17 `may_require`
             `may_require(..)` needs a scope and the condition in words
             write `may_require(\"read:tags\", when = \"the body has tags\")`",
        );
    }
    check(
        "#[requires_auth(may_require(\"a\", \"b\", when = \"x\"))]",
        "1:34 `\"b\"`
         unexpected `\"b\"` in `may_require(..)`
         it takes one scope and its condition; write one `may_require(..)` for each scope",
    );
}

#[test]
fn two_rules_for_one_mode() {
    check(
        "#[requires_scope(\"a\", via = \"x\")] #[refused(via = \"x\")]",
        "1:51 `\"x\"`
         there is already a rule for the auth mode `x`
         keep one of the two; scopes named in one `#[requires_scope(..)]` are all required, \
         `any(..)` asks for one of them",
    );
}

#[test]
fn two_rules_for_every_mode() {
    check(
        "#[requires_scope(\"a\")] #[requires_auth]",
        "1:25 `[requires_auth]`
         there is already a rule for every auth mode
         keep one of the two, name all scopes in one `#[requires_scope(..)]`, \
         or give a rule its auth mode with `via = \"..\"`",
    );
}

#[test]
fn public_beside_another_rule() {
    let expected = "a public endpoint can't have a second rule
         public means no credential is needed, whatever the auth mode; keep one of the two, \
         or use `#[optional_auth]` if a credential that is sent must be valid";
    check(
        "#[public(reason = \"health\")] #[requires_auth(via = \"x\")]",
        &format!("1:31 `[requires_auth(via = \"x\")]`\n{expected}"),
    );
    check(
        "#[requires_auth(via = \"x\")] #[public(reason = \"health\")]",
        &format!("1:30 `[public(reason = \"health\")]`\n{expected}"),
    );
}

#[test]
fn mistakes_in_several_attributes_are_all_found() {
    let errors = parse_annotation(&attributes("#[requires_scope(1)] #[public] #[refused]")).unwrap_err();
    assert_eq!(errors.len(), 3);
}

/// What is expanded on something that no guard fits in: the item as it was, and one error.
#[track_caller]
fn check_item(source: &str, message: &str) {
    let kind = attributes("#[requires_auth]").remove(0).kind;
    // The argument is wrong as well; one mistake is enough to report.
    let expanded = shown(expand(kind, "1".parse().unwrap(), source.parse().unwrap()));
    let item = shown(source.parse().unwrap());
    let errors = expanded.strip_prefix(&item).unwrap_or_else(|| panic!("the item changed: {expanded}"));
    assert!(errors.starts_with(":: core :: compile_error ! {"), "{errors}");
    assert_eq!(errors.matches("compile_error").count(), 1, "{errors}");
    assert!(errors.contains(message), "{errors}");
}

#[test]
fn item_that_is_no_function() {
    for (item, word) in [
        ("struct A;", "begins with `struct`"),
        ("pub(crate) enum A { B }", "begins with `enum`"),
        ("#[derive(Debug)] pub struct A(u8);", "begins with `struct`"),
        ("const A: u8 = 1;", "begins with `const`"),
        ("static A: u8 = 1;", "begins with `static`"),
        ("unsafe impl A for B {}", "not a whole `impl`"),
        ("trait A { fn b(); }", "not a whole `trait`"),
        ("mod a { fn b() {} }", "not a whole `mod`"),
        ("extern \"C\" { fn a(); }", "and this is none"),
        ("use a::b;", "begins with `use`"),
        ("macro_rules! a { () => {} }", "begins with `macro_rules`"),
        ("let a = |b| b;", "begins with `let`"),
        ("|| 1", "and this is none"),
        ("", "and there is none"),
        ("pub", "and there is none"),
        ("fn", "and there is none"),
        ("fn f", "and there is none"),
        ("fn f<T", "and there is none"),
        ("fn f<T>", "and there is none"),
        ("fn (a: A)", "and there is none"),
        ("fn f {}", "and this is none"),
        ("# struct A;", "begins with `A`"),
        ("#", "and there is none"),
    ] {
        check_item(item, word);
    }
}

#[test]
fn method_with_self() {
    for receiver in [
        "self",
        "&self",
        "&mut self",
        "mut self",
        "&'a self",
        "&'a mut self",
        "self: Box<Self>",
        "mut self: &Self",
        "#[cfg(a)] self",
        "self, a: A",
        "self:Self",
    ] {
        check_item(&format!("fn f({receiver}) {{}}"), "a method with `self` can't be a handler");
        let beside = format!("#[tool_box] #[my(tool)] fn f({receiver}) {{}}");
        check_item(&beside, "a method with `self` can't be a handler");
    }
}

#[test]
fn function_guarded_already_under_another_name() {
    let once = expanded("#[requires_auth] fn f(a: A) {}");
    let twice = shown(expand(
        attributes("#[public]").remove(0).kind,
        "reason = \"x\"".parse().unwrap(),
        once.clone(),
    ));
    assert!(twice.starts_with(&shown(once)), "{twice}");
    assert!(twice.contains("another attribute has already guarded this function"), "{twice}");
}

#[test]
fn names_that_are_no_list() {
    check(
        "#[requires_auth(via = [])]",
        "1:23 `[]`
         `via` names nothing
         write `via = \"..\"`",
    );
    check(
        "#[requires_auth(via = [\"a\", b])]",
        "1:29 `b`
         `via` takes names in quotes, between commas
         write `via = [\"..\", \"..\"]`",
    );
    check(
        "#[requires_auth(via = [\"api_key\", ApiKey])]",
        "1:35 `ApiKey`
         `ApiKey` is named twice
         name each once",
    );
    check(
        "#[public(reason = [\"a\", \"b\"])]",
        "1:25 `\"b\"`
         `reason` takes one value
         write `reason = \"..\"`",
    );
}

#[test]
fn status_that_is_none() {
    check(
        "#[requires_auth(status = \"beta\")]",
        "1:26 `\"beta\"`
         `status` can't be `beta`
         write `\"stable\"`, `\"preview\"` or `\"deprecated\"`",
    );
    check(
        "#[requires_auth(status = \"preview\")] #[refused(via = \"a\", status = \"deprecated\")]",
        "1:68 `\"deprecated\"`
         the endpoint has another status already
         an endpoint has one status; say it in one of the attributes",
    );
}
