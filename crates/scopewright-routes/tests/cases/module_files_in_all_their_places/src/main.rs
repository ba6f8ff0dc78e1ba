#[path = "elsewhere/odd_name.rs"]
mod odd;
mod inline {
    pub mod below;
    pub mod deeper { pub mod leaf; }
}
mod folder;
#[cfg(test)]
mod missing_tests;
#[cfg(windows)]
mod missing_windows;
mod included { include!("included.rs"); }
include!(concat!(env!("OUT_DIR"), "/made.rs"));
cfg_if::cfg_if! {
    if #[cfg(feature = "fast")] {
        mod fast;
        use fast::speed;
    } else {
        fn speed() -> axum::Router { axum::Router::new().route("/slow", axum::routing::get(included::handler)) }
    }
}
fn app() -> axum::Router {
    odd::router().merge(inline::below::router()).merge(inline::deeper::leaf::router()).merge(folder::router())
        .merge(included::router()).merge(speed())
}

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
