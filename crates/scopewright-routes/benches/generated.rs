//! A service of any size, made from a seed: the same seed and size give the same text.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// The text of a service.
pub struct Service {
    /// By path.
    pub files: BTreeMap<String, Arc<str>>,
    /// How many endpoints there are to find.
    pub endpoints: usize,
    /// How many lines there are.
    pub lines: usize,
}

/// Makes a service with `endpoints` endpoints in modules of ten and about `lines` lines: handlers with real bodies,
/// and files of types, queries and helpers beside them.
pub fn service(endpoints: usize, lines: usize, seed: u64) -> Service {
    const PER_MODULE: usize = 10;
    let mut random = Random(seed);
    let modules = endpoints.div_ceil(PER_MODULE).max(1);
    let per_module = lines / modules;
    let mut files: BTreeMap<String, Arc<str>> = BTreeMap::new();
    let mut main = String::from("mod api;\nmod model;\nmod store;\n\nuse axum::Router;\n\n");
    main.push_str(
        "#[tokio::main]\nasync fn main() {\n    let listener = tokio::net::TcpListener::bind(\"127.0.0.1:0\").await.unwrap();\n    \
         axum::serve(listener, app()).await.unwrap();\n}\n\nfn app() -> Router {\n    Router::new().nest(\"/api/v1\", api::router())\n}\n",
    );
    let mut api = String::new();
    let mut merged = String::from("pub fn router() -> axum::Router {\n    axum::Router::new()\n");
    let (mut models, mut stores) = (String::new(), String::new());
    for module in 0..modules {
        let name = format!("resource_{module}");
        let count = PER_MODULE.min(endpoints - module * PER_MODULE);
        writeln!(api, "pub mod {name};").unwrap_or_default();
        writeln!(merged, "        .merge({name}::router())").unwrap_or_default();
        writeln!(models, "pub mod {name};").unwrap_or_default();
        writeln!(stores, "pub mod {name};").unwrap_or_default();
        let handlers = handlers(&name, count, per_module / 2, &mut random);
        files.insert(format!("src/api/{name}.rs"), handlers.into());
        files.insert(format!("src/model/{name}.rs"), types(per_module / 4, &mut random).into());
        files.insert(format!("src/store/{name}.rs"), queries(per_module / 4, &mut random).into());
    }
    merged.push_str("}\n");
    files.insert("src/main.rs".to_owned(), main.into());
    files.insert("src/api.rs".to_owned(), (api + &merged).into());
    files.insert("src/model.rs".to_owned(), models.into());
    files.insert("src/store.rs".to_owned(), stores.into());
    let lines = files.values().map(|text| text.lines().count()).sum();
    Service { files, endpoints, lines }
}

fn handlers(name: &str, count: usize, lines: usize, random: &mut Random) -> String {
    let mut text = String::from(
        "use axum::extract::{Path, State};\nuse axum::routing::get;\nuse axum::{Json, Router};\nuse scopewright::requires_scope;\n\n",
    );
    let body = (lines / count.max(1)).saturating_sub(8);
    text.push_str("pub fn router() -> Router {\n    Router::new()\n");
    for at in 0..count {
        let methods =
            if at % 2 == 0 { format!("get(read_{at})") } else { format!("axum::routing::post(write_{at})") };
        writeln!(text, "        .route(\"/{name}/{at}/{{id}}\", {methods})").unwrap_or_default();
    }
    text.push_str("}\n");
    for at in 0..count {
        let (verb, name) =
            if at % 2 == 0 { ("read", format!("read_{at}")) } else { ("write", format!("write_{at}")) };
        writeln!(
            text,
            "\n/// Handles one call.\n#[requires_scope(\"{verb}:things\")]\npub async fn {name}(Path(id): Path<u64>, State(pool): State<u64>) -> Json<u64> {{\n    let mut total = id;"
        )
        .unwrap_or_default();
        statements(&mut text, body, random);
        text.push_str("    Json(total + pool)\n}\n");
    }
    text
}

fn statements(text: &mut String, lines: usize, random: &mut Random) {
    let mut written = 0;
    while written < lines {
        let number = random.next() % 1000;
        match random.next() % 4 {
            0 => {
                writeln!(text, "    let value_{written} = compute(total, {number}).checked_add({number}).unwrap_or_default();")
                    .unwrap_or_default();
                written += 1;
            }
            1 => {
                writeln!(
                    text,
                    "    if total % {} == 0 {{\n        total += lookup(&[\"a\", \"b\"], total as usize);\n    }} else {{\n        total ^= {number};\n    }}",
                    number + 1
                )
                .unwrap_or_default();
                written += 5;
            }
            2 => {
                writeln!(
                    text,
                    "    for item in list(total).iter().filter(|item| item.id > {number}).map(|item| item.value) {{\n        total = total.wrapping_add(item);\n    }}"
                )
                .unwrap_or_default();
                written += 3;
            }
            _ => {
                writeln!(
                    text,
                    "    match find(total).await {{\n        Ok(Some(found)) => total = found.id,\n        Ok(None) => tracing::debug!(id = %total, \"not found\"),\n        Err(error) => tracing::warn!(%error, \"failed\"),\n    }}"
                )
                .unwrap_or_default();
                written += 5;
            }
        }
    }
}

fn types(lines: usize, random: &mut Random) -> String {
    let mut text = String::from("use serde::{Deserialize, Serialize};\n");
    let mut written = 1;
    while written < lines {
        let number = random.next() % 100_000;
        writeln!(
            text,
            "\n/// A thing.\n#[derive(Debug, Clone, Serialize, Deserialize)]\npub struct Thing{written}{number} {{\n    pub id: u64,\n    pub name: String,\n    #[serde(default)]\n    pub tags: Vec<String>,\n    pub parent: Option<Box<Thing{written}{number}>>,\n}}"
        )
        .unwrap_or_default();
        written += 10;
    }
    text
}

fn queries(lines: usize, random: &mut Random) -> String {
    let mut text = String::new();
    let mut written = 0;
    while written < lines {
        writeln!(
            text,
            "\n/// Loads rows.\npub fn load_{written}(pool: &Pool, mut total: u64) -> Result<u64, Error> {{"
        )
        .unwrap_or_default();
        statements(&mut text, 20, random);
        text.push_str("    Ok(total)\n}\n");
        written += 24;
    }
    text
}

/// A linear congruential generator: enough to vary the text.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
}
