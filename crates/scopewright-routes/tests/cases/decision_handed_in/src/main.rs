// What a router function decides by a parameter is known at each of its calls.
use scopewright::axum::Router;
use scopewright::axum::routing::get;
scopewright::include_scopes!();
use scopes::Scope;

trait Resource {}
struct Item;
struct Shelf;
impl Resource for Item {}
impl Resource for Shelf {}

async fn list<T: Resource>() {}
async fn both() {}

fn crud<T: Resource>(path: &str, read: Scope) -> Router {
    Router::new().route(path, get(scopes::requires(read, list::<T>)))
}

fn either(one: Scope, other: Scope) -> Router {
    Router::new().route("/either", get(scopes::requires(scopes::any_of([one, other]), both)))
}

fn serve(read: Scope) {
    let app = Router::new().route("/served", get(scopes::requires(read, both)));
    axum::serve(listener(), app);
}

#[tokio::main]
async fn main() {
    let app = crud::<Item>("/items", Scope::ItemsRead)
        .merge(crud::<Shelf>("/shelves", Scope::ShelvesRead))
        .merge(either(Scope::ItemsRead, Scope::ShelvesRead));
    axum::serve(listener(), app).await.unwrap();
    serve(Scope::ItemsRead);
}
