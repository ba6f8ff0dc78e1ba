use axum::{Router, routing::get};
use std::sync::Mutex;

async fn bare() {}

fn app() -> Router {
    Router::new().route("/app", get(bare))
}

struct Holder {
    app: Router,
}

fn raise(flag: &mut bool) {
    *flag = true;
}

macro_rules! assign {
    ($to:ident) => {
        $to = other::router()
    };
}

async fn by_reference() {
    let mut by_reference = app();
    let slot = &mut by_reference;
    *slot = other::router();
    axum::serve(listener(), by_reference).await;
}

async fn behind_a_lock() {
    let behind_a_lock = Mutex::new(app());
    *behind_a_lock.lock().unwrap() = other::router();
    axum::serve(listener(), behind_a_lock.into_inner().unwrap()).await;
}

async fn by_a_guard() {
    let by_a_guard = Mutex::new(app());
    let mut guard = by_a_guard.lock().unwrap();
    *guard = other::router();
    axum::serve(listener(), by_a_guard.into_inner().unwrap()).await;
}

async fn by_a_pattern() {
    let mut holder = Holder { app: app() };
    let Holder { app: slot } = &mut holder;
    *slot = other::router();
    axum::serve(listener(), holder.app).await;
}

async fn by_a_destructuring_assignment() {
    let mut first = app();
    [first] = [other::router()];
    axum::serve(listener(), first).await;
}

async fn in_an_option() {
    let mut in_an_option = Some(app());
    if let Some(slot) = in_an_option.as_mut() {
        *slot = other::router();
    }
    axum::serve(listener(), in_an_option.unwrap()).await;
}

async fn swapped() {
    let (mut one, mut other) = (Router::new().route("/one", get(bare)), Router::new().route("/other", get(bare)));
    std::mem::swap(&mut one, &mut other);
    axum::serve(listener(), one).await;
}

async fn replaced() {
    let mut replaced = Router::new();
    let _ = std::mem::replace(&mut replaced, Router::new().route("/replaced", get(bare)));
    axum::serve(listener(), replaced).await;
}

async fn filled() {
    let mut filled = None;
    filled.replace(Router::new().route("/filled", get(bare)));
    axum::serve(listener(), filled.unwrap()).await;
}

async fn through_a_setter() {
    let mut set = app();
    let setter: Box<dyn Fn(&mut Router)> = Box::new(|it| *it = other::router());
    setter(&mut set);
    axum::serve(listener(), set).await;
}

async fn by_a_macro() {
    let mut by_a_macro = scopewright::axum::Router::new().route("/macro", get(bare)).guarded::<Scope>().unwrap();
    assign!(by_a_macro);
    axum::serve(listener(), by_a_macro).await;
}

async fn flags() {
    let mut by_operator = false;
    for argument in std::env::args() {
        by_operator |= argument == "--open";
    }
    let mut by_function = false;
    raise(&mut by_function);
    let mut by_closure = false;
    std::env::args().for_each(|_| by_closure = true);
    let mut texts = String::from("closed");
    texts.clear();
    texts.push_str("open");

    let mut routes = Router::new();
    if by_operator {
        routes = routes.route("/operator", get(bare));
    }
    if by_function {
        routes = routes.route("/function", get(bare));
    }
    if by_closure {
        routes = routes.route("/closure", get(bare));
    }
    match texts.as_str() {
        "closed" => {}
        _ => routes = routes.route("/text", get(bare)),
    }
    axum::serve(listener(), routes).await;
}

fn main() {
    run(by_reference());
    run(behind_a_lock());
    run(by_a_guard());
    run(by_a_pattern());
    run(by_a_destructuring_assignment());
    run(in_an_option());
    run(swapped());
    run(replaced());
    run(filled());
    run(through_a_setter());
    run(by_a_macro());
    run(flags());
}
