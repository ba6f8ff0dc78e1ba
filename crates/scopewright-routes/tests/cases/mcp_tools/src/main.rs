mod api;
mod plain;
mod reexported;

fn main() {
    axum::serve(listener, axum::Router::new());
}
