//! Sources nobody would write, and caches: no panic, no hang, and the same answer every time.

#![allow(clippy::unwrap_used, reason = "a test that can't read its files fails")]

mod support;

use scopewright_model::{Code, Diagnostic, RouteTable, Sink};
use scopewright_routes::{FactsCache, Sources, discover, json_lines};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use support::{Memory, package};

#[derive(Default)]
struct Cache(Mutex<BTreeMap<u64, Vec<u8>>>);

impl FactsCache for Cache {
    fn load(&self, key: u64) -> Option<Vec<u8>> {
        self.0.lock().unwrap().get(&key).cloned()
    }

    fn store(&self, key: u64, facts: &[u8]) {
        self.0.lock().unwrap().insert(key, facts.to_vec());
    }
}

fn run(reader: &Memory, cache: Option<&dyn FactsCache>) -> (RouteTable, Vec<Diagnostic>) {
    let package = package(reader);
    let mut sink = Sink::default();
    let sources = Sources { packages: std::slice::from_ref(&package), reader, cache, roots: &[] };
    let (table, _) = discover(&sources, &mut sink);
    (table, sink.finish())
}

fn main_file(text: String) -> Memory {
    Memory(BTreeMap::from([("src/main.rs".to_owned(), text.into())]))
}

fn serving(routes: &str) -> Memory {
    main_file(format!(
        "use axum::{{Router, routing::get}};\nasync fn a() {{}}\nasync fn main() {{ axum::serve(1, Router::new(){routes}).await; }}"
    ))
}

fn repeat(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect::<Vec<_>>().concat()
}

fn situations() -> Vec<Memory> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<_> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.iter().map(|folder| Memory::read_folder(folder)).collect()
}

#[test]
fn a_closure_does_not_see_itself() {
    let text = "use axum::{Router, routing::get};\nasync fn a() {}\n\
                fn app() -> Router { Router::new().route(\"/a\", get(a)) }\n\
                async fn main() { let app = || app(); axum::serve(1, app()).await; }";
    let (table, findings) = run(&main_file(text.to_owned()), None);
    assert_eq!((table.routes.len(), findings.len()), (1, 0), "{findings:?}");
    let to_itself = "async fn main() { let app = |it| it(it); axum::serve(1, app(app)).await; }";
    run(&main_file(to_itself.to_owned()), None);
}

#[test]
fn nesting_of_ten_thousand_levels_is_refused() {
    for (open, close) in [("(", ")"), ("{", "}"), ("[", "]"), ("!", ""), ("&", ""), ("mod a {", "}")] {
        let text = format!("fn main() {{ let x = {}1{}; }}", open.repeat(10_000), close.repeat(10_000));
        let (_, findings) = run(&main_file(text), None);
        assert!(findings.iter().any(|finding| finding.code == Code::InvalidRust), "{open}");
    }
    // What nests without brackets is read on a deep stack.
    for open in ["|x| ", "return ", "- 1 - ", "a = ", "if x {} else "] {
        let (_, findings) =
            run(&main_file(format!("fn main() {{ let x = {}{{}}; }}", open.repeat(10_000))), None);
        assert!(findings.iter().all(|finding| finding.code == Code::InvalidRust), "{open}");
    }
}

#[test]
fn long_chains_are_followed() {
    let routes = repeat(1_500, |at| format!(".route(\"/{at}\", get(a))\n"));
    assert_eq!(run(&serving(&routes), None).0.routes.len(), 1_500);
    let statements = repeat(400, |at| format!("app = app.route(\"/{at}\", get(a));\n"));
    let text = format!(
        "use axum::{{Router, routing::get}};\nasync fn a() {{}}\nasync fn main() {{ let mut app = Router::new();\n{statements} axum::serve(1, app).await; }}"
    );
    assert_eq!(run(&main_file(text), None).0.routes.len(), 400);
    let sum = vec!["1"; 5_000].join(" + ");
    let text = format!(
        "async fn main() {{ let x = {sum}; axum::serve(1, axum::Router::new().route(\"/a\", axum::routing::get(|| x))).await; }}"
    );
    assert_eq!(run(&main_file(text), None).0.routes.len(), 1);
}

#[test]
fn branches_of_branches_end() {
    // 2^40 paths through the program, 40 branches in it.
    let branches = repeat(40, |at| {
        format!("if x{at}() {{ app = app.route(\"/{at}\", get(a)); }} else {{ p = \"{at}\"; }}\n")
    });
    let text = format!(
        "use axum::{{Router, routing::get}};\nasync fn a() {{}}\nasync fn main() {{ let mut p = \"\"; let mut app = Router::new();\n{branches} axum::serve(1, app).await; }}"
    );
    assert_eq!(run(&main_file(text), None).0.routes.len(), 40);
    let functions = repeat(30, |at| format!("fn f{at}(r: Router) -> Router {{ f{0}(f{0}(r)) }}\n", at + 1));
    let text = format!(
        "use axum::{{Router, routing::get}};\nasync fn a() {{}}\n{functions}fn f30(r: Router) -> Router {{ r.route(\"/a\", get(a)) }}\nasync fn main() {{ axum::serve(1, f0(Router::new())).await; }}"
    );
    let (table, _) = run(&main_file(text), None);
    assert!(!table.unresolved.is_empty(), "two to the thirty calls are not followed, and that is said");
}

#[test]
fn globs_that_lead_in_circles_end() {
    const MODULES: usize = 300;
    let modules = repeat(MODULES, |at| format!("pub mod m{at};\n"));
    let by_path = repeat(MODULES, |at| format!("pub use crate::m{at}::*;\n"));
    let serve = |handler: &str| {
        format!(
            "async fn main() {{ axum::serve(1, axum::Router::new().route(\"/a\", axum::routing::get({handler}))).await; }}"
        )
    };
    let roots = [
        // Everything imports the root, and the root everything.
        (format!("{modules}{by_path}{}", serve("hello")), "use super::*;"),
        // Everything imports a prelude, and the prelude everything.
        (
            format!("{modules}pub mod prelude {{\n{by_path}}}\nuse prelude::*;\n{}", serve("hello")),
            "pub use crate::prelude::*;",
        ),
        // Every module names what it has by the next one's globs, and the last by the first one's.
        (
            format!("{modules}{by_path}{}", serve("m7::hello")),
            "pub use crate::*; pub use crate::m1::hello as other;",
        ),
    ];
    for (root, circle) in roots {
        let mut files = BTreeMap::from([("src/main.rs".to_owned(), root.into())]);
        for at in 0..MODULES {
            let item = if at == 7 { "pub async fn hello() {}" } else { "pub struct Thing;" };
            files.insert(format!("src/m{at}.rs"), format!("{circle}\n{item}\n").into());
        }
        let (table, findings) = run(&Memory(files), None);
        let handlers: Vec<_> =
            table.routes.iter().flat_map(|route| &route.handler).map(|it| &it.path).collect();
        assert_eq!(handlers, ["m7::hello"], "{circle}: {findings:?}");
        assert_eq!(table.unresolved, []);
    }
}

#[test]
fn cached_facts_give_the_same_answer() {
    for reader in situations() {
        let cache = Cache::default();
        let (table, findings) = run(&reader, None);
        for round in ["cold", "warm"] {
            let (again, findings_again) = run(&reader, Some(&cache));
            assert_eq!(json_lines(&again), json_lines(&table), "{round}");
            assert_eq!((again, findings_again), (table.clone(), findings.clone()), "{round}");
        }
        // What is stored is not trusted.
        for stored in cache.0.lock().unwrap().values_mut() {
            stored.truncate(stored.len() / 2);
        }
        assert_eq!(run(&reader, Some(&cache)).0, table);
    }
}

#[test]
fn damaged_sources_never_panic() {
    let mut random = 1_u64;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap() % below.max(1)
    };
    for reader in situations() {
        for (name, text) in &reader.0 {
            for _ in 0..3 {
                let words: Vec<&str> =
                    text.split_inclusive(|character: char| !character.is_alphanumeric()).collect();
                let (from, count) = (next(words.len()), next(4));
                let mut damaged: Vec<&str> = words.clone();
                match next(3) {
                    0 => drop(damaged.drain(from..(from + count).min(words.len()))),
                    1 => damaged.swap(from, next(words.len())),
                    _ => damaged.insert(from, words[next(words.len())]),
                }
                let mut files = reader.0.clone();
                files.insert(name.clone(), damaged.concat().into());
                run(&Memory(files), None);
            }
        }
    }
}
