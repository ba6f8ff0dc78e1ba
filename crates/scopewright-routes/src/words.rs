//! The words without which a text can't register, mount or serve an endpoint.
//!
//! A router's methods can't be renamed, and a function or type that is renamed is renamed by a `use` that contains the
//! word. So a file without any of these words, and without a word some other file derives from them, adds nothing
//! unless a path or a value leads into it; then it is read after all.

/// Methods that add an endpoint to a router, axum's, actix-web's and those of crates that extend them.
const REGISTERING: &[&str] = &[
    "api_route",
    "api_route_with",
    "configure",
    "default_service",
    "fallback",
    "fallback_service",
    "method_not_allowed_fallback",
    "nest",
    "nest_api_service",
    "nest_service",
    "route",
    "route_service",
    "route_service_with_tsr",
    "route_with_tsr",
    "routes",
    "service",
    "service_actix",
    "typed_connect",
    "typed_delete",
    "typed_get",
    "typed_head",
    "typed_options",
    "typed_patch",
    "typed_post",
    "typed_put",
    "typed_trace",
];

/// Functions, methods and types that put a router, or a server of MCP, where requests arrive.
const SERVING: &[&str] = &[
    "HttpServer",
    "StreamableHttpService",
    "as_service",
    "init_service",
    "into_make_service",
    "into_make_service_with_connect_info",
    "into_service",
    "lambda_http",
    "oneshot",
    "run_with_streaming_response",
    "serve",
    "serve_connection",
    "serve_connection_with_upgrades",
    "serve_directly",
    "serve_directly_with_ct",
    "serve_server",
    "serve_server_with_ct",
    "serve_with_ct",
    "serve_with_incoming",
    "serve_with_shutdown",
];

/// Words that register only as the name of a method that is called; everywhere else they are everyday words.
const METHODS_ONLY: &[&str] = &["configure", "default_service", "service", "service_actix"];

/// Other words that make a body matter.
const COMPOSING: &[&str] = &["ApiRouter", "MethodRouter", "OpenApiRouter", "Router", "merge", "finish_api"];

/// Words that make a file worth reading at once although it may add nothing: handlers stand beside them.
const LIKELY: &[&str] = &["IntoResponse", "Json", "actix_web", "axum", "rmcp", "scopewright"];

/// Attributes of ours that are no everyday words.
const ATTRIBUTES: &[&str] = &["optional_auth", "requires_auth", "requires_scope", "scope_todo"];

/// Attributes of ours that are everyday words, and so count only where an attribute's name can stand.
const COMMON_ATTRIBUTES: &[&str] = &["public", "refused"];

/// The attributes that make a function an MCP tool or prompt, everyday words too.
const MCP_MARKS: &[&str] = &["prompt", "tool"];

/// Whether a method of this name adds endpoints.
pub fn registers(name: &str) -> bool {
    REGISTERING.contains(&name)
}

/// Whether a function or method of this name serves a router.
pub fn serves(name: &str) -> bool {
    SERVING.contains(&name)
}

/// Whether a body with this name in it is read.
pub fn matters(name: &str) -> bool {
    registers(name) || serves(name) || COMPOSING.contains(&name)
}

/// Whether any name in a body makes it worth reading.
pub fn body_matters(text: &str) -> bool {
    identifiers(text).any(|(at, name)| matters_here(text, at, name))
}

fn matters_here(text: &str, at: usize, name: &str) -> bool {
    matters(name) && (!METHODS_ONLY.contains(&name) || is_called(text, at, name))
}

/// Whether a name stands after `.` or `::` and before `(` or `::`. Says yes where a comment is in between.
fn is_called(text: &str, at: usize, name: &str) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    let after = text.get(at + name.len()..).unwrap_or_default().trim_start();
    let is_after_comment = before.lines().next_back().is_some_and(|line| line.contains("//"));
    (before.ends_with(['.', ':', '/']) || is_after_comment) && after.starts_with(['(', ':', '/'])
}

/// Whether a path with this name in it leads to a name that matters, so that renaming it renames a word.
pub fn is_worth_renaming(name: &str) -> bool {
    (matters(name) && !METHODS_ONLY.contains(&name)) || is_attribute(name) || MCP_MARKS.contains(&name)
}

/// Whether this is the name of one of our attributes.
pub fn is_attribute(name: &str) -> bool {
    ATTRIBUTES.contains(&name) || COMMON_ATTRIBUTES.contains(&name)
}

/// Whether a file has to be read in full in any case.
pub fn file_matters(text: &str) -> bool {
    let bytes = text.as_bytes();
    identifiers(text).any(|(at, name)| match name {
        "mod" => declares_module_file(text.get(at + 3..).unwrap_or_default()),
        "include" => text.get(at + 7..).is_some_and(|rest| rest.trim_start().starts_with('!')),
        _ if COMMON_ATTRIBUTES.contains(&name) || MCP_MARKS.contains(&name) => {
            matches!(at.checked_sub(1).and_then(|before| bytes.get(before)), Some(b'[' | b':'))
        }
        _ => matters_here(text, at, name) || LIKELY.contains(&name) || ATTRIBUTES.contains(&name),
    })
}

/// Whether `text` has any of `names` as a whole word.
pub fn mentions_any(text: &str, names: &std::collections::BTreeSet<String>) -> bool {
    identifiers(text).any(|(_, name)| names.contains(name))
}

/// Whether the text after the word `mod` may be that of `mod name;`. Says yes when in doubt.
fn declares_module_file(rest: &str) -> bool {
    let after_name =
        rest.trim_start().trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '#'));
    !after_name.trim_start().starts_with('{')
}

/// All names and keywords with their byte offsets. Also those in comments and strings: one too many costs time, no
/// endpoint.
pub fn identifiers(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(byte) = bytes.get(at) {
            let start = at;
            if is_name_byte(*byte) {
                while bytes.get(at).copied().is_some_and(is_name_byte) {
                    at += 1;
                }
                if let Some(name) = text.get(start..at) {
                    return Some((start, name));
                }
            }
            at = start.max(at) + usize::from(at == start);
        }
        None
    })
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(file_matters(text), expected, "{text}");
    }

    #[test]
    fn a_file_of_plain_types_adds_nothing() {
        check("pub struct Camera { pub id: u64 }\nmod tests { }\nfn get() {}", false);
        check("pub fn public(refused: bool) {}", false);
        check("fn f(service: Service) { configure(service); service.run() }", false);
    }

    #[test]
    fn words_and_module_files_matter() {
        check("fn f(r: R) -> R { r.route(P, m()) }", true);
        check("mod\n  users ;", true);
        check("mod /* here */ users;", true);
        check("#[public(reason = \"health\")] fn f() {}", true);
        check("include!(\"more.rs\");", true);
        check("fn größe() { nest() }", true);
        check("fn f(c: C) { c\n    .service (list) }", true);
        check("fn f(c: C) { c.// why\n service(list) }", true);
        check("fn f(c: C) { C::configure(c, list) }", true);
    }
}
