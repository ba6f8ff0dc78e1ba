use axum::{Router, routing::get};

async fn bare() {}

struct App;

trait Start {
    async fn start();
}

trait Named {
    fn routes() -> Router;
}

const _: () = {
    impl Start for App {
        async fn start() {
            axum::serve(listener(), Router::new().route("/in-a-constant", get(bare))).await
        }
    }
};

enum Kind {
    One = {
        impl Kind {
            async fn start() {
                axum::serve(listener(), Router::new().route("/in-an-enum", get(bare))).await
            }
        }
        1
    },
}

struct Width(
    [u8; {
        impl Width {
            async fn start() {
                axum::serve(listener(), Router::new().route("/in-a-length", get(bare))).await
            }
        }
        1
    }],
);

struct Depth<
    const N: usize = {
        impl Named for App {
            fn routes() -> Router {
                Router::new().route("/in-a-default", get(bare))
            }
        }
        1
    },
>;

static START: fn() -> Router = {
    fn routes() -> Router {
        Router::new().route("/in-a-static", get(bare))
    }
    routes
};

fn head(
    _: [u8; {
        async fn boot() {
            axum::serve(listener(), Router::new().route("/in-a-head", get(bare))).await
        }
        1
    }],
) {
}

fn inside() -> usize {
    let size = [0; {
        async fn boot() {
            axum::serve(listener(), Router::new().route("/in-a-repetition", get(bare))).await
        }
        1
    }];
    size.len() as [usize; {
        async fn boot() {
            axum::serve(listener(), Router::new().route("/in-a-cast", get(bare))).await
        }
        1
    }]
}

async fn main() {
    App::start().await;
    axum::serve(listener(), App::routes().merge(START())).await;
}
