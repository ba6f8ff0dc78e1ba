//! A made-up axum service of any size: the same seed gives the same files.

use std::fmt::Write as _;

/// The files of a service: `Cargo.toml`, `scopes.toml`, `src/main.rs` and a module for each resource.
pub struct Service {
    /// Path and text.
    pub files: Vec<(String, String)>,
}

const METHODS: [(&str, &str, &str); 5] = [
    ("list", "get", "/"),
    ("create", "post", "/"),
    ("read", "get", "/{id}"),
    ("replace", "put", "/{id}"),
    ("remove", "delete", "/{id}"),
];

/// A service with five endpoints a resource, each handler about `lines` lines long.
pub fn service(resources: usize, lines: usize, seed: u64) -> Service {
    let mut random = Random(seed);
    let mut policy = String::from(
        "[api]\ntitle = \"Large service\"\n\n[auth.api_key]\ntype = \"api-key\"\nin = \"header\"\nname = \"X-API-Key\"\nscopes = \"enforced\"\nunknown_scopes = \"deny\"\n",
    );
    let mut main = String::from("//! A large service.\n\nuse axum::Router;\n\n");
    let mut merged = String::new();
    let mut files = Vec::new();
    for number in 0..resources {
        let name = format!("resource{number}");
        for verb in ["read", "write"] {
            write!(policy, "\n[scopes.\"{verb}:{name}\"]\ngrants = \"To {verb} {name}.\"\n").unwrap();
        }
        writeln!(main, "mod {name};").unwrap();
        writeln!(merged, "        .nest(\"/api/v1/{name}\", {name}::router())").unwrap();
        files.push((format!("src/{name}.rs"), module(&name, lines, &mut random)));
    }
    write!(
        main,
        "\n#[tokio::main]\nasync fn main() {{\n    let router = Router::new()\n{};\n    axum::serve(listener().await, router).await.unwrap();\n}}\n\nasync fn listener() -> tokio::net::TcpListener {{\n    tokio::net::TcpListener::bind(\"127.0.0.1:0\").await.unwrap()\n}}\n",
        merged.trim_end()
    )
    .unwrap();
    files.push(("src/main.rs".to_owned(), main));
    files.push(("scopes.toml".to_owned(), policy));
    files.push((
        "Cargo.toml".to_owned(),
        "[package]\nname = \"large-service\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\naxum = \"0.8\"\nscopewright = \"0.1\"\n\n[workspace]\n".to_owned(),
    ));
    Service { files }
}

impl Service {
    /// How many lines of Rust there are.
    pub fn lines(&self) -> usize {
        let rust = self.files.iter().filter(|(path, _)| path.starts_with("src/"));
        rust.map(|(_, text)| text.lines().count()).sum()
    }
}

fn module(name: &str, lines: usize, random: &mut Random) -> String {
    let mut text = format!(
        "//! Everything about {name}.\n\nuse axum::extract::{{Path, State}};\nuse axum::routing::{{delete, get, post, put}};\nuse axum::{{Json, Router}};\nuse scopewright::requires_scope;\n\npub fn router() -> Router {{\n    Router::new()\n"
    );
    for (handler, method, path) in METHODS {
        writeln!(text, "        .route(\"{path}\", {method}({handler}))").unwrap();
    }
    text.push_str("}\n");
    for (handler, method, _) in METHODS {
        let verb = if method == "get" { "read" } else { "write" };
        write!(
            text,
            "\n/// Answers `{handler}`.\n#[requires_scope(\"{verb}:{name}\")]\nasync fn {handler}(State(state): State<State{}>, Path(id): Path<u64>) -> Json<Vec<u64>> {{\n",
            random.below(9)
        )
        .unwrap();
        for line in 0..lines.saturating_sub(6) {
            statement(&mut text, line, random);
        }
        text.push_str("    Json(vec![id])\n}\n");
    }
    text
}

/// A line of the kind handlers are made of.
fn statement(text: &mut String, line: usize, random: &mut Random) {
    let (one, other) = (random.below(1000), random.below(1000));
    match random.below(5) {
        0 => writeln!(text, "    let value{line} = state.lookup({one}, \"key {other}\").await.unwrap_or_default();"),
        1 => writeln!(text, "    if id > {one} {{ tracing::debug!(id, \"row {other} is beyond the page\"); }}"),
        2 => writeln!(text, "    let rows{line}: Vec<u64> = (0..{one}).filter(|row| row % 7 == {other}).map(|row| row * 2).collect();"),
        3 => writeln!(text, "    match id {{ {one} => state.touch({other}), _ => state.forget({one}) }}"),
        _ => writeln!(text, "    // Row {one} is kept for {other} days, whatever the caller asks for."),
    }
    .unwrap();
}

/// Numbers that look random: splitmix64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % limit
    }
}
