mod tokio {
    pub use other::test;
}
mod marks {
    pub use other::everything as test;
}
use axum::{Router, routing::get};
use marks::*;

#[tokio::test]
async fn of_a_module_named_tokio() {
    axum::serve(listener(), Router::new().route("/tokio-of-its-own", get(crate::bare))).await
}

#[test]
async fn by_a_glob() {
    axum::serve(listener(), Router::new().route("/glob", get(crate::bare))).await
}

mod plain {
    use axum::{Router, routing::get};

    #[actix_web::test]
    async fn of_actix() {
        axum::serve(listener(), Router::new().route("/actix", get(crate::bare))).await
    }
}
